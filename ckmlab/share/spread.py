"""Who the knowledge reaches, and how unevenly."""

import math

import numpy as np
import pandas as pd

from ckmlab.arguments import clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.intervals import normal_quantile, proportion
from ckmlab.results import Estimate

__all__ = ["gini", "item_reach", "lorenz_curve", "reach"]


def reach(log, people, *, person="employee_id", item=None, confidence=0.95):
    """Share of the people who opened at least one item.

    Parameters
    ----------
    log : data frame
        One row per opening; any library, converted to pandas.
    people : data frame or array-like
        Everybody who should be reached: a frame with the column ``person``, or ids.
    person : str, default "employee_id"
        Column that identifies a person.
    item : object, optional
        Count only openings of this ``item_id``.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is nobody to reach.

    Examples
    --------
    >>> log = pd.DataFrame({"employee_id": [1, 1, 2], "item_id": [7, 8, 7]})
    >>> reach(log, [1, 2, 3, 4]).value
    0.5
    """
    everybody = _ids(people, person)
    if len(everybody) == 0:
        raise ValueError("there is nobody to reach")
    columns = [person] if item is None else [person, "item_id"]
    opened = to_pandas(log, columns, where="reach")
    if item is not None:
        opened = opened[opened.item_id == item]
    reached = int(everybody.isin(opened[person]).sum())
    return proportion(reached, len(everybody), confidence=confidence, method="reach")


def item_reach(log, items=None, *, person="employee_id", item="item_id"):
    """How many different people opened each item.

    Parameters
    ----------
    log : data frame
        One row per opening; any library, converted to pandas.
    items : data frame or array-like, optional
        All items; those nobody opened get 0.
    person, item : str
        The columns' names.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``people`` and ``opens``, widest reach first.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> log = pd.DataFrame({"employee_id": [1, 1, 2], "item_id": [7, 7, 7]})
    >>> item_reach(log, items=[7, 8]).values.tolist()
    [[7, 2, 3], [8, 0, 0]]
    """
    opened = to_pandas(log, [person, item], where="item_reach")
    counted = opened.groupby(item)[person].agg(people="nunique", opens="size")
    if items is not None:
        counted = counted.reindex(_ids(items, item), fill_value=0)
    counted = counted.rename_axis(item).reset_index()
    return counted.sort_values(
        ["people", "opens", item], ascending=[False, False, True], ignore_index=True
    )


def gini(values, *, confidence=0.95):
    r"""Gini coefficient: how unevenly openings, items or contributions are spread.

    .. math:: G = \frac{\sum_i (2 i - n - 1) x_{(i)}}{n \sum_i x_i}

    0 when everybody has the same; (n - 1)/n when one has all.

    Parameters
    ----------
    values : array-like of float
        One number per person or item, not negative, zeros included: leaving out those who
        have nothing makes the spread look even.
    confidence : float, default 0.95
        Level of the jackknife interval, cut to [0, 1].

    Returns
    -------
    Estimate
        NaN if nobody has anything.

    Raises
    ------
    ValueError
        If a value is negative.

    References
    ----------
    Gini (1912); jackknife Yitzhaki (1991), Journal of Business and Economic Statistics 9.

    Examples
    --------
    >>> round(gini([120, 60, 30, 10, 5, 5]).value, 4)
    0.5507
    """
    x = np.sort(clean_numbers("values", values))
    if x[0] < 0:
        raise ValueError(f"values hold {x[0]:g}; a share of something cannot be negative")
    n, total = len(x), x.sum()
    if total == 0:
        return Estimate(math.nan, n=n, level=confidence, method="Gini coefficient")
    weights = 2 * np.arange(1, n + 1) - n - 1
    value = float(weights @ x / (n * total))
    half = normal_quantile(confidence) * _jackknife_error(x)
    return Estimate(
        value,
        max(value - half, 0),
        min(value + half, 1),
        level=confidence,
        n=n,
        method="Gini coefficient, jackknife interval (Yitzhaki 1991)",
    )


def lorenz_curve(values):
    """Share of the whole held by the poorest share of the holders.

    Parameters
    ----------
    values : array-like of float
        One number per holder, not negative.

    Returns
    -------
    pandas.DataFrame
        ``holders`` and ``held``, both from 0 to 1.

    Raises
    ------
    ValueError
        If a value is negative or all are 0.

    References
    ----------
    Lorenz (1905).

    Examples
    --------
    >>> lorenz_curve([1, 3]).values.tolist()
    [[0.0, 0.0], [0.5, 0.25], [1.0, 1.0]]
    """
    x = np.sort(clean_numbers("values", values))
    if x[0] < 0 or x.sum() == 0:
        raise ValueError("values must be 0 or more, and not 0 throughout")
    held = np.append(0, x.cumsum() / x.sum())
    return pd.DataFrame({"holders": np.linspace(0, 1, len(x) + 1), "held": held})


def _jackknife_error(x):
    """Standard error from leaving one out; all n coefficients in one pass over sorted values."""
    n = len(x)
    if n < 3:
        return 0.0
    place = np.arange(1, n + 1)
    left_total = x.sum() - x
    # Leaving out the i-th value, the places above it move down by one.
    above = x.sum() - x.cumsum()
    ordered = (place * x).sum() - place * x - above
    with np.errstate(invalid="ignore", divide="ignore"):
        without = (2 * ordered - n * left_total) / ((n - 1) * left_total)
    without = without[left_total > 0]
    return math.sqrt((n - 1) / n * float(((without - without.mean()) ** 2).sum()))


def _ids(people, column):
    if isinstance(people, pd.Series | pd.Index | np.ndarray | list | tuple | set | range):
        return pd.Index(pd.unique(pd.Series(list(people)).dropna()))
    return pd.Index(to_pandas(people, [column], where="reach")[column].dropna().unique())
