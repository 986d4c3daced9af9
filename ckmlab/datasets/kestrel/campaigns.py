"""Campaigns: who was targeted, who was held out at random, who answered."""

import numpy as np

from ckmlab.datasets.kestrel.lexicon import lexicon
from ckmlab.datasets.kestrel.needs import need_weights
from ckmlab.datasets.kestrel.setting import PERIODS, YEAR, day
from ckmlab.datasets.streams import choose

__all__ = ["CAMPAIGN_LIFT", "campaign_lift", "make_campaigns", "make_contacts", "run_campaigns"]

CAMPAIGN_LIFT = 0.15
"""Purchases that a campaign adds per exposed customer within ninety days."""

CAMPAIGNS = 2 * PERIODS
_TARGETED = 0.40
_HOLDOUT = 0.10
_CURIOUS = 0.05  # answers that lead to no purchase


def campaign_lift(setting):
    """What a campaign adds; donors give at most once a year, whatever is sent to them."""
    return 0.0 if setting.donors else CAMPAIGN_LIFT


def _launch_day(number):
    return 200 + YEAR / 2 * np.asarray(number)


def make_campaigns(setting):
    """List the campaigns of the whole company.

    Parameters
    ----------
    setting : Setting
        Any district of the company.

    Returns
    -------
    dict of str to array
        Columns of ``campaigns``.
    """
    draw = setting.shared
    number = np.arange(CAMPAIGNS)
    need = choose(draw.uniform("campaigns.theme", CAMPAIGNS), need_weights(setting)["plain"])
    rule = "predicted loyalty in the top 40 %" if setting.scenario.targeting else "random 40 %"
    return {
        "campaign_id": number + 1,
        "period": number // 2 + 1,
        "launched": day(_launch_day(number)),
        "theme_need": lexicon().need_labels[need],
        "cost": np.round(2000 + 3000 * draw.uniform("campaigns.cost", CAMPAIGNS), -2),
        "contact_cost": np.round(0.4 + 0.8 * draw.uniform("campaigns.contact_cost", CAMPAIGNS), 2),
        "targeted_rule": np.full(CAMPAIGNS, rule, dtype=object),
    }


def run_campaigns(setting, people):
    """Decide for each customer and campaign who is targeted, held out, moved to buy.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.

    Returns
    -------
    dict of str to array
        Grids: a row per customer, a column per campaign, whether or not they are still there.
    """
    draw, shape = setting.streams, (setting.size, CAMPAIGNS)
    luck = draw.normal("contacts.score", *shape)
    score = people["loyal_score"][:, None] + 0.5 * luck if setting.scenario.targeting else luck
    targeted = score >= np.quantile(score, 1 - _TARGETED, axis=0)
    held = targeted & (draw.uniform("contacts.holdout", *shape) < _HOLDOUT)
    exposed = targeted & ~held
    bought = exposed & (draw.uniform("contacts.bought", *shape) < campaign_lift(setting))
    curious = exposed & (draw.uniform("contacts.responded", *shape) < _CURIOUS)
    launched = _launch_day(np.arange(CAMPAIGNS))
    return {
        "targeted": targeted,
        "holdout": held,
        "exposed": exposed,
        "bought": bought,
        "responded": bought | curious,
        "bought_when": launched + 90 * draw.uniform("transactions.campaign_delay", *shape),
        "since": launched - people["start"][:, None],
    }


def make_contacts(people, history, grids):
    """List the campaign contacts of those who were customers on the day.

    Parameters
    ----------
    people : dict
        The district's customers.
    history : History
        Who was there.
    grids : dict
        What :func:`run_campaigns` decided.

    Returns
    -------
    dict of str to array
        Columns of ``contacts``.
    """
    since = grids["since"]
    year = np.clip(np.floor(since / YEAR), 0, PERIODS - 1).astype(int)
    there = (since >= 0) & (since < PERIODS * YEAR)
    there &= np.take_along_axis(history.alive, year, axis=1)
    campaign, customer = np.nonzero(there.T)
    flags = ("targeted", "exposed", "responded", "holdout")
    return {
        "campaign_id": campaign + 1,
        "customer_id": people["customer_id"][customer],
        "customer": customer,
    } | {flag: grids[flag][customer, campaign] for flag in flags}
