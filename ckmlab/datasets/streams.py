"""Random streams that stay the same for ever: one per table and column.

numpy promises stable bits, not stable distributions. So each column has a stream of its own,
keyed by name and never by the order in which streams are opened: adding a table or a column
leaves every other one as it was. Only families that never changed in numpy 1.17 to 2.5 are drawn
(``random``, ``standard_normal``, ``gamma``, ``beta``, ``poisson``); the rest is built from
uniforms by inverse transform.
"""

from zlib import crc32

import numpy as np

__all__ = ["WHOLE_COMPANY", "Slots", "Streams", "choose", "choose_rows", "stream"]

WHOLE_COMPANY = 0xFFFFFFFF
"""District number of what the whole company shares, such as its list of needs."""

_WORD = 0xFFFFFFFF


def stream(seed, name, district=WHOLE_COMPANY, version=1):
    """Open the random stream of one column.

    Parameters
    ----------
    seed : int
        The company's seed, 0 to 2**64 - 1.
    name : str
        Table and column, such as ``"customers.segment"``.
    district : int, optional
        Number of the district; by default the stream belongs to the whole company.
    version : int, default 1
        Raised when the column's recipe changes, so that a change is never silent.

    Returns
    -------
    numpy.random.Generator

    Examples
    --------
    >>> a = stream(2002, "customers.segment", district=0)
    >>> b = stream(2002, "customers.segment", district=0)
    >>> bool((a.random(3) == b.random(3)).all())
    True
    """
    key = [seed & _WORD, seed >> 32, crc32(name.encode()), district, version]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))


class Streams:
    """The streams of one district, with the few draws that the simulation needs.

    Parameters
    ----------
    seed : int
        The company's seed.
    district : int, optional
        Number of the district; by default the whole company's.
    """

    def __init__(self, seed, district=WHOLE_COMPANY):
        self.seed = seed
        self.district = district

    def __call__(self, name):
        """Open the stream called ``name``."""
        return stream(self.seed, name, self.district)

    def uniform(self, name, *shape):
        """Numbers between 0 and 1; what depends on a policy is decided by comparing with these."""
        return self(name).random(shape)

    def normal(self, name, *shape):
        """Standard normal numbers."""
        return self(name).standard_normal(shape)

    def chance(self, name, probability):
        """Yes or no for each given probability."""
        probability = np.asarray(probability)
        return self(name).random(probability.shape) < probability

    def pick(self, name, n, weights):
        """Draw ``n`` indices with the given weights, by inverse transform."""
        return choose(self.uniform(name, n), weights)

    def whole(self, name, n, below):
        """Draw ``n`` whole numbers from 0 to ``below - 1``; ``below`` may be an array."""
        return (self.uniform(name, n) * below).astype(np.int64)


class Slots:
    """Draws for what did happen, out of everything that could have.

    Each potential event has a slot; numbers are drawn for all slots and read at those that came
    true. Under another policy other events come true, each with the numbers of its own slot.

    Parameters
    ----------
    streams : Streams
        Where the numbers come from.
    slots : int
        Number of potential events.
    taken : array of int
        Slots of the events that came true.
    """

    def __init__(self, streams, slots, taken):
        self.streams = streams
        self.slots = slots
        self.taken = taken

    def uniform(self, name, *shape):
        """Numbers between 0 and 1 for the events that came true."""
        return self.streams.uniform(name, self.slots, *shape)[self.taken]

    def normal(self, name, *shape):
        """Standard normal numbers for the events that came true."""
        return self.streams.normal(name, self.slots, *shape)[self.taken]

    def gamma(self, name, form, scale):
        """Gamma numbers for the events that came true."""
        return self.streams(name).gamma(form, scale, size=self.slots)[self.taken]

    def beta(self, name, a, b):
        """Beta numbers for the events that came true."""
        return self.streams(name).beta(a, b, size=self.slots)[self.taken]

    def pick(self, name, weights):
        """Indices with the given weights for the events that came true."""
        return choose(self.uniform(name), weights)

    def whole(self, name, below):
        """Whole numbers from 0 to ``below - 1`` for the events that came true."""
        return (self.uniform(name) * below).astype(np.int64)

    def at(self, order):
        """The same draws for a selection or another order of the events."""
        return Slots(self.streams, self.slots, self.taken[order])


def choose(uniform, weights):
    """Turn uniforms into indices with the given weights.

    Examples
    --------
    >>> choose(np.array([0.1, 0.6, 0.99]), [1, 1, 2]).tolist()
    [0, 2, 2]
    """
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.searchsorted(edges[:-1] / edges[-1], uniform, side="right")


def choose_rows(uniform, table, rows):
    """Turn uniforms into indices whose weights stand in ``table[rows]``, one row per draw.

    Examples
    --------
    >>> choose_rows(np.array([0.5, 0.5]), [[1, 0], [0.2, 0.8]], [0, 1]).tolist()
    [0, 1]
    """
    table = np.asarray(table, dtype=float)
    edges = np.cumsum(table, axis=1)
    edges = (edges / edges[:, -1:])[np.asarray(rows)]
    return (uniform[:, None] >= edges[:, :-1]).sum(axis=1)
