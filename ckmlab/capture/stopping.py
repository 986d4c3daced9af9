"""When to stop listening: the next interview must bring more than it costs."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_positive
from ckmlab.capture.incidence import item_counts
from ckmlab.capture.saturation import first_reaching, share_found
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["new_needs_expected", "stop_after", "yield_curve"]


def stop_after(needs, a, b, *, value, cost, detection=1.0):
    r"""Number of interviews after which the next one costs more than it brings.

    Interview n + 1 is worth holding while

    .. math:: v \cdot K \cdot [S(n + 1) - S(n)] \ge c

    Parameters
    ----------
    needs : float
        Number K of needs there are.
    a, b : float
        Parameters of the beta distribution, as in :func:`ckmlab.capture.share_found`.
    value : float
        Worth v of one newly heard need, in money.
    cost : float
        Cost c of one interview, analysts included, in the same money.
    detection : float, default 1
        Chance that the analysts notice a need that was voiced.

    Returns
    -------
    int
        0 when even the first interview does not pay.

    Raises
    ------
    ValueError
        If a number is not positive.

    Examples
    --------
    >>> stop_after(200, 1.45, 7.64, value=1000, cost=900)
    28
    """
    enough = check_positive("cost", cost) / (
        check_positive("value", value) * check_positive("needs", needs)
    )

    def falls_short(n):
        gain = share_found(n + 1, a, b, detection=detection) - share_found(
            n, a, b, detection=detection
        )
        return float(gain < enough)

    return first_reaching(1.0, falls_short)


def yield_curve(needs, a, b, *, value, cost, up_to, detection=1.0):
    """What each interview brings and costs: the table behind :func:`stop_after`.

    Parameters
    ----------
    needs : float
        Number of needs there are.
    a, b : float
        Parameters of the beta distribution.
    value, cost : float
        Worth of a newly heard need and cost of an interview, in the same money.
    up_to : int
        Last interview in the table.
    detection : float, default 1
        Chance that the analysts notice a need that was voiced.

    Returns
    -------
    pandas.DataFrame
        ``interviews``, ``found`` (needs heard so far), ``new`` (by this interview),
        ``marginal_value``, ``marginal_cost`` and ``net`` (value less cost so far).

    Raises
    ------
    ValueError
        If a number is not positive.

    Examples
    --------
    >>> yield_curve(200, 1.45, 7.64, value=1000, cost=900, up_to=2).new.round(1).tolist()
    [31.9, 24.2]
    """
    value, cost = check_positive("value", value), check_positive("cost", cost)
    steps = np.arange(check_count("up_to", up_to, least=1) + 1)
    found = check_positive("needs", needs) * share_found(steps, a, b, detection=detection)
    return pd.DataFrame(
        {
            "interviews": steps[1:],
            "found": found[1:],
            "new": np.diff(found),
            "marginal_value": value * np.diff(found),
            "marginal_cost": cost,
            "net": value * found[1:] - cost * steps[1:],
        }
    )


def new_needs_expected(incidence, *, units=None, confidence=0.95):
    r"""Number of new needs the next interview will bring, read off the data alone.

    Good and Toulmin's estimator for one more interview:

    .. math:: \hat U = Q_1 / t

    with :math:`Q_1` the needs heard in exactly one of the t interviews. Multiply by the worth
    of a need and compare with the cost of an interview; "the last one brought nothing new" is
    no reason to stop.

    Parameters
    ----------
    incidence : array-like, shape (units, items)
        0/1 or booleans, one row per interview, one column per need; or counts with ``units``.
    units : int, optional
        Number of interviews, when ``incidence`` holds counts.
    confidence : float, default 0.95
        Level of the interval: standard error :math:`\sqrt{Q_1 + 2 Q_2} / t` as for coverage
        (Esty), cut at 0; where both counts are 0, the exact upper end of a Poisson count.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If the table holds anything but 0 and 1.

    References
    ----------
    Good and Toulmin (1956), Biometrika 43, 45-63; Esty (1983), Annals of
    Statistics 11, 905-912.

    Examples
    --------
    >>> new_needs_expected([[1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1]])
    1 [0, 2.132] (95 %, n = 3)
    """
    counts, units, _ = item_counts(incidence, units)
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    half = normal_quantile(confidence) * np.sqrt(once + 2 * twice) / units
    if once + twice == 0:
        half = -np.log((1 - confidence) / 2) / units
    return Estimate(
        once / units,
        max(once / units - half, 0),
        once / units + half,
        level=confidence,
        n=units,
        method="Good-Toulmin 1956 for one more interview",
    )
