"""The same people in different books: CRM, forum accounts and shop cards."""

import numpy as np

from ckmlab.datasets.kestrel.columns import nullable

__all__ = ["make_identities"]

# Invented syllables: no name of a real person is meant.
_FIRST = ("Al", "Be", "Cor", "Dari", "El", "Fen", "Gil", "Hol", "Iv", "Jor", "Kel", "Lum",
          "Mar", "Nev", "Ori", "Pel", "Quin", "Ros", "Sel", "Tam")  # fmt: skip
_ENDING = ("a", "an", "ea", "el", "ia", "in", "is", "o", "on", "us")
_LAST = ("Brack", "Carn", "Dell", "Esk", "Farl", "Grim", "Hav", "Ising", "Kest", "Lind", "Mor",
         "Nor", "Ost", "Pol", "Rav", "Sand", "Thorn", "Ulm", "Vest", "Wick")  # fmt: skip
_PLACE = ("berg", "by", "dale", "feld", "ford", "holm", "ley", "mann", "rup", "sen", "ström",
          "ton", "vik", "well", "wood")  # fmt: skip
_FORUM, _SHOP = 0.35, 0.25
_MISSPELT, _MOVED, _NEW_MAIL = 0.15, 0.05, 0.12


def make_identities(setting, people):
    """Write each customer's record in the CRM, and some records in two other books.

    With the trap ``mixed_identity`` other books misspell names and carry old postcodes and mails,
    and the firm has not linked all of them.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.

    Returns
    -------
    dict of str to array
        Columns of ``identities``; ``true_customer_id`` is latent.
    """
    draw = setting.streams
    forum = np.flatnonzero(draw.uniform("identities.forum", setting.size) < _FORUM)
    shop = np.flatnonzero(draw.uniform("identities.shop", setting.size) < _SHOP)
    customer = np.concatenate([np.arange(setting.size), forum, shop])
    book = np.repeat([0, 1, 2], [setting.size, len(forum), len(shop)])
    n = len(customer)
    slips = setting.scenario.mixed_identity & (book > 0)
    u = draw.uniform("identities.slip", n, 4)
    name, misspelt_name, mail = _names(setting)
    misspelt = slips & (u[:, 0] < _MISSPELT)
    shown = np.where(misspelt, misspelt_name[customer], name[customer])
    other_mail = slips & (u[:, 1] < _NEW_MAIL)
    moved = slips & (u[:, 2] < _MOVED)
    neighbour = np.roll(people["postcode"], 1)
    lost = slips & (u[:, 3] < setting.scenario.linkage_errors)
    return {
        "record_id": setting.ids(n),
        "other": book > 0,
        "book": np.array(["crm", "forum", "shop card"], dtype=object)[book],
        "name": shown,
        "email": np.where(other_mail, "private." + mail[customer], mail[customer]),
        "postcode": np.where(moved, neighbour[customer], people["postcode"][customer]),
        "birth_year": people["birth_year"][customer],
        "customer_id": nullable(people["customer_id"], np.where(lost, -1, customer)),
        "true_customer_id": people["customer_id"][customer],
    }


def _names(setting):
    """Names, misspelt names and mail addresses by customer; names repeat, addresses do not."""
    draw, n = setting.streams, setting.size
    given = _words(_FIRST, _ENDING)[draw.whole("identities.given", n, len(_FIRST) * len(_ENDING))]
    row = draw.whole("identities.family", n, len(_LAST) * len(_PLACE))
    families = _words(_LAST, _PLACE)
    slips = np.array([_swap_letters(family) for family in families], dtype=object)
    number = setting.customer_ids(np.arange(n)).astype(str).astype(object)
    mail = given + "." + families[row] + number + "@mail.example"
    return given + " " + families[row], given + " " + slips[row], mail


def _words(stems, endings):
    return np.array([stem + ending for stem in stems for ending in endings], dtype=object)


def _swap_letters(word):
    """The second and third letter change places, or the next two that differ."""
    at = next(place for place in range(1, len(word) - 1) if word[place] != word[place + 1])
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
