"""The answer sheet: true quantities, counted from the latent state and by no estimator.

Every district is tallied into sums that can be added; answers are computed from the sums. So the
answer sheet of a million customers needs no more memory than that of a thousand.
"""

import numpy as np

from ckmlab.datasets.kestrel.history import KB_EFFECT
from ckmlab.datasets.kestrel.setting import PERIODS
from ckmlab.datasets.kestrel.store import TYPES

__all__ = ["answers", "tally"]


def tally(setting, world):
    """Count what the answers need in one district.

    Parameters
    ----------
    setting : Setting
        The district.
    world : dict
        What :func:`ckmlab.datasets.kestrel.district.simulate` returned for it.

    Returns
    -------
    dict of str to int or float
        Sums, which can be added over districts.
    """
    sums = {"customers": setting.size}
    sums |= _tally_problems(setting, world)
    sums |= _tally_items(world)
    sums |= _tally_contacts(setting, world)
    alive = world["history"]["alive"]
    sums |= {f"alive {year}": int(alive[:, year].sum()) for year in range(PERIODS + 1)}
    return sums


def answers(sums):
    """Turn the sums of all districts into the answer sheet.

    Parameters
    ----------
    sums : dict
        Added-up results of :func:`tally`.

    Returns
    -------
    dict of str to float
        True quantities by name.
    """
    sheet = {"customers": sums["customers"]}
    heads = ("dissatisfied", "voiced", "registered", "escalated")
    sheet |= {name: sums[f"customers {name}"] for name in heads}
    sheet["silent"] = sheet["dissatisfied"] - sheet["voiced"]
    sheet["hidden"] = sheet["voiced"] - sheet["registered"]
    for first, second, name in (
        ("dissatisfied", "voiced", "articulation_rate"),
        ("voiced", "registered", "registration_rate"),
    ):
        sheet[name] = sheet[second] / max(1, sheet[first])
    sheet["problems"] = sums["problems"]
    items = sum(sums[f"items {name}"] for name in TYPES)
    sheet |= {f"share_{name}": sums[f"items {name}"] / max(1, items) for name in TYPES}
    sheet["duplicates"] = sums["duplicates"]
    sheet["wrong_items"] = sums["wrong items"]
    sheet["kb_effect"] = sums["kb effect"] / max(1, sums["contacts"])
    for year in range(1, PERIODS + 1):
        sheet[f"survival_{year}"] = sums[f"alive {year}"] / sums["customers"]
        before = max(1, sums[f"alive {year - 1}"])
        sheet[f"retention_{year}"] = sums[f"alive {year}"] / before
    return sheet


def _tally_problems(setting, world):
    """Customers on each rung of the ladder in the first year, in which all were there."""
    problems = world["problems"]
    first = problems["period"] == 1
    customer = problems["customer"][first]

    def customers(mask):
        return len(np.unique(customer[mask]))

    rungs = {
        f"customers {name}": customers(problems[name][first])
        for name in ("voiced", "registered", "escalated")
    }
    return rungs | {
        "customers dissatisfied": len(np.unique(customer)),
        "problems": int(first.sum()),
    }


def _tally_items(world):
    items = world["knowledge_items"]
    counts = np.bincount(items["type_code"], minlength=len(TYPES))
    return {f"items {name}": int(n) for name, n in zip(TYPES, counts, strict=True)} | {
        "duplicates": int((items["duplicate_of_row"] >= 0).sum()),
        "wrong items": int((~items["correct"]).sum()),
    }


def _tally_contacts(setting, world):
    contacts = world["interactions"]
    n = len(contacts["customer"])
    return {"contacts": n, "kb effect": KB_EFFECT * (0.5 + setting.scenario.transfer) * n}
