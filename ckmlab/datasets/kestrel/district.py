"""One district, from nobody to all tables."""

import numpy as np

from ckmlab.datasets.kestrel.codings import make_codings
from ckmlab.datasets.kestrel.contacts import make_contacts
from ckmlab.datasets.kestrel.history import live_through
from ckmlab.datasets.kestrel.people import make_people
from ckmlab.datasets.kestrel.setting import moment
from ckmlab.datasets.kestrel.staff import make_staff
from ckmlab.datasets.kestrel.store import link_contacts, make_items

__all__ = ["simulate"]


def simulate(setting):
    """Run all steps of the simulation for one district.

    Parameters
    ----------
    setting : Setting
        The district.

    Returns
    -------
    dict of str to dict of str to array
        For each table its columns, public and latent; the dictionary says what belongs where.
    """
    people = make_people(setting)
    staff = make_staff(setting)
    history = live_through(setting, people, staff)
    contacts = make_contacts(setting, people, staff, history)
    items = make_items(setting, people, staff, contacts)
    contacts["kb_item_id"] = link_contacts(setting, contacts, items)
    return {
        "customers": people,
        "employees": staff,
        "interactions": contacts,
        "knowledge_items": items,
        "codings": make_codings(setting, items),
        "problems": _problems(setting, people, history),
        "history": {"alive": history.alive, "mood": history.mood, "hazard": history.hazard},
    }


def _problems(setting, people, history):
    """The problems that customers really met, solved or not; all of it sealed."""
    rows = np.flatnonzero(history.problems["met"])
    met = {key: column[rows] for key, column in history.problems.items()}
    return met | {
        "problem_id": setting.ids(len(rows)),
        "customer_id": people["customer_id"][met["customer"]],
        "ts": moment(met["when"]),
        "need_id": met["need"] + 1,
        "severity": np.round(met["severity"], 4),
    }
