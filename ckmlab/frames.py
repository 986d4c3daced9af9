"""Frames of any library in, clear errors out: the floor that the metrics stand on."""

import narwhals as nw
import numpy as np
import pandas as pd

__all__ = ["distinct", "is_frame", "like", "require", "to_pandas"]


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

    Examples
    --------
    >>> import pandas as pd
    >>> require(pd.DataFrame({"ktype": ["about"]}), ["ktype"], where="type_mix").columns
    ['ktype']
    """
    try:
        wrapped = nw.from_native(frame)
    except TypeError:
        raise TypeError(
            f"{where} needs a data frame (pandas, Polars, DuckDB, PyArrow, Dask or PySpark), "
            f"got {type(frame).__name__}"
        ) from None
    present = wrapped.collect_schema().names()
    missing = [column for column in columns if column not in present]
    if missing:
        raise KeyError(
            f"{where} needs the column{'s' if len(missing) > 1 else ''} {missing}; "
            f"the frame has {present}: rename a column, or name yours in the call"
        )
    return wrapped


def to_pandas(frame, columns, *, where, rest=False):
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
    rest : bool, default False
        Keep all other columns as well, after those needed.

    Returns
    -------
    pandas.DataFrame

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
    return wrapped.to_pandas()


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
    if isinstance(wrapped, nw.LazyFrame):
        eager = nw.from_native(pd.DataFrame(columns), eager_only=True)
        spark = wrapped.implementation.is_pyspark()
        session = wrapped.to_native().sparkSession if spark else None
        return eager.lazy(wrapped.implementation, session=session).to_native()
    return nw.from_dict(columns, backend=wrapped.implementation).to_native()
