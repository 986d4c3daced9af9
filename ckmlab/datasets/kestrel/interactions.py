"""Interactions: routine contacts and voiced problems, with what was said."""

import numpy as np

from ckmlab.datasets.kestrel.history import solve, use_of_store
from ckmlab.datasets.kestrel.lexicon import NEEDS_PER_TOPIC, lexicon
from ckmlab.datasets.kestrel.needs import choose_need
from ckmlab.datasets.kestrel.phrases import UNIFORMS_PER_ROW, kinds, write_sentences
from ckmlab.datasets.kestrel.problems import TRICKY, looks_tricky
from ckmlab.datasets.kestrel.setting import PERIODS, RELAUNCH, moment
from ckmlab.datasets.streams import Slots, choose_rows

__all__ = ["CHANNELS", "PROCESSES", "make_interactions"]

PROCESSES = np.array(
    ["campaign", "lead", "offer", "contract", "service", "complaint", "rnd"], dtype=object
)
CHANNELS = np.array(["phone", "shop", "chat", "mail", "forum", "social"], dtype=object)
SERVICE, COMPLAINT = 4, 5

_ROUTINE_PER_YEAR = 1.25
_ROUTINE_MIX = (0.18, 0.06, 0.16, 0.22, 0.38)
_CHANNEL_BY_AGE = [  # born before 1960, 1960 to 1984, since 1985
    [0.50, 0.26, 0.04, 0.15, 0.03, 0.02],
    [0.37, 0.15, 0.14, 0.22, 0.08, 0.04],
    [0.22, 0.10, 0.32, 0.14, 0.12, 0.10],
]
_MINUTES = np.array([6.0, 11.0, 9.0, 7.0, 5.0, 4.0])
_NOTED = 0.55  # share of phone and shop contacts noted in the agent's own words


def make_interactions(setting, people, staff, history):
    """Build the interactions of a district, ordered by time.

    Parameters
    ----------
    setting : Setting
        The district.
    people, staff : dict
        Customers and employees.
    history : History
        What happened to the customers.

    Returns
    -------
    dict of str to array
        Columns of ``interactions``, public and latent; ``kb_used`` still lacks the item's number.
    """
    routine = _routine(setting, people, staff, history)
    voiced = _from_problems(history, first_slot=routine["slots"])
    rows = {key: np.concatenate([routine[key], voiced[key]]) for key in voiced if key != "slots"}
    draw = Slots(setting.streams, routine["slots"] + voiced["slots"], rows["slot"])
    # Office hours: the day is given, the minute between 8 and 20 o'clock is drawn.
    minute = draw.uniform("interactions.minute") * 12 + 8
    rows["when"] = np.floor(rows["when"]) + minute / 24
    age = np.searchsorted([1960, 1985], people["birth_year"], side="right")
    rows["channel_code"] = choose_rows(
        draw.uniform("interactions.channel"), _CHANNEL_BY_AGE, age[rows["customer"]]
    )
    minutes = _MINUTES[rows["channel_code"]] * (1 + 0.6 * rows["tricky"])
    spread = draw.gamma("interactions.duration", 4.0, 0.25)
    rows["duration_min"] = np.round(np.maximum(0.5, spread * minutes), 1)
    slip = draw.uniform("interactions.triage") < setting.scenario.triage_errors
    rows["triage"] = np.where(rows["tricky"] ^ slip, "tricky", "routine").astype(object)
    rows["text"] = _said(setting, draw, rows)
    order = np.argsort(rows["when"], kind="stable")
    rows = {key: column[order] for key, column in rows.items()}
    return rows | _labels(setting, people, staff, rows) | {"slots": draw.slots}


def _routine(setting, people, staff, history):
    """Contacts that no problem caused, for as long as the customer stays."""
    draw, scenario = setting.streams, setting.scenario
    counts = draw("interactions.count").poisson(_ROUTINE_PER_YEAR, (setting.size, PERIODS))
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    customer, year = np.divmod(cells, PERIODS)
    n = len(cells)
    need = choose_need(
        setting,
        "interactions.need",
        lead_user=people["lead_user"][customer],
        relaunched=year + 1 >= RELAUNCH,
    )
    tricky = draw.chance("interactions.difficulty", np.full(n, TRICKY))
    agent = staff["desk"][draw.whole("interactions.agent", n, len(staff["desk"]))]
    ready = history.store[year, need // NEEDS_PER_TOPIC]
    looks = looks_tricky(setting, "interactions.looks_tricky", tricky)
    used = use_of_store(draw.uniform("interactions.kb", n), looks, ready)
    solved = solve(
        draw.uniform("interactions.resolved", n),
        tricky,
        used,
        staff["skill"][agent],
        scenario.transfer,
    )
    rows = {
        "customer": customer,
        "period": year + 1,
        "when": people["start"][customer] + 365.25 * (year + draw.uniform("interactions.day", n)),
        "need": need,
        "tricky": tricky,
        "agent": agent,
        "process_code": draw.pick("interactions.process", n, _ROUTINE_MIX),
        "kb_used": used,
        "resolved": solved,
        "problem": np.full(n, -1),
        "slot": np.arange(n),
    }
    there = history.alive[customer, year]
    return {key: column[there] for key, column in rows.items()} | {"slots": n}


def _from_problems(history, first_slot):
    """Contacts in which a customer voiced a problem."""
    problems = history.problems
    rows = np.flatnonzero(problems["voiced"])
    same = ("customer", "period", "when", "need", "tricky", "agent", "kb_used", "resolved")
    return {key: problems[key][rows] for key in same} | {
        "process_code": np.where(problems["registered"][rows], COMPLAINT, SERVICE),
        "problem": rows,
        "slot": first_slot + rows,
        "slots": len(problems["voiced"]),
    }


def _said(setting, draw, rows):
    """What the customer wrote, or the agent noted."""
    index = {pair: number for number, pair in enumerate(kinds())}
    by_process = np.array([index["contact", name] for name in PROCESSES[:6]])
    spoken = rows["channel_code"] <= 1
    noted = spoken & (draw.uniform("interactions.noted") < _NOTED)
    noted &= rows["process_code"] != COMPLAINT
    kind = np.where(noted, index["note", "agent"], by_process[rows["process_code"]])
    return write_sentences(
        kind,
        rows["need"],
        draw.uniform("interactions.text", UNIFORMS_PER_ROW),
        relaunched=setting.scenario.drift & (rows["period"] >= RELAUNCH),
        decorate=~noted,
    )


def _labels(setting, people, staff, rows):
    n = len(rows["customer"])
    return {
        "interaction_id": setting.ids(n),
        "customer_id": people["customer_id"][rows["customer"]],
        "employee_id": staff["employee_id"][rows["agent"]],
        "ts": moment(rows["when"]),
        "channel": CHANNELS[rows["channel_code"]],
        "process": PROCESSES[rows["process_code"]],
        "topic": lexicon().topics[rows["need"] // NEEDS_PER_TOPIC],
        "need_id": rows["need"] + 1,
        "difficulty": np.where(rows["tricky"], "tricky", "routine").astype(object),
    }
