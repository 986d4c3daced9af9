"""Who stands on which lists: the table behind overlap pictures and log-linear models."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ckmlab.capture.incidence import whole_counts
from ckmlab.frames import to_pandas

__all__ = ["histories"]


def histories(lists, *, count=None):
    """Count people by the combination of lists they stand on (their capture history).

    Parameters
    ----------
    lists : mapping or data frame
        Either list name → ids of the people on it; or a frame with one row per person and one
        0/1 or boolean column per list; or, with ``count``, one row per combination.
    count : str, optional
        Column with the number of people of each combination.

    Returns
    -------
    pandas.DataFrame
        One boolean column per list and ``people``; one row per possible combination except
        "on no list", whose number nobody knows. Combinations without people count 0.

    Raises
    ------
    ValueError
        If there are fewer than two lists, nobody on them, or a column that is not 0/1.

    Examples
    --------
    >>> histories({"ticket": [1, 2, 3], "survey": [3, 4]})
       ticket  survey  people
    0    True    True       1
    1    True   False       2
    2   False    True       1
    """
    table = _from_ids(lists) if isinstance(lists, Mapping) else _from_frame(lists, count)
    names = [name for name in table.columns if name != "people"]
    if len(names) < 2:
        raise ValueError(f"comparing lists needs at least two of them, got {names}")
    found = table.groupby(names, observed=True).people.sum()
    every = pd.MultiIndex.from_product([[True, False]] * len(names), names=names)[:-1]
    counted = found.reindex(every, fill_value=0).astype(int).reset_index()
    if counted.people.sum() == 0:
        raise ValueError("nobody stands on any of the lists")
    return counted


def _from_ids(lists):
    ids = {name: pd.Index(pd.unique(pd.Series(list(people)))) for name, people in lists.items()}
    everyone = pd.Index(pd.unique(pd.Series([one for index in ids.values() for one in index])))
    if everyone.hasnans:
        raise ValueError("a list holds a missing id; drop people who were not identified")
    table = pd.DataFrame({name: everyone.isin(index) for name, index in ids.items()})
    return table.assign(people=1)


def _from_frame(lists, count):
    columns = [str(name) for name in _column_names(lists)]
    frame = to_pandas(lists, columns, where="histories")
    names = [name for name in columns if name != count]
    if count is not None and count not in columns:
        raise KeyError(f"histories needs the count column {count!r}; the frame has {columns}")
    people = 1 if count is None else whole_counts(count, frame[count])
    return pd.DataFrame({name: _flags(name, frame[name]) for name in names}).assign(people=people)


def _column_names(lists):
    import narwhals as nw

    try:
        return nw.from_native(lists).collect_schema().names()
    except TypeError:
        raise TypeError(
            "lists must be a mapping of list name to ids, or a data frame with one 0/1 column "
            f"per list; got {type(lists).__name__}"
        ) from None


def _flags(name, column):
    values = column.to_numpy()
    odd = pd.unique(column[~column.isin([0, 1])])
    if len(odd):
        raise ValueError(
            f"column {name!r} holds {odd[0]}, but a list is a column of 0/1 or False/True; "
            "pass only the lists' columns, and name a count column with count="
        )
    return np.asarray(values, dtype=bool)
