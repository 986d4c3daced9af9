"""Merge customers with equal histories: a likelihood needs each distinct history once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["Collapsed", "collapse"]

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
