"""From a log of transactions to the few numbers that buy-till-you-die models need."""

import narwhals as nw

from ckmlab.arguments import choose
from ckmlab.value.behaviour._customers import customer_table
from ckmlab.value.behaviour._log import DAYS_IN, day_number, read_log

__all__ = ["described", "summary"]


def summary(
    transactions,
    *,
    customer="customer_id",
    date="date",
    amount="amount",
    unit="day",
    end=None,
    calibration_end=None,
    returns="error",
):
    r"""Frequency, recency, observation time and mean spend of every customer.

    Purchases of one customer on one calendar day count as one. With purchase days
    :math:`d_1 < \dots < d_n` and observation until day :math:`e`:

    * frequency :math:`x = n - 1`, the *repeat* purchases;
    * recency :math:`t_x = d_n - d_1`, age at the last purchase (not the time since);
    * :math:`T = e - d_1`, age at the end;
    * monetary value: mean spend of the repeat purchase days, 0 where there is none.

    Parameters
    ----------
    transactions : data frame
        One row a purchase, in any order and of any library that narwhals takes. In memory the work
        is done in numpy; a lazy frame or a database relation stays lazy.
    customer, date, amount : str
        Names of the columns. ``amount=None`` leaves ``monetary_value`` out.
    unit : {"day", "week", "month", "year"}
        Unit of recency and T. Days are always what is merged; a week is 7 days, a month and a year
        have their mean length.
    end : date or str, optional
        Last day of the observation, included; by default the last day of the log. Later rows are
        ignored.
    calibration_end : date or str, optional
        Last day of the calibration. The four columns then describe the calibration only, and the
        rest up to ``end`` becomes the holdout. Customers first seen in the holdout are left out.
    returns : {"error", "drop"}
        What to do with negative amounts. An amount of zero is a purchase.

    Returns
    -------
    data frame
        In the caller's library, one row a customer, ascending: the customer column, ``frequency``
        (int), ``recency``, ``T`` (unit), ``monetary_value`` (money); with ``calibration_end`` also
        ``frequency_holdout`` (purchase days), ``monetary_value_holdout`` (mean spend of a purchase
        day, 0 without) and ``duration_holdout`` (unit).

    Raises
    ------
    KeyError
        If a column is missing.
    TypeError
        If dates are text or amounts are not numbers.
    ValueError
        If the log is empty, has gaps, negative amounts, or lies outside the dates given.

    Notes
    -----
    A time zone is dropped, not converted: a purchase belongs to the day that its own clock showed.

    A log larger than memory stays in its engine, which may spill to disk; DuckDB needs a
    ``temp_directory``, ``preserve_insertion_order = false`` and few ``threads`` for it. Where even
    that is not enough, :func:`histories_in_parts` takes the customers part by part.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). "Counting your customers" the easy way.
    Marketing Science 24(2).

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"customer_id": [7, 7, 7, 8], "amount": [10.0, 4.0, 6.0, 3.0]})
    >>> log["date"] = pd.to_datetime(["2024-01-01", "2024-01-15", "2024-01-29", "2024-01-08"])
    >>> summary(log, unit="week").values.tolist()
    [[7.0, 2.0, 4.0, 4.0, 5.0], [8.0, 0.0, 0.0, 3.0, 0.0]]
    """
    days = DAYS_IN[choose("unit", unit, DAYS_IN)]
    log = read_log(
        transactions, customer=customer, date=date, amount=amount, returns=returns, where="summary"
    )
    last = log.last_day if end is None else day_number(end)
    middle = last if calibration_end is None else day_number(calibration_end)
    _check_dates(log, middle, last, calibration_end)
    calibration = log if middle >= log.last_day else log.between(log.first_day - 1, middle)
    result = described(calibration, middle, days, amount is not None)
    result = result.rename({"customer": customer}) if customer != "customer" else result
    if calibration_end is not None:
        result = _with_holdout(result, log, customer, amount, middle, last, days)
    return result.sort(customer).to_native()


def described(log, end, days, with_money):
    """The four numbers of every customer of a log, ``customer`` first, in no order.

    Parameters
    ----------
    log : Arrays or Query
        From :func:`~ckmlab.value.behaviour._log.read_log`.
    end : int
        Last day of the observation, since 1970.
    days : float
        Days in the unit wanted.
    with_money : bool
        Whether to add ``monetary_value``.
    """
    wanted = [
        nw.col("customer"),
        (nw.col("days") - 1).cast(nw.Int64).alias("frequency"),
        ((nw.col("last") - nw.col("first")) / days).alias("recency"),
        ((nw.lit(end) - nw.col("first")) / days).alias("T"),
    ]
    if with_money:
        repeats = nw.when(nw.col("days") > 1).then(nw.col("days") - 1).otherwise(1)
        spent = nw.when(nw.col("days") > 1).then(nw.col("total") - nw.col("first_total"))
        wanted.append((spent.otherwise(0.0) / repeats).alias("monetary_value"))
    return customer_table(log, opening=with_money).select(*wanted)


def _check_dates(log, middle, last, calibration_end):
    if middle < log.first_day:
        raise ValueError("summary: every purchase is later than the end given; give a later date")
    if calibration_end is None:
        return
    if middle >= min(last, log.last_day):
        raise ValueError(
            f"summary: no purchase is left to hold out after calibration_end = {calibration_end}; "
            "give an earlier date"
        )


def _with_holdout(result, log, customer, amount, middle, last, days):
    later = customer_table(log.between(middle, last))
    wanted = [nw.col("customer").alias(customer), nw.col("days").alias("frequency_holdout")]
    if amount is not None:
        wanted.append((nw.col("total") / nw.col("days")).alias("monetary_value_holdout"))
    joined = result.join(later.select(*wanted), on=customer, how="left")
    filled = [nw.col("frequency_holdout").fill_null(0).cast(nw.Int64)]
    if amount is not None:
        filled.append(nw.col("monetary_value_holdout").fill_null(0.0))
    return joined.with_columns(*filled, nw.lit((last - middle) / days).alias("duration_holdout"))
