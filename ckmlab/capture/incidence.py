"""Who mentioned what: the interviews × needs table that saturation and richness start from."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, clean_numbers
from ckmlab.frames import require, to_pandas

__all__ = ["incidence_table"]


def incidence_table(mentions, *, unit="interview_id", item=None):
    """Turn a list of mentions into a table of who mentioned what.

    Parameters
    ----------
    mentions : data frame
        One row per mention; any library that narwhals takes. Repeated rows count once.
    unit : str, default "interview_id"
        Column with the interview (or customer, review, channel).
    item : str, optional
        Column with the thing mentioned; left out, ``need_label``, or ``need_id`` in a table
        that has only this.

    Returns
    -------
    pandas.DataFrame
        Booleans, one row per unit, one column per item. A unit that mentioned nothing has a
        row only if it stands in ``mentions`` with a missing item.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no row.

    Examples
    --------
    >>> import pandas as pd
    >>> said = pd.DataFrame({"interview_id": [1, 1, 2, 3], "need_label": ["a", "b", "a", None]})
    >>> incidence_table(said).sum().to_dict()
    {'a': 2, 'b': 1}
    """
    item = item or _need_column(mentions)
    said = to_pandas(mentions, [unit, item], where="incidence_table").drop_duplicates()
    if said.empty:
        raise ValueError("incidence_table got no rows; pass one row per mention")
    heard = said.dropna(subset=[item])
    everyone = pd.Index(said[unit].unique(), name=unit).sort_values()
    return pd.crosstab(heard[unit], heard[item]).astype(bool).reindex(everyone, fill_value=False)


def _need_column(mentions):
    present = require(mentions, [], where="incidence_table").collect_schema().names()
    return "need_id" if "need_id" in present and "need_label" not in present else "need_label"


def item_counts(incidence, units=None):
    """Read an incidence argument: in how many of the units each item was mentioned.

    Parameters
    ----------
    incidence : array-like
        Units × items table of 0/1 or booleans; or, with ``units`` given, the counts themselves.
    units : int, optional
        Number of units behind counts that are given directly.

    Returns
    -------
    tuple
        Counts of the items mentioned at least once (int array), the number of units, and the
        number of items (columns) in all.

    Raises
    ------
    ValueError
        If the table is empty, holds something other than 0 and 1, or a count exceeds ``units``.
    """
    if units is not None:
        units = check_count("units", units, least=1)
        counts = whole_counts("incidence", incidence)
        if len(counts) and counts.max() > units:
            raise ValueError(f"an item was mentioned in {counts.max()} units, but units={units}")
        return counts[counts > 0], units, len(counts)
    table = mention_matrix(incidence)
    counts = table.sum(axis=0)
    return counts[counts > 0], table.shape[0], table.shape[1]


def mention_matrix(incidence):
    """The units × items table as a 0/1 integer array, checked.

    Parameters
    ----------
    incidence : array-like, shape (units, items)
        0/1 or booleans.

    Returns
    -------
    numpy.ndarray of int

    Raises
    ------
    ValueError
        If it is no such table.
    """
    table = np.asarray(incidence)
    if table.ndim != 2 or table.shape[0] == 0:
        raise ValueError(
            "incidence must be a table with one row per interview and one column per need; "
            "incidence_table(mentions) makes one, and counts need units="
        )
    if pd.isna(table).any() or not np.isin(table, [0, 1]).all():
        raise ValueError("incidence may hold only 0 and 1 (or False and True), and no gaps")
    return table.astype(int)


def whole_counts(name, counts):
    """Counts as a one-dimensional integer array, checked.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    counts : array-like of int, or mapping
        How often each item was seen; of a mapping (such as a Counter) the values.

    Returns
    -------
    numpy.ndarray of int

    Raises
    ------
    ValueError
        If a count is negative, fractional or missing, or there is none.
    """
    counts = list(counts.values()) if isinstance(counts, Mapping) else counts
    if np.ndim(counts) != 1 or len(counts) == 0:
        raise ValueError(f"{name} must be one number per item, and at least one item")
    numbers = clean_numbers(name, counts, missing="keep")
    if np.isnan(numbers).any():
        raise ValueError(f"{name} has missing values; an item nobody mentioned counts 0")
    bad = numbers[(numbers < 0) | (numbers != np.floor(numbers))]
    if bad.size:
        raise ValueError(f"{name} holds {bad[0]:g}; counts are whole and not negative")
    return numbers.astype(int)
