"""R9: people who are alone with their postcode, gender and birth date."""

from ckmlab.studies.citation import Citation
from ckmlab.studies.rounding import rounding_range
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce"]

CITATION = Citation("Sweeney, L.", 2000)
METHOD = (
    "The author counted, from census tables of the United States, how many people share postcode, "
    "gender and birth date with nobody, or place instead of postcode."
)
TABLES = {
    "people": "248",  # million
    "alone with postcode, gender and birth date": "216",
    "alone with place, gender and birth date": "132",
    "share with postcode": "87 %",
    "share with place": "53 %",
    "share with county": "18 %",
}


def reproduce():
    """Shares from counts.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> reproduce()["recomputed"].round(1).tolist()
    [87.1, 53.2, nan]
    """
    lines = []
    for area in ("postcode", "place"):
        counts = [TABLES[f"alone with {area}, gender and birth date"], TABLES["people"]]
        share = rounding_range(lambda x: 100 * x[0] / x[1], counts)
        lines.append(
            compare("summary", f"unique with {area}", TABLES[f"share with {area}"], *share)
        )
    lines.append(
        compare(
            "summary", "unique with county", TABLES["share with county"], note="no count at hand"
        )
    )
    return reproduction(lines, CITATION)
