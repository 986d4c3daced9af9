"""How unequally something is spread: money over customers, items over their authors."""

import math

import numpy as np
import pandas as pd

from ckmlab.arguments import check_share, clean_numbers
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["gini", "lorenz", "top_share"]


def gini(values, *, confidence=0.95):
    r"""Gini coefficient: 0 when all have the same, near 1 when one has it all.

    With :math:`x_{(1)} \le \dots \le x_{(n)}`,

    .. math:: G = \frac{2 \sum_i i\, x_{(i)}}{n \sum_i x_{(i)}} - \frac{n + 1}{n}.

    Parameters
    ----------
    values : array-like of float
        What each one has, in any unit, not negative; missing ones are dropped. Those who have
        nothing must be in it as zeros: leaving them out makes the world look more equal.
    confidence : float, default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        With a normal interval from the jackknife standard error (Yitzhaki 1991). The largest value
        possible is 1 - 1/n.

    Raises
    ------
    ValueError
        If a value is negative or all are zero.

    References
    ----------
    Yitzhaki, S. (1991). Calculating jackknife variance estimators for parameters of the Gini
    method. Journal of Business & Economic Statistics 9(2).

    Examples
    --------
    >>> round(float(gini([120, 60, 30, 10, 5, 5])), 4)
    0.5507
    """
    x = _shares_of(values)
    n = len(x)
    rank = np.arange(1, n + 1)
    value = _gini(rank @ x, x.sum(), n)
    if n < 3:
        return Estimate(value, level=confidence, n=n, method="Gini coefficient")
    above = x.sum() - np.cumsum(x)
    # Leaving one out lowers the rank of everybody above.
    rest = np.maximum(x.sum() - x, np.finfo(float).tiny)
    without = _gini(rank @ x - rank * x - above, rest, n - 1)
    error = math.sqrt((n - 1) / n * np.sum((without - without.mean()) ** 2))
    half = normal_quantile(confidence) * error
    return Estimate(
        value,
        max(value - half, 0.0),
        min(value + half, 1.0),
        level=confidence,
        n=n,
        method="Gini coefficient, jackknife interval (Yitzhaki 1991)",
    )


def lorenz(values):
    """Lorenz curve: what share of the whole the poorest share of holders has.

    Parameters
    ----------
    values : array-like of float
        What each one has, not negative; missing ones are dropped.

    Returns
    -------
    pandas.DataFrame
        ``holders`` and ``holding``, both shares from 0 to 1, poorest first; n + 1 rows.

    Examples
    --------
    >>> lorenz([1, 3]).values.tolist()
    [[0.0, 0.0], [0.5, 0.25], [1.0, 1.0]]
    """
    x = _shares_of(values)
    holding = np.concatenate([[0.0], np.cumsum(x) / x.sum()])
    return pd.DataFrame({"holders": np.linspace(0, 1, len(x) + 1), "holding": holding})


def top_share(values, share=0.2):
    """What share of the whole the richest ``share`` of holders has: the "80/20" figure.

    Parameters
    ----------
    values : array-like of float
        What each one has, not negative; missing ones are dropped.
    share : float, default 0.2
        Which part of the holders, richest first. A holder is split where it does not come out even.

    Returns
    -------
    Estimate
        Without interval.

    Examples
    --------
    >>> round(float(top_share([80, 5, 5, 5, 5])), 2)
    0.8
    """
    share = check_share("share", share)
    curve = lorenz(values)
    value = 1 - np.interp(1 - share, curve["holders"], curve["holding"])
    method = f"share of the top {100 * share:g} % from the Lorenz curve"
    return Estimate(value, n=len(curve) - 1, method=method)


def _gini(weighted, total, n):
    return 2 * weighted / (n * total) - (n + 1) / n


def _shares_of(values):
    x = np.sort(clean_numbers("values", values))
    if x[0] < 0:
        raise ValueError(f"values holds {x[0]:g}; what is spread cannot be negative")
    if x[-1] == 0:
        raise ValueError("values holds only zeros; there is nothing to spread")
    return x
