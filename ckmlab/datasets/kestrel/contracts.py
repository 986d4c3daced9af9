"""Contracts, one a year for as long as the customer renews."""

import numpy as np

from ckmlab.datasets.kestrel.setting import PERIODS, YEAR, day

__all__ = ["YEARLY_MARGIN", "make_contracts"]

YEARLY_MARGIN = 0.35
"""Share of the price that remains as margin."""

_PRICE_GROWTH = 1.02


def make_contracts(setting, people, history):
    """Write down each contract year. Donors have no contract, so theirs is an empty table.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.
    history : History
        Who stayed how long.

    Returns
    -------
    dict of str to array
        Columns of ``contracts``, by customer and year; ``yearly_margin`` is latent.
    """
    there = history.alive[:, :PERIODS]
    if setting.donors:
        there = np.zeros_like(there)
    customer, year = np.nonzero(there)
    price = np.round(people["monthly_price"][customer] * _PRICE_GROWTH**year, 2)
    start = people["start"][customer]
    return {
        "contract_id": setting.ids(len(customer)),
        "customer_id": people["customer_id"][customer],
        "start": day(start + YEAR * year),
        "end": day(start + YEAR * (year + 1) - 1),
        "renewal_no": year,
        "price": price,
        "renewed": history.alive[customer, year + 1],
        "yearly_margin": 12 * YEARLY_MARGIN * price,
        "year": year,
    }
