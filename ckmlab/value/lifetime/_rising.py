"""Ratios of gamma functions that keep their digits: rising factorials and beta survival.

Γ(z + k) / Γ(z) is needed for parameters from 1e-12 to 1e12. Subtracting two values of lnΓ loses
every digit when z is large; the sums and differences below do not.
"""

import numpy as np
from scipy.special import digamma, gammaln, polygamma

__all__ = [
    "TailCounts",
    "log1p_minus",
    "log_rising",
    "log_survival",
    "rising_tables",
    "stirling_rest",
]

STIRLING_FROM = 16.0  # five terms of Stirling's series are exact to double precision from here
DIRECT_TERMS = 64  # of a product that log_survival takes one by one
TABLE_LENGTH = 100_000  # counts up to here are summed one by one; lnΓ is exact enough beyond


def stirling_rest(z):
    """lnΓ(z) minus its leading terms (z − ½) ln z − z + ½ ln 2π, for z of 16 or more."""
    inverse = 1 / z
    square = inverse * inverse
    series = 1 / 1680 - square / 1188
    series = 1 / 1260 - square * series
    series = 1 / 360 - square * series
    return inverse * (1 / 12 - square * series)


def log1p_minus(u):
    """ln(1 + u) − u without cancellation near zero."""
    u = np.asarray(u, dtype=float)
    near = np.abs(u) < 0.2
    w = np.where(near, u, 0.0) / (2 + np.where(near, u, 0.0))
    square = w * w
    series = np.zeros_like(w)
    for odd in range(25, 1, -2):  # ln(1+u) = 2 artanh w, and 2w − u = −u w
        series = square * (1 / odd + series)
    far = np.where(near, 1.0, u)
    return np.where(near, 2 * w * series - w * u, np.log1p(far) - far)


def log_rising(z, k):
    """Ln Γ(z + k) − ln Γ(z), element by element.

    Parameters
    ----------
    z : array_like
        Positive start of the rising factorial z (z + 1) … (z + k − 1).
    k : array_like
        Number of factors, 0 or more.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> float(log_rising(1.0, 5))  # ln 5!
    4.787491742782046
    >>> float(log_rising(1e15, 2) - 2 * np.log(1e15))
    0.0
    """
    z, k = np.broadcast_arrays(np.asarray(z, dtype=float), np.asarray(k, dtype=float))
    large = z >= STIRLING_FROM
    start = np.where(large, z, STIRLING_FROM)
    rest = stirling_rest(start + k) - stirling_rest(start)
    stirling = (start - 0.5) * np.log1p(k / start) + k * (np.log(start + k) - 1) + rest
    small = np.where(large, 1.0, z)
    return np.where(large, stirling, gammaln(small + k) - gammaln(small))


def log_survival(a, b, k):
    """Log of the chance to survive ``k`` dropout chances, each fatal with p ~ Beta(a, b).

    ln B(a, b + k) / B(a, b), which is the sum of ``−ln(1 + a / (b + i))`` over i < k.

    Examples
    --------
    >>> round(float(np.exp(log_survival(1.0, 1.0, 3))), 12)
    0.25
    """
    a, b, k = np.broadcast_arrays(*(np.asarray(v, dtype=float) for v in (a, b, k)))
    total = np.zeros(k.shape)
    for i in range(int(min(DIRECT_TERMS, k.max(initial=0)))):
        total -= np.where(i < k, np.log1p(a / (b + i)), 0.0)
    long = k > DIRECT_TERMS
    if long.any():
        total[long] -= _long_sum(a[long], b[long] + DIRECT_TERMS, k[long] - DIRECT_TERMS)
    return total


def _long_sum(a, z, k):
    """Sum of ln(1 + a / (z + i)) over i < k by the midpoint Euler-Maclaurin formula, z ≥ 64."""
    nodes, weights = np.polynomial.legendre.leggauss(48)
    start, end = z - 0.5, z + k - 0.5
    width = np.log1p(k / start) / 2
    at = start[:, None] * np.exp(width[:, None] * (nodes + 1))
    integral = width * ((at * np.log1p(a[:, None] / at)) @ weights)
    ends = [_midpoint_correction(a, limit) for limit in (start, end)]
    return integral - (ends[1] - ends[0])


def _midpoint_correction(a, z):
    slope = -a / (z * (z + a))
    third = -2 * a * (3 * z * (z + a) + a * a) / (z * (z + a)) ** 3
    return slope / 24 - 7 * third / 5760


def rising_tables(z, length):
    """Table of ln Γ(z + k) − ln Γ(z) and two derivatives in z, shape (3, length + 1), k from 0.

    Examples
    --------
    >>> rising_tables(1.0, 2)[1].tolist()
    [0.0, 1.0, 1.5]
    """
    terms = z + np.arange(length)
    steps = np.stack([np.log(terms), 1 / terms, -1 / terms**2])
    return np.concatenate([np.zeros((3, 1)), steps.cumsum(axis=1)], axis=1)


class TailCounts:
    """Sums of ln Γ(z + k) − ln Γ(z) over many customers, by how many exceed each count.

    The sum over customers of ln(z) + … + ln(z + k − 1) has only as many different terms as the
    largest k: each ln(z + i) is wanted once per customer whose count is above i. Derivatives are
    sums of 1 / (z + i), so that no gamma function is called and no digit lost.

    Parameters
    ----------
    counts : numpy.ndarray
        Whole numbers k, 0 or more.
    weights : numpy.ndarray
        Customers with that count.

    Examples
    --------
    >>> value, slope, _ = TailCounts(np.array([0, 2]), np.array([5.0, 3.0])).sums(1.0)
    >>> bool(np.isclose(value, 3 * np.log(2))), slope
    (True, 4.5)
    """

    def __init__(self, counts, weights):
        counts = np.asarray(counts)
        length = int(min(counts.max(initial=0), TABLE_LENGTH))
        histogram = np.bincount(
            np.minimum(counts, length).astype(np.int64), weights, minlength=length + 1
        )
        self._steps = np.arange(length, dtype=float)
        self._tail = histogram[::-1].cumsum()[::-1][1:]
        beyond = counts > length
        self._far, self._far_weights = counts[beyond].astype(float), weights[beyond]
        self._length = length

    def sums(self, z):
        """The sum and its first and second derivative in ``z``."""
        terms = z + self._steps
        inverse = 1 / terms
        weighted = self._tail * inverse
        value = self._tail @ np.log(terms)
        first, second = weighted.sum(), -(weighted @ inverse)
        if len(self._far):
            start, end, n = z + self._length, z + self._far, self._far_weights
            value += n @ log_rising(start, self._far - self._length)
            first += n @ (digamma(end) - digamma(start))
            second += n @ (polygamma(1, end) - polygamma(1, start))
        return float(value), float(first), float(second)
