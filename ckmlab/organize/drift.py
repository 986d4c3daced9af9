"""Has the ground moved? Stability of a distribution, and the period in which it broke."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, one_column
from ckmlab.frames import check_alike, to_pandas
from ckmlab.results import Estimate

__all__ = ["DriftScan", "drift_scan", "population_stability"]


def population_stability(before, after, *, bins=10):
    r"""Population stability index: how far a distribution has moved.

    .. math:: PSI = \sum_i (a_i - b_i) \ln \frac{a_i}{b_i}

    Parameters
    ----------
    before, after : array-like
        Values of the two periods. Numbers are cut at the quantiles of ``before``, everything
        else counts by category; missing values are left out.
    bins : int, default 10
        Number of bins for numbers.

    Returns
    -------
    Estimate
        PSI; below .1 is customarily called stable, above .25 shifted. Half a case is added to
        every cell, so that an empty one does not make it infinite. No interval is customary.

    Raises
    ------
    ValueError
        If a period is empty.

    References
    ----------
    Siddiqi (2006), Credit Risk Scorecards; it is Jeffreys' divergence.

    Examples
    --------
    >>> population_stability(["a"] * 50 + ["b"] * 50, ["a"] * 80 + ["b"] * 20).value.__round__(3)
    0.406
    """
    first = one_column("before", before).dropna()
    second = one_column("after", after).dropna().rename("after")
    check_alike(first, second, where="population_stability")
    if first.empty or second.empty:
        raise ValueError("both periods need at least one value")
    if pd.api.types.is_numeric_dtype(first) and not pd.api.types.is_bool_dtype(first):
        inner = np.unique(np.quantile(first, np.linspace(0, 1, check_count("bins", bins) + 1)))
        edges = [-np.inf, *inner[1:-1], np.inf]
        first, second = pd.cut(first, edges, labels=False), pd.cut(second, edges, labels=False)
    cells = sorted(set(first) | set(second), key=str)
    old = first.value_counts().reindex(cells, fill_value=0) + 0.5
    new = second.value_counts().reindex(cells, fill_value=0) + 0.5
    old, new = old / old.sum(), new / new.sum()
    return Estimate(
        float(((new - old) * np.log(new / old)).sum()),
        n=len(first) + len(second),
        method="population stability index, half a case added to each cell",
        notes=("small samples make it too large: about (cells - 1)(1/n + 1/m) without any drift",),
    )


@dataclass(frozen=True)
class DriftScan:
    """Where a mix of categories changed most.

    Parameters
    ----------
    period : object
        First period of the new regime.
    statistic : float
        Largest chi-square, of before against after.
    p_value : float
        Chance of one as large somewhere in the series if nothing had changed.
    table : pandas.DataFrame
        ``period``, ``chi_square`` and ``cramers_v`` for every possible break.
    """

    period: object
    statistic: float
    p_value: float
    table: pd.DataFrame


def drift_scan(frame, *, period, category, seed, permutations=499):
    """Find the period in which a mix of categories broke: the largest chi-square of all splits.

    Looking at every split and taking the largest finds something in pure noise too; the
    p-value allows for that by scanning series whose rows were shuffled.

    Parameters
    ----------
    frame : data frame
        One row per item; any library, converted to pandas.
    period, category : str
        Columns with the period (sortable) and what to count.
    seed : int
        Seed of the shuffles.
    permutations : int, default 499
        Number of shuffles; 0 for none (then the p-value is NaN).

    Returns
    -------
    DriftScan

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there are fewer than two periods or categories.

    References
    ----------
    Horváth and Serbinowska (1995), Scandinavian Journal of Statistics 22, on the maximal
    chi-square; permutation p-value Phipson and Smyth (2010).

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"month": [1, 2, 3, 4] * 25,
    ...     "topic": ["tv", "tv", "app", "app"] * 25})
    >>> scan = drift_scan(items, period="month", category="topic", seed=1)
    >>> int(scan.period), scan.p_value
    (3, 0.002)
    """
    table = to_pandas(frame, [period, category], where="drift_scan").dropna()
    when, periods = pd.factorize(table[period], sort=True)
    what, categories = pd.factorize(table[category], sort=True)
    if len(periods) < 2 or len(categories) < 2:
        raise ValueError(
            f"a scan needs at least two periods and two categories, got {len(periods)} and "
            f"{len(categories)}"
        )
    shape = len(periods), len(categories)
    statistics = _scan(_counts(when, what, shape))
    at = int(np.argmax(statistics))
    rng = np.random.default_rng(seed)
    shuffled = [
        _scan(_counts(when, rng.permutation(what), shape)).max()
        for _ in range(check_count("permutations", permutations))
    ]
    as_large = sum(bool(one >= statistics[at] - 1e-9) for one in shuffled)
    return DriftScan(
        period=periods[[at + 1]].tolist()[0],
        statistic=float(statistics[at]),
        p_value=float(1 + as_large) / (1 + len(shuffled)) if shuffled else float("nan"),
        table=pd.DataFrame(
            {
                "period": periods[1:],
                "chi_square": statistics,
                "cramers_v": np.sqrt(statistics / len(table)),
            }
        ),
    )


def _counts(when, what, shape):
    return np.bincount(when * shape[1] + what, minlength=shape[0] * shape[1]).reshape(shape)


def _scan(counts):
    """Pearson's chi-square of before against after, for every possible break."""
    before = counts.cumsum(axis=0)[:-1].astype(float)
    total = counts.sum(axis=0).astype(float)
    share = before.sum(axis=1, keepdims=True) / total.sum()
    expected = share * total
    spread = share * (1 - share) * total
    return ((before - expected) ** 2 / spread).sum(axis=1)
