"""Knowledge that only we hold: how long that lasts, and what it is worth meanwhile."""

import math

import numpy as np
from scipy.special import gammaincinv

from ckmlab.arguments import check_share, clean_numbers
from ckmlab.results import Estimate

__all__ = ["exclusivity_half_life", "head_start_value"]


def exclusivity_half_life(days, ended, *, confidence=0.95):
    r"""Time in which half of what was exclusive becomes known to rivals.

    Maximum likelihood for a constant rate of leaking, with knowledge that is still exclusive
    counted as long as it was watched:

    .. math:: \hat h = \ln 2 \, \frac{\sum_i t_i}{d}

    Parameters
    ----------
    days : array-like of float
        How long each piece of knowledge was exclusive, or watched.
    ended : array-like of bool
        True where rivals got to know it, d in number.
    confidence : float, default 0.95
        Level of the interval, exact for a fixed number of leaks.

    Returns
    -------
    Estimate
        In the unit of ``days``; infinite, with a lower end, if nothing leaked.

    Raises
    ------
    ValueError
        If lengths differ, or a time is negative or all are 0.

    References
    ----------
    Epstein and Sobel (1953), Journal of the American Statistical Association 48, 486-502.

    Examples
    --------
    >>> exclusivity_half_life([100, 200, 300, 400], [True, True, True, False])
    231 [95.94, 1120] (95 %, n = 4)
    """
    time = clean_numbers("days", days, missing="refuse")
    leaked = clean_numbers("ended", ended, missing="refuse")
    if not np.isin(leaked, [0, 1]).all():
        raise ValueError("ended must hold 0/1 or False/True")
    leaked = leaked.astype(bool)
    if len(time) != len(leaked):
        raise ValueError(f"{len(time)} times but {len(leaked)} outcomes; give one for each")
    if (time < 0).any() or time.sum() == 0:
        raise ValueError("times must be 0 or more, and not 0 throughout")
    tail = (1 - check_share("confidence", confidence, ends=False)) / 2
    total, leaks = float(time.sum()) * math.log(2), int(leaked.sum())
    return Estimate(
        total / leaks if leaks else math.inf,
        total / float(gammaincinv(max(leaks, 1), 1 - tail)),
        total / float(gammaincinv(leaks, tail)) if leaks else math.inf,
        level=confidence,
        n=len(time),
        method="exponential maximum likelihood, exact interval (Epstein and Sobel 1953)",
    )


def head_start_value(exclusive, shared, *, discount=1.0, half_life=None):
    r"""What it is worth to be the only one who knows, for as long as that lasts.

    .. math:: V = \sum_t (m_t^{excl} - m_t^{shared}) \, \delta^t \, 2^{-t/h}

    Parameters
    ----------
    exclusive, shared : array-like of float
        Margin of each period t = 0, 1, 2 … while the knowledge is exclusive, and once rivals
        have it too.
    discount : float, default 1
        Discount factor δ per period.
    half_life : float, optional
        Periods after which the chance that the knowledge is still exclusive has halved; left
        out, it stays exclusive throughout.

    Returns
    -------
    float
        In units of the margins.

    Raises
    ------
    ValueError
        If lengths differ, or the half-life or discount is not positive.

    Examples
    --------
    >>> head_start_value([100, 100, 100], [60, 60, 60], discount=0.5)
    70.0
    """
    gain = clean_numbers("exclusive", exclusive, missing="refuse")
    rival = clean_numbers("shared", shared, missing="refuse")
    if len(gain) != len(rival):
        raise ValueError(f"{len(gain)} exclusive margins but {len(rival)} shared; one per period")
    if discount <= 0 or (half_life is not None and half_life <= 0):
        raise ValueError("discount and half_life must be above 0")
    period = np.arange(len(gain))
    weight = discount**period
    if half_life is not None:
        weight = weight * 2.0 ** (-period / half_life)
    return float(((gain - rival) * weight).sum())
