"""What was promised to the customer: purposes consented to, and a time after which to forget."""

from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from ckmlab.frames import filled, require
from ckmlab.intervals import proportion
from ckmlab.native import DAY, date, keyed, length, microseconds, with_dates
from ckmlab.results import Estimate

__all__ = ["Breaches", "purpose_mismatch", "retention_breaches"]


@dataclass(frozen=True)
class Breaches:
    """How often a promise was broken, and where.

    Parameters
    ----------
    rate : Estimate
        Share of the cases that are breaches.
    rows : data frame
        The cases themselves, in the caller's own library and lazy where that is lazy.
    count : int
        How many they are; so is the ``len()`` of the whole.
    """

    rate: Estimate
    rows: object
    count: int

    def __len__(self):
        return self.count


def purpose_mismatch(uses, consents, *, customer="customer_id", purpose="purpose", confidence=0.95):
    """Uses of customers' data for a purpose they did not consent to.

    Parameters
    ----------
    uses : data frame
        One row per use, with customer and purpose; any library that narwhals takes. Only the
        numbers of cases leave it.
    consents : data frame
        One row per customer and purpose consented to; best of the same library, for one of
        another is brought over.
    customer, purpose : str
        The columns, of the same name in both frames. Uses without a customer are left out:
        they concern nobody's personal data.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Breaches
        ``rows`` are the uses without consent, in the library of ``uses``. A use without a
        purpose has no consent.

    Raises
    ------
    KeyError
        If a column is missing.

    References
    ----------
    General Data Protection Regulation, Article 5(1)(b): purpose limitation.

    Examples
    --------
    >>> import pandas as pd
    >>> uses = pd.DataFrame({"customer_id": [1, 1, 2], "purpose": ["service", "ads", "ads"]})
    >>> given = pd.DataFrame({"customer_id": [1, 2], "purpose": ["service", "ads"]})
    >>> purpose_mismatch(uses, given).rows.values.tolist()
    [[1, 'ads']]
    """
    keys = [customer, purpose]
    used = require(uses, keys, where="purpose_mismatch, uses")
    used = used.filter(filled(customer, used.collect_schema()[customer]) == 1)
    given = require(consents, keys, where="purpose_mismatch, consents").select(*keys)
    rows = _unmatched(used, given, keys, where="purpose_mismatch")
    return _breaches(rows, length(rows), length(used), confidence, "purpose mismatch")


def _unmatched(left, right, on, *, where):
    """The rows of a frame without a partner in the other; an eager frame keeps their order."""
    if isinstance(left, nw.LazyFrame):
        left, right, names = keyed(left, right, on, where=where)
        return left.join(right, on=names, how="anti").drop(*names)
    numbered = left.select(*on).with_row_index("__row")
    numbered, right, names = keyed(numbered, right, on, where=where)
    alone = numbered.join(right, on=names, how="anti")["__row"].sort()
    return left[alone.to_numpy()]


def _breaches(rows, count, cases, confidence, method):
    rate = proportion(count, cases, confidence=confidence, method=method)
    return Breaches(rate, rows.to_native(), count)


def retention_breaches(
    items, today, *, until="valid_until", created=None, days=None, deleted=None, confidence=0.95
):
    """Items kept beyond the day on which they should have been forgotten.

    Parameters
    ----------
    items : data frame
        One row per stored item; any library that narwhals takes. Only the numbers of items
        leave it, unless dates are written as texts: these are read by pandas.
    today : date-like
        The day of the check.
    until : str, default "valid_until"
        Column with the last day an item may be kept; items without one are no breach.
    created : str, optional
        Column with the day of storing; with ``days`` it takes the place of ``until``.
    days : int, optional
        Number of days an item may be kept.
    deleted : str, optional
        Column with the day on which an item was deleted, missing where it is still there:
        deletions that came too late are breaches as well.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Breaches
        ``rows`` have ``overdue_days``, longest first, in the library of ``items``.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If only one of ``created`` and ``days`` is given.

    References
    ----------
    General Data Protection Regulation, Article 5(1)(e): storage limitation.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item_id": [1, 2, 3],
    ...     "valid_until": pd.to_datetime(["2024-01-01", "2024-03-01", None])})
    >>> retention_breaches(items, "2024-02-01").rows[["item_id", "overdue_days"]].values.tolist()
    [[1, 31]]
    """
    if (created is None) != (days is None):
        raise ValueError("give created= and days= together, or neither")
    needed = until if created is None else created
    columns = [needed, *([deleted] if deleted else [])]
    table = with_dates(items, columns, where="retention_breaches")
    end = pd.Timestamp(today)
    overdue = _days_over(table, needed, end, days or 0)
    if deleted is not None:
        gone = _days_over(table, needed, date(table, deleted), days or 0)
        overdue = nw.when(gone < overdue).then(gone).otherwise(overdue)
    late = table.with_columns(overdue.alias("overdue_days")).filter(nw.col("overdue_days") > 0)
    late = late.with_columns(nw.col("overdue_days").cast(nw.Int64))
    rows = late.sort("overdue_days", descending=True)
    return _breaches(rows, length(late), length(table), confidence, "retention breaches")


def _days_over(table, needed, end, days):
    return (microseconds(date(table, needed), end) / DAY).floor() - days
