"""Leads and offers: the way into the firm, for those who came and those who did not."""

import numpy as np
from scipy.special import expit

from ckmlab.datasets.kestrel.columns import nullable
from ckmlab.datasets.kestrel.people import ACQUISITION
from ckmlab.datasets.kestrel.setting import day

__all__ = ["make_leads", "make_offers"]

_LEADS_PER_CUSTOMER = 2.2
_SOURCES_LOST = (0.40, 0.06, 0.20, 0.34)
_OFFERED_TO_LOST = 0.55


def make_leads(setting, people):
    """List the leads of the launch year; some became customers.

    The model's score knows the lead's true chance well, the agent's is warmer and noisier.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.

    Returns
    -------
    dict of str to array
        Columns of ``leads``, ordered by date.
    """
    draw = setting.streams
    n = round(_LEADS_PER_CUSTOMER * setting.size)
    customer = np.where(np.arange(n) < setting.size, np.arange(n), -1)
    converted = customer >= 0
    source = np.where(
        converted, people["acquisition_code"][customer], draw.pick("leads.source", n, _SOURCES_LOST)
    )
    ahead = 3 + 40 * draw.uniform("leads.ahead", n)
    day_lost = 366 * draw.uniform("leads.created_at", n)
    when = np.where(converted, people["start"][customer], day_lost) - ahead
    fit = draw.normal("leads.fit", n) + 1.2 * converted
    model = expit(fit - 0.6 + 0.5 * draw.normal("leads.score_model", n))
    agent = expit(0.6 * fit + 0.2 + 0.9 * draw.normal("leads.score_agent", n))
    leads = {
        "customer": customer,
        "when": when,
        "created_at": day(when),
        "source": ACQUISITION[source],
        "score_model": np.round(model, 3),
        "score_agent": np.round(agent, 1),
        "converted": converted,
        "customer_id": nullable(people["customer_id"], customer),
    }
    order = np.argsort(when, kind="stable")
    return {"lead_id": setting.ids(n)} | {key: column[order] for key, column in leads.items()}


def make_offers(setting, people, leads):
    """Make an offer to every lead that became a customer and to some of the others.

    Parameters
    ----------
    setting : Setting
        The district.
    people, leads : dict
        Its customers and leads.

    Returns
    -------
    dict of str to array
        Columns of ``offers``.
    """
    draw, total = setting.streams, len(leads["converted"])
    lost = draw.uniform("offers.made", total) < _OFFERED_TO_LOST
    rows = np.flatnonzero(leads["converted"] | lost)
    n = len(rows)
    accepted = leads["converted"][rows]
    customer = leads["customer"][rows]
    other = people["monthly_price"][draw.whole("offers.plan", n, setting.size)]
    listed = np.where(accepted, people["monthly_price"][customer], other)
    # Discounts were larger where the offer was accepted, so far as they were given at all.
    wish = 25 * draw.uniform("offers.discount", n) ** 2 + 3 * accepted
    return {
        "offer_id": setting.ids(n),
        "lead_id": leads["lead_id"][rows],
        "customer_id": nullable(people["customer_id"], customer),
        "made_on": day(leads["when"][rows] + 2),
        "list_price": np.round(listed, 2),
        "discount": np.round(wish),
        "accepted": accepted,
    }
