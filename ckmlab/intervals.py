"""Intervals that several rooms need: of shares, means, differences and ratios."""

import math

import numpy as np
from scipy.special import ndtri, stdtrit

from ckmlab.arguments import check_count, check_positive, check_share, clean_numbers
from ckmlab.results import Estimate

__all__ = ["difference", "f_measure", "mean", "normal_quantile", "proportion", "ratio"]


def proportion(successes, n, *, confidence=0.95, method="share", notes=()):
    r"""A share with Wilson's interval, which stays sensible near 0 and 1 and for small n.

    .. math:: \hat p = x / n

    Parameters
    ----------
    successes : int
        Number of cases that count, x.
    n : int
        Number of cases in all; 0 gives NaN, because a share of nothing is not known.
    confidence : float, default 0.95
        Level of the interval.
    method : str
        What the share is; "Wilson 1927 interval" is added.
    notes : tuple of str
        What the reader should know before quoting the number.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If ``successes`` exceeds ``n``, or either is negative.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.

    Examples
    --------
    >>> proportion(62, 100)
    0.62 [0.5221, 0.709] (95 %, n = 100)
    """
    from statsmodels.stats.proportion import proportion_confint

    successes, n = check_count("successes", successes), check_count("n", n)
    confidence = check_share("confidence", confidence, ends=False)
    if successes > n:
        raise ValueError(f"{successes} successes among {n} cases: a part exceeds its whole")
    method = f"{method}, Wilson 1927 interval"
    if n == 0:
        return Estimate(float("nan"), level=confidence, n=0, method=method, notes=notes)
    low, high = proportion_confint(successes, n, alpha=1 - confidence, method="wilson")
    low, high = min(low, successes / n), max(high, successes / n)  # rounding at 0 and 1
    return Estimate(successes / n, low, high, level=confidence, n=n, method=method, notes=notes)


def mean(values, *, within=(-math.inf, math.inf), confidence=0.95, method="mean", notes=()):
    """A mean with Student's interval.

    Parameters
    ----------
    values : array-like of float
        Observations; missing ones are dropped.
    within : tuple of float, optional
        Lowest and highest value a mean can have; the interval is cut to them.
    confidence : float, default 0.95
        Level of the interval; with a single observation there is none (NaN).
    method : str
        What the mean is; "Student 1908 interval" is added.
    notes : tuple of str
        What the reader should know before quoting the number.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If no observation is left.

    References
    ----------
    Student (1908). The probable error of a mean.

    Examples
    --------
    >>> mean([8, 9, 10])
    9 [6.516, 11.48] (95 %, n = 3)
    >>> mean([8, 9, 10], within=(0, 10))
    9 [6.516, 10] (95 %, n = 3)
    """
    numbers = clean_numbers("values", values)
    confidence = check_share("confidence", confidence, ends=False)
    n, centre = len(numbers), float(numbers.mean())
    half = math.nan
    if n > 1:
        quantile = stdtrit(n - 1, 0.5 + confidence / 2)
        half = float(quantile * np.std(numbers, ddof=1) / math.sqrt(n))
    low, high = (float(end) for end in np.clip([centre - half, centre + half], *within))
    return Estimate(
        centre,
        low,
        high,
        level=confidence,
        n=n,
        method=f"{method}, Student 1908 interval",
        notes=notes,
    )


def difference(one, other, *, confidence=0.95, method="difference of means", notes=()):
    """Mean of one group less the mean of another, with Welch's interval.

    Parameters
    ----------
    one, other : array-like of float
        Observations; missing ones are dropped. Each group needs two.
    confidence : float, default 0.95
        Level of the interval, which does not take the groups' spreads for equal.
    method : str
        What the difference is; "Welch 1947 interval" is added.
    notes : tuple of str
        What the reader should know before quoting the number.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If a group has fewer than two observations.

    References
    ----------
    Welch (1947), Biometrika 34, 28-35.

    Examples
    --------
    >>> difference([8, 9, 10], [5, 6, 7])
    3 [0.733, 5.267] (95 %, n = 6)
    """
    first, second = clean_numbers("one", one), clean_numbers("other", other)
    confidence = check_share("confidence", confidence, ends=False)
    if min(len(first), len(second)) < 2:
        raise ValueError("each group needs at least two observations to judge its spread")
    parts = [group.var(ddof=1) / len(group) for group in (first, second)]
    value, half = float(first.mean() - second.mean()), 0.0
    if sum(parts) > 0:
        freedom = sum(parts) ** 2 / sum(
            part**2 / (len(group) - 1) for part, group in zip(parts, (first, second), strict=True)
        )
        half = float(stdtrit(freedom, 0.5 + confidence / 2)) * math.sqrt(sum(parts))
    return Estimate(
        value,
        value - half,
        value + half,
        level=confidence,
        n=len(first) + len(second),
        method=f"{method}, Welch 1947 interval",
        notes=notes,
    )


def ratio(above, below, *, confidence=0.95, method="ratio of totals", notes=()):
    r"""Ratio of two totals counted on the same cases, with a linearised interval.

    .. math:: \hat R = \sum_i y_i \Big/ \sum_i x_i

    Parameters
    ----------
    above, below : array-like of float
        What is divided, and by what: one pair per case, no gaps.
    confidence : float, default 0.95
        Level of the normal interval; with a single case there is none (NaN). Where nothing
        is negative it ends at 0.
    method : str
        What the ratio is; "linearised interval" is added.
    notes : tuple of str
        What the reader should know before quoting the number.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If lengths differ, a value is missing, or the lower total is 0.

    References
    ----------
    Cochran (1977), Sampling Techniques, chapter 6.

    Examples
    --------
    >>> ratio([30, 30, 60, 20], [1, 0, 2, 1])
    35 [15, 55] (95 %, n = 4)
    """
    upper = clean_numbers("above", above, missing="refuse")
    lower = clean_numbers("below", below, missing="refuse")
    if len(upper) != len(lower):
        raise ValueError(f"{len(upper)} numbers above but {len(lower)} below; give one for each")
    if lower.sum() == 0:
        raise ValueError("the total below is 0, so there is no ratio")
    value, n, half = float(upper.sum() / lower.sum()), len(upper), math.nan
    if n > 1:
        spread = float(((upper - value * lower) ** 2).sum()) * n / (n - 1)
        half = normal_quantile(confidence) * math.sqrt(spread) / abs(float(lower.sum()))
    least = 0.0 if min(upper.min(), lower.min()) >= 0 else -math.inf
    return Estimate(
        value,
        float(np.maximum(value - half, least)),
        value + half,
        level=check_share("confidence", confidence, ends=False),
        n=n,
        method=f"{method}, linearised interval (Cochran 1977)",
        notes=notes,
    )


def f_measure(hits, false_alarms, misses, *, beta=1.0, confidence=0.95):
    r"""Weighted harmonic mean of precision and recall, with a delta-method interval.

    .. math:: F_\beta = \frac{(1 + \beta^2) h}{(1 + \beta^2) h + \beta^2 m + f}

    Parameters
    ----------
    hits, false_alarms, misses : int
        Numbers of cases rightly found, wrongly found, and not found.
    beta : float, default 1
        How much more recall counts than precision.
    confidence : float, default 0.95
        Level of the interval, cut to [0, 1].

    Returns
    -------
    Estimate
        NaN when there is nothing to find and nothing was found.

    Raises
    ------
    ValueError
        If a count is negative or beta not positive.

    References
    ----------
    Van Rijsbergen (1979), Information Retrieval.

    Examples
    --------
    >>> f_measure(80, 20, 20)
    0.8 [0.7393, 0.8607] (95 %, n = 120)
    """
    counts = [
        check_count(name, value)
        for name, value in (("hits", hits), ("false_alarms", false_alarms), ("misses", misses))
    ]
    weight = check_positive("beta", beta) ** 2
    whole = (1 + weight) * counts[0] + counts[1] + weight * counts[2]
    method = "F-measure (van Rijsbergen 1979), delta-method interval"
    if whole == 0:
        return Estimate(math.nan, level=confidence, n=0, method=method)
    value = (1 + weight) * counts[0] / whole
    slopes = np.array([counts[1] + weight * counts[2], -counts[0], -weight * counts[0]])
    error = math.sqrt(float(counts @ (slopes * (1 + weight) / whole**2) ** 2))
    half = normal_quantile(confidence) * error
    return Estimate(
        value,
        max(value - half, 0),
        min(value + half, 1),
        level=confidence,
        n=sum(counts),
        method=method,
    )


def normal_quantile(confidence):
    """Two-sided standard normal quantile, such as 1.96 for 0.95.

    Parameters
    ----------
    confidence : float
        Level, strictly between 0 and 1.

    Returns
    -------
    float

    Examples
    --------
    >>> round(normal_quantile(0.95), 2)
    1.96
    """
    return float(ndtri(0.5 + check_share("confidence", confidence, ends=False) / 2))
