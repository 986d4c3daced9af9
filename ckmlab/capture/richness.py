"""How many different things there are, when some were mentioned only once.

The estimators come from ecology, where the things are species: what was met only once or
twice tells how much was never met.
"""

import math

from ckmlab.capture.incidence import item_counts, whole_counts
from ckmlab.capture.lists import unseen_interval
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["chao1", "chao2", "coverage"]

LOWER_BOUND = "a lower bound: things that hardly anybody mentions leave no trace in the counts"


def chao1(counts, *, bias_corrected=True, confidence=0.95):
    r"""Number of different things, from how often each was mentioned.

    .. math::

        \hat S = S_{obs} + \frac{F_1 (F_1 - 1)}{2 (F_2 + 1)}
        \quad\text{or, classic,}\quad S_{obs} + \frac{F_1^2}{2 F_2}

    with :math:`F_k` the number of things mentioned exactly k times.

    Parameters
    ----------
    counts : array-like of int, shape (items,), or mapping
        Number of mentions of each thing; zeros are ignored. Of a mapping (such as a Counter) the
        values.
    bias_corrected : bool, default True
        The first formula, defined even when nothing was mentioned exactly twice. The classic
        one falls back on it in that case.
    confidence : float, default 0.95
        Level of the log-normal interval.

    Returns
    -------
    Estimate
        ``n`` is the number of mentions.

    Raises
    ------
    ValueError
        If a count is negative or fractional, or nothing was mentioned.

    References
    ----------
    Chao (1984), Scandinavian Journal of Statistics 11, 265-270; interval and variance Chao
    (1987), Biometrics 43, 783-791.

    Examples
    --------
    >>> chao1([5, 3, 2, 1, 1, 1])
    7.5 [6.149, 21.08] (95 %, n = 13)
    """
    counts = whole_counts("counts", counts)
    counts = counts[counts > 0]
    return _chao(counts, 1.0, bias_corrected, confidence, n=int(counts.sum()), name="Chao1")


def chao2(incidence, *, units=None, bias_corrected=True, confidence=0.95):
    r"""Number of different needs, from the interviews in which each was mentioned.

    .. math::

        \hat S = S_{obs} + \frac{t-1}{t} \cdot \frac{Q_1 (Q_1 - 1)}{2 (Q_2 + 1)}

    with t interviews and :math:`Q_k` the number of needs mentioned in exactly k of them.

    Parameters
    ----------
    incidence : array-like, shape (units, items)
        0/1 or booleans, one row per interview, one column per need
        (see :func:`ckmlab.capture.incidence_table`). With ``units``: one count per need.
    units : int, optional
        Number of interviews, when ``incidence`` holds counts.
    bias_corrected : bool, default True
        False gives the classic :math:`Q_1^2 / (2 Q_2)` in place of the last fraction.
    confidence : float, default 0.95
        Level of the log-normal interval.

    Returns
    -------
    Estimate
        ``n`` is the number of interviews.

    Raises
    ------
    ValueError
        If the table holds anything but 0 and 1, or nothing was mentioned.

    References
    ----------
    Chao (1987), Biometrics 43, 783-791; Colwell and Coddington (1994) gave it the name.

    Examples
    --------
    >>> chao2([[1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1]])
    6 [4.241, 20.6] (95 %, n = 3)
    """
    counts, units, _ = item_counts(incidence, units)
    return _chao(counts, (units - 1) / units, bias_corrected, confidence, n=units, name="Chao2")


def coverage(counts, *, confidence=0.95):
    r"""Good-Turing coverage: the share of all mentions to come that we have met before.

    .. math:: \hat C = 1 - F_1 / N

    Its complement is the chance that the next mention is something new.

    Parameters
    ----------
    counts : array-like of int, shape (items,), or mapping
        Number of mentions of each thing; zeros are ignored. Of a mapping (such as a Counter) the
        values.
    confidence : float, default 0.95
        Level of Esty's interval, cut to [0, 1]. Where it has no width, because everything was
        mentioned once or nothing was mentioned once or twice, the other end is a bound of the
        same level (see Notes).

    Returns
    -------
    Estimate
        ``n`` is the number of mentions N.

    Raises
    ------
    ValueError
        If a count is negative or fractional, or nothing was mentioned.

    Notes
    -----
    Two chances of a Poisson kind make the bounds. If a share C is covered, N mentions are all
    different with a chance of about :math:`e^{-(N-1) C / 2}` (the birthday problem); if a share
    U is not, nothing is mentioned just once with a chance of about :math:`e^{-N U}`. The bound
    is where this chance falls to 1 - confidence.

    References
    ----------
    Good (1953), Biometrika 40, 237-264; interval Esty (1983), Annals of Statistics 11, 905-912.

    Examples
    --------
    >>> coverage([5, 3, 2, 1, 1, 1])
    0.7692 [0.4563, 1] (95 %, n = 13)
    """
    counts = whole_counts("counts", counts)
    once, twice = _rare(counts)
    n = int(counts.sum())
    value = 1 - once / n
    error = math.sqrt((once * (n - once) + 2 * n * twice) / n**3)
    half = normal_quantile(confidence) * error
    low, high = max(value - half, 0.0), min(value + half, 1.0)
    rare = -math.log(1 - confidence)  # as many as this are expected, and yet there is none
    if once == n:
        high = min(1.0, 2 * rare / (n - 1)) if n > 1 else 1.0
    elif once == twice == 0:
        low = max(0.0, 1 - rare / n)
    return Estimate(
        value,
        low,
        high,
        level=confidence,
        n=n,
        method="Good-Turing coverage (Good 1953), Esty 1983 interval",
        notes=("coverage counts mentions, not things: .94 can leave many rare needs unheard",),
    )


def _chao(counts, factor, bias_corrected, confidence, *, n, name):
    once, twice = _rare(counts)
    seen = int((counts > 0).sum())
    if bias_corrected or twice == 0:
        unseen = factor * once * (once - 1) / (2 * (twice + 1))
        variance = _variance_corrected(once, twice, factor, seen + unseen)
        name += " (bias-corrected)"
    else:
        unseen = factor * once**2 / (2 * twice)
        ratio = once / twice
        variance = twice * (factor * ratio**2 / 2 + factor**2 * ratio**3 + factor**2 * ratio**4 / 4)
    low, high = unseen_interval(seen, unseen, variance, confidence)
    return Estimate(
        seen + unseen,
        low,
        high,
        level=confidence,
        n=n,
        method=f"{name}, log-normal interval (Chao 1987)",
        notes=(LOWER_BOUND,),
    )


def _variance_corrected(once, twice, factor, total):
    if once == 0:
        return 0.0
    variance = factor * once * (once - 1) / (2 * (twice + 1)) + factor**2 * once * (
        2 * once - 1
    ) ** 2 / (4 * (twice + 1) ** 2)
    if twice == 0:
        return variance - factor**2 * once**4 / (4 * total)
    return variance + factor**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)


def _rare(counts):
    """How many things were met exactly once, and exactly twice."""
    if not (counts > 0).any():
        raise ValueError("nothing was mentioned at all, so nothing can be estimated")
    return int((counts == 1).sum()), int((counts == 2).sum())
