"""R9: how mature a firm's social customer knowledge management is."""

from ckmlab.studies.citation import Citation
from ckmlab.studies.rounding import read_printed, rounding_range
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce", "weighted_level"]

CITATION = Citation(
    "Lak; Rezaeenour",
    2018,
    venue="Journal of Business Economics and Management 19(1), 192–212",
)
METHOD = (
    "A fuzzy expert system rates eleven factors; a firm belongs to neighbouring maturity levels to "
    "degrees that add up to one."
)
TABLES = {"membership in level 1": "48.2 %", "membership in level 2": "51.8 %"}


def reproduce():
    """Check that the degrees of membership add up.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> reproduce()["verdict"].tolist()
    ['reproduced']
    """
    rest = rounding_range(lambda x: 100 - x[0], [TABLES["membership in level 1"]])
    printed = TABLES["membership in level 2"]
    return reproduction([compare("case", "membership in level 2", printed, *rest)], CITATION)


def weighted_level():
    """The levels weighted by membership: one number between the two (not printed by the authors).

    Returns
    -------
    float

    Examples
    --------
    >>> round(weighted_level(), 3)
    1.518
    """
    shares = [read_printed(text).value / 100 for text in TABLES.values()]
    return sum(level * share for level, share in enumerate(shares, start=1))
