"""Products: what customers buy besides their plan."""

import numpy as np

from ckmlab.datasets.kestrel.setting import YEAR, day

__all__ = ["PRODUCTS", "make_products"]

# In order of their launch. For donors these are the things that a gift pays for.
_CATALOGUE = {
    "corded phone": "phones",
    "answering machine": "phones",
    "extension cable": "accessories",
    "cordless phone": "phones",
    "directory entry": "services",
    "call barring": "services",
    "fax adapter": "business",
    "prepaid card": "mobile",
    "senior phone": "phones",
    "headset": "accessories",
    "house installation": "services",
    "car charger": "accessories",
    "conference bridge": "business",
    "second SIM card": "mobile",
    "wall socket": "accessories",
    "virus scanner": "security",
    "DSL splitter": "home network",
    "wireless router": "home network",
    "power bank": "accessories",
    "desk phone for offices": "business",
    "data day pass": "mobile",
    "set-top box": "television",
    "parental control": "security",
    "powerline adapter": "home network",
    "mobile hotspot": "mobile",
    "film evening": "television",
    "roaming week": "mobile",
    "phone case": "accessories",
    "fibre modem": "home network",
    "cloud storage": "services",
    "sports pass": "television",
    "WLAN repeater": "home network",
    "password safe": "security",
    "second screen": "television",
    "fixed IP address": "business",
    "smart plug": "smart home",
    "door camera": "smart home",
    "mesh set": "home network",
    "virtual switchboard": "business",
    "heating control": "smart home",
}
PRODUCTS = len(_CATALOGUE)
"""Number of products in the catalogue."""

_OLD = 16  # products taken over from Kestrel's predecessor; the others were new at the opening
_NEW_WITHIN, _OLD_WITHIN = 3.0, 7.0  # years


def make_products(setting):
    """List the products of the whole company.

    The catalogue was renewed in the three years before the opening and never since, so that the
    share of revenue with young products, high at first, is nil from the fourth year on.

    Parameters
    ----------
    setting : Setting
        Any district of the company.

    Returns
    -------
    dict of str to array
        Columns of ``products``, in order of launch.
    """
    u = setting.shared.uniform("products.launched", PRODUCTS)
    taken_over = np.arange(PRODUCTS) < _OLD
    age = np.where(taken_over, _NEW_WITHIN + _OLD_WITHIN * u, _NEW_WITHIN * u)
    return {
        "product_id": 1 + np.arange(PRODUCTS),
        "name": np.array(list(_CATALOGUE), dtype=object),
        "line": np.array(list(_CATALOGUE.values()), dtype=object),
        "launched": day(-YEAR * np.sort(age)[::-1]),
    }
