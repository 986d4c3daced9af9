"""What is missing from the records."""

import narwhals as nw

from ckmlab.frames import filled, like, require
from ckmlab.intervals import mean, proportion

__all__ = ["completeness", "completeness_score"]


def completeness(frame, columns=None, *, confidence=0.95):
    """Share of the rows in which each column is filled.

    Parameters
    ----------
    frame : data frame
        Any library that narwhals takes; nothing is converted.
    columns : sequence of str, optional
        Columns to look at; all by default.
    confidence : float, default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    data frame
        ``column``, ``filled``, ``share``, ``low``, ``high``, least complete first, in the
        caller's own library. Empty texts count as missing.

    Raises
    ------
    KeyError
        If a column is missing altogether.

    Examples
    --------
    >>> import pandas as pd
    >>> completeness(pd.DataFrame({"a": [1, None], "b": ["x", "y"]})).share.tolist()
    [0.5, 1.0]
    """
    wrapped = require(frame, columns or [], where="completeness")
    schema = wrapped.collect_schema()
    chosen = [*columns] if columns is not None else schema.names()
    counted = wrapped.select(
        nw.len().alias("rows"), *(filled(name, schema[name]).sum() for name in chosen)
    )
    if isinstance(counted, nw.LazyFrame):
        counted = counted.collect()
    rows, *numbers = counted.row(0)
    shares = [proportion(int(one or 0), int(rows), confidence=confidence) for one in numbers]
    order = sorted(range(len(chosen)), key=lambda at: (shares[at].value, at))
    return like(
        wrapped,
        {
            "column": [chosen[at] for at in order],
            "filled": [int(numbers[at] or 0) for at in order],
            "share": [shares[at].value for at in order],
            "low": [shares[at].low for at in order],
            "high": [shares[at].high for at in order],
        },
    )


def completeness_score(frame, columns, *, confidence=0.95):
    """Mean share of the wanted columns that a record has filled.

    With flags such as has_experience, has_value and has_insight: how much of what makes
    customer knowledge an item carries.

    Parameters
    ----------
    frame : data frame
        Any library that narwhals takes. A boolean column counts as filled where it is true.
    columns : sequence of str
        Columns that a complete record has.
    confidence : float, default 0.95
        Level of Student's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing altogether.

    Examples
    --------
    >>> import pandas as pd
    >>> flags = pd.DataFrame({"has_value": [True, False], "has_insight": [True, False]})
    >>> completeness_score(flags, ["has_value", "has_insight"]).value
    0.5
    """
    columns = [*columns]
    if not columns:
        raise ValueError("completeness_score needs at least one column")
    wrapped = require(frame, columns, where="completeness_score")
    schema = wrapped.collect_schema()
    total = sum(
        (filled(name, schema[name]) for name in columns[1:]),
        filled(columns[0], schema[columns[0]]),
    )
    present = wrapped.select(filled=total)
    if isinstance(present, nw.LazyFrame):
        present = present.collect()
    shares = present["filled"].to_numpy() / len(columns)
    return mean(shares, within=(0, 1), confidence=confidence, method="mean share of fields filled")
