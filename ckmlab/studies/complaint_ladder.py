"""R9: "only four per cent complain", a misquotation set right."""

from ckmlab.studies.citation import Citation
from ckmlab.studies.rounding import read_printed, rounding_range
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce"]

CITATION = Citation("Goodman, J.", 2005, venue="ASQ Quality Progress, November 2005")
METHOD = (
    "The author sets a misquotation right: 96 per cent of consumers with a small problem do not "
    "complain to headquarters, but about half of them complain to somebody at the front line."
)
TABLES = {
    "do not complain to headquarters": "96 %",
    "complain to the front line": "50 %",
    "misquoted as complaining at all": "4 %",
    # What vendors' pages make of it.
    "one complaint stands for": "27",
    "letters": "50",
    "silent customers behind them": "1250",
    "silent customers behind one letter": "25",
}


def reproduce():
    """The same data with different denominators.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> reproduce().set_index("figure")["recomputed"].round(2).to_dict()
    {'complain to headquarters': 4.0, 'complain at all': 50.0, 'one in 27': 3.7,
    'silent customers behind 50 letters': 1250.0}
    """
    four = TABLES["misquoted as complaining at all"]
    headquarters = rounding_range(lambda x: 100 - x[0], [TABLES["do not complain to headquarters"]])
    front = rounding_range(lambda x: x[0], [TABLES["complain to the front line"]])
    one_in = rounding_range(lambda x: 100 / x[0], [TABLES["one complaint stands for"]])
    letters = [TABLES["letters"], TABLES["silent customers behind one letter"]]
    silent = rounding_range(lambda x: x[0] * x[1], letters)
    lines = [
        compare("correction", "complain to headquarters", four, *headquarters),
        compare("correction", "complain at all", four, *front,
                note="the misquotation: half complain, though not to headquarters"),
        compare("vendors' pages", "one in 27", four, *one_in),
        compare("vendors' pages", "silent customers behind 50 letters",
                TABLES["silent customers behind them"], *silent,
                note="the factor is a misquotation multiplied"),
    ]  # fmt: skip
    return reproduction(lines, CITATION)


def passed_on():
    """Share of front-line complaints that reach headquarters, if both figures hold.

    Returns
    -------
    float

    Examples
    --------
    >>> passed_on()
    0.08
    """
    upward = 1 - read_printed(TABLES["do not complain to headquarters"]).value / 100
    return round(upward / (read_printed(TABLES["complain to the front line"]).value / 100), 4)
