"""Yearly surveys: the questions of the satisfaction index, the recommendation score, silence."""

import numpy as np
from pandas.arrays import BooleanArray, IntegerArray
from scipy.special import expit

from ckmlab.datasets.kestrel.needs import choose_need
from ckmlab.datasets.kestrel.phrases import UNIFORMS_PER_ROW, kinds, write_sentences
from ckmlab.datasets.kestrel.setting import PERIODS, RELAUNCH
from ckmlab.datasets.streams import Slots

__all__ = ["ITEMS", "make_surveys"]

# Question -> (construct, loading, mean, standard deviation) on a scale from 1 to 10. Loadings of
# the European Customer Satisfaction Index, mobile operator, as printed in Monecke & Leisch (2012);
# cusl2 (at what price difference would you leave?) is a bad question there and stays one here.
# Means and deviations of cusa1-3 and cusl2 are published, the others are our own choice.
ITEMS = {
    **{f"imag{i}": ("image", loading, 7.3, 1.8)
       for i, loading in enumerate((0.743, 0.601, 0.578, 0.768, 0.744), start=1)},
    **{f"cuex{i}": ("expectation", loading, 7.4, 1.7)
       for i, loading in enumerate((0.771, 0.687, 0.612), start=1)},
    **{f"perq{i}": ("quality", loading, 7.5, 1.6)
       for i, loading in enumerate((0.803, 0.637, 0.784, 0.769, 0.756, 0.775, 0.779), start=1)},
    "perv1": ("value", 0.904, 6.4, 2.0),
    "perv2": ("value", 0.938, 6.8, 1.9),
    "cusa1": ("satisfaction", 0.799, 7.99, 1.23),
    "cusa2": ("satisfaction", 0.846, 7.13, 1.77),
    "cusa3": ("satisfaction", 0.852, 7.32, 1.75),
    "cusco": ("handling", 0.900, 6.7, 2.1),
    "cusl1": ("loyalty", 0.814, 7.5, 2.3),
    "cusl2": ("loyalty", 0.219, 4.99, 2.84),
    "cusl3": ("loyalty", 0.917, 7.6, 2.0),
}  # fmt: skip

# How far a year's experience moves each construct besides satisfaction.
_MOVED = {"satisfaction": 1.0, "handling": 0.8, "loyalty": 0.6, "quality": 0.4}

_SCORE_MEAN, _SCORE_SLOPE, _SCORE_NOISE = 7.32, 2.2, 0.5
_ANSWERS = (-1.35, 0.75, 0.20)  # log-odds: at average mood, per unit of mood, business
_ANSWERS_AT_RANDOM = 0.26
_REMEMBERS = 0.9
_COMMENTS = 0.35


def make_surveys(setting, people, history):
    """Ask every customer each year; most do not answer.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.
    history : History
        Their mood in each year.

    Returns
    -------
    tuple of dict
        Columns of ``surveys`` with answers where there are any, and of the sealed
        ``survey_truth`` with what everyone would have answered.
    """
    year, customer = np.nonzero(history.alive[:, :PERIODS].T)
    # A slot for each customer and year, so that an answer does not depend on who else is left.
    draw = Slots(setting.streams, setting.size * PERIODS, customer * PERIODS + year)
    moved = history.mood[customer, year] - people["satisfaction"][customer]
    mood = history.mood[customer, year]
    truth = {
        "wave": year + 1,
        "customer_id": people["customer_id"][customer],
        "nps": _score(draw, mood),
    } | {name: _item(draw, name, people, customer, moved) for name in ITEMS}
    chance = _response(setting, people["business"][customer], mood)
    answered = draw.uniform("surveys.responded") < chance
    haste = draw.uniform("surveys.response_day")
    # The content answer sooner: late answers resemble silence more.
    delay = np.floor(1 + 29 * haste ** np.exp(0.35 * mood))
    missing = ~answered
    public = {
        "wave": truth["wave"],
        "customer_id": truth["customer_id"],
        "invited": np.ones(len(year), dtype=bool),
        "responded": answered,
        "response_day": IntegerArray(delay.astype(np.int64), missing),
        "had_problem": BooleanArray(_remembered(setting, history, draw, year, customer), missing),
        "comment": _comments(setting, draw, people, customer, year, answered),
    } | {name: IntegerArray(truth[name], missing) for name in ("nps", *ITEMS)}
    return public, truth | {"mood": mood, "response_probability": chance}


def _score(draw, mood):
    raw = _SCORE_MEAN + _SCORE_SLOPE * mood + _SCORE_NOISE * draw.normal("surveys.nps")
    return np.clip(np.round(raw), 0, 10).astype(np.int64)


def _item(draw, name, people, customer, moved):
    construct, loading, mean, deviation = ITEMS[name]
    score = people[construct][customer] + _MOVED.get(construct, 0.0) * moved
    own = (1 - loading**2) ** 0.5 * draw.normal(f"surveys.{name}")
    return np.clip(np.round(mean + deviation * (loading * score + own)), 1, 10).astype(np.int64)


def _response(setting, business, mood):
    if not setting.scenario.nonresponse:
        return np.full(len(mood), _ANSWERS_AT_RANDOM)
    base, slope, firm = _ANSWERS
    return expit(base + slope * setting.scenario.nonresponse_strength * mood + firm * business)


def _remembered(setting, history, draw, year, customer):
    """Whether the customer recalls a problem of the year when asked."""
    problems = history.problems
    met = problems["met"]
    key = problems["customer"][met] * PERIODS + problems["period"][met] - 1
    had = np.bincount(key, minlength=setting.size * PERIODS) > 0
    return had[customer * PERIODS + year] & (draw.uniform("surveys.had_problem") < _REMEMBERS)


def _comments(setting, draw, people, customer, year, answered):
    """A sentence from some of those who answered; missing for the others."""
    rows = np.flatnonzero(answered & (draw.uniform("surveys.commented") < _COMMENTS))
    chosen = draw.at(rows)
    relaunched = year[rows] + 1 >= RELAUNCH
    need = choose_need(
        setting,
        "surveys.need",
        lead_user=people["lead_user"][customer[rows]],
        relaunched=relaunched,
        slots=chosen,
    )
    kind = np.full(len(rows), kinds().index(("contact", "comment")))
    comments = np.full(len(year), None, dtype=object)
    comments[rows] = write_sentences(
        kind,
        need,
        chosen.uniform("surveys.comment", UNIFORMS_PER_ROW),
        relaunched=setting.scenario.drift & relaunched,
    )
    return comments
