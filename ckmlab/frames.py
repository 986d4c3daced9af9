"""Frames of any library in, clear errors out: the floor that the metrics stand on."""

import narwhals as nw

__all__ = ["require", "to_pandas"]


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


def to_pandas(frame, columns, *, where):
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

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> import pandas as pd
    >>> to_pandas(pd.DataFrame({"a": [1], "b": [2]}), ["b"], where="demo").columns.tolist()
    ['b']
    """
    wrapped = require(frame, columns, where=where).select(*columns)
    if isinstance(wrapped, nw.LazyFrame):
        wrapped = wrapped.collect("pandas")
    return wrapped.to_pandas()
