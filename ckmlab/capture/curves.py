"""How knowledge accumulates: what each interview added, and what it adds over all orders."""

import numpy as np
import pandas as pd
from scipy.special import gammaln

from ckmlab.arguments import check_count
from ckmlab.capture.incidence import item_counts, mention_matrix
from ckmlab.capture.richness import chao2
from ckmlab.intervals import normal_quantile

__all__ = ["accumulation", "first_heard"]


def accumulation(incidence, *, units=None, up_to=None, confidence=0.95):
    r"""Expected number of different needs after 1, 2, 3 … interviews (rarefaction).

    The curve does not depend on the order in which the interviews were held. For h of the t
    interviews held,

    .. math:: S(h) = S_{obs} - \sum_k Q_k \binom{t-k}{h} \Big/ \binom{t}{h}

    and for h = t + e, with :math:`\hat Q_0` the needs unseen by classic Chao2,

    .. math:: S(t + e) = S_{obs} + \hat Q_0 \left[1 - (1 - Q_1 / (t \hat Q_0 + Q_1))^e\right]

    Parameters
    ----------
    incidence : array-like, shape (units, items)
        0/1 or booleans, one row per interview, one column per need; or counts with ``units``.
    units : int, optional
        Number of interviews, when ``incidence`` holds counts.
    up_to : int, optional
        Last number of interviews; the number held by default. Beyond twice that number
        extrapolation is guesswork, so it is refused.
    confidence : float, default 0.95
        Level of the band. It is given up to the interviews held (Colwell, Mao and Chang's
        variance, with the total estimated by Chao2) and missing beyond.

    Returns
    -------
    pandas.DataFrame
        ``interviews``, ``expected``, ``low``, ``high``, ``extrapolated``.

    Raises
    ------
    ValueError
        If nothing was mentioned, or ``up_to`` exceeds twice the interviews held.

    References
    ----------
    Colwell, Mao and Chang (2004), Ecology 85, 2717-2727; extrapolation Colwell et al. (2012),
    Journal of Plant Ecology 5, 3-21.

    Examples
    --------
    >>> accumulation([[1, 1, 0], [1, 0, 0], [1, 0, 1]]).expected.round(3).tolist()
    [1.667, 2.333, 3.0]
    """
    counts, units, _ = item_counts(incidence, units)
    total = chao2(counts, units=units, bias_corrected=False)
    last = units if up_to is None else check_count("up_to", up_to, least=1)
    if last > 2 * units:
        raise ValueError(
            f"up_to={last} is more than twice the {units} interviews held; "
            "extrapolation that far is guesswork"
        )
    steps = np.arange(1, last + 1)
    inside = steps[steps <= units]
    heard_in, items = np.unique(counts, return_counts=True)  # alike items are worked out once
    found = 1 - _chance_missed(heard_in, units, inside)
    expected = found @ items
    variance = found**2 @ items - expected**2 / total.value
    half = normal_quantile(confidence) * np.sqrt(np.clip(variance, 0, None))
    beyond = np.full(len(steps) - len(inside), np.nan)
    return pd.DataFrame(
        {
            "interviews": steps,
            "expected": np.append(expected, _beyond(counts, units, total, last)),
            "low": np.append(expected - half, beyond),
            "high": np.append(expected + half, beyond),
            "extrapolated": steps > units,
        }
    )


def first_heard(incidence):
    """Number of needs that each interview brought up for the first time, in the order held.

    Their running sum is the curve as it was lived through. It depends on the luck of the order;
    :func:`accumulation` averages over all orders.

    Parameters
    ----------
    incidence : array-like, shape (units, items)
        0/1 or booleans, one row per interview in the order held, one column per need
        (see :func:`ckmlab.capture.incidence_table`).

    Returns
    -------
    pandas.Series
        One whole number per interview, named ``new``; the index is the table's own, or 1, 2, 3 …

    Raises
    ------
    ValueError
        If it is no such table.

    Examples
    --------
    >>> first_heard([[1, 1, 0], [1, 0, 0], [1, 0, 1]]).tolist()
    [2, 0, 1]
    """
    table = mention_matrix(incidence)
    known = np.maximum.accumulate(table, axis=0).sum(axis=1)
    counted = pd.RangeIndex(1, len(table) + 1, name="interview")
    held = incidence.index if isinstance(incidence, pd.DataFrame) else counted
    return pd.Series(np.diff(known, prepend=0), index=held, name="new")


def _chance_missed(counts, units, steps):
    """Chance that h interviews drawn from the t held miss an item heard in k: a hypergeometric."""
    h, k = steps[:, None], counts[None, :]
    left = units - k - h
    with np.errstate(invalid="ignore"):
        log = _log_choose(units - k, h) - _log_choose(units, h)
    return np.where(left >= 0, np.exp(np.where(left >= 0, log, 0.0)), 0.0)


def _log_choose(n, k):
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(np.clip(n - k, 0, None) + 1)


def _beyond(counts, units, total, last):
    extra = np.arange(1, last - units + 1)
    seen = len(counts)
    unseen = total.value - seen
    once = (counts == 1).sum()
    if unseen <= 0:
        return np.full(len(extra), float(seen))
    return seen + unseen * (1 - (1 - once / (units * unseen + once)) ** extra)
