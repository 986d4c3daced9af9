"""Recency, frequency and monetary scores, the same ones on every engine."""

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, choose
from ckmlab.frames import like
from ckmlab.value.behaviour._customers import customer_table
from ckmlab.value.behaviour._log import day_number, read_log

__all__ = ["rfm"]


def rfm(
    transactions,
    *,
    customer="customer_id",
    date="date",
    amount="amount",
    groups=5,
    ties="value",
    end=None,
    returns="error",
):
    r"""Score every customer by recency, frequency and money, 1 (worst) to ``groups`` (best).

    Recency is the time since the last purchase, frequency the number of distinct purchase days,
    monetary the total spent. Each is cut into ``groups`` of about equal size:

    * ``ties="value"``: equal values always get equal scores. A value's score is
      :math:`1 + \lfloor g\,(c + (m - 1) / 2) / n \rfloor`, where *c* customers have a worse value
      and *m* the same one, of *n*: the group in which the middle of the tied customers falls.
      Groups can be unequal, and some empty, where many customers share a value.
    * ``ties="customer"``: ties are broken by customer id, so that groups differ by one customer at
      most; the smaller id gets the lower score.

    Neither depends on the order of the rows, so scores are the same on every engine.

    Parameters
    ----------
    transactions : data frame
        One row a purchase, in any order and of any library that narwhals takes. The log may be
        larger than memory; the table of customers must fit.
    customer, date, amount : str
        Names of the columns.
    groups : int, default 5
        Number of groups of each score, 2 to 9.
    ties : {"value", "customer"}
        What to do with customers of equal value.
    end : date or str, optional
        The day from which recency is counted; by default the last day of the log. Later rows are
        ignored.
    returns : {"error", "drop"}
        What to do with negative amounts.

    Returns
    -------
    data frame
        In the caller's library, one row a customer, ascending: the customer column, ``recency``
        (days), ``frequency`` (days with a purchase), ``monetary`` (money, to six decimals), ``r``,
        ``f``, ``m`` (1 to ``groups``), ``segment`` (the three digits as a text, such as "545").

    Raises
    ------
    KeyError
        If a column is missing.
    TypeError
        If dates are text or amounts are not numbers.
    ValueError
        If the log is empty, has gaps or negative amounts, or an argument is impossible.

    References
    ----------
    Bult, J. R. & Wansbeek, T. (1995). Optimal selection for direct mail. Marketing Science 14(4).

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"customer_id": [1, 1, 2, 3], "amount": [9.0, 9.0, 5.0, 1.0]})
    >>> log["date"] = pd.to_datetime(["2024-03-01", "2024-03-09", "2024-03-05", "2024-01-01"])
    >>> rfm(log, groups=3)[["customer_id", "segment"]].values.tolist()
    [[1, '333'], [2, '212'], [3, '111']]
    """
    groups = check_count("groups", groups, least=2)
    if groups > 9:
        raise ValueError(f"groups is {groups}; a segment has one digit a score, so give 2 to 9")
    choose("ties", ties, ["value", "customer"])
    log = read_log(
        transactions, customer=customer, date=date, amount=amount, returns=returns, where="rfm"
    )
    last = log.last_day if end is None else day_number(end)
    if last < log.first_day:
        raise ValueError(f"rfm: every purchase is later than end = {end}; give a later date")
    if last < log.last_day:
        log = log.between(log.first_day - 1, last)
    customers = customer_table(log).sort("customer")
    if isinstance(customers, nw.LazyFrame):
        customers = customers.collect("pandas")
    recency = last - customers["last"].to_numpy().astype(np.int64)
    frequency = customers["days"].to_numpy().astype(np.int64)
    # Engines add in different orders; the last bits must not decide about a score.
    monetary = np.round(customers["total"].to_numpy(), 6)
    score = _scores_by_value if ties == "value" else _scores_by_rank
    scores = [score(values, groups) for values in (-recency, frequency, monetary)]
    # Texts are made once and then taken: engines read them without another copy.
    names = pd.Series([str(number) for number in range(1000)], dtype="str").array
    columns = {
        customer: customers["customer"].to_numpy(),
        "recency": recency,
        "frequency": frequency,
        "monetary": monetary,
        **dict(zip("rfm", scores, strict=True)),
        "segment": pd.Series(names.take(scores[0] * 100 + scores[1] * 10 + scores[2])),
    }
    return like(log.asked, columns)


def _scores_by_rank(values, groups):
    """Groups of equal size; customers come ordered by id, and a stable sort keeps that."""
    order = np.argsort(values, kind="stable")
    scores = np.empty(len(values), dtype=np.int64)
    scores[order] = 1 + np.arange(len(values)) * groups // len(values)
    return scores


def _scores_by_value(values, groups):
    """Equal values, equal scores: the group in which the middle of the tied customers falls."""
    n, ordered = len(values), np.sort(values)
    worse = np.flatnonzero(np.diff(ordered, prepend=np.nan) != 0)  # before each distinct value
    same = np.diff(worse, append=n)
    scores = (2 * worse + same - 1) * groups // (2 * n)
    higher = np.flatnonzero(np.diff(scores, prepend=0))
    # Scores rise with the values, so that a few limits tell all of them.
    above = np.searchsorted(ordered[worse[higher]], values, side="right")
    return 1 + np.append(0, scores[higher])[above]
