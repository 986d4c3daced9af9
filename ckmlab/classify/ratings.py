"""Tables of labels: coders × units, with gaps where a coder did not label a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ckmlab.frames import to_pandas

__all__ = ["Patterns", "label_order", "pair", "patterns", "ratings_table"]


def ratings_table(codings, unit="item_id", coder="coder", label="label"):
    """Turn a list of codings into the table that the coefficients of agreement want.

    Parameters
    ----------
    codings : data frame
        One row per label given; pandas, Polars, DuckDB, PyArrow, Dask or PySpark. Converted to
        pandas.
    unit, coder, label : str
        Columns that say which unit, by whom, and which label.

    Returns
    -------
    pandas.DataFrame
        One row per coder, one column per unit, missing where a coder did not label a unit.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no coding, or a coder labelled a unit twice.

    Examples
    --------
    >>> import pandas as pd
    >>> codings = pd.DataFrame({
    ...     "item_id": [1, 1, 2], "coder": ["A", "B", "A"], "label": ["for", "for", "from"]})
    >>> ratings_table(codings)
    item_id    1     2
    coder
    A        for  from
    B        for   NaN
    """
    frame = to_pandas(codings, [unit, coder, label], where="ratings_table")
    if frame.empty:
        raise ValueError("there is no coding: the frame has no rows")
    twice = frame[frame.duplicated([unit, coder])]
    if len(twice):
        first = twice.iloc[0]
        raise ValueError(
            f"{len(twice)} labels are given twice, first by {coder} {first[coder]} to "
            f"{unit} {first[unit]}: keep one label per coder and unit"
        )
    return frame.set_index([coder, unit])[label].unstack()  # noqa: PD010 (labels, not numbers)


@dataclass(frozen=True)
class Patterns:
    """How often each pattern of labels occurs: all that the coefficients need.

    Parameters
    ----------
    labels : list
        The labels, in order.
    counts : array of int, shape (patterns, labels)
        How many coders gave each label, one row per pattern.
    frequencies : array of float, shape (patterns,)
        How many units show the pattern.
    """

    labels: list
    counts: np.ndarray
    frequencies: np.ndarray

    @property
    def paired(self):
        """Which patterns hold at least two labels."""
        return self.counts.sum(axis=1) > 1

    @property
    def units(self):
        """Number of units with at least two labels."""
        return int(self.frequencies[self.paired].sum())


def patterns(ratings, *, where, labels=None):
    """Read a table of labels and count its patterns.

    Parameters
    ----------
    ratings : data frame or array, shape (coders, units)
        Missing labels are NaN or None.
    where : str
        The caller's name, for messages.
    labels : sequence, optional
        All labels that may occur, in order; default those that do, sorted.

    Returns
    -------
    Patterns
        Of the units with at least one label.

    Raises
    ------
    ValueError
        If the table is empty or no table of labels, has one coder only, has no unit with two
        labels, or holds a label that is not among ``labels``.
    """
    table = _table(ratings, where)
    given = ~pd.isna(table)
    if not given.any():
        raise ValueError(f"{where}: all labels are missing")
    codes, found = pd.factorize(table[given])
    labels = label_order(found, labels, where=where)
    places = np.array([labels.index(label) for label in found])[codes]
    cells = np.nonzero(given)[1] * len(labels) + places
    counts = np.bincount(cells, minlength=table.shape[1] * len(labels))
    counts = counts.reshape(table.shape[1], len(labels))
    if (counts.sum(axis=1) < 2).all():
        raise ValueError(
            f"{where}: no unit was labelled by two coders: let both label the same units"
        )
    shown, frequencies = np.unique(counts[counts.any(axis=1)], axis=0, return_counts=True)
    return Patterns(labels, shown, frequencies.astype(float))


def pair(a, b, *, where):
    """Two coders' labels of the same units, without the units that either left out.

    Parameters
    ----------
    a, b : sequence, shape (units,)
        Labels; missing ones are NaN or None.
    where : str
        The caller's name, for messages.

    Returns
    -------
    tuple of array
        The labels of the units that both labelled.

    Raises
    ------
    ValueError
        If the two differ in length or in index, or no unit was labelled by both.
    """
    if isinstance(a, pd.Series) and isinstance(b, pd.Series) and not a.index.equals(b.index):
        raise ValueError(
            f"{where}: the two coders' labels are indexed differently; bring them into one order "
            "first, for instance a, b = a.align(b)"
        )
    first, second = _row(a, "a", where), _row(b, "b", where)
    if len(first) != len(second):
        raise ValueError(
            f"{where}: coder a gave {len(first)} labels and b {len(second)}; both lists must "
            "cover the same units in the same order, with None where a label is missing"
        )
    both = ~(pd.isna(first) | pd.isna(second))
    if not both.any():
        raise ValueError(f"{where}: no unit was labelled by both coders")
    return first[both], second[both]


def label_order(found, labels, *, where):
    """The labels in order, after a check that all those found are among them.

    Parameters
    ----------
    found : sequence
        Labels that occur, each once or more.
    labels : sequence or None
        The labels that may occur, in order; None to sort those found.
    where : str
        The caller's name, for the message.

    Returns
    -------
    list

    Raises
    ------
    ValueError
        If a label is not among ``labels``.
    """
    found = set(found)
    if labels is None:
        # Labels of mixed kinds have no order of their own.
        mixed = len({isinstance(label, str) for label in found}) > 1
        return sorted(found, key=str) if mixed else sorted(found)
    labels = list(labels)
    unknown = sorted(map(str, found - set(labels)))
    if unknown:
        raise ValueError(f"{where}: unknown labels {unknown}; the labels are {labels}")
    return labels


def _table(ratings, where):
    if hasattr(ratings, "columns") and {"coder", "label"} <= set(map(str, ratings.columns)):
        raise ValueError(
            f"{where} needs a table coders × units, and got a list of codings: "
            "turn it with ratings_table(codings)"
        )
    table = ratings.to_numpy() if hasattr(ratings, "to_numpy") else ratings
    table = np.array(table, dtype=object)
    if table.ndim != 2 or not table.size:
        raise ValueError(
            f"{where} needs a table of labels, coders × units, with at least one unit and rows of "
            f"one length (None where a label is missing); got shape {table.shape}"
        )
    if len(table) < 2:
        raise ValueError(
            f"{where} needs at least two coders, and the table has one row; "
            "rows are coders, columns units: transpose it if yours is the other way round"
        )
    return table


def _row(labels, name, where):
    row = labels.to_numpy() if hasattr(labels, "to_numpy") else labels
    if isinstance(row, str) or not isinstance(row, Sequence | np.ndarray):
        raise ValueError(f"{where}: {name} must be a list of labels, got {type(labels).__name__}")
    row = np.array(row, dtype=object)
    if row.ndim != 1 or not row.size:
        raise ValueError(f"{where}: {name} must be a list of at least one label")
    return row
