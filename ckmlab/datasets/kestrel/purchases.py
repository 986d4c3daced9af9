"""Transactions: what customers buy besides their contract, or what donors give."""

import numpy as np

from ckmlab.datasets.kestrel.people import REFERRAL
from ckmlab.datasets.kestrel.products import PRODUCTS
from ckmlab.datasets.kestrel.setting import PERIODS, YEAR, day
from ckmlab.datasets.streams import Slots

__all__ = ["make_purchases"]

_WEEKS = PERIODS * YEAR / 7
_MARGIN = 0.35
_REFERRED_MARGIN, _REFERRED_DAYS = 0.20, 913  # twenty per cent more, gone after thirty months
# Spend ~ gamma-gamma(p, q, gamma) with the fit to the CDNOW sample as a scale.
_SPEND_P, _SPEND_Q, _SPEND_SCALE = 6.25, 3.74, 15.44


def make_purchases(setting, people, history, campaigns):
    """Draw purchases over the whole eight years and keep those made before leaving.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.
    history : History
        Who stayed how long.
    campaigns : dict
        Grids of :func:`~ckmlab.datasets.kestrel.campaigns.run_campaigns`.

    Returns
    -------
    dict of str to array
        Columns of ``transactions``, ordered by date.
    """
    stays = people["start"] + YEAR * history.alive[:, :PERIODS].sum(axis=1)
    base, when = _gifts(setting, people) if setting.donors else _purchases(setting, people)
    # A customer who has not signed yet gets no campaign.
    moved, campaign = np.nonzero(campaigns["bought"] & (campaigns["since"] >= 0))
    customer = np.concatenate([base, moved])
    when = np.concatenate([when, campaigns["bought_when"][moved, campaign]])
    kept = np.flatnonzero(when < stays[customer])
    kept = kept[np.lexsort((customer[kept], np.floor(when[kept])))]
    spend = _spend(setting, customer, len(base))
    draw = Slots(setting.streams, len(customer), kept)
    return _columns(setting, draw, people, customer[kept], when[kept], spend[kept])


def _purchases(setting, people):
    draw = setting.streams
    counts = draw("transactions.count").poisson(people["purchases_per_week"] * _WEEKS)
    customer = np.repeat(np.arange(setting.size), counts)
    week = draw.uniform("transactions.date", len(customer)) * _WEEKS
    return customer, people["start"][customer] + 7 * week


def _gifts(setting, people):
    """At most one gift a year, given with the donor's own probability."""
    draw, n = setting.streams, setting.size
    given = draw.uniform("transactions.gift", n, PERIODS) < people["giving"][:, None]
    customer, year = np.nonzero(given)
    within = draw.uniform("transactions.gift_date", n, PERIODS)[customer, year]
    return customer, people["start"][customer] + YEAR * (year + within)


def _spend(setting, customer, base):
    """Amounts whose mean differs between customers: gamma-gamma."""
    draw = setting.streams
    own = draw("transactions.spend_mean").gamma(_SPEND_Q, 1 / _SPEND_SCALE, size=setting.size)
    parts = [("transactions.spend", base), ("transactions.campaign_spend", len(customer) - base)]
    each = np.concatenate([draw(name).gamma(_SPEND_P, 1.0, size=size) for name, size in parts])
    return each / own[customer]


def _columns(setting, draw, people, customer, when, spend):
    age = np.maximum(0, when - people["start"][customer])
    referred = people["acquisition_code"][customer] == REFERRAL
    extra = _REFERRED_MARGIN * np.clip(1 - age / _REFERRED_DAYS, 0, 1) * referred
    units = 1 + draw.pick("transactions.units", (0.7, 0.2, 0.07, 0.03))
    price = np.maximum(0.5, np.round(spend / units, 2))
    rate = 1.0 if setting.donors else _MARGIN
    return {
        "txn_id": setting.ids(len(customer)),
        "customer_id": people["customer_id"][customer],
        "customer": customer,
        "when": when,
        "date": day(when),
        "product_id": 1 + draw.whole("transactions.product", PRODUCTS),
        "units": units,
        "price": price,
        "margin": np.round(price * units * rate * (1 + extra), 2),
    }
