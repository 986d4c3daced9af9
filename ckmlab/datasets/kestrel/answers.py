"""The answer sheet: true quantities, counted from the latent state and by no estimator.

Every district is tallied into sums that can be added; answers are computed from the sums. So the
answer sheet of a million customers needs no more memory than that of a thousand.
"""

import numpy as np

from ckmlab.datasets.kestrel.articles import LEARNING_GAIN
from ckmlab.datasets.kestrel.campaigns import campaign_lift
from ckmlab.datasets.kestrel.history import KB_EFFECT, chance_of_leaving
from ckmlab.datasets.kestrel.lexicon import lexicon
from ckmlab.datasets.kestrel.setting import PERIODS
from ckmlab.datasets.kestrel.store import TYPES
from ckmlab.datasets.kestrel.training import TRAINING_EFFECT

__all__ = ["add_up", "answers", "tally"]

_RUNGS = ("voiced", "registered", "escalated")


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
    return (
        {"customers": setting.size}
        | _problems(world)
        | _loyalty(world)
        | _recovery(world)
        | _scores(world)
        | _items(world)
        | _reuse(world)
        | _effects(setting, world)
        | _control(world)
        | _voices(world)
        | _value(world)
    )


def add_up(sums):
    """Add the tallies of all districts.

    Parameters
    ----------
    sums : list of dict
        Results of :func:`tally`.

    Returns
    -------
    dict of str to int or float

    Examples
    --------
    >>> add_up([{"customers": 6000}, {"customers": 400}])
    {'customers': 6400}
    """
    return {name: sum(part[name] for part in sums) for name in sums[0]}


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
    sheet = {"customers": sums["customers"], "dissatisfied": sums["dissatisfied"]}
    sheet |= {rung: sums[rung] for rung in _RUNGS}
    sheet |= {
        "silent": sums["dissatisfied"] - sums["voiced"],
        "hidden": sums["voiced"] - sums["registered"],
        "articulation_rate": _ratio(sums, "voiced", "dissatisfied"),
        "registration_rate": _ratio(sums, "registered", "voiced"),
        "problems": sums["problems"],
        "all_problems": sums["all problems"],
    }
    for year in range(1, PERIODS + 1):
        sheet[f"survival_{year}"] = _ratio(sums, f"alive {year}", "customers")
        sheet[f"retention_{year}"] = _ratio(sums, f"alive {year}", f"alive {year - 1}")
        sheet[f"satisfaction_of_the_rest_{year}"] = _ratio(
            sums, f"satisfaction {year - 1}", f"alive {year - 1}"
        )
        balance = sums[f"promoters {year}"] - sums[f"detractors {year}"]
        sheet[f"nps_{year}"] = 100 * balance / max(1, sums[f"asked {year}"])
    sheet["nps"] = sheet["nps_1"]
    sheet["recovery_effect"] = _ratio(sums, "recovery effect", "recoverable")
    sheet["captive_share"] = _ratio(sums, "captive", "stayed")
    sheet |= {f"share_{name}": _ratio(sums, f"items {name}", "items") for name in TYPES}
    sheet |= {name: sums[name] for name in ("items", "duplicates", "wrong_items")}
    sheet["share_attitudinal"] = _ratio(sums, "attitudinal", "with a nature")
    sheet["reinvention_rate"] = _ratio(sums, "reinvented", "solved")
    sheet["kb_effect"] = _ratio(sums, "kb effect", "contacts")
    sheet |= {
        "campaign_lift": _ratio(sums, "campaign lift", "contacts"),
        "training_effect": TRAINING_EFFECT,
        "learning_gain": _ratio(sums, "learning gain", "readings"),
        "needs": len(lexicon().need_labels),
    }
    counts = ("breaches", "late_deletions", "unlinked_records", "people_in_other_books")
    sheet |= {name: sums[name] for name in counts}
    sheet["lead_user_share"] = _ratio(sums, "lead users", "customers")
    sheet["lead_user_share_of_posts"] = _ratio(sums, "lead posts", "posts")
    sheet["value_of_ideas"] = sums["value of ideas"]
    sheet["value_of_adopted_ideas"] = sums["value of adopted ideas"]
    sheet["customer_years"] = sums["customer years"]
    sheet["value"] = sums["contract margin"] + sums["purchase margin"]
    sheet["value_per_customer"] = sheet["value"] / sums["customers"]
    return sheet


def _ratio(sums, part, whole):
    return sums[part] / max(1, sums[whole])


def _problems(world):
    """Customers on each rung of the ladder in the first year, in which all were there."""
    problems = world["problems"]
    first = problems["period"] == 1
    customer = problems["customer"][first]
    rungs = {rung: len(np.unique(customer[problems[rung][first]])) for rung in _RUNGS}
    return rungs | {
        "dissatisfied": len(np.unique(customer)),
        "problems": int(first.sum()),
        "all problems": len(first),
    }


def _loyalty(world):
    """Who is still there, how satisfied they began, who stays only because locked in."""
    alive, mood = world["history"]["alive"], world["history"]["mood"]
    satisfaction, locked = world["customers"]["satisfaction"], world["customers"]["locked_in"]
    counts = {f"alive {year}": int(alive[:, year].sum()) for year in range(PERIODS + 1)}
    levels = {
        f"satisfaction {year}": float(satisfaction[alive[:, year]].sum()) for year in range(PERIODS)
    }
    stayed = alive[:, 1:]
    held = stayed & locked[:, None] & (mood < -0.5)
    return counts | levels | {"stayed": int(stayed.sum()), "captive": int(held.sum())}


def _recovery(world):
    """What making good does to renewal, over the first year's customers who spoke up.

    For each of them the chance of leaving is computed twice: had all their voiced problems been
    made good, and had none.
    """
    problems, people = world["problems"], world["customers"]
    first = (problems["period"] == 1) & problems["voiced"]
    if not first.any():
        return {"recovery effect": 0.0, "recoverable": 0}
    chance = chance_of_leaving(people, world["history"]["mood"][:, 0], problems, first)
    spoke = np.unique(problems["customer"][first])
    gain = (chance["none"] - chance["all"])[spoke]
    return {"recovery effect": float(gain.sum()), "recoverable": len(spoke)}


def _scores(world):
    truth = world["survey_truth"]
    sums = {}
    for wave in range(1, PERIODS + 1):
        score = truth["nps"][truth["wave"] == wave]
        sums[f"asked {wave}"] = len(score)
        sums[f"promoters {wave}"] = int((score >= 9).sum())
        sums[f"detractors {wave}"] = int((score <= 6).sum())
    return sums


def _items(world):
    items = world["knowledge_items"]
    counts = np.bincount(items["type_code"], minlength=len(TYPES))
    return {f"items {name}": int(n) for name, n in zip(TYPES, counts, strict=True)} | {
        "items": len(items["type_code"]),
        "duplicates": int((items["duplicate_of_row"] >= 0).sum()),
        "wrong_items": int((~items["correct"]).sum()),
        "with a nature": int((items["nature_code"] >= 0).sum()),
        "attitudinal": int((items["nature_code"] == 1).sum()),
    }


def _reuse(world):
    """Contacts solved at once, and those of them in which the store's answer was left there."""
    contacts = world["interactions"]
    again = contacts["resolved"] & contacts["item_existed"] & ~contacts["kb_used"]
    return {"solved": int(contacts["resolved"].sum()), "reinvented": int(again.sum())}


def _effects(setting, world):
    contacts, readings = len(world["interactions"]["customer"]), len(world["quiz"]["pre"])
    trained = 0.5 + setting.scenario.transfer
    staff = int((~world["quiz"]["employee_id"].isna()).sum())
    return {
        "contacts": contacts,
        "campaign lift": campaign_lift(setting) * contacts,
        "kb effect": KB_EFFECT * trained * contacts,
        "readings": readings,
        "learning gain": LEARNING_GAIN * (trained * staff + readings - staff),
    }


def _control(world):
    records = world["identities"]
    return {
        "breaches": int(world["access_log"]["breach"].sum()),
        "late_deletions": int(world["exports"]["kept_too_long"].sum()),
        "unlinked_records": int(records["customer_id"].isna().sum()),
        "people_in_other_books": len(np.unique(records["true_customer_id"][records["other"]])),
    }


def _voices(world):
    lead, ideas = world["customers"]["lead_user"], world["ideas"]
    author = world["forum"]["author"]
    return {
        "lead users": int(lead.sum()),
        "posts": len(author),
        "lead posts": int(lead[author].sum()),
        "value of ideas": float(ideas["npv_true"].sum()),
        "value of adopted ideas": float(ideas["npv_true"][ideas["adopted"]].sum()),
    }


def _value(world):
    return {
        "customer years": int(world["history"]["alive"][:, :PERIODS].sum()),
        "contract margin": float(world["contracts"]["yearly_margin"].sum()),
        "purchase margin": float(world["transactions"]["margin"].sum()),
    }
