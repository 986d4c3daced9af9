"""What every check of a printed figure ends in."""

import pandas as pd

from ckmlab.frames import to_pandas
from ckmlab.studies.rounding import read_printed

__all__ = ["checked", "columns_of", "judged"]


def checked(section, figure, printed, low, high, note=""):
    """A figure against the range of what was possible.

    Parameters
    ----------
    section, figure : str
        Where it stands and what it is.
    printed : str or float
        As printed.
    low, high : float
        Range of possible values.
    note : str
        Given only if the figure is outside.

    Returns
    -------
    dict
    """
    band = read_printed(printed)
    return judged(section, figure, str(band), low, high, band.overlaps(low, high), note)


def judged(section, figure, printed, low, high, possible, note=""):
    """A line of the report; ``possible`` is None where nothing can be said."""
    verdict = "not checked" if possible is None else "possible" if possible else "impossible"
    return {
        "section": section, "figure": figure, "printed": printed, "low": float(low),
        "high": float(high), "verdict": verdict, "note": "" if possible else note,
    }  # fmt: skip


def columns_of(frame, needed, section):
    """Refuse a section that lacks a column.

    Parameters
    ----------
    frame : data frame
        The section; of any library narwhals takes.
    needed : list of str
        Its columns.
    section : str
        Name of the argument.

    Returns
    -------
    pandas.DataFrame
    """
    if not hasattr(frame, "columns"):
        raise ValueError(f"check_table: {section} is a {type(frame).__name__}; give a data frame")
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise ValueError(
            f"check_table: {section} needs a data frame with the column {missing[0]!r}"
        )
    if isinstance(frame, pd.DataFrame):  # its index names the lines and must stay
        return frame
    return to_pandas(frame, list(frame.columns), where="check_table")
