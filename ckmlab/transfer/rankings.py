"""Do we know what matters to them? Rankings of needs, guessed and told."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ckmlab.arguments import clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.intervals import mean, normal_quantile
from ckmlab.results import Estimate

__all__ = ["Levelling", "levelling", "need_knowledge", "need_knowledge_by_pair", "rank_agreement"]


def rank_agreement(one, other, *, confidence=0.95):
    r"""Spearman's rank correlation of two rankings of the same things.

    .. math:: \rho = 1 - \frac{6 \sum d_i^2}{n (n^2 - 1)}

    (without ties; with ties the correlation of the mean ranks).

    Parameters
    ----------
    one, other : array-like of float
        Ranks or scores, in the same order of things.
    confidence : float, default 0.95
        Level of Bonett and Wright's interval; with fewer than four things there is none.

    Returns
    -------
    Estimate
        Between -1 and 1; NaN if a ranking puts everything level. ``notes`` gives Σd².

    Raises
    ------
    ValueError
        If lengths differ, a rank is missing, or there are fewer than two things.

    References
    ----------
    Spearman (1904); Bonett and Wright (2000), Psychometrika 65, 23-28.

    Examples
    --------
    >>> rank_agreement([1, 2, 3, 4, 5, 6], [2, 1, 3, 6, 4, 5]).value.__round__(4)
    0.7714
    """
    first, second = _ranks(one, other)
    notes = [f"sum of squared rank differences {((first - second) ** 2).sum():g}"]
    if min(np.ptp(first), np.ptp(second)) == 0:
        notes.append("a ranking puts everything level, so there is nothing to agree about")
    rho = _spearman(first, second)
    low = high = math.nan
    if len(first) > 3 and not math.isnan(rho):
        half = normal_quantile(confidence) * math.sqrt((1 + rho**2 / 2) / (len(first) - 3))
        centre = np.arctanh(np.clip(rho, -1 + 1e-12, 1 - 1e-12))
        low, high = min(math.tanh(centre - half), rho), max(math.tanh(centre + half), rho)
    return Estimate(
        rho,
        low,
        high,
        level=confidence,
        n=len(first),
        method="Spearman's rank correlation, Bonett-Wright 2000 interval",
        notes=notes,
    )


def need_knowledge_by_pair(
    rankings,
    *,
    employee="employee_id",
    customer="customer_id",
    guessed="rank_employee",
    told="rank_customer",
):
    """How well each employee reproduces each customer's hierarchy of needs.

    Parameters
    ----------
    rankings : data frame
        One row per employee, customer and need; any library, converted to pandas.
    employee, customer : str
        Columns that identify the pair.
    guessed, told : str
        Columns with the rank the employee gives and the one the customer gives.

    Returns
    -------
    pandas.DataFrame
        ``employee``, ``customer``, ``needs``, ``rho`` and ``distance`` (Σd²).

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a rank is missing.

    References
    ----------
    Homburg, Wieseke and Bornemann (2009), Journal of Marketing 73(4), on customer need
    knowledge.

    Examples
    --------
    >>> import pandas as pd
    >>> ranks = pd.DataFrame({"employee_id": 1, "customer_id": 9, "rank_employee": [1, 2, 3],
    ...     "rank_customer": [1, 3, 2]})
    >>> need_knowledge_by_pair(ranks)[["rho", "distance"]].values.tolist()
    [[0.5, 2.0]]
    """
    columns = [employee, customer, guessed, told]
    table = to_pandas(rankings, columns, where="need_knowledge_by_pair")
    rows = []
    for (person, client), part in table.groupby([employee, customer]):
        first, second = _ranks(part[guessed], part[told])
        rows.append(
            {
                employee: person,
                customer: client,
                "needs": len(part),
                "rho": _spearman(first, second),
                "distance": float(((first - second) ** 2).sum()),
            }
        )
    return pd.DataFrame(rows, columns=[employee, customer, "needs", "rho", "distance"])


def need_knowledge(rankings, *, confidence=0.95, **columns):
    """Mean customer need knowledge over all pairs of employee and customer.

    Parameters
    ----------
    rankings : data frame
        One row per employee, customer and need; any library, converted to pandas.
    confidence : float, default 0.95
        Level of Student's interval over the employees' means, since customers of one employee
        are judged by the same head.
    **columns : str
        Names of columns, as in :func:`need_knowledge_by_pair`.

    Returns
    -------
    Estimate
        Mean rank correlation; ``n`` is the number of employees.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> ranks = pd.DataFrame({"employee_id": [1] * 3 + [2] * 3, "customer_id": 9,
    ...     "rank_employee": [1, 2, 3, 1, 2, 3],
    ...     "rank_customer": [1, 3, 2, 1, 2, 3]})
    >>> need_knowledge(ranks).value
    0.75
    """
    pairs = need_knowledge_by_pair(rankings, **columns)
    by_employee = pairs.groupby(columns.get("employee", "employee_id")).rho.mean()
    return mean(
        by_employee, within=(-1, 1), confidence=confidence, method="mean customer need knowledge"
    )


@dataclass(frozen=True)
class Levelling:
    """How far two people came together.

    Parameters
    ----------
    gap_closure : float
        Share of the distance between them that is gone; negative if they drifted apart.
    rho_before, rho_after : float
        Rank correlation of their rankings before and after.
    """

    gap_closure: float
    rho_before: float
    rho_after: float


def levelling(one_before, other_before, one_after, other_after):
    r"""How far a conversation raised both sides to a shared understanding.

    .. math:: 1 - d_{post} / d_{pre}, \qquad d = \sum_i (r_i - s_i)^2

    The third step of Garcia-Murillo and Annabi, after revealing and sorting
    (:func:`ckmlab.capture.revealing`, :func:`ckmlab.capture.sorting`).

    Parameters
    ----------
    one_before, other_before : array-like of float
        The two sides' rankings of the needs before.
    one_after, other_after : array-like of float
        And after.

    Returns
    -------
    Levelling

    Raises
    ------
    ValueError
        If lengths differ, or the sides agreed from the start.

    References
    ----------
    Garcia-Murillo and Annabi (2002), Journal of the Operational Research Society 53(8), 875-884.

    Examples
    --------
    >>> levelling([1, 2, 3], [3, 2, 1], [1, 2, 3], [1, 3, 2]).gap_closure
    0.75
    """
    before, after = _ranks(one_before, other_before), _ranks(one_after, other_after)
    if len(before[0]) != len(after[0]):
        raise ValueError(f"{len(before[0])} needs before but {len(after[0])} after; rank the same")
    apart = [float(((first - second) ** 2).sum()) for first, second in (before, after)]
    if apart[0] == 0:
        raise ValueError("both sides agreed from the start, so there was no gap to close")
    return Levelling(1 - apart[1] / apart[0], _spearman(*before), _spearman(*after))


def _ranks(one, other):
    first = clean_numbers("one", one, missing="refuse")
    second = clean_numbers("other", other, missing="refuse")
    if len(first) != len(second):
        raise ValueError(f"rankings of {len(first)} and {len(second)} things; rank the same ones")
    if len(first) < 2:
        raise ValueError("a ranking needs at least two things")
    return rankdata(first), rankdata(second)


def _spearman(first, second):
    if first.std() == 0 or second.std() == 0:
        return math.nan
    return float(np.clip(np.corrcoef(first, second)[0, 1], -1, 1))
