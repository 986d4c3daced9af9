"""Purchase histories in: checked, and collapsed to the distinct rows that a likelihood needs."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.frames import require

__all__ = ["Collapsed", "collapse", "find_columns", "read_columns"]

# A column is found under the house's name or under the papers' symbol.
SYMBOLS = {
    "frequency": ("frequency", "x"),
    "recency": ("recency", "t_x"),
    "T": ("T",),
    "opportunities": ("opportunities", "periods", "n"),
    "monetary_value": ("monetary_value", "m_x", "zbar"),
    "count": ("count", "weights", "donors"),
}


def find_columns(frame, names, *, where):
    """Which column of the frame plays each role; ``count`` is optional.

    Parameters
    ----------
    frame : data frame
        Any library that narwhals takes.
    names : iterable of str
        Roles, keys of ``SYMBOLS``, or plain column names.
    where : str
        The caller's name, for messages.

    Returns
    -------
    tuple
        The wrapped frame, and a dict role → column.
    """
    wrapped = require(frame, [], where=where)
    present = wrapped.collect_schema().names()
    roles = {}
    for name in names:
        found = [column for column in SYMBOLS.get(name, (name,)) if column in present]
        if found:
            roles[name] = found[0]
    missing = [name for name in names if name not in roles and name != "count"]
    if missing:
        wanted = [" or ".join(SYMBOLS.get(name, (name,))) for name in missing]
        raise KeyError(
            f"{where} needs the column{'s' if len(missing) > 1 else ''} {', '.join(wanted)}; "
            f"the frame has {present}: rename a column (value.behaviour.summary makes "
            "frequency, recency, T and monetary_value from transactions)"
        )
    return wrapped, roles


def read_columns(data, names, *, where):
    """The columns a model needs, as a pandas frame with the roles as names.

    A lazy frame is grouped in its own engine, so that only the distinct rows leave it, with the
    number of customers behind each in ``count``.
    """
    wrapped, roles = find_columns(data, [*names, "count"], where=where)
    wrapped = wrapped.select(**{role: nw.col(column) for role, column in roles.items()})
    if isinstance(wrapped, nw.LazyFrame):
        number = nw.col("count").sum() if "count" in roles else nw.len()
        wrapped = wrapped.group_by(*names).agg(number.alias("count")).sort(*names)
        wrapped = wrapped.collect("pandas")
    frame = wrapped.to_pandas()
    if frame.empty:
        raise ValueError(f"{where} got an empty frame; there is no customer to learn from")
    return frame.assign(**{role: _as_numbers(frame[role], role, where) for role in frame})


def _as_numbers(column, role, where):
    try:
        numbers = column.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise TypeError(
            f"{where}: column {role!r} holds {column.iloc[0]!r}; it must hold numbers"
        ) from None
    refuse(column, role, ~np.isfinite(numbers), "missing or infinite: drop or mend", where)
    if role == "count":
        refuse(column, role, numbers < 0, "negative: it is a number of customers", where)
    return numbers


def refuse(column, role, bad, why, where):
    """Raise a ValueError that shows the first offending row, if there is one."""
    bad = np.asarray(bad)
    if bad.any():
        first = int(np.argmax(bad))
        label = column.index[first] if hasattr(column, "index") else first
        value = np.asarray(column)[first]
        raise ValueError(
            f"{where}: {int(bad.sum())} row(s) have a {role} that is {why}; "
            f"the first is row {label!r} with {value!r}"
        )


SAMPLE = 20_000  # rows looked at before all are merged
WORTH_MERGING = 0.02  # share of equal rows in that sample
LARGEST_KEY = 2**62


@dataclass(frozen=True)
class Collapsed:
    """Distinct rows and how many customers share each.

    Parameters
    ----------
    columns : dict of str to numpy.ndarray
        Role → values, all of one length.
    weights : numpy.ndarray
        Customers per row.
    """

    columns: dict
    weights: np.ndarray

    def __getattr__(self, name):
        if name.startswith("__") or name == "columns":
            raise AttributeError(name)
        try:
            return self.columns[name]
        except KeyError:
            raise AttributeError(name) from None

    def __len__(self):
        return len(self.weights)

    def part(self, chosen):
        """The rows chosen by a slice, mask or index array."""
        columns = {name: values[chosen] for name, values in self.columns.items()}
        return Collapsed(columns, self.weights[chosen])

    def chunks(self, size=8192):
        """The rows in pieces small enough for the processor's cache."""
        for start in range(0, len(self), size):
            yield self.part(slice(start, start + size))

    def rescaled(self, factors):
        """Some columns divided by a number each."""
        scaled = {name: self.columns[name] / factor for name, factor in factors.items()}
        return Collapsed({**self.columns, **scaled}, self.weights)


def collapse(columns, weights=None):
    """Merge equal rows exactly and add up their customers.

    Parameters
    ----------
    columns : dict of str to numpy.ndarray
        Role → values.
    weights : numpy.ndarray, optional
        Customers per row; one each by default.

    Returns
    -------
    Collapsed

    Examples
    --------
    >>> rows = collapse({"x": np.array([1.0, 1.0, 2.0])})
    >>> rows.x.tolist(), rows.weights.tolist()
    ([1.0, 2.0], [2.0, 1.0])
    """
    if weights is None and not _repeats(columns):
        return Collapsed(columns, np.ones(len(next(iter(columns.values())))))
    key, size = 0, 1
    for values in columns.values():
        codes, distinct = _codes(values)
        if size * distinct > LARGEST_KEY:
            key, size = pd.factorize(key)[0], len(values)
        key, size = key * distinct + codes, size * distinct
    key = pd.factorize(key)[0]
    first = _first_positions(key)
    totals = np.bincount(key, weights).astype(float)
    rows = Collapsed({name: values[first] for name, values in columns.items()}, totals)
    return rows.part(totals > 0) if weights is not None else rows


def _repeats(columns):
    """Whether merging can pay: a sample without any two equal rows promises nothing."""
    length = len(next(iter(columns.values())))
    sample = {name: values[:: length // SAMPLE + 1] for name, values in columns.items()}
    return length < SAMPLE or pd.DataFrame(sample).duplicated().mean() > WORTH_MERGING


def _codes(values):
    """Whole numbers that tell the values apart, and how many they may be."""
    if values.min() >= 0 and values.max() < 1e6:
        codes = values.astype(np.int64)
        if (codes == values).all():
            return codes, int(values.max()) + 1
    codes, distinct = pd.factorize(values)
    return codes, len(distinct)


def _first_positions(key):
    first = np.empty(key.max() + 1, dtype=np.int64)
    first[key[::-1]] = np.arange(len(key))[::-1]
    return first
