"""Cohorts: customers by the period of their first purchase, followed over the periods after it."""

import narwhals as nw
import numpy as np

from ckmlab.arguments import choose
from ckmlab.frames import like
from ckmlab.value.behaviour._customers import distinct_pairs
from ckmlab.value.behaviour._log import Arrays, day_expression, read_log

__all__ = ["cohort_table", "cohorts"]

PERIODS = ["week", "month", "quarter", "year"]
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
MOST_PERIODS = 5_000  # a table is square
FIRST_MONDAY = np.datetime64("1969-12-29")


def cohorts(
    transactions,
    *,
    customer="customer_id",
    date="date",
    amount="amount",
    period="month",
    returns="error",
):
    r"""How many of the customers won in each period buy again in every later period.

    A customer belongs to the cohort of the calendar period of the first purchase. Of a cohort of
    size
    :math:`n_0`, :math:`n_t` customers buy in the *t*-th period after it; the retention
    :math:`n_t / n_0` counts who *bought*, so it can rise again, unlike survival.

    Parameters
    ----------
    transactions : data frame
        One row a purchase, in any order and of any library that narwhals takes.
    customer, date, amount : str
        Names of the columns. ``amount=None`` leaves ``revenue`` out.
    period : {"week", "month", "quarter", "year"}
        Calendar period; weeks begin on Monday.
    returns : {"error", "drop"}
        What to do with negative amounts.

    Returns
    -------
    data frame
        In the caller's library, one row a cohort and age, ascending: ``cohort`` (first day of the
        period), ``age`` (periods since), ``size`` (customers of the cohort), ``customers`` (of them
        bought in that period), ``retention`` (their share), ``revenue`` (money). Every age up to
        the log's last period is there, with zeros where nobody bought; the last period may be
        incomplete.

    Raises
    ------
    KeyError
        If a column is missing.
    TypeError
        If dates are text or amounts are not numbers.
    ValueError
        If the log is empty, has gaps or negative amounts, or the period is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"customer_id": [1, 1, 2, 3], "amount": [10.0, 20.0, 5.0, 8.0]})
    >>> log["date"] = pd.to_datetime(["2024-01-03", "2024-03-09", "2024-01-30", "2024-02-01"])
    >>> cohorts(log)[["age", "size", "customers", "retention", "revenue"]].values.tolist()[:3]
    [[0.0, 2.0, 2.0, 1.0, 15.0], [1.0, 2.0, 0.0, 0.0, 0.0], [2.0, 2.0, 1.0, 0.5, 20.0]]
    """
    choose("period", period, PERIODS)
    log = read_log(
        transactions, customer=customer, date=date, amount=amount, returns=returns, where="cohorts"
    )
    counted = _in_memory if isinstance(log, Arrays) else _in_the_engine
    origin, span = _period_of_day(log.first_day, period), _period_of_day(log.last_day, period)
    span = int(span - origin) + 1
    if span > MOST_PERIODS:
        first, last = (np.datetime64(day, "D") for day in (log.first_day, log.last_day))
        raise ValueError(
            f"cohorts: from {first} to {last} there are {span:,} {period}s; is one of these days a "
            "placeholder? Drop such rows, or choose a longer period"
        )
    customers, revenue = counted(log, period, int(origin), span)
    cohort, age = np.nonzero(np.arange(span)[:, None] + np.arange(span) < span)
    kept = customers[cohort, 0] > 0
    cohort, age = cohort[kept], age[kept]
    columns = {
        "cohort": _first_days(cohort + origin, period),
        "age": age,
        "size": customers[cohort, 0],
        "customers": customers[cohort, age],
        "retention": customers[cohort, age] / customers[cohort, 0],
    }
    if amount is not None:
        columns["revenue"] = revenue[cohort, age]
    return like(log.asked, columns)


def cohort_table(cohorts, values="retention"):
    """Turn the long answer of :func:`cohorts` into the familiar triangle.

    Parameters
    ----------
    cohorts : data frame
        What :func:`cohorts` returned, of any library.
    values : {"retention", "customers", "revenue"}
        What stands in the cells.

    Returns
    -------
    pandas.DataFrame
        Rows: cohorts; columns: ages; missing where the log ends.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"customer_id": [1, 1, 2], "amount": [1.0, 1.0, 1.0]})
    >>> log["date"] = pd.to_datetime(["2024-01-03", "2024-02-09", "2024-02-10"])
    >>> cohort_table(cohorts(log), "customers").fillna(-1).values.tolist()
    [[1.0, 1.0], [1.0, -1.0]]
    """
    from ckmlab.frames import to_pandas

    choose("values", values, ["retention", "customers", "revenue"])
    long = to_pandas(cohorts, ["cohort", "age", values], where="cohort_table")
    return long.pivot(index="cohort", columns="age", values=values)


def _period_of_day(day, period):
    """Number of the calendar period of a day, counted from 1970."""
    day = np.asarray(day)
    if period == "week":
        return (day + 3) // 7
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return month // MONTHS_IN[period]


def _first_days(number, period):
    if period == "week":
        first = FIRST_MONDAY + 7 * number.astype("timedelta64[D]")
    else:
        first = (number * MONTHS_IN[period]).astype("datetime64[M]")
    return first.astype("datetime64[us]")


def _in_memory(log, period, origin, span):
    """Customers and revenue by cohort and age, each of shape (span, span)."""
    # Periods by looking up the day: a log has far fewer days than rows.
    every_day = np.arange(log.first_day, log.last_day + 1)
    lookup = (_period_of_day(every_day, period) - origin).astype(np.int32)
    then = lookup[log.day - log.first_day]
    owner, when = distinct_pairs(log.code, then, len(log.ids))
    first = when[np.flatnonzero(np.diff(owner, prepend=-1))]
    cell = first[owner] * span + when - first[owner]
    customers = np.bincount(cell, minlength=span * span).reshape(span, span)
    if log.amount is None:
        return customers, None
    begun = first[log.code]
    revenue = np.bincount(begun * span + then - begun, log.amount, minlength=span * span)
    return customers, revenue.reshape(span, span)


def _in_the_engine(log, period, origin, span):
    money = [nw.col("amount").sum()] if log.has_amount else [nw.len().alias("rows")]
    engine = log.asked.implementation
    then = _period_expression("moment", period, engine) - origin
    bought = log.frame.with_columns(then=then).group_by("customer", "then").agg(*money)
    if engine.is_polars():
        bought = bought.with_columns(begun=nw.col("then").min().over("customer"))
    else:
        # From the log itself: engines would compute `bought` twice if it were joined to itself.
        first = log.frame.group_by("customer").agg(nw.col("moment").min().alias("first"))
        begun = first.select("customer", begun=_period_expression("first", period, engine) - origin)
        bought = bought.join(begun, on="customer", how="inner")
    total = [nw.col("amount").sum()] if log.has_amount else []
    counted = bought.group_by("begun", "then").agg(nw.len().alias("customers"), *total)
    found = counted.collect("pandas").to_pandas()
    row, column = found["begun"].to_numpy(), (found["then"] - found["begun"]).to_numpy()
    customers = np.zeros((span, span), dtype=np.int64)
    customers[row, column] = found["customers"]
    if not log.has_amount:
        return customers, None
    revenue = np.zeros((span, span))
    revenue[row, column] = found["amount"]
    return customers, revenue


def _period_expression(column, period, engine):
    """Number of the calendar period since 1970, for one engine."""
    if period == "week":
        return (day_expression(column, engine) + 3) // 7
    month = 12 * (nw.col(column).dt.year() - 1970) + nw.col(column).dt.month() - 1
    if period != "month":
        month = month // MONTHS_IN[period]
    return month.cast(nw.Int32)
