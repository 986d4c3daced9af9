"""R3: a table of loadings and reliabilities in which one figure does not fit."""

from ckmlab.studies._check_scales import reliability_range
from ckmlab.studies.citation import Citation
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce"]

CITATION = Citation(
    "Ha, M.-T.; Nguyen, G.-D.; Doan, B.-S.",
    2023,
    "Understanding the mediating effect of switching costs on service value, quality, "
    "satisfaction, and loyalty",
    "Humanities & Social Sciences Communications",
    "10.1057/s41599-023-01797-6",
)
METHOD = (
    "300 customers of private hospitals; the authors print standardised loadings, Cronbach's "
    "alpha, composite reliability and average variance extracted. The last two follow from the "
    "loadings; alpha needs the items' covariances and does not."
)
TABLES = {
    # Table 4.
    "loadings": {
        "service quality": [".781", ".775", ".769", ".812", ".757", ".735"],
        "service value": [".809", ".785", ".810", ".820"],
        "customer satisfaction": [".823", ".814", ".747", ".817", ".774"],
        "procedural switching costs": [".905", ".869"],
        "financial switching costs": [".905", ".884"],
        "relational switching costs": [".854", ".945"],
        "customer loyalty": [".714", ".853", ".748", ".884", ".668"],
    },
    "alpha": [".866", ".820", ".856", ".732", ".755", ".778", ".833"],
    "cr": [".896", ".881", ".896", ".881", ".889", ".896", ".883"],
    "ave": [".596", ".650", ".633", ".788", ".800", ".811", ".605"],
    "n": 300,
}


def reproduce():
    """Compute composite reliability and variance extracted from the printed loadings.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> frame = reproduce()
    >>> frame.loc[frame["verdict"] == "not reproducible", ["figure", "printed"]].values.tolist()
    [['CR of service quality', '.896']]
    """
    lines = []
    for place, (construct, loadings) in enumerate(TABLES["loadings"].items()):
        for kind in ("cr", "ave"):
            numbers = reliability_range(loadings, kind)
            figure = f"{kind.upper()} of {construct}"
            lines.append(compare("Table 4", figure, TABLES[kind][place], *numbers))
        note = "needs the items' covariances"
        lines.append(compare("Table 4", f"alpha of {construct}", TABLES["alpha"][place], note=note))
    return reproduction(lines, CITATION)
