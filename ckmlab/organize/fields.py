"""What is missing from the records."""

import narwhals as nw

from ckmlab.frames import like, require
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
        nw.len().alias("rows"), *(_filled(name, schema[name]).sum() for name in chosen)
    )
    if isinstance(counted, nw.LazyFrame):
        counted = counted.collect()
    rows, *filled = counted.row(0)
    shares = [proportion(int(one or 0), int(rows), confidence=confidence) for one in filled]
    order = sorted(range(len(chosen)), key=lambda at: (shares[at].value, at))
    return like(
        wrapped,
        {
            "column": [chosen[at] for at in order],
            "filled": [int(filled[at] or 0) for at in order],
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
        (_filled(name, schema[name]) for name in columns[1:]),
        _filled(columns[0], schema[columns[0]]),
    )
    filled = wrapped.select(filled=total)
    if isinstance(filled, nw.LazyFrame):
        filled = filled.collect()
    shares = filled["filled"].to_numpy() / len(columns)
    return mean(shares, within=(0, 1), confidence=confidence, method="mean share of fields filled")


def _filled(name, dtype):
    """1 where a field says something."""
    column = nw.col(name)
    if dtype == nw.Boolean:
        present = column.fill_null(False)
    elif dtype == nw.String:
        present = ~column.is_null() & (column.fill_null("").str.len_chars() > 0)
    elif dtype.is_float():
        present = ~column.is_null() & ~column.fill_null(0.0).is_nan()
    else:
        present = ~column.is_null()
    return present.cast(nw.Int64).alias(name)
