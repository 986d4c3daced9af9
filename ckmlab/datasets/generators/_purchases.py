"""Purchase histories of one block of customers, without a loop over customers or purchases.

A customer buys at a constant rate until dropping out. Given how many purchases fall into the
time that customer was both alive and observed, their moments are uniform on it, so they can be
drawn all at once and sorted. Where a purchase itself is the moment of dropping out (BG/NBD,
MBG/NBD), that last purchase closes the window.
"""

from functools import partial
from typing import NamedTuple

import numpy as np

from ckmlab.datasets.streams import stream

__all__ = ["BLOCK", "Block", "draw_block"]

BLOCK = 1 << 13  # customers drawn together: their arrays stay in the cache and in reused memory
NEVER = 1e9  # nobody makes a thousand million purchases, so dropping out later than that is never
TINY = 1e-200  # a rate that rounds to zero would divide by zero
SECONDS_A_WEEK = 7 * 24 * 3600


class Block(NamedTuple):
    """Some customers: a row per purchase (first three) and a row per customer (the rest)."""

    customer: np.ndarray
    microseconds: np.ndarray
    amount: np.ndarray | None
    start: np.ndarray
    observed: np.ndarray
    rate: np.ndarray
    dropout: np.ndarray
    lifetime: np.ndarray
    mean_amount: np.ndarray | None

    def joined(self, *others):
        """These customers and others, in order."""
        columns = zip(self, *others, strict=True)
        return Block(*(None if part[0] is None else np.concatenate(part) for part in columns))

    def up_to(self, customer):
        """Only the customers below a number."""
        rows = np.searchsorted(self.customer, customer)
        customers = len(self.start) - (self.customer[-1] + 1 - customer)
        cuts = [rows] * 3 + [customers] * 6
        return Block(
            *(part if part is None else part[:cut] for part, cut in zip(self, cuts, strict=True))
        )


def draw_block(number, *, seed, model, parameters, spend, weeks, acquisition_weeks):
    """Draw the purchases of customers ``number * BLOCK`` up to ``(number + 1) * BLOCK``.

    One stream serves the whole block, because opening one costs as much as drawing a hundred
    customers; the block is always drawn whole, so no customer depends on how many are asked for.
    """
    rng = stream(seed, f"transactions.{model}", number)
    start = rng.random(BLOCK) * acquisition_weeks
    observed = weeks - start
    rate = np.maximum(rng.standard_gamma(parameters["r"], BLOCK) / parameters["alpha"], TINY)
    repeats, lifetime, dropout, closes = _DROPPING_OUT[model](rng, rate, observed, parameters)
    owner, time = _purchase_times(rng, repeats, np.minimum(lifetime, observed), closes)
    spare = start[owner]
    time += spare
    time *= SECONDS_A_WEEK
    # Memory fresh from the system is slow: three columns are made in the room of these two.
    microseconds = spare.view(np.int64)
    microseconds[:] = time
    microseconds *= 1_000_000  # whole seconds: finer times would only cost space
    amount, mean_amount = _amounts(rng, owner, spend, room=time)
    owner += number * BLOCK
    latent = (start, observed, rate, dropout, lifetime, mean_amount)
    return Block(owner, microseconds, amount, *latent)


def _after_a_purchase(rng, rate, observed, parameters, *, immune):
    """Drop out after any purchase but the first ``immune`` ones, with an own beta probability."""
    dropout = rng.beta(parameters["a"], parameters["b"], BLOCK)
    dropout = np.clip(dropout, TINY, 1 - 2**-53)
    # Geometric by inversion: the purchase after which the customer leaves.
    last = np.ceil(np.log1p(-rng.random(BLOCK)) / np.log1p(-dropout))
    last = np.clip(last, 1, NEVER) - (1 - immune)  # number of the last repeat purchase
    # Its time is a sum of as many exponential gaps.
    lifetime = rng.standard_gamma(last) / rate
    repeats = last.astype(np.int64)
    # Of the purchases before the last, those that fall into the observed time. (Numbers of rows
    # are gathered in half the time that it takes to go through a mask.)
    stays = np.flatnonzero(lifetime > observed)
    share = observed[stays] / lifetime[stays]
    repeats[stays] = rng.binomial(repeats[stays] - 1, share)
    closes = repeats > 0
    closes[stays] = False
    return repeats, lifetime, dropout, np.flatnonzero(closes)


def _at_any_moment(rng, rate, observed, parameters):
    """Drop out after an exponential time, at a rate that is gamma across customers."""
    dropout = rng.standard_gamma(parameters["s"], BLOCK) / parameters["beta"]
    dropout = np.maximum(dropout, TINY)
    lifetime = rng.standard_exponential(BLOCK) / dropout
    repeats = rng.poisson(rate * np.minimum(lifetime, observed))
    return repeats, lifetime, dropout, np.empty(0, np.int64)


_DROPPING_OUT = {
    "BG/NBD": partial(_after_a_purchase, immune=1),
    "MBG/NBD": partial(_after_a_purchase, immune=0),
    "Pareto/NBD": _at_any_moment,
}


def _purchase_times(rng, repeats, window, closes):
    """Owner and time since the first purchase, for every purchase, in order."""
    after = np.cumsum(repeats + 1)
    first = after - repeats - 1
    owner = np.zeros(after[-1], np.int64)
    owner[first[1:]] = 1
    np.cumsum(owner, out=owner)
    time = rng.random(len(owner))
    time[first] = 0.0
    time[after[closes] - 1] = 1.0  # the last purchase is the moment of leaving
    # One sort for all customers: the owner's number is the key's whole part.
    time += owner
    time.sort()
    time -= owner
    time *= window[owner]
    return owner, time


def _amounts(rng, owner, spend, room):
    """Gamma-distributed amounts around a mean that is itself inverse gamma across customers."""
    if spend is None:
        return None, None
    scale = spend["gamma"] / np.maximum(rng.standard_gamma(spend["q"], BLOCK), TINY)
    amount = rng.standard_gamma(spend["p"], out=room)
    amount *= scale[owner]
    amount *= 100
    np.rint(amount, out=amount)
    np.maximum(amount, 1, out=amount)  # a purchase costs at least a cent
    amount /= 100
    return amount, spend["p"] * scale
