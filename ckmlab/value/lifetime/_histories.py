"""Customers' histories in, from any data frame: found by name, checked, as arrays of floats."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.arguments import clean_numbers
from ckmlab.frames import require
from ckmlab.value.lifetime._collapse import collapse

__all__ = ["Histories", "read_histories"]

# A column is found under the house's name or under the papers' symbol.
SYMBOLS = {
    "frequency": ("frequency", "x"),
    "recency": ("recency", "t_x"),
    "T": ("T",),
    "opportunities": ("opportunities", "periods", "n"),
    "monetary_value": ("monetary_value", "m_x", "zbar"),
    "count": ("count", "weights", "donors"),
}


@dataclass(frozen=True)
class Histories:
    """One row per customer, or per group of customers with the same history.

    Parameters
    ----------
    columns : dict of str to numpy.ndarray
        Role → values; ``count``, if there, is the number of customers of each row.
    index : pandas.Index
        Labels of the rows.
    where : str
        Whose data it is, for messages.
    """

    columns: dict
    index: pd.Index
    where: str

    def __getitem__(self, role):
        return self.columns[role]

    def __len__(self):
        return len(self.index)

    @property
    def counts(self):
        """Customers per row, or None if each row is one."""
        return self.columns.get("count")

    @property
    def frame(self):
        """The histories as a pandas frame."""
        return pd.DataFrame(self.columns, index=self.index)

    def part(self, chosen):
        """The rows chosen by a mask."""
        columns = {role: values[chosen] for role, values in self.columns.items()}
        return Histories(columns, self.index[chosen], self.where)

    def collapsed(self):
        """Distinct rows with their numbers of customers."""
        columns = {role: values for role, values in self.columns.items() if role != "count"}
        return collapse(columns, self.counts)

    def refuse(self, role, bad, why):
        """Raise a ValueError that shows the first offending row, if there is one."""
        if bad.any():
            first = int(np.argmax(bad))
            raise ValueError(
                f"{self.where}: {int(bad.sum())} row(s) have a {role} that is {why}; "
                f"the first is row {self.index[first]!r} with {self.columns[role][first]:g}"
            )

    def refuse_fractions(self, role):
        """Refuse what is no whole number of 0 or more."""
        values = self.columns[role]
        self.refuse(role, (values < 0) | (values != np.floor(values)), "no whole number ≥ 0")


def read_histories(data, roles, *, where):
    """The columns a model needs, checked for missing and infinite values.

    A lazy frame is grouped in its own engine, so that only the distinct rows leave it, with the
    number of customers behind each in ``count``.

    Parameters
    ----------
    data : data frame
        Any library that narwhals takes.
    roles : sequence of str
        Keys of ``SYMBOLS``, or plain column names; ``count`` is always optional.
    where : str
        The caller's name, for messages.

    Returns
    -------
    Histories
    """
    frame = data
    if not isinstance(data, pd.DataFrame):
        frame = require(data, [], where=where)
    if isinstance(frame, nw.LazyFrame):
        found = _find(frame.collect_schema().names(), roles, where)
        frame, found = _grouped(frame, found, roles)
    else:
        found = _find(list(frame.columns), roles, where)
    if not len(frame):
        raise ValueError(f"{where} got an empty frame; there is no customer to learn from")
    columns = {role: _numbers(frame[column], role, where) for role, column in found.items()}
    index = frame.index if isinstance(frame, pd.DataFrame) else pd.RangeIndex(len(frame))
    histories = Histories(columns, index, where)
    for role, values in columns.items():
        histories.refuse(role, ~np.isfinite(values), "missing or infinite: drop or mend")
    if "count" in columns:
        histories.refuse("count", columns["count"] < 0, "negative: it counts customers")
        if not columns["count"].any():
            raise ValueError(
                f"{where}: count is 0 in every row; there is no customer to learn from"
            )
    return histories


def _find(present, roles, where):
    """Role → column of the frame."""
    found = {}
    for role in [*roles, "count"]:
        names = [column for column in SYMBOLS.get(role, (role,)) if column in present]
        if names:
            found[role] = names[0]
        elif role != "count":
            raise KeyError(
                f"{where} needs a column {' or '.join(SYMBOLS.get(role, (role,)))}; the frame has "
                f"{present}: rename a column (value.behaviour.summary makes frequency, recency, T "
                "and monetary_value from transactions)"
            )
    return found


def _grouped(frame, found, roles):
    frame = frame.select(**{role: nw.col(column) for role, column in found.items()})
    number = nw.col("count").sum() if "count" in found else nw.len()
    frame = frame.group_by(*roles).agg(number.alias("count")).collect("pandas").to_native()
    # Engines hand groups out in any order; sorted here because not all can sort by several columns.
    frame = frame.sort_values(list(roles), ignore_index=True)
    return frame, {role: role for role in [*roles, "count"]}


def _numbers(column, role, where):
    if isinstance(column, pd.DataFrame):
        raise ValueError(f"{where}: there are two columns {role!r}; drop one")
    plain = column.to_numpy()
    if plain.dtype.kind not in "biuf":
        return clean_numbers(f"{where}: column {role!r}", plain, missing="keep")
    if plain.dtype.kind == "b" and role in SYMBOLS:
        raise TypeError(f"{where}: column {role!r} holds True and False; it must hold numbers")
    if isinstance(column, pd.Series):
        return column.to_numpy(dtype=float, na_value=np.nan)
    return plain.astype(float)
