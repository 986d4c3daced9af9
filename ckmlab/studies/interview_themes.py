"""R9: themes heard after six and after twelve interviews."""

from ckmlab.studies.citation import Citation
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce"]

CITATION = Citation(
    "Guest, G.; Bunce, A.; Johnson, L.",
    2006,
    "How many interviews are enough? An experiment with data saturation and variability",
    "Field Methods 18(1), 59",
    "10.1177/1525822X05279903",
    "Counts as a textbook reports them; the shares usually quoted are not confirmed",
)
METHOD = (
    "Sixty interviews in two countries, coded in batches of six; the authors counted when each "
    "theme first came up. The shares usually quoted rest on another denominator than all themes."
)
TABLES = {
    # Reported by Bernard's textbook on research methods.
    "themes": 114,
    "in the first six": 80,
    "added by the next six": 20,
    "added by thirty interviews in the second country": 5,
    # Not confirmed: as usually quoted, and the denominator that would give it.
    "quoted share after six": "73 %",
    "quoted share after twelve": "92 %",
    "denominator that fits": 109,
}


def reproduce():
    """Try two denominators on the shares that everybody quotes.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> frame = reproduce()
    >>> frame["recomputed"].round(1).tolist()
    [70.2, 87.7, 73.4, 91.7]
    """
    six = TABLES["in the first six"]
    heard = {"six": six, "twelve": six + TABLES["added by the next six"]}
    lines = []
    for denominator in (TABLES["themes"], TABLES["denominator that fits"]):
        for after, themes in heard.items():
            printed = TABLES[f"quoted share after {after}"]
            lines.append(
                compare("as quoted", f"share after {after}, of {denominator}", printed,
                        100 * themes / denominator, note="quoted share not confirmed")
            )  # fmt: skip
    return reproduction(lines, CITATION)
