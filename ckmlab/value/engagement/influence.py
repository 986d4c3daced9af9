"""Customer influence value: purchases of others that a customer's word brought about."""

import numpy as np

from ckmlab.value.engagement.allocation import allocate, numbers, read

__all__ = ["influence_value"]


def influence_value(
    exposures,
    *,
    customer="customer_id",
    purchase="purchase_id",
    margin="margin",
    lift=1.0,
    rule="equal",
    share=None,
    order=None,
):
    r"""Customer influence value (CIV) of each influencer.

    .. math:: CIV_i = \sum_j s_{ij}\,\ell_j\,M_j

    with :math:`M_j` the margin of another person's purchase *j*, :math:`\ell_j` the share of it
    that is owed to word of mouth at all (the lift, best known from a holdout), and :math:`s_{ij}`
    influencer *i*'s share of that. Unlike a referral, influence is not rewarded and works on
    customers and prospects alike.

    Parameters
    ----------
    exposures : data frame
        One row per purchase and influencer whose word the buyer met before; turned into pandas.
    customer, purchase : str
        Columns: the influencer and the purchase.
    margin : str or float
        Column or number: margin of the purchase, in money.
    lift : str or float, default 1
        Column or number: part of the purchase, 0 to 1, that would not have happened otherwise.
        The default claims everything: an upper bound.
    rule, share, order
        As in :func:`knowledge_value`.

    Returns
    -------
    pandas.DataFrame
        Index the customer; columns ``purchases`` (count) and ``value`` (money).

    Raises
    ------
    KeyError, ValueError
        For missing columns or values, or a lift outside 0 to 1.

    References
    ----------
    Kumar, V. et al. (2010). Undervalued or overvalued customers: capturing total customer
    engagement value. Journal of Service Research 13(3), 297–310, doi:10.1177/1094670510375602.

    Examples
    --------
    >>> import pandas as pd
    >>> seen = pd.DataFrame(
    ...     {"purchase_id": [1, 1, 2], "customer_id": [7, 9, 7], "margin": [40.0, 40.0, 10.0]})
    >>> influence_value(seen, lift=0.1)["value"].tolist()
    [3.0, 2.0]
    """
    where = "influence_value"
    frame = read(exposures, [customer, purchase, margin, lift, share, order], where)
    gain = numbers(frame, margin, "margin", where)
    gain *= numbers(frame, lift, "lift", where, low=0, high=1)
    if gain.isna().any():
        raise ValueError(f"{where}: margin or lift is missing in {int(gain.isna().sum())} row(s)")
    part = allocate(
        frame, item=purchase, customer=customer, rule=rule, share=share, order=order, where=where
    )
    table = frame[[customer]].assign(purchases=1, value=np.asarray(part * gain))
    return table.dropna(subset=[customer]).groupby(customer).sum()
