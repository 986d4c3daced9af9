"""What the whole company shares, however many districts it has."""

import numpy as np

from ckmlab.datasets.kestrel.access import make_policies
from ckmlab.datasets.kestrel.campaigns import make_campaigns
from ckmlab.datasets.kestrel.ideas import make_initiatives
from ckmlab.datasets.kestrel.lexicon import NEEDS_PER_TOPIC, lexicon
from ckmlab.datasets.kestrel.needs import mention_probability, need_weights
from ckmlab.datasets.kestrel.people import LEAD_USERS
from ckmlab.datasets.kestrel.products import make_products

__all__ = ["SHARED_TABLES", "simulate_headquarters"]

SHARED_TABLES = ("products", "campaigns", "policies", "initiatives", "needs")
"""Tables that exist once per company."""


def simulate_headquarters(setting):
    """Make the tables that exist once per company.

    Parameters
    ----------
    setting : Setting
        Any district of the company; its number and size do not matter.

    Returns
    -------
    dict of str to dict of str to array
        Columns by table.
    """
    return {
        "products": make_products(setting),
        "campaigns": make_campaigns(setting),
        "policies": make_policies(),
        "initiatives": make_initiatives(setting),
        "needs": _needs(setting),
    }


def _needs(setting):
    words = lexicon()
    weights = need_weights(setting)
    plain, lead = (weights[name] / weights[name].sum() for name in ("plain", "lead"))
    number = np.arange(len(words.need_labels))
    return {
        "need_id": number + 1,
        "need_label": words.need_labels,
        "topic": words.topics[number // NEEDS_PER_TOPIC],
        "mention_probability": mention_probability(setting),
        "share_of_contacts": (1 - LEAD_USERS) * plain + LEAD_USERS * lead,
        "share_among_lead_users": lead,
    }
