"""Customer knowledge value: what customers' ideas and feedback are worth to the firm."""

import numpy as np

from ckmlab.value.engagement.allocation import allocate, numbers, read

__all__ = ["knowledge_value"]


def knowledge_value(
    contributions,
    *,
    customer="customer_id",
    item="idea_id",
    value="value",
    probability=1.0,
    cost=0.0,
    rule="equal",
    share=None,
    order=None,
):
    r"""Customer knowledge value (CKV) of each contributor.

    .. math:: CKV_i = \sum_j s_{ij}\,P_j\,V_j - c_{ij}

    with :math:`V_j` the net present value of idea *j* if carried out, :math:`P_j` the probability
    that it is, :math:`s_{ij}` customer *i*'s share of it, and :math:`c_{ij}` the cost of handling
    the contribution, which is paid whether or not the idea is adopted.

    Parameters
    ----------
    contributions : data frame
        One row per idea (or other item of knowledge) and contributor, of any library; turned into
        pandas.
    customer, item : str
        Columns: who contributed what. A missing customer is a contributor who is none (an
        employee): takes a share, but has no row in the answer.
    value : str or float
        Column or number: net present value in money. Margin, never revenue. May be missing where
        the probability is 0.
    probability : str or float, default 1
        Column or number: chance of adoption; a column of True and False for what was decided.
    cost : str or float, default 0
        Column or number: handling cost of each contribution.
    rule : {"equal", "first", "last", "share"}
        How an idea's value is divided among its contributors: in equal parts, all to the first or
        last by the column ``order``, or in proportion to the column ``share``.
    share, order : str, optional
        Columns that ``rule`` needs.

    Returns
    -------
    pandas.DataFrame
        Index the customer; columns ``contributions`` (count), ``gross``, ``cost`` and ``value``
        (their difference), in money.

    Raises
    ------
    KeyError, ValueError
        For missing columns, a probability outside 0 to 1, a value missing though the idea may be
        adopted, or the same contributor twice under one idea.

    References
    ----------
    Kumar, V., Aksoy, L., Donkers, B., Venkatesan, R., Wiesel, T. & Tillmanns, S. (2010).
    Undervalued or overvalued customers: capturing total customer engagement value. Journal of
    Service Research 13(3), 297–310, doi:10.1177/1094670510375602.

    Examples
    --------
    >>> import pandas as pd
    >>> ideas = pd.DataFrame(
    ...     {"idea_id": [1, 1, 2], "customer_id": [7, 9, 7], "value": [1000.0, 1000.0, 400.0],
    ...      "chance": [0.5, 0.5, 0.1]})
    >>> knowledge_value(ideas, probability="chance", cost=20)["value"].tolist()
    [250.0, 230.0]
    """
    where = "knowledge_value"
    wanted = [customer, item, value, probability, cost, share, order]
    frame = read(contributions, wanted, where)
    chance = numbers(frame, probability, "probability", where, low=0, high=1)
    worth = numbers(frame, value, "value", where)
    unknown = worth.isna() & (chance > 0)
    if chance.isna().any() or unknown.any():
        name = "probability" if chance.isna().any() else "value"
        raise ValueError(
            f"{where}: {name} is missing in {int((chance.isna() | unknown).sum())} row(s); "
            "an idea that may be adopted needs both a probability and a value"
        )
    part = allocate(
        frame, item=item, customer=customer, rule=rule, share=share, order=order, where=where
    )
    gross = part * np.where(chance > 0, chance * worth, 0.0)
    handling = numbers(frame, cost, "cost", where, low=0)
    table = frame[[customer]].assign(contributions=1, gross=gross, cost=handling.to_numpy())
    table = table.dropna(subset=[customer]).groupby(customer).sum()
    return table.assign(value=table["gross"] - table["cost"])
