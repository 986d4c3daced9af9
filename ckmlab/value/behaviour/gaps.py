"""Times between a customer's purchases."""

import numpy as np

from ckmlab.frames import like, require, to_pandas
from ckmlab.value.behaviour._customers import distinct_pairs
from ckmlab.value.behaviour._log import read_log

__all__ = ["purchase_gaps"]


def purchase_gaps(transactions, *, customer="customer_id", date="date"):
    """Days between consecutive purchase days of each customer.

    Purchases on one calendar day count as one, so a gap is at least a day. Customers with a single
    purchase day have no gap; the time since the last purchase is no gap either (it is censored), so
    the mean gap understates how long customers wait. The log is brought into memory.

    Parameters
    ----------
    transactions : data frame
        One row a purchase, in any order and of any library that narwhals takes.
    customer, date : str
        Names of the columns.

    Returns
    -------
    data frame
        In the caller's library, one row a gap, ordered by customer and time: the customer column,
        ``number`` (1 for the gap after the first purchase), ``gap`` (days).

    Raises
    ------
    KeyError
        If a column is missing.
    TypeError
        If dates are text.
    ValueError
        If the log is empty or has gaps.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"customer_id": [1, 1, 1, 2]})
    >>> log["date"] = pd.to_datetime(["2024-01-01", "2024-01-15", "2024-01-04", "2024-01-09"])
    >>> purchase_gaps(log).values.tolist()
    [[1, 1, 3], [1, 2, 11]]
    """
    frame = to_pandas(transactions, [customer, date], where="purchase_gaps")
    log = read_log(
        frame, customer=customer, date=date, amount=None, returns="error", where="purchase_gaps"
    )
    owner, day = distinct_pairs(log.code, log.day - log.first_day, len(log.ids))
    position = np.arange(len(owner)) - np.searchsorted(owner, owner)
    later = position > 0
    columns = {
        customer: log.ids[owner[later]],
        "number": position[later],
        "gap": np.diff(day, prepend=0)[later],
    }
    return like(require(transactions, [], where="purchase_gaps"), columns)
