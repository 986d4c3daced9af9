"""Krippendorff's alpha: any number of coders, gaps, and three levels of measurement."""

import math

import numpy as np

from ckmlab.classify import _resampling
from ckmlab.classify._intervals import no_width
from ckmlab.classify.ratings import patterns
from ckmlab.results import Estimate

__all__ = ["krippendorff_alpha"]

LEVELS = ("nominal", "ordinal", "interval")


def krippendorff_alpha(
    ratings, level="nominal", *, order=None, confidence=0.95, bootstrap=0, seed=None
):
    r"""Krippendorff's alpha: one minus observed over expected disagreement.

    .. math:: \alpha = 1 - \frac{D_o}{D_e}, \qquad
       D_o = \frac{1}{n} \sum_u \sum_{i \ne j} \frac{\delta^2(c_{ui}, c_{uj})}{m_u - 1}, \qquad
       D_e = \frac{\sum_{c,k} n_c n_k \delta^2(c, k)}{n (n - 1)}

    over units :math:`u` with :math:`m_u \ge 2` labels, :math:`n = \sum m_u`. The squared distance
    :math:`\delta^2` is 0 or 1 for nominal labels, the squared difference of the numbers for
    interval labels, and the squared difference of mean ranks for ordinal labels.

    Parameters
    ----------
    ratings : table, shape (coders, units)
        Missing labels are NaN or None; see :func:`ratings_table`.
    level : {"nominal", "ordinal", "interval"}
        Level of measurement.
    order : sequence, optional
        The labels from low to high: needed for ordinal labels that are words.
    confidence : float, default 0.95
        Confidence level of the interval.
    bootstrap : int, default 0
        Number of bootstrap samples; 0 means the jackknife.
    seed : int, optional
        Needed for the bootstrap.

    Returns
    -------
    Estimate
        At most 1; ``n`` counts units with two labels or more. NaN, with a note, when all labels
        are the same.

    Raises
    ------
    ValueError
        If the level is unknown or does not suit the labels, the table is empty, has one coder or
        no unit with two labels, or the bootstrap has no seed.

    References
    ----------
    Hayes, A. F., Krippendorff, K. (2007). Answering the call for a standard reliability measure
    for coding data. Communication Methods and Measures 1:77–89.

    Examples
    --------
    >>> ann = ["about", "about", "for", "from", None]
    >>> ben = ["about", "for", "for", "from", "from"]
    >>> round(krippendorff_alpha([ann, ben]), 4)
    0.6667
    """
    if level not in LEVELS:
        raise ValueError(f"level is {level!r}; choose one of {list(LEVELS)}")
    table = patterns(ratings, where="krippendorff_alpha", labels=order)
    counts, frequencies = table.counts[table.paired], table.frequencies[table.paired]
    coefficient = _coefficient(counts, table.labels, level, order)
    value = coefficient(frequencies)
    name = f"Krippendorff's alpha, {level}"
    if math.isnan(value):
        note = "undefined: every label is the same, so there is nothing to disagree about"
        return Estimate(value, level=confidence, n=table.units, method=name, notes=(note,))
    low, high, how = _resampling.interval(
        coefficient, frequencies, confidence=confidence, bootstrap=bootstrap, seed=seed
    )
    return Estimate(
        value,
        low,
        high,
        level=confidence,
        n=table.units,
        method=f"{name}, {how}",
        notes=no_width(low, high),
    )


def _coefficient(counts, labels, level, order):
    """Alpha as a function of the frequencies of the patterns."""
    words = [label for label in labels if isinstance(label, str)]
    if level == "nominal":
        return _nominal(counts)
    if level == "ordinal":
        if words and order is None:
            raise ValueError(
                f"the labels {words} are words: say how they are ordered, from low to high, "
                "with order=[...]"
            )
        return _ordinal(counts)
    if words:
        raise ValueError(f"level='interval' needs numbers, and the labels hold words: {words}")
    return _interval(counts, np.array(labels, dtype=float))


def _nominal(counts):
    within = _unlike_pairs(counts) / (counts.sum(axis=1) - 1)

    def alpha(frequencies):
        totals = frequencies @ counts
        return _one_minus(frequencies @ within, _unlike_pairs(totals), totals.sum())

    return alpha


def _ordinal(counts):
    def alpha(frequencies):
        totals = frequencies @ counts
        # The ordinal distance of two labels is the distance of their mean ranks.
        return _interval(counts, np.cumsum(totals) - totals / 2)(frequencies)

    return alpha


def _interval(counts, numbers):
    # Only differences count; centred numbers lose no digits when squared.
    numbers = numbers - numbers.mean()
    sizes, sums, squares = counts.sum(axis=1), counts @ numbers, counts @ numbers**2
    within = _squared_gaps(sizes, sums, squares) / (sizes - 1)

    def alpha(frequencies):
        total = frequencies @ sizes
        expected = _squared_gaps(total, frequencies @ sums, frequencies @ squares)
        # One number only: rounding may leave a trace of it in the difference of two squares.
        alike = expected <= 1e-12 * total * (frequencies @ squares)
        return math.nan if alike else _one_minus(frequencies @ within, expected, total)

    return alpha


def _one_minus(observed, expected, total):
    return float(1 - (total - 1) * observed / expected) if expected > 0 else math.nan


def _unlike_pairs(counts):
    """Ordered pairs of different labels."""
    return counts.sum(axis=-1) ** 2 - (counts**2).sum(axis=-1)


def _squared_gaps(size, total, squares):
    """Squared differences, summed over all ordered pairs of numbers."""
    return 2 * (size * squares - total**2)
