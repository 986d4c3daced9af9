"""Interviews and conversations: what customers need, and whether employees know it."""

import numpy as np

from ckmlab.datasets.kestrel.lexicon import lexicon
from ckmlab.datasets.kestrel.needs import mention_probability
from ckmlab.datasets.kestrel.setting import PERIODS

__all__ = ["DETECTION", "make_interviews", "make_need_rankings", "make_transcripts"]

DETECTION = 0.54
"""Share of the needs in a conversation that one analyst reads out of it."""

_INTERVIEWS = 40
_ANALYSTS = 2
_TURNS = 24
_PAIRS = 1 / 40  # employee-customer pairs that were asked, per customer
_RANKED = 6


def make_interviews(setting):
    """Interview some customers; two analysts read each transcript on their own.

    Parameters
    ----------
    setting : Setting
        The district.

    Returns
    -------
    dict of str to array
        Columns of ``interviews``: a row for each need that an analyst noted.
    """
    draw, labels = setting.streams, lexicon().need_labels
    count = min(_INTERVIEWS, setting.size)
    shape = (count, len(labels))
    mentioned = draw.uniform("interviews.mention", *shape) < mention_probability(setting)
    noted = draw.uniform("interviews.noted", *shape, _ANALYSTS) < DETECTION
    interview, analyst, need = np.nonzero((mentioned[:, :, None] & noted).transpose(0, 2, 1))
    customers = np.argsort(draw.uniform("interviews.customer", setting.size), kind="stable")
    return {
        "interview_id": setting.id_of(interview),
        "customer_id": setting.customer_ids(customers[:count][interview]),
        "analyst": np.array(["first", "second"], dtype=object)[analyst],
        "need_label": labels[need],
        "need_id": need + 1,
        "count": count,
        "mentioned": mentioned,
    }


def make_transcripts(setting, interviews):
    """Turns of the interviews: who said a fact, whether it was new, kept and to the point.

    Parameters
    ----------
    setting : Setting
        The district.
    interviews : dict
        What :func:`make_interviews` returned.

    Returns
    -------
    dict of str to array
        Columns of ``transcripts``; ``relevant`` is latent.
    """
    draw, count = setting.streams, interviews["count"]
    n = count * _TURNS
    interview, turn = np.divmod(np.arange(n), _TURNS)
    customer_speaks = draw.uniform("transcripts.speaker", n) < 0.62
    # Facts come from a pool of thirty per interview, so that some are said again.
    fact = draw.whole("transcripts.fact", n, 30)
    key = interview * 30 + fact
    first = np.zeros(n, dtype=bool)
    first[np.unique(key, return_index=True)[1]] = True
    relevant = (fact * 7 + interview) % 30 < 13
    u = draw.uniform("transcripts.kept", n)
    kept = np.where(relevant, u < 0.74, u < 0.18)
    return {
        "turn_id": setting.ids(n),
        "interview_id": setting.id_of(interview),
        "turn": turn + 1,
        "speaker": np.where(customer_speaks, "customer", "employee").astype(object),
        "fact_id": setting.id_of(key),
        "minutes": np.round(0.4 + 1.6 * draw.uniform("transcripts.minutes", n), 1),
        "novel": first,
        "kept": kept,
        "relevant": relevant,
    }


def make_need_rankings(setting, people, staff, history):
    """Let employees rank what a customer needs, before and after talking to the customer.

    Employees know customers of their own age better, and those who keep things to themselves
    listen less; a conversation brings both views closer.

    Parameters
    ----------
    setting : Setting
        The district.
    people, staff : dict
        Customers and employees.
    history : History
        How long each customer stayed.

    Returns
    -------
    dict of str to array
        Columns of ``need_rankings``: six needs for each pair and moment.
    """
    draw = setting.streams
    pairs = max(10, round(_PAIRS * setting.size))
    customer = draw.whole("need_rankings.customer", pairs, setting.size)
    employee = staff["desk"][draw.whole("need_rankings.employee", pairs, len(staff["desk"]))]
    gap = np.abs(people["birth_year"][customer] - staff["birth_year"][employee])
    years = history.alive[customer, :PERIODS].sum(axis=1)
    blur = 0.9 + 0.02 * gap + 0.6 * staff["hoarding"][employee] - 0.06 * years
    worth = draw.normal("need_rankings.worth", pairs, _RANKED)
    stated = worth + 0.25 * draw.normal("need_rankings.stated", pairs, _RANKED)
    guess = draw.normal("need_rankings.guess", pairs, _RANKED)
    views = {"before": worth + blur[:, None] * guess, "after": worth + 0.5 * blur[:, None] * guess}
    needs = np.argsort(
        draw.uniform("need_rankings.need", pairs, len(lexicon().need_labels)), axis=1
    )[:, :_RANKED]
    n = pairs * _RANKED
    moments = np.repeat(np.array(list(views), dtype=object), n)
    twice = np.tile(np.repeat(np.arange(pairs), _RANKED), 2)
    return {
        "pair_id": setting.id_of(twice),
        "employee_id": staff["employee_id"][employee[twice]],
        "customer_id": people["customer_id"][customer[twice]],
        "moment": moments,
        "need_label": np.tile(lexicon().need_labels[needs].ravel(), 2),
        "rank_employee": np.concatenate([_ranks(view) for view in views.values()]),
        "rank_customer": np.tile(_ranks(stated), 2),
        "rank_true": np.tile(_ranks(worth), 2),
    }


def _ranks(scores):
    """Rank 1 for the largest in each row."""
    return (np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1) + 1).ravel()
