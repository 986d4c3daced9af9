"""A log of transactions, checked and brought to whole days: what behaviour is computed from.

In memory (pandas, Polars, PyArrow) a log becomes numpy arrays with dense customer numbers;
elsewhere (lazy Polars, DuckDB, Dask, PySpark) it stays a query in the caller's engine.
"""

from dataclasses import dataclass, replace
from datetime import date as calendar_date
from datetime import datetime

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.arguments import choose
from ckmlab.frames import require

__all__ = ["DAYS_IN", "Arrays", "Query", "day_expression", "day_number", "read_log"]

EPOCH = datetime(1970, 1, 1)
DAYS_IN = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
"""Days in a unit of time; months and years at their mean length."""


@dataclass(frozen=True)
class Arrays:
    """A log in memory.

    Parameters
    ----------
    asked : narwhals.DataFrame
        The caller's frame, for answers in the same library.
    ids : numpy.ndarray
        The customers' own ids, ascending, shape (customers,).
    code : numpy.ndarray of int
        Position in ``ids`` for each transaction.
    day : numpy.ndarray of int
        Days since 1970 for each transaction.
    amount : numpy.ndarray of float or None
        Money for each transaction.
    first_day, last_day : int
        The earliest and the latest day of the whole log.
    """

    asked: nw.DataFrame
    ids: np.ndarray
    code: np.ndarray
    day: np.ndarray
    amount: np.ndarray | None
    first_day: int
    last_day: int

    def between(self, after, until):
        """The transactions after one day, up to and including another."""
        kept = (self.day > after) & (self.day <= until)
        amount = None if self.amount is None else self.amount[kept]
        return replace(self, code=self.code[kept], day=self.day[kept], amount=amount)


@dataclass(frozen=True)
class Query:
    """A log that stays in its engine.

    Parameters
    ----------
    asked : narwhals.LazyFrame
        The caller's frame.
    frame : narwhals.LazyFrame
        Columns ``customer``, ``moment`` (date or time), ``day`` (days since 1970) and, where there
        is money, ``amount``.
    has_amount : bool
        Whether there is money.
    first_day, last_day : int
        The earliest and the latest day of the whole log.
    """

    asked: nw.LazyFrame
    frame: nw.LazyFrame
    has_amount: bool
    first_day: int
    last_day: int

    def between(self, after, until):
        """The transactions after one day, up to and including another."""
        kept = self.frame.filter(nw.col("day") > after, nw.col("day") <= until)
        return replace(self, frame=kept)


def read_log(transactions, *, customer, date, amount, returns, where):
    """Check a log of transactions and bring its dates to days.

    Parameters
    ----------
    transactions : data frame
        One row a purchase, in any order.
    customer, date : str
        Columns with the customer's id and the day or time of the purchase.
    amount : str or None
        Column with the money spent.
    returns : {"error", "drop"}
        What to do with negative amounts.
    where : str
        The caller's name, for messages.

    Returns
    -------
    Arrays or Query

    Raises
    ------
    TypeError
        If dates are no dates or amounts no numbers.
    ValueError
        If the log is empty, has missing values, or negative amounts without leave.
    """
    choose("returns", returns, ["error", "drop"])
    columns = [customer, date] + ([] if amount is None else [amount])
    _check_roles(columns, where)
    asked = require(transactions, columns, where=where).select(*columns)
    _check_types(asked.collect_schema(), customer, date, amount, where)
    frame = asked.with_columns(_local(nw.col(date), asked.collect_schema()[date]))
    facts = _facts(frame, customer, date, amount)
    _check_facts(facts, customer, date, amount, returns, where)
    if amount is not None and facts["negative"]:
        frame = frame.filter(nw.col(amount) >= 0)
    days = [day_number(facts["earliest"]), day_number(facts["latest"])]
    if isinstance(frame, nw.DataFrame):
        return Arrays(asked, *_arrays(frame, customer, date, amount), *days)
    money = [] if amount is None else [nw.col(amount).cast(nw.Float64).alias("amount")]
    day = day_expression(date, asked.implementation).alias("day")
    moment = nw.col(date).alias("moment")
    query = frame.select(nw.col(customer).alias("customer"), moment, day, *money)
    return Query(asked, query, amount is not None, *days)


def day_expression(column, implementation):
    """Days since 1970 of a column of times, for one engine."""
    if not implementation.is_spark_like():
        seconds = (nw.col(column) - nw.lit(EPOCH)).dt.total_seconds()
        return (seconds // 86_400).cast(nw.Int32)  # half the width groups faster
    # Spark does not give durations in seconds: whole years, their leap days, and the rest.
    year = nw.col(column).dt.year().cast(nw.Int64)
    leap_days = (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400 - 477
    return 365 * (year - 1970) + leap_days + nw.col(column).dt.ordinal_day() - 1


def day_number(moment):
    """Days since 1970 of a date, a time or a text such as ``"1997-09-30"``."""
    if isinstance(moment, calendar_date) and not isinstance(moment, datetime):
        return (moment - EPOCH.date()).days
    try:
        stamp = pd.Timestamp(moment)
    except (TypeError, ValueError):
        stamp = pd.NaT
    if stamp is pd.NaT:
        raise ValueError(f"{moment!r} is no date; give one such as '2024-12-31'")
    return (stamp.tz_localize(None).to_pydatetime(warn=False) - EPOCH).days


def _check_roles(columns, where):
    for name in columns:
        if not isinstance(name, str):
            raise TypeError(f"{where}: {name!r} is no column's name; give a text")
        if columns.count(name) > 1:
            raise ValueError(f"{where}: column {name!r} is named for two roles; name one for each")


def _check_types(schema, customer, date, amount, where):
    if not isinstance(schema[date], nw.Datetime | nw.Date):
        raise TypeError(
            f"{where}: column {date!r} holds {schema[date]}, not dates; convert it first, "
            f"for example with pandas.to_datetime or Polars' str.to_datetime"
        )
    if amount is not None and not schema[amount].is_numeric():
        raise TypeError(f"{where}: column {amount!r} holds {schema[amount]}; give numbers")


def _local(column, dtype):
    """Calendar time as written in the column: a time zone is dropped, not converted."""
    if isinstance(dtype, nw.Date):
        return column.cast(nw.Datetime("us"))
    return column.dt.replace_time_zone(None) if dtype.time_zone else column


def _facts(frame, customer, date, amount):
    """One pass over the log for everything that is checked."""

    def count(condition):
        return condition.cast(nw.Int64).sum()  # not every engine adds up truth values

    wanted = [
        nw.len().alias("rows"),
        count(nw.col(customer).is_null()).alias("no_customer"),
        count(nw.col(date).is_null()).alias("no_date"),
        nw.col(date).min().alias("earliest"),
        nw.col(date).max().alias("latest"),
    ]
    if amount is not None:
        money = nw.col(amount).cast(nw.Float64)
        # What is neither is missing, infinite or not a number, however an engine orders those.
        wanted += [
            count((money >= 0) & (money < float("inf"))).alias("sound"),
            count((money < 0) & (money > -float("inf"))).alias("negative"),
        ]
    found = frame.select(*wanted)
    if isinstance(found, nw.LazyFrame):
        found = found.collect("pandas")
    facts = found.rows(named=True)[0]
    moments = {"earliest", "latest"}
    # Some engines sum to floating-point numbers, or to nothing when there are no rows.
    return {name: fact if name in moments else int(fact or 0) for name, fact in facts.items()}


def _check_facts(facts, customer, date, amount, returns, where):
    if facts["rows"] == 0:
        raise ValueError(f"{where}: the transactions are empty; give at least one purchase")
    for column, key in ((customer, "no_customer"), (date, "no_date")):
        if facts[key]:
            raise ValueError(
                f"{where}: {facts[key]} of {facts['rows']} rows lack {column!r}; "
                "fill them or drop them first"
            )
    if amount is None:
        return
    unsound = facts["rows"] - facts["sound"] - facts["negative"]
    if unsound:
        raise ValueError(
            f"{where}: {unsound} of {facts['rows']} rows have a missing or infinite {amount!r}; "
            "fill them or drop them first"
        )
    if facts["negative"] and returns == "error":
        raise ValueError(
            f"{where}: {facts['negative']} of {facts['rows']} rows have a negative {amount!r}, "
            "such as returned goods, which are no purchases; pass returns='drop' to leave them "
            "out, or set them off against the purchase first"
        )
    if facts["negative"] == facts["rows"]:
        raise ValueError(f"{where}: no purchase is left, every {amount!r} is negative")


def _arrays(frame, customer, date, amount):
    moments = frame[date].to_numpy()
    # Days by integer division: numpy's own change of unit takes five times as long.
    per_day = int(np.timedelta64(1, "D") / np.timedelta64(1, np.datetime_data(moments.dtype)[0]))
    day = (moments.view("int64") // per_day).astype(np.int32)
    ids, code = _dense(_one_kind(frame[customer].to_numpy(), customer))
    money = None if amount is None else frame[amount].to_numpy().astype(np.float64, copy=False)
    return ids, code, day, money


def _one_kind(ids, customer):
    """The ids, if they can be put in order."""
    if ids.dtype == object:
        kinds = sorted({type(each).__name__ for each in ids})
        if len(kinds) > 1:
            raise TypeError(f"column {customer!r} mixes {kinds}; make all ids of one kind")
    return ids


def _dense(ids):
    """Distinct ids, ascending, and each row's position among them."""
    if ids.dtype.kind in "iu":
        least = int(ids.min())
        spread = int(ids.max()) - least + 1
        if spread <= 4 * len(ids) + 1000:
            code = ids - ids.dtype.type(least)
            present = np.bincount(code, minlength=spread) > 0
            if present.all():
                return np.arange(least, least + spread, dtype=ids.dtype), code
            return np.flatnonzero(present) + least, (np.cumsum(present) - 1)[code]
    code, distinct = pd.factorize(ids, sort=True)
    return np.asarray(distinct), code
