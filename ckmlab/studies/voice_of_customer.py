"""R9: how many interviews find ninety per cent of the needs? Not confirmed, and flagged so."""

from ckmlab.capture import share_found
from ckmlab.studies.citation import Citation
from ckmlab.studies.verdicts import compare, reproduction

__all__ = ["CITATION", "METHOD", "TABLES", "reproduce"]

CITATION = Citation(
    "Griffin, A.; Hauser, J. R.",
    1993,
    "The voice of the customer",
    "Marketing Science 12(1), 1–27",
    "10.1287/mksc.12.1.1",
    "The curve's parameters are from memory and not confirmed; check them in the article",
)
METHOD = (
    "Each need has its own probability of being mentioned in an interview; these follow a beta "
    "distribution, so that the share found after n interviews is 1 − B(a, b + n) / B(a, b)."
)
TABLES = {
    # Reported by several secondary sources.
    "share after 20 interviews, at least": "90 %",
    "share after 30 interviews": "90 %",
    # NOT CONFIRMED: from memory of the article.
    "a": 1.45,
    "b": 7.64,
}
UNCONFIRMED = "the parameters a = 1.45 and b = 7.64 are not confirmed"


def reproduce():
    """Compare the unconfirmed parameters' shares with those that secondary sources report.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`; every line is flagged.

    Examples
    --------
    >>> reproduce()["recomputed"].round(1).tolist()
    [84.0, 89.8]
    """
    lines = [
        compare("secondary sources", figure, TABLES[figure],
                100 * float(share_found(n, TABLES["a"], TABLES["b"])), note=UNCONFIRMED)
        for n, figure in [(20, "share after 20 interviews, at least"),
                          (30, "share after 30 interviews")]
    ]  # fmt: skip
    return reproduction(lines, CITATION)
