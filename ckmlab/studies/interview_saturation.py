"""R9: interviews until a person adds less than one new item."""

from ckmlab.studies.citation import Citation
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce"]

CITATION = Citation("Weller; others", 2018, venue="PLoS ONE", doi="10.1371/journal.pone.0198606")
METHOD = (
    "The authors counted new items in 28 sets of open-ended lists from 1,147 interviews. Their "
    "figures rest on the lists themselves, which no table prints."
)
TABLES = {
    "sets": 28,
    "interviews": 1147,
    "interviews until less than one new item a person, median": "75",
    "smallest set": "15",
    "largest set": "194",
    "salient items after ten interviews, exhaustive lists": "95 %",
    "salient items after ten interviews, lists of at most three": "53 %",
}


def reproduce():
    """State which figures could be run again if the lists were printed: none of them can yet.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> set(reproduce()["verdict"])
    {'under-specified'}
    """
    note = "needs the lists of items, which are not printed"
    figures = list(TABLES)[2:]
    lines = [compare("results", figure, TABLES[figure], note=note) for figure in figures]
    return reproduction(lines, CITATION)
