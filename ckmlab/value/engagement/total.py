"""Customer engagement value: the four parts side by side, and as a waterfall."""

import pandas as pd

__all__ = ["engagement_value", "waterfall"]

PARTS = ("lifetime", "referral", "influence", "knowledge")


def engagement_value(lifetime, *, referral=None, influence=None, knowledge=None):
    """Customer engagement value: lifetime + referral + influence + knowledge value.

    Parameters
    ----------
    lifetime, referral, influence, knowledge : Series, mapping or pandas.DataFrame
        Money by customer; of a frame (as :func:`referral_value`, :func:`influence_value` and
        :func:`knowledge_value` return it) the column ``value``. Who is not in a part has 0 of it.

    Returns
    -------
    pandas.DataFrame
        Index the customer, ascending; columns ``lifetime, referral, influence, knowledge`` (those
        given) and ``total``.

    Raises
    ------
    ValueError
        If a value is missing or a customer stands twice in a part.

    Notes
    -----
    The parts must not count the same money twice. Lifetime value covers the customer's own
    purchases; if referred friends are customers with a lifetime value of their own, leave their
    value out of one of the two.

    References
    ----------
    Kumar, V. et al. (2010). Undervalued or overvalued customers: capturing total customer
    engagement value. Journal of Service Research 13(3), 297–310, doi:10.1177/1094670510375602.

    Examples
    --------
    >>> engagement_value({1: 100.0, 2: 80.0}, referral={2: 55.0})["total"].tolist()
    [100.0, 135.0]
    """
    given = zip(PARTS, (lifetime, referral, influence, knowledge), strict=True)
    parts = {name: _by_customer(name, part) for name, part in given if part is not None}
    table = pd.concat(parts, axis=1).fillna(0.0).sort_index().rename_axis("customer_id")
    return table.assign(total=table.sum(axis=1))


def waterfall(values):
    """Steps of a waterfall figure from the first part of engagement value to the total.

    Parameters
    ----------
    values : pandas.DataFrame
        From :func:`engagement_value`.

    Returns
    -------
    pandas.DataFrame
        One row a part and one for the total: ``part``, ``amount``, ``start`` and ``end``, sums
        over the customers in money.

    Examples
    --------
    >>> values = engagement_value({1: 100.0, 2: 80.0}, referral={2: 55.0})
    >>> waterfall(values)[["part", "start", "end"]].values.tolist()
    [['lifetime', 0.0, 180.0], ['referral', 180.0, 235.0], ['total', 0.0, 235.0]]
    """
    amounts = values[[name for name in PARTS if name in values]].sum()
    ends = amounts.cumsum()
    steps = pd.DataFrame(
        {"part": amounts.index, "amount": amounts.values, "start": ends - amounts, "end": ends}
    )
    whole = pd.DataFrame(
        {"part": ["total"], "amount": [amounts.sum()], "start": [0.0], "end": [amounts.sum()]}
    )
    return pd.concat([steps, whole], ignore_index=True)


def _by_customer(name, part):
    if isinstance(part, pd.DataFrame):
        if "value" not in part:
            raise KeyError(f"{name}: the frame has no column 'value', but {list(part.columns)}")
        part = part["value"]
    series = pd.Series(part, dtype=float, name=name)
    if series.isna().any():
        raise ValueError(f"{name}: {int(series.isna().sum())} customer(s) have a missing value")
    if series.index.has_duplicates:
        twice = series.index[series.index.duplicated()][0]
        raise ValueError(f"{name}: customer {twice!r} stands twice; add the values up first")
    return series
