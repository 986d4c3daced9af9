"""What every column means, and the frames built to that description."""

from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

__all__ = ["columns_of", "dtypes_of", "frame", "keys_of", "read_dictionary", "tables"]

# Since pandas 3 text has a type of its own; before, it was held as objects.
_TEXT = "str" if pd.Series(["a"]).dtype == "str" else "object"
_DTYPES = {
    "integer": "int64",
    "number": "float64",
    "boolean": "bool",
    "string": _TEXT,
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
}
_NULLABLE = {"integer": "Int64", "boolean": "boolean"}


@cache
def _rows():
    with files("ckmlab.datasets").joinpath("dictionary.csv").open(encoding="utf-8") as lines:
        rows = pd.read_csv(lines, dtype=str, keep_default_na=False)
    return rows.assign(nullable=rows["nullable"] == "yes", sealed=rows["sealed"] == "yes")


def read_dictionary(*, sealed=False):
    """Describe the columns of all public tables, or of the sealed ones.

    Parameters
    ----------
    sealed : bool, default False
        Whether to describe what only the truth holds.

    Returns
    -------
    pandas.DataFrame
        Columns table, column, type, unit, range, meaning, key, concept, nullable.

    Examples
    --------
    >>> read_dictionary().query("table == 'codings'")["column"].tolist()
    ['item_id', 'coder', 'label', 'seconds']
    """
    rows = _rows()
    return rows[rows["sealed"] == sealed].drop(columns="sealed").reset_index(drop=True)


@cache
def tables(*, sealed=False):
    """Names of the tables, in order.

    Examples
    --------
    >>> "customers" in tables(), "problems" in tables()
    (True, False)
    """
    return tuple(dict.fromkeys(read_dictionary(sealed=sealed)["table"]))


@cache
def keys_of(table):
    """The columns that identify a row of a public table, with their types.

    Examples
    --------
    >>> keys_of("codings")
    {'item_id': 'integer', 'coder': 'string'}
    """
    rows = read_dictionary().query("table == @table and key.str.startswith('primary')")
    return dict(zip(rows["column"], rows["type"], strict=True))


@cache
def columns_of(table, *, sealed=False):
    """A table's columns and their types, in order.

    Examples
    --------
    >>> columns_of("codings")["seconds"]
    'number'
    """
    rows = read_dictionary(sealed=sealed).query("table == @table")
    return dict(zip(rows["column"], rows["type"], strict=True))


def frame(columns, types):
    """A frame of these columns with the types that the dictionary promises.

    Parameters
    ----------
    columns : dict of str to array
        The values; more columns than wanted do no harm.
    types : dict of str to str
        The columns wanted, in order, with their dictionary types.

    Returns
    -------
    pandas.DataFrame
    """
    return pd.DataFrame({name: _typed(columns[name], kind) for name, kind in types.items()})


def _typed(values, kind):
    if isinstance(values, np.ndarray) and values.dtype == object:
        text = pd.Series(values, dtype=_TEXT)
        return text.where(text.notna(), np.nan)  # held as objects, None would stay None
    if hasattr(values, "isna"):  # a nullable array of its own
        return values
    return np.asarray(values).astype(_DTYPES[kind], copy=False)


def dtypes_of(table, *, sealed=False):
    """The pandas type of each column of a table.

    Examples
    --------
    >>> dtypes_of("interactions")["kb_item_id"]
    'Int64'
    """
    rows = read_dictionary(sealed=sealed).query("table == @table")
    dtypes = {}
    for column, kind, may_miss in zip(rows["column"], rows["type"], rows["nullable"], strict=True):
        dtypes[column] = _NULLABLE.get(kind, _DTYPES[kind]) if may_miss else _DTYPES[kind]
    return dtypes
