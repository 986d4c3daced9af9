"""Joins, dates and counts in the caller's own library, alike in all that narwhals knows."""

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.frames import check_alike, filled, require, to_pandas

__all__ = ["DAY", "date", "keyed", "length", "microseconds", "moved", "with_dates"]

#: Microseconds of a day.
DAY = 86_400_000_000.0


def length(wrapped):
    """Number of rows; of a lazy frame nothing else is computed.

    Parameters
    ----------
    wrapped : narwhals.DataFrame or narwhals.LazyFrame
        The frame.

    Returns
    -------
    int

    Examples
    --------
    >>> length(nw.from_native(pd.DataFrame({"item_id": [7, 8]})))
    2
    """
    if isinstance(wrapped, nw.LazyFrame):
        return int(wrapped.select(nw.len().alias("rows")).collect().item(0, "rows"))
    return len(wrapped)


def moved(table, wrapped):
    """A pandas table in the library of another frame.

    Parameters
    ----------
    table : pandas.DataFrame
        The table.
    wrapped : narwhals.DataFrame or narwhals.LazyFrame
        What :func:`ckmlab.frames.require` returned for the other frame.

    Returns
    -------
    narwhals.DataFrame or narwhals.LazyFrame

    Examples
    --------
    >>> import polars as pl
    >>> type(moved(pd.DataFrame({"n": [1]}), nw.from_native(pl.LazyFrame())).to_native()).__name__
    'LazyFrame'
    """
    kind, lazy = wrapped.implementation, isinstance(wrapped, nw.LazyFrame)
    if kind.is_pandas():
        return nw.from_native(table)
    eager = nw.from_native(table.reset_index(drop=True), eager_only=True)
    if kind.is_pyarrow():
        return nw.from_native(eager.to_arrow())
    if not lazy or kind.is_polars():
        made = nw.from_native(eager.to_polars())
        return made.lazy() if lazy else made
    session = wrapped.to_native().sparkSession if kind.is_pyspark() else None
    if session and table.empty:  # Spark cannot tell the types of an empty pandas frame
        return nw.from_native(session.createDataFrame(eager.to_arrow()))
    return eager.lazy(kind, session=session)


def keyed(left, right, on, *, where):
    """Two frames made ready to be joined, whatever library and number type each comes in.

    Parameters
    ----------
    left, right : narwhals.DataFrame or narwhals.LazyFrame
        The frames. The second one is brought to the library of the first one if it comes from
        another, without the rows that lack a key: nothing matches what is missing.
    on : list of str
        The columns that identify the same things in both.
    where : str
        The caller's name, for the message.

    Returns
    -------
    tuple
        Both frames, each with its keys once more in columns of one type, and their names. The
        second one is without its own.

    Raises
    ------
    TypeError
        If a column holds numbers in one frame and texts in the other.

    Examples
    --------
    >>> uses = nw.from_native(pd.DataFrame({"customer_id": [1.0, None]}))
    >>> given = nw.from_native(pd.DataFrame({"customer_id": [1]}))
    >>> left, right, names = keyed(uses, given, ["customer_id"], where="demo")
    >>> left.join(right, on=names, how="anti")["customer_id"].is_null().to_list()
    [True]
    """
    schema = right.collect_schema()
    right = right.filter(*(filled(key, schema[key]) == 1 for key in on))
    right = _brought(right, left)
    names = [f"__key_{at}" for at in range(len(on))]
    kinds = {key: _common(left, right, key, where) for key in on}
    keys = [
        (nw.col(key).cast(kinds[key]) if kinds[key] else nw.col(key)).alias(name)
        for key, name in zip(on, names, strict=True)
    ]
    return left.with_columns(*keys), right.with_columns(*keys).drop(*on), names


def _brought(right, left):
    if left.implementation != right.implementation:
        columns = right.collect_schema().names()
        return moved(to_pandas(right.to_native(), columns, where="a join"), left)
    if isinstance(left, nw.LazyFrame):
        return right.lazy()
    return right.collect() if isinstance(right, nw.LazyFrame) else right


def _common(left, right, key, where):
    """The type in which two columns of keys can be compared; None: as they are."""
    one, other = left.collect_schema()[key], right.collect_schema()[key]
    if one == other:
        return None
    if one.is_numeric() and other.is_numeric():
        return nw.Int64 if one.is_integer() and other.is_integer() else nw.Float64
    if one.is_numeric() or other.is_numeric():
        check_alike(_first(left, key), _first(right, key), where=where)
    return nw.String


def _first(wrapped, key):
    present = wrapped.filter(~nw.col(key).is_null()).select(key).head(1)
    return to_pandas(present.to_native(), [key], where="a join")[key]


def with_dates(frame, columns, *, dates=None, where):
    """Check columns of dates; where dates are written as texts, read them.

    Parameters
    ----------
    frame : data frame
        Any frame that :func:`ckmlab.frames.require` takes. With texts for dates it is read by
        pandas and brought back, lazy where it was lazy.
    columns : list of str
        The columns needed.
    dates : list of str, optional
        Those of them that must hold dates; all, unless told.
    where : str
        The caller's name, for the message.

    Returns
    -------
    narwhals.DataFrame or narwhals.LazyFrame

    Raises
    ------
    TypeError
        If a column holds something else; the message names column and value.
    KeyError
        If a column is missing.

    Examples
    --------
    >>> table = with_dates(pd.DataFrame({"ts": ["2024-01-31"]}), ["ts"], where="demo")
    >>> table["ts"].dt.day().to_list()
    [31]
    """
    wrapped = require(frame, columns, where=where)
    schema = wrapped.collect_schema()
    dates = columns if dates is None else dates
    if all(schema[name] in (nw.Date, nw.Datetime) for name in dates):
        return wrapped
    table = to_pandas(frame, columns, where=where, dates=dates, rest=True)
    return moved(table[schema.names()], wrapped)


def date(wrapped, column):
    """The expression for a column of dates as points in time.

    Parameters
    ----------
    wrapped : narwhals.DataFrame or narwhals.LazyFrame
        The frame.
    column : str
        A column that holds dates, with or without a time of day.

    Returns
    -------
    narwhals.Expr

    Examples
    --------
    >>> table = nw.from_native(pd.DataFrame({"ts": pd.to_datetime(["2024-01-31"])}))
    >>> int(table.select(date(table, "ts").dt.hour()).item())
    0
    """
    plain = wrapped.collect_schema()[column] == nw.Date
    return nw.col(column).cast(nw.Datetime) if plain else nw.col(column)


def microseconds(start, end):
    """Expression for the time from one point to another, in whole microseconds.

    Not every engine can subtract dates; all can tell a date's year and its day in the year.
    As a floating-point number it is exact up to 285 years.

    Parameters
    ----------
    start, end : narwhals.Expr or pandas.Timestamp
        The two points, one of them at least an expression (see :func:`date`).

    Returns
    -------
    narwhals.Expr

    Examples
    --------
    >>> table = nw.from_native(pd.DataFrame({"ts": pd.to_datetime(["2024-01-31"])}))
    >>> waited = microseconds(nw.col("ts"), pd.Timestamp("2024-03-01"))
    >>> float(table.select(waited / DAY).item())
    30.0
    """
    (first_day, first_clock), (last_day, last_clock) = _split(start), _split(end)
    return (last_day - first_day) * DAY + (last_clock - first_clock)


def _split(point):
    """Days since the year 1, and microseconds since midnight."""
    if isinstance(point, pd.Timestamp):
        clock = (point - point.normalize()) / np.timedelta64(1, "us")
        return nw.lit(float(point.toordinal())), nw.lit(clock)
    parts = ["year", "ordinal_day", "hour", "minute", "second", "microsecond"]
    year, day, hour, minute, second, micro = (
        getattr(point.dt, part)().cast(nw.Float64) for part in parts
    )
    before = year - 1
    leap = (before / 4).floor() - (before / 100).floor() + (before / 400).floor()
    return before * 365 + leap + day, ((hour * 60 + minute) * 60 + second) * 1e6 + micro
