"""What was promised to the customer: purposes consented to, and a time after which to forget."""

from dataclasses import dataclass

import pandas as pd

from ckmlab.frames import join, to_pandas
from ckmlab.intervals import proportion
from ckmlab.results import Estimate

__all__ = ["Breaches", "purpose_mismatch", "retention_breaches"]


@dataclass(frozen=True)
class Breaches:
    """How often a promise was broken, and where.

    Parameters
    ----------
    rate : Estimate
        Share of the cases that are breaches.
    rows : pandas.DataFrame
        The cases themselves.
    """

    rate: Estimate
    rows: pd.DataFrame

    def __len__(self):
        return len(self.rows)


def purpose_mismatch(uses, consents, *, customer="customer_id", purpose="purpose", confidence=0.95):
    """Uses of customers' data for a purpose they did not consent to.

    Parameters
    ----------
    uses : data frame
        One row per use, with customer and purpose; any library, converted to pandas.
    consents : data frame
        One row per customer and purpose consented to.
    customer, purpose : str
        The columns, of the same name in both frames. Uses without a customer are left out:
        they concern nobody's personal data.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Breaches
        ``rows`` are the uses without consent.

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
    used = to_pandas(uses, keys, where="purpose_mismatch, uses").dropna(subset=[customer])
    given = to_pandas(consents, keys, where="purpose_mismatch, consents").drop_duplicates()
    consented = given.assign(consented=True)
    checked = join(used, consented, keys, where="purpose_mismatch", how="left")
    offending = used[checked.consented.isna().to_numpy()]
    return Breaches(
        proportion(len(offending), len(used), confidence=confidence, method="purpose mismatch"),
        offending,
    )


def retention_breaches(
    items, today, *, until="valid_until", created=None, days=None, deleted=None, confidence=0.95
):
    """Items kept beyond the day on which they should have been forgotten.

    Parameters
    ----------
    items : data frame
        One row per stored item; any library, converted to pandas.
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
        ``rows`` have ``overdue_days``, longest first.

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
    table = to_pandas(items, columns, where="retention_breaches", dates=columns, rest=True)
    last = table[needed]
    if created is not None:
        last = last + pd.Timedelta(days=days)
    kept_to = pd.Series(pd.Timestamp(today), index=table.index)
    if deleted is not None:
        kept_to = table[deleted].fillna(kept_to).clip(upper=pd.Timestamp(today))
    overdue = (kept_to - last).dt.days
    late = (overdue > 0).to_numpy()
    rows = table[late].assign(overdue_days=overdue[late].astype(int))
    return Breaches(
        proportion(int(late.sum()), len(table), confidence=confidence, method="retention breaches"),
        rows.sort_values("overdue_days", ascending=False),
    )
