"""Intervals from the data themselves: leave one unit out, or draw units anew.

Every coefficient of agreement is a function of how often each pattern of labels occurs, so a
resample is a new vector of frequencies, and no unit is ever copied.
"""

import math

import numpy as np

from ckmlab.classify._intervals import check_confidence

__all__ = ["interval"]


def interval(coefficient, frequencies, *, confidence, bootstrap=0, seed=None):
    """Confidence interval of a coefficient of agreement.

    Parameters
    ----------
    coefficient : callable
        Takes frequencies of the patterns, returns the coefficient (NaN where undefined).
    frequencies : array of float, shape (patterns,)
        How many units show each pattern.
    confidence : float
        Confidence level.
    bootstrap : int, default 0
        Number of bootstrap samples; 0 means the jackknife.
    seed : int, optional
        Needed for the bootstrap.

    Returns
    -------
    low, high : float
        Within -1 and 1; NaN where the data allow no interval.
    how : str
        What was done, for the estimate's method.

    Raises
    ------
    ValueError
        If the bootstrap has no seed, or ``confidence`` or ``bootstrap`` makes no sense.
    """
    check_confidence(confidence)
    if bootstrap < 0 or bootstrap != int(bootstrap):
        raise ValueError(f"bootstrap is {bootstrap!r}; give a number of samples, such as 2000")
    if bootstrap and seed is None:
        raise ValueError("the bootstrap draws at random: give it a seed, such as seed=1")
    if bootstrap:
        low, high = _bootstrap(coefficient, frequencies, confidence, int(bootstrap), seed)
        how = f"percentile bootstrap over units ({int(bootstrap):,} samples, seed {seed})"
    else:
        low, high = _jackknife(coefficient, frequencies, confidence)
        how = "jackknife over units"
    return low, high, how if np.isfinite(low) else "no interval: too few units, or too much alike"


def _jackknife(coefficient, frequencies, confidence):
    from scipy.stats import t

    units = frequencies.sum()
    if units < 3:
        return math.nan, math.nan
    # Units with one pattern are interchangeable: leave out one of each pattern, and weigh.
    shown = np.flatnonzero(frequencies)
    without = np.array([coefficient(_less_one(frequencies, pattern)) for pattern in shown])
    if not np.isfinite(without).all():
        return math.nan, math.nan
    weights = frequencies[shown] / units
    variance = (units - 1) * (weights @ (without - weights @ without) ** 2)
    margin = t.ppf((1 + confidence) / 2, units - 1) * math.sqrt(variance)
    value = coefficient(frequencies)
    return max(-1.0, value - margin), min(1.0, value + margin)


def _less_one(frequencies, pattern):
    fewer = frequencies.copy()
    fewer[pattern] -= 1
    return fewer


def _bootstrap(coefficient, frequencies, confidence, samples, seed):
    units = int(frequencies.sum())
    draws = np.random.default_rng(seed).multinomial(units, frequencies / units, size=samples)
    values = np.array([coefficient(draw.astype(float)) for draw in draws])
    if not np.isfinite(values).any():
        return math.nan, math.nan
    tail = (1 - confidence) / 2
    return tuple(np.nanquantile(values, [tail, 1 - tail]))
