"""Whether the items of a scale belong together: Cronbach's alpha and what dropping an item does."""

import math

import numpy as np
import pandas as pd

from ckmlab.arguments import check_share
from ckmlab.frames import require, to_pandas
from ckmlab.results import Estimate

__all__ = ["alpha_if_dropped", "cronbach_alpha"]


def cronbach_alpha(items, *, standardized=False, confidence=0.95):
    r"""Cronbach's alpha: lower bound of the share of a sum score's variance that is not error.

    With *k* items, their variances :math:`s_i^2` and the variance :math:`s_T^2` of the sum,

    .. math:: \alpha = \frac{k}{k - 1} \Bigl(1 - \frac{\sum_i s_i^2}{s_T^2}\Bigr).

    Parameters
    ----------
    items : data frame or array_like, shape (respondents, items)
        Answers, one column an item, worded in the same direction. Respondents who left out an item
        are dropped and counted in the notes. Frames of any library; brought into memory.
    standardized : bool, default False
        Compute it from correlations, as if all items had the same variance.
    confidence : float, default 0.95
        Level of Feldt's interval, exact for normal items of equal covariance.

    Returns
    -------
    Estimate
        ``n`` is the number of respondents. Negative where items contradict each other.

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If there are fewer than two items or respondents, or an item does not vary.

    Notes
    -----
    It cannot be computed from loadings: it needs the items' covariances. A high alpha does not show
    that the items measure *one* thing.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16.

    Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability
    coefficient twenty. Psychometrika 30.

    Examples
    --------
    >>> cronbach_alpha([[1, 2, 1], [3, 3, 4], [4, 5, 5], [2, 2, 3]])
    0.9589 [0.7288, 0.9972] (95 %, n = 4)
    """
    confidence = check_share("confidence", confidence, ends=False)
    answers, notes = complete_answers(items, "cronbach_alpha")
    value = _alpha(_moments(answers, standardized))
    n, k = answers.shape
    low, high = _feldt(value, n, k, confidence)
    against = _against_the_rest(answers)
    if against:
        notes += (f"{against} run against the rest; were they worded the other way round?",)
    method = "standardized alpha" if standardized else "Cronbach's alpha"
    return Estimate(
        value, low, high, level=confidence, n=n, method=f"{method}, Feldt 1965", notes=notes
    )


def alpha_if_dropped(items, *, standardized=False):
    """How alpha would change without each item.

    Parameters
    ----------
    items : data frame or array_like, shape (respondents, items)
        At least three items, as in :func:`cronbach_alpha`.
    standardized : bool, default False
        As in :func:`cronbach_alpha`.

    Returns
    -------
    pandas.DataFrame
        Indexed by item: ``alpha`` (of the others), ``change`` (that less alpha of all: positive
        where the scale is better off without it), ``item_rest`` (correlation with the sum of the
        others).

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If there are fewer than three items, or an item does not vary.

    Examples
    --------
    >>> answers = [[1, 2, 5], [3, 3, 1], [4, 5, 3], [2, 2, 2]]
    >>> alpha_if_dropped(answers)["alpha"].round(2).tolist()
    [-0.31, -2.07, 0.95]
    """
    answers, _ = complete_answers(items, "alpha_if_dropped", least=3)
    moments = _moments(answers, standardized)
    whole = _alpha(moments)
    rest = [np.delete(np.delete(moments, k, 0), k, 1) for k in range(len(moments))]
    alphas = np.array([_alpha(part) for part in rest])
    return pd.DataFrame(
        {"alpha": alphas, "change": alphas - whole, "item_rest": _item_rest(answers)},
        index=pd.Index(answers.columns, name="item"),
    )


def complete_answers(items, where, least=2):
    """Answers of those who left out no item, as numbers that vary, and a note on the others."""
    if isinstance(items, np.ndarray | list | tuple):
        items = pd.DataFrame(items)
    elif not isinstance(items, pd.DataFrame):
        names = require(items, [], where=where).collect_schema().names()
        items = to_pandas(items, names, where=where)
    text = [name for name in items if not _is_numeric(items[name])]
    if text:
        raise TypeError(f"{where}: the columns {text} hold text or dates; give numbers")
    numbers = items.astype(float)
    endless = [name for name in numbers if np.isinf(numbers[name]).any()]
    if endless:
        raise ValueError(f"{where}: the columns {endless} hold an infinite value; drop those rows")
    complete = numbers.dropna()
    if complete.shape[1] < least or len(complete) < 2:
        raise ValueError(
            f"{where} needs at least {least} items and 2 complete respondents; "
            f"there are {complete.shape[1]} and {len(complete)}"
        )
    flat = complete.columns[complete.max() == complete.min()].tolist()
    if flat:
        raise ValueError(f"{where}: everybody gave the same answer to {flat}; drop these items")
    dropped = len(numbers) - len(complete)
    notes = (f"{dropped} of {len(numbers)} respondents left out an item",) if dropped else ()
    return complete, notes


def _is_numeric(column):
    """Whether a column holds numbers, or things that are: a column of objects may."""
    if column.dtype == object:
        column = column.dropna().infer_objects()
    return column.empty or pd.api.types.is_numeric_dtype(column)


def _moments(answers, standardized):
    return (answers.corr() if standardized else answers.cov()).to_numpy()


def _alpha(moments):
    k, total = len(moments), moments.sum()
    if total <= 0:
        return math.nan  # the items cancel out, so their sum says nothing
    return k / (k - 1) * (1 - np.trace(moments) / total)


def _feldt(value, n, k, confidence):
    from scipy.stats import f

    tail = (1 - confidence) / 2
    limits = f.ppf([1 - tail, tail], n - 1, (n - 1) * (k - 1))
    return tuple(1 - (1 - value) * limits)


def _item_rest(answers):
    total = answers.sum(axis=1)
    rest = answers.rsub(total, axis=0)
    return np.array([_correlation(answers[name], rest[name]) for name in answers])


def _correlation(one, other):
    return math.nan if np.isclose(other.std(), 0) else float(np.corrcoef(one, other)[0, 1])


def _against_the_rest(answers):
    return [name for name, r in zip(answers, _item_rest(answers), strict=True) if r < 0]
