"""R4: a published table of scales whose reliabilities do not follow from its loadings."""

from ckmlab.studies._check_scales import reliability_range
from ckmlab.studies.citation import Citation
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce"]

CITATION = Citation(
    "", None, "A published study of customer relationship management and social media",
    note="Not named on purpose: what matters is the check, not who failed it",
)  # fmt: skip
METHOD = (
    "A table prints standardised loadings with composite reliability (CR) and average variance "
    "extracted (AVE). All of them are higher in print than the loadings allow. A plausible and "
    "innocent cause: they were computed on the loadings of another estimator. The verdict on "
    "convergent validity, AVE of .5 or more, is another one for the first scale."
)
TABLES = {
    "loadings": {
        "TCRM": [".63", ".65", ".76", ".74"],
        "SM": [".77", ".81", ".87", ".72"],
        "CS": [".56", ".83", ".90", ".91"],
        "CL": [".87", ".98", ".58"],
    },
    "cr": {"TCRM": ".861", "SM": ".908", "CS": ".915", "CL": ".907"},
    "ave": {"TCRM": ".608", "SM": ".713", "CS": ".732", "CL": ".767"},
}


def reproduce():
    """Compute composite reliability and variance extracted from the printed loadings.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> frame = reproduce().set_index("figure")
    >>> set(frame["verdict"])
    {'not reproducible'}
    >>> frame.loc["AVE of TCRM", "printed"], frame.loc["AVE of TCRM", "recomputed"].round(3).item()
    ('.608', 0.486)
    """
    lines = [
        compare("scales", f"{kind.upper()} of {construct}", TABLES[kind][construct],
                *reliability_range(loadings, kind))
        for construct, loadings in TABLES["loadings"].items()
        for kind in ("cr", "ave")
    ]  # fmt: skip
    return reproduction(lines, CITATION)
