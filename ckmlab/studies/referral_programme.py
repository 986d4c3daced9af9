"""R9: what a bank earned on customers whom customers had brought."""

from ckmlab.studies.citation import Citation
from ckmlab.studies.rounding import rounding_range
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce"]

CITATION = Citation(
    "Schmitt, P.; Skiera, B.; Van den Bulte, C.",
    2011,
    venue="Journal of Marketing 75(1), 46–59",
    note="Reward, gap and return as a companion article reports them",
)
METHOD = (
    "The authors followed about 10,000 customers of a bank for some 33 months and compared those "
    "who came by referral with the others."
)
TABLES = {
    "more valuable, with controls": "16 %",
    "more profitable, companion article": "25 %",
    "reward": "25",  # euro
    "gap in six-year value": "40",  # euro
    "return on the reward": "60 %",
}


def reproduce():
    """Return on the reward: (gap − reward) / reward.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> reproduce()["verdict"].tolist()
    ['reproduced', 'under-specified', 'under-specified']
    """
    money = [TABLES["gap in six-year value"], TABLES["reward"]]
    note = "needs the customers' margins; the other headline figure uses other controls"
    lines = [
        compare("companion article", "return on the reward", TABLES["return on the reward"],
                *rounding_range(lambda x: 100 * (x[0] - x[1]) / x[1], money)),
        compare("article", "more valuable", TABLES["more valuable, with controls"], note=note),
        compare("companion article", "more profitable",
                TABLES["more profitable, companion article"], note=note),
    ]  # fmt: skip
    return reproduction(lines, CITATION)
