"""Eight years of Kestrel: problems, their handling, what it does to mood, and who stays.

The one causal chain of the company. What is captured fills the knowledge store; a store that is
well organized and shared is used; used knowledge, by trained staff, solves more contacts at once;
registered and solved problems are forgiven, the others are not; and the mood at the end of the
year moves the odds of renewal. Each step compares a probability with a uniform that was drawn
beforehand, so that a policy changes only what it causes.
"""

from dataclasses import dataclass

import numpy as np

from ckmlab.datasets.kestrel.lexicon import NEEDS_PER_TOPIC, lexicon
from ckmlab.datasets.kestrel.problems import (
    REFERENCE,
    draw_problems,
    problem_rate,
    registration,
    self_service_share,
)
from ckmlab.datasets.kestrel.setting import PERIODS

__all__ = ["KB_EFFECT", "History", "chance_of_leaving", "live_through", "solve", "use_of_store"]

KB_EFFECT = 0.08
"""What looking things up adds to the chance of solving a contact at once, at the usual training."""

_LOOK_UP = (0.25, 0.75)
_SOLVE = (0.80, 0.35)
_STOCK_KEPT = 0.5
_STOCK_PRIOR = 5.0
_WEIGHT_SILENT = 0.35
_WEIGHT_UNSOLVED = 0.80
_WEIGHT_RECOVERED = 0.05
_USUAL_WEIGHT = 0.33
_CHURN_MOOD = 1.6
_LOCK_IN_BELOW = -0.5
_LOCK_IN_HAZARD = 0.5


@dataclass(frozen=True)
class History:
    """What happened: who was there in each period, their mood, each problem's fate.

    ``alive`` and ``mood`` have one row per customer and one column per period; ``alive`` has one
    more, for who renewed at the end. ``store`` is how ready the knowledge store was, by period
    and topic, with 1 for the reference policy.
    """

    alive: np.ndarray
    mood: np.ndarray
    hazard: np.ndarray
    store: np.ndarray
    problems: dict


def live_through(setting, people, staff):
    """Simulate the years one after the other.

    Parameters
    ----------
    setting : Setting
        The district, with the scenario's policy.
    people, staff : dict
        Its customers and employees.

    Returns
    -------
    History
    """
    problems = draw_problems(setting, people)
    n, topics = setting.size, len(lexicon().topics)
    renewal = setting.streams.uniform("contracts.renewed", n, PERIODS)
    alive = np.zeros((n, PERIODS + 1), dtype=bool)
    mood = np.empty((n, PERIODS))
    hazard = np.empty((n, PERIODS))
    store = np.empty((PERIODS, topics))
    stock = np.ones(topics)
    alive[:, 0] = True
    edges = np.searchsorted(problems["period"], np.arange(1, PERIODS + 2))
    fates = []
    for year in range(PERIODS):
        store[year] = _readiness(stock, setting.scenario)
        rows = {key: column[edges[year] : edges[year + 1]] for key, column in problems.items()}
        fate = _handle(setting, people, staff, rows, alive[:, year], store[year])
        fates.append(fate)
        experience = -np.bincount(rows["customer"], fate["burden"], minlength=n)
        usual = _USUAL_WEIGHT * problem_rate(setting, people)
        mood[:, year] = people["satisfaction"] + experience + usual
        hazard[:, year] = _hazard(people, experience + usual, mood[:, year])
        alive[:, year + 1] = alive[:, year] & (renewal[:, year] >= hazard[:, year])
        stock = _restock(stock, rows, fate, setting.scenario, topics)
    joined = {key: np.concatenate([fate[key] for fate in fates]) for key in fates[0]}
    return History(alive, mood, hazard, store, problems | joined)


def _readiness(stock, scenario):
    """How often the store has what is looked for, relative to the reference policy."""
    ratio = scenario.organize / REFERENCE["organize"] * scenario.share / REFERENCE["share"]
    return (1 - np.exp(-1.6 * stock * ratio)) / (1 - np.exp(-1.6))


def use_of_store(uniform, looks_tricky, store):
    """Whether the agent looked it up: more often in what looks tricky, if the store is ready."""
    wish = np.where(looks_tricky, _LOOK_UP[1], _LOOK_UP[0])
    return uniform < np.minimum(0.97, wish * store)


def solve(uniform, tricky, used, skill, transfer):
    """Whether a contact is solved at once."""
    base = np.where(tricky, _SOLVE[1], _SOLVE[0])
    return uniform < base + skill + KB_EFFECT * (0.5 + transfer) * used


def _handle(setting, people, staff, rows, alive, store):
    """The fate of one year's problems."""
    customer = rows["customer"]
    scenario = setting.scenario
    met = alive[customer]
    helped = self_service_share(people, scenario.publish)[customer]
    self_served = met & (rows["u_self_served"] < helped)
    met = met & ~self_served
    voiced = met & (rows["u_voiced"] < rows["p_voiced"])
    registered = voiced & (rows["u_registered"] < registration(setting, rows["severity"]))
    ready = store[rows["need"] // NEEDS_PER_TOPIC]
    used = voiced & use_of_store(rows["u_kb"], rows["looks_tricky"], ready)
    agent = staff["desk"][(rows["u_agent"] * len(staff["desk"])).astype(int)]
    skill = staff["skill"][agent]
    solved = voiced & solve(rows["u_resolved"], rows["tricky"], used, skill, scenario.transfer)
    made_good = registered & (rows["u_recovered"] < 0.5 + 0.2 * ready)
    recovered = solved | made_good
    weight = np.select(
        [~met, recovered, voiced], [0.0, _WEIGHT_RECOVERED, _WEIGHT_UNSOLVED], _WEIGHT_SILENT
    )
    return {
        "met": met,
        "self_served": self_served,
        "voiced": voiced,
        "registered": registered,
        "escalated": registered & (rows["u_escalated"] < rows["p_escalated"]),
        "kb_used": used,
        "resolved": solved,
        "recovered": recovered & voiced,
        "agent": agent,
        "burden": weight * rows["severity"],
    }


def _hazard(people, shift, mood):
    """Chance of leaving at the end of the year: own propensity, moved by this year's experience."""
    # The uncovered part of an unhappy customer's wish to leave is held back by switching costs.
    held = people["locked_in"] & (mood < _LOCK_IN_BELOW)
    theta = np.clip(people["theta"], 1e-9, 1 - 1e-9)
    odds = theta / (1 - theta) * np.exp(-_CHURN_MOOD * shift)
    return np.where(held, _LOCK_IN_HAZARD, 1.0) * odds / (1 + odds)


def chance_of_leaving(people, mood, problems, voiced):
    """Chance of leaving at the end of a year, had voiced problems all or never been made good.

    Parameters
    ----------
    people : dict
        Customers.
    mood : array
        Their mood at the end of the year as it was.
    problems : dict
        Problems that were met, with ``customer``, ``severity`` and ``burden``.
    voiced : array of bool
        Which of the problems were voiced in that year.

    Returns
    -------
    dict of str to array
        ``"all"`` and ``"none"``: a chance per customer.
    """
    customer, n = problems["customer"][voiced], len(mood)
    severity = np.bincount(customer, problems["severity"][voiced], minlength=n)
    burden = np.bincount(customer, problems["burden"][voiced], minlength=n)
    without = mood + burden
    return {
        name: _hazard(people, after - people["satisfaction"], after)
        for name, after in (
            ("all", without - _WEIGHT_RECOVERED * severity),
            ("none", without - _WEIGHT_UNSOLVED * severity),
        )
    }


def _restock(stock, rows, fate, scenario, topics):
    """Half of the stock ages away each year; what is captured replaces it, topic by topic."""
    topic = rows["need"] // NEEDS_PER_TOPIC
    voiced = np.bincount(topic, fate["voiced"], minlength=topics)
    captured = np.bincount(topic, fate["registered"], minlength=topics)
    share = (captured + _STOCK_PRIOR * scenario.capture) / (voiced + _STOCK_PRIOR)
    return _STOCK_KEPT * stock + (1 - _STOCK_KEPT) * share / REFERENCE["capture"]
