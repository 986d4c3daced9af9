"""How good an exercise was as a test: difficulty, discrimination, reliability."""

from dataclasses import dataclass

import numpy as np

__all__ = ["ItemAnalysis", "analyse_items"]


@dataclass(frozen=True)
class ItemAnalysis:
    """Classical test theory of one exercise.

    Attributes
    ----------
    difficulty : dict of str to float
        Share of the points that the class earned, by task: 1 is easy, 0 is hard.
    discrimination : dict of str to float
        Correlation of a task's points with the points of all other tasks (corrected item-total
        correlation); NaN when everybody earned the same.
    alpha : float
        Cronbach's alpha, the reliability of the sum of points; NaN below two tasks or students.
    error : float
        Standard error of measurement, in points.
    """

    difficulty: dict
    discrimination: dict
    alpha: float
    error: float


def analyse_items(points, maxima):
    r"""Analyse the points of a class.

    Cronbach's alpha of :math:`k` tasks is
    :math:`\alpha = \frac{k}{k-1}\left(1 - \frac{\sum_i s_i^2}{s_T^2}\right)` with the variances of
    the tasks and of their sum; the standard error of measurement is :math:`s_T \sqrt{1-\alpha}`.

    Parameters
    ----------
    points : dict of str to sequence of float
        Points of all students by task, the same students in the same order.
    maxima : dict of str to float
        Points that a task is worth.

    Returns
    -------
    ItemAnalysis

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests.

    Examples
    --------
    >>> found = analyse_items({"a": [0, 1, 1, 2], "b": [0, 1, 2, 2]}, {"a": 2, "b": 2})
    >>> found.difficulty["a"], round(found.alpha, 3)
    (0.5, 0.914)
    """
    names = list(points)
    table = np.array([points[name] for name in names], dtype=float)
    difficulty = {
        name: float(table[i].mean() / maxima[name]) if table.shape[1] and maxima[name] else np.nan
        for i, name in enumerate(names)
    }
    total = table.sum(axis=0)
    discrimination = {
        name: _correlation(table[i], total - table[i]) for i, name in enumerate(names)
    }
    alpha = _alpha(table)
    spread = total.std(ddof=1) if len(total) > 1 else np.nan
    return ItemAnalysis(
        difficulty, discrimination, alpha, float(spread * np.sqrt(max(0.0, 1 - alpha)))
    )


def _correlation(x, y):
    if len(x) < 2 or x.std() == 0 or y.std() == 0:
        return np.nan
    return float(np.corrcoef(x, y)[0, 1])


def _alpha(table):
    tasks, students = table.shape
    if tasks < 2 or students < 2 or table.sum(axis=0).var() == 0:
        return np.nan
    share = table.var(axis=1, ddof=1).sum() / table.sum(axis=0).var(ddof=1)
    return float(tasks / (tasks - 1) * (1 - share))
