"""One row a customer: first and last purchase day, number of purchase days, money."""

import narwhals as nw
import numpy as np

from ckmlab.value.behaviour._log import Arrays

__all__ = ["customer_table", "distinct_pairs"]


def customer_table(log, *, opening=False):
    """Aggregate a log to its customers.

    Parameters
    ----------
    log : Arrays or Query
        From :func:`~ckmlab.value.behaviour._log.read_log`.
    opening : bool, default False
        Whether to tell what was spent on the first day, which costs as much as all the rest.

    Returns
    -------
    narwhals.DataFrame or narwhals.LazyFrame
        ``customer``, ``first``, ``last`` (days since 1970), ``days`` (distinct purchase days) and,
        where there is money, ``total`` and, if asked for, ``first_total``.
    """
    return (_in_memory if isinstance(log, Arrays) else _in_the_engine)(log, opening)


def _in_the_engine(log, opening):
    money = [nw.col("amount").sum()] if log.has_amount else [nw.len().alias("rows")]
    daily = log.frame.group_by("customer", "day").agg(*money)
    total = [nw.col("amount").sum().alias("total")] if log.has_amount else []
    customers = daily.group_by("customer").agg(
        nw.col("day").min().alias("first"),
        nw.col("day").max().alias("last"),
        nw.len().alias("days"),
        *total,
    )
    if not (opening and log.has_amount):
        return customers
    spent = daily.select("customer", first=nw.col("day"), first_total=nw.col("amount"))
    return customers.join(spent, on=["customer", "first"], how="left")


def _in_memory(log, opening):
    start = int(log.day.min())
    owner, day = distinct_pairs(log.code, log.day - start, len(log.ids))
    days = np.bincount(owner, minlength=len(log.ids))
    seen = days > 0
    after = np.cumsum(days)[seen]
    columns = {
        "customer": log.ids[seen],
        "first": day[after - days[seen]] + start,
        "last": day[after - 1] + start,
        "days": days[seen],
    }
    money = {} if log.amount is None else {"total": log.amount}
    if money and opening:
        first = np.full(len(log.ids), -1, dtype=log.day.dtype)
        first[seen] = columns["first"]
        money["first_total"] = np.where(log.day == first[log.code], log.amount, 0.0)
    for name, spent in money.items():
        columns[name] = np.bincount(log.code, spent, minlength=len(log.ids))[seen]
    return nw.from_dict(columns, backend=log.asked.implementation)


def distinct_pairs(code, when, size):
    """The different pairs of customer and time, ordered.

    Parameters
    ----------
    code, when : numpy.ndarray of int
        Customer (below ``size``) and time, both from 0.
    size : int
        Number of customers.

    Returns
    -------
    tuple of numpy.ndarray of int64
        Customers and times.
    """
    span = int(when.max()) + 1
    # Both in one number, so that one sort brings equal pairs together.
    key = code.astype(np.uint32 if size * span < 2**32 else np.int64)
    key *= key.dtype.type(span)
    key += when.astype(key.dtype)
    key.sort()
    fresh = np.ones(len(key), bool)
    np.not_equal(key[1:], key[:-1], out=fresh[1:])
    key = key[fresh]
    owner = key // key.dtype.type(span)
    return owner.astype(np.int64), (key - owner * key.dtype.type(span)).astype(np.int64)
