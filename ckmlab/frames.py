"""Frames of any library in, clear errors out: the floor that the metrics stand on."""

import warnings

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.arguments import as_numbers

__all__ = [
    "check_alike",
    "check_flags",
    "distinct",
    "filled",
    "is_frame",
    "join",
    "like",
    "require",
    "to_pandas",
]


def require(frame, columns, *, where):
    """Check that a frame has the columns a metric needs.

    Parameters
    ----------
    frame : data frame
        pandas, Polars (eager or lazy), DuckDB, PyArrow, Dask, PySpark: whatever narwhals takes.
    columns : iterable of str
        The columns needed.
    where : str
        The caller's name, for the message.

    Returns
    -------
    narwhals.DataFrame or narwhals.LazyFrame
        The same frame behind narwhals' interface.

    Raises
    ------
    TypeError
        If ``frame`` is no data frame.
    KeyError
        If a column is missing; the message names it, what is there, and the mend.
    ValueError
        If two columns have the same name.

    Examples
    --------
    >>> import pandas as pd
    >>> require(pd.DataFrame({"ktype": ["about"]}), ["ktype"], where="type_mix").columns
    ['ktype']
    """
    try:
        wrapped = nw.from_native(frame)
        present = wrapped.collect_schema().names()
    except TypeError:
        raise TypeError(
            f"{where} needs a data frame (pandas, Polars, DuckDB, PyArrow, Dask or PySpark), "
            f"got {type(frame).__name__}"
        ) from None
    except nw.exceptions.DuplicateError:
        raise ValueError(
            f"{where}: the frame has two columns of one name; rename one or drop it"
        ) from None
    missing = [column for column in columns if column not in present]
    if missing:
        raise KeyError(
            f"{where} needs the column{'s' if len(missing) > 1 else ''} {missing}; "
            f"the frame has {present}: rename a column, or name yours in the call"
        )
    return wrapped


def to_pandas(frame, columns, *, where, numbers=(), dates=(), flags=(), rest=False):
    """The columns a computation needs, checked and as a pandas DataFrame.

    For what rests on numpy, scipy or statsmodels; relational work stays in the caller's library.

    Parameters
    ----------
    frame : data frame
        Any frame that :func:`require` takes.
    columns : iterable of str
        The columns to keep, in this order.
    where : str
        The caller's name, for the message.
    numbers, dates, flags : iterable of str
        Those of the columns that must hold numbers (or True and False), dates, and only 0 and 1
        (or False and True); missing values are let through.
    rest : bool, default False
        Keep all other columns as well, after those needed.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    TypeError
        If ``frame`` is no data frame, or a column holds something else than it must; the
        message names column and value.
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> to_pandas(pd.DataFrame({"a": [1], "b": [2]}), ["b"], where="demo").columns.tolist()
    ['b']
    """
    wrapped = require(frame, columns, where=where)
    present = wrapped.collect_schema().names() if rest else []
    wrapped = wrapped.select(*columns, *(name for name in present if name not in columns))
    if isinstance(wrapped, nw.LazyFrame):
        wrapped = wrapped.collect("pandas")
    table = wrapped.to_pandas()
    read = {name: _numbers(table[name], where) for name in numbers}
    read |= {name: _dates(table[name], where) for name in dates}
    check_flags(table, {name: name for name in flags}, where=where)
    return table.assign(**read) if read else table


def _numbers(column, where):
    if column.dtype.kind in "biuf":
        return column
    return as_numbers(f"{where}: column {column.name!r}", column).set_axis(column.index)


def _dates(column, where):
    if column.dtype.kind == "M":
        return column
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what could not be read is told below
        dates = pd.to_datetime(column, errors="coerce")
    odd = column[dates.isna() & column.notna()]
    odd = column if column.dtype.kind in "biuf" and column.notna().any() else odd
    if len(odd):
        raise TypeError(
            f"{where}: column {column.name!r} holds {odd.iloc[0]!r}, which is no date; "
            "convert it first, for example with pandas.to_datetime"
        )
    return dates


def check_flags(table, columns, *, where):
    """Refuse columns that hold something else than 0 and 1, False and True, or nothing.

    Parameters
    ----------
    table : pandas.DataFrame
        The table.
    columns : mapping of str to str
        Column → what the caller calls it.
    where : str
        The caller's name, for the message.

    Raises
    ------
    TypeError
        If there is another value; the message shows it.

    Examples
    --------
    >>> check_flags(pd.DataFrame({"a": ["yes"]}), {"a": "resolved"}, where="demo")
    Traceback (most recent call last):
    ...
    TypeError: demo: column 'resolved' holds 'yes'; give 0/1 or False/True
    """
    for column, name in columns.items():
        odd = table[column][table[column].notna() & ~table[column].isin([0, 1])]
        if len(odd):
            raise TypeError(
                f"{where}: column {name!r} holds {odd.iloc[0]!r}; give 0/1 or False/True"
            )


def filled(name, dtype):
    """An expression that is 1 where a column says something, and 0 where it is missing.

    Parameters
    ----------
    name : str
        The column.
    dtype : narwhals.DType
        Its type: a boolean says something where it is true, a text where it is not empty, and
        a number that is NaN says nothing in any library.

    Returns
    -------
    narwhals.Expr

    Examples
    --------
    >>> table = nw.from_native(pd.DataFrame({"item_id": [7.0, None]}))
    >>> table.select(filled("item_id", table.schema["item_id"])).to_native().item_id.tolist()
    [1, 0]
    """
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


def check_alike(one, other, *, where):
    """Refuse two columns of ids of which one holds numbers and one texts: nothing would match.

    Parameters
    ----------
    one, other : pandas.Series or pandas.Index
        The columns; one without any value matches everything.
    where : str
        The caller's name, for the message.

    Raises
    ------
    TypeError
        If they can have nothing in common.

    Examples
    --------
    >>> check_alike(pd.Series([7]), pd.Series(["7"], name="item_id"), where="demo")
    Traceback (most recent call last):
    ...
    TypeError: demo: column 'item_id' holds '7' in one place and 7 in the other; write both alike
    """
    kinds = [column.dtype.kind in "biuf" for column in (one, other)]
    if kinds[0] != kinds[1] and one.notna().any() and other.notna().any():
        number, text = (one, other) if kinds[0] else (other, one)
        name = other.name if other.name is not None else one.name
        raise TypeError(
            f"{where}: column {name!r} holds {text.dropna().tolist()[0]!r} in one place and "
            f"{number.dropna().tolist()[0]!r} in the other; write both alike"
        )


def join(left, right, on, *, where, how="inner"):
    """Join two tables on columns that identify the same things in both.

    Parameters
    ----------
    left, right : pandas.DataFrame
        The tables.
    on : str or list of str
        The columns.
    where : str
        The caller's name, for the message.
    how : {"inner", "left"}
        As in :meth:`pandas.DataFrame.merge`.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    TypeError
        If a column holds numbers in one table and texts in the other: nothing would match.

    Examples
    --------
    >>> cases = pd.DataFrame({"item_id": [7, 8]})
    >>> join(cases, pd.DataFrame({"item_id": [7], "author": ["ann"]}), "item_id", where="demo")
       item_id author
    0        7    ann
    """
    keys = [on] if isinstance(on, str) else [*on]
    for key in keys:
        check_alike(left[key], right[key], where=where)
        if min(left[key].notna().sum(), right[key].notna().sum()) == 0:
            # A column without any value has no type of its own.
            left, right = left.astype({key: object}), right.astype({key: object})
    return left.merge(right, on=keys, how=how)


def is_frame(value):
    """Whether a value is a data frame of a library that narwhals knows.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_frame(pd.DataFrame()), is_frame([1, 2])
    (True, False)
    """
    try:
        nw.from_native(value)
    except TypeError:
        return False
    return True


def distinct(source, column, *, where):
    """The different ids in a column, or in a plain collection of ids.

    Parameters
    ----------
    source : data frame or array-like
        A frame with the column, or the ids themselves (list, set, array, Series, Index, range).
    column : str
        The column to read from a frame.
    where : str
        The caller's name, for the message.

    Returns
    -------
    pandas.Index
        In order of first appearance, without missing ones.

    Examples
    --------
    >>> distinct([3, 1, 3, None], "customer_id", where="demo").tolist()
    [3.0, 1.0]
    >>> distinct(pd.DataFrame({"customer_id": [7, 7]}), "customer_id", where="demo").tolist()
    [7]
    """
    plain = list | tuple | set | frozenset | range | np.ndarray | pd.Series | pd.Index
    if isinstance(source, plain):
        ids = pd.Series(list(source))
        if len(ids) and np.ndim(ids.iloc[0]):
            raise TypeError(f"{where} needs ids, got rows such as {ids.iloc[0]!r}")
    else:
        ids = to_pandas(source, [column], where=where)[column]
    return pd.Index(ids.dropna().unique())


def like(wrapped, columns):
    """A small result as a frame of the caller's own library.

    Parameters
    ----------
    wrapped : narwhals.DataFrame or narwhals.LazyFrame
        What :func:`require` returned for the caller's frame.
    columns : mapping of str to sequence
        Column name → values, all of one length.

    Returns
    -------
    data frame
        pandas for pandas, a lazy Polars frame for a lazy Polars frame, a DuckDB relation for a
        DuckDB relation, and so on.

    Examples
    --------
    >>> import polars as pl
    >>> asked = require(pl.LazyFrame({"ktype": ["about"]}), ["ktype"], where="demo")
    >>> type(like(asked, {"ktype": ["about"], "n": [1]})).__name__
    'LazyFrame'
    """
    if isinstance(wrapped, nw.LazyFrame) and not wrapped.implementation.is_polars():
        eager = nw.from_native(pd.DataFrame(columns), eager_only=True)
        spark = wrapped.implementation.is_pyspark()
        session = wrapped.to_native().sparkSession if spark else None
        return eager.lazy(wrapped.implementation, session=session).to_native()
    made = nw.from_dict(columns, backend=wrapped.implementation)
    return (made.lazy() if isinstance(wrapped, nw.LazyFrame) else made).to_native()
