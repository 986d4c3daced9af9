"""R6: six yearly occasions to donate, and who will give again."""

from ckmlab.datasets import load_donations
from ckmlab.studies.citation import Citation
from ckmlab.studies.verdicts import compare, reproduction
from ckmlab.value.lifetime import BetaGeoBetaBinomial

__all__ = ["CITATION", "METHOD", "TABLES", "fit", "reproduce"]

CITATION = Citation(
    "Fader, P. S.; Hardie, B. G. S.; Shang, J.",
    2010,
    "Customer-base analysis in a discrete-time noncontractual setting",
    "Marketing Science",
    note="Table and estimates as a public package ships and tests them",
)
METHOD = (
    "Donors by the number of years with a gift and the year of the last one; the "
    "beta-geometric / beta-binomial model is fitted by maximum likelihood."
)
TABLES = {
    "histories": load_donations(),
    "donors": "11104",
    "estimates": {"alpha": "1.204", "beta": "0.750", "gamma": "0.657", "delta": "2.783"},
}


def reproduce():
    """Count the donors and fit the model again.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> set(reproduce()["verdict"])
    {'reproduced'}
    """
    params = fit().params
    donors = TABLES["histories"]["donors"].sum()
    lines = [compare("histories", "donors", TABLES["donors"], donors)]
    lines += [
        compare("estimates", name, printed, params[name])
        for name, printed in TABLES["estimates"].items()
    ]
    return reproduction(lines, CITATION)


def fit():
    """Fit the beta-geometric / beta-binomial model to the table.

    Returns
    -------
    ckmlab.value.lifetime.BetaGeoBetaBinomialResults

    Examples
    --------
    >>> round(fit().llf, 2)
    -33225.58
    """
    return BetaGeoBetaBinomial(TABLES["histories"].rename(columns={"donors": "count"})).fit()
