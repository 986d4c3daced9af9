"""Reads the package's TOML tables."""

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["entries"]


@cache
def entries(file, table):
    """The rows of one table, in the file's order.

    Parameters
    ----------
    file : str
        Name of a file in ``ckmlab/concepts/data``, without ``.toml``.
    table : str
        Name of the array of tables in it.

    Returns
    -------
    tuple of dict
        Treat them as read-only: they are shared between calls.

    Examples
    --------
    >>> [row["goal"] for row in entries("frameworks", "goals")]
    ['transparency', 'dissemination', 'development', 'efficiency']
    """
    text = files("ckmlab.concepts").joinpath("data", f"{file}.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[table])
