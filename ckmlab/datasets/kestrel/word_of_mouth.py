"""Referrals and the forum: what customers tell each other."""

import numpy as np
from scipy.special import expit

from ckmlab.datasets.kestrel.columns import nullable
from ckmlab.datasets.kestrel.lexicon import NEEDS_PER_TOPIC, lexicon
from ckmlab.datasets.kestrel.needs import choose_need
from ckmlab.datasets.kestrel.phrases import UNIFORMS_PER_ROW, kinds, write_sentences
from ckmlab.datasets.kestrel.setting import PERIODS, RELAUNCH, YEAR, day, moment
from ckmlab.datasets.streams import Slots

__all__ = ["make_forum", "make_referrals"]

_REFERS = (-2.2, 0.6)  # log-rate of referrals a year: at average mood, per unit of mood
_REWARD = 25.0

_CHATTER = 1.6  # potential posts per customer that no problem caused
_ZIPF = 1.1
_TALK, _LEAD = 0.8, 2.5
_POSTED_LOGIT, _POSTED_ONCE = -2.2, 0.15
_SEVERITY_POSTED = 1.1
_REPLIES = 0.65


def make_referrals(setting, people, history):
    """Who brought whom: first those in the panel, later people whom the panel does not follow.

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
    dict of str to array
        Columns of ``referrals``, ordered by date.
    """
    draw = setting.streams
    referred = np.flatnonzero(people["referrer"] >= 0)
    rate = np.exp(_REFERS[0] + _REFERS[1] * history.mood[:, 1:])
    u = draw.uniform("referrals.later", setting.size, PERIODS - 1)
    # One referral at most per year: the chance that a Poisson count is not zero.
    later, year = np.nonzero((u < 1 - np.exp(-rate)) & history.alive[:, 1:PERIODS])
    within = draw.uniform("referrals.ts", setting.size, PERIODS - 1)[later, year]
    who = np.concatenate([people["referrer"][referred], later])
    whom = np.concatenate([referred, np.full(len(later), -1)])
    when = np.concatenate(
        [people["start"][referred], people["start"][later] + YEAR * (year + 1 + within)]
    )
    order = np.argsort(when, kind="stable")
    return {
        "referral_id": setting.ids(len(order)),
        "referrer_id": people["customer_id"][who[order]],
        "referred_id": nullable(people["customer_id"], whom[order]),
        "ts": day(when[order]),
        "reward": np.full(len(order), _REWARD),
    }


def make_forum(setting, people, history):
    """Fill the forum: threads about problems, chatter of the talkative, replies.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.
    history : History
        Their problems and who was there.

    Returns
    -------
    dict of str to array
        Columns of ``forum``, ordered by time.
    """
    posts = _posts(setting, people, history)
    n = len(posts["when"])
    draw = Slots(setting.streams, posts.pop("slots"), posts["slot"])
    parent = _replied_to(draw, posts)
    thread = _root(parent)
    need = posts["need"][thread]
    reply = parent >= 0
    index = {pair: number for number, pair in enumerate(kinds())}
    text = write_sentences(
        np.where(reply, index["contact", "reply"], index["contact", "forum"]),
        need,
        draw.uniform("forum.text", UNIFORMS_PER_ROW),
        relaunched=setting.scenario.drift & (posts["when"] >= YEAR * (RELAUNCH - 1)),
        decorate=True,
    )
    ids = setting.ids(n)
    answered = np.bincount(thread[reply], minlength=n) > 0
    solved = answered & (draw.uniform("forum.solved") < 0.55)
    return {
        "post_id": ids,
        "thread_id": ids[thread],
        "author": posts["customer"],
        "author_id": people["customer_id"][posts["customer"]],
        "reply_to": nullable(ids, parent),
        "period": posts["period"],
        "ts": moment(posts["when"]),
        "topic": lexicon().topics[need // NEEDS_PER_TOPIC],
        "text": text,
        "about_problem": (posts["problem"] & ~reply),
        "solved": solved[thread],
        "need_id": need + 1,
    }


def _posts(setting, people, history):
    """Posts about own problems, and chatter; those of people who have left do not happen."""
    draw, problems = setting.streams, history.problems
    total = len(problems["met"])
    told = draw.uniform("forum.problem_posted", total) < _posting(setting, problems)
    rows = np.flatnonzero(problems["met"] & told)
    delay = 3 * draw.uniform("forum.delay", total)[rows]
    n = round(_CHATTER * setting.size)
    author = _talkers(setting, people, n)
    year = draw.whole("forum.year", n, PERIODS)
    when = people["start"][author] + YEAR * (year + draw.uniform("forum.ts", n))
    need = choose_need(
        setting,
        "forum.need",
        lead_user=people["lead_user"][author],
        relaunched=when >= YEAR * (RELAUNCH - 1),
    )
    there = np.flatnonzero(history.alive[author, year])
    posts = {
        "customer": np.concatenate([problems["customer"][rows], author[there]]),
        "when": np.concatenate([problems["when"][rows] + delay, when[there]]),
        "need": np.concatenate([problems["need"][rows], need[there]]),
        "period": np.concatenate([problems["period"][rows], year[there] + 1]),
        "problem": np.repeat([True, False], [len(rows), len(there)]),
        "slot": np.concatenate([rows, total + there]),
    }
    order = np.argsort(posts["when"], kind="stable")
    return {key: column[order] for key, column in posts.items()} | {"slots": total + n}


def _posting(setting, problems):
    """Chance that a problem is told in the forum.

    With the trap ``channel_dependence`` heavy problems, and several ones, are told more often.
    Otherwise everybody with a problem in a year has the same chance to tell: of the first one.
    """
    if setting.scenario.channel_dependence:
        slope = _SEVERITY_POSTED * setting.scenario.dependence_strength
        return expit(_POSTED_LOGIT + slope * np.log(problems["severity"] + 0.2))
    met = np.flatnonzero(problems["met"])
    year = problems["customer"][met] * PERIODS + problems["period"][met] - 1
    chance = np.zeros(len(problems["met"]))
    chance[met[np.unique(year, return_index=True)[1]]] = _POSTED_ONCE
    return chance


def _talkers(setting, people, n):
    """Authors of chatter: a few write most of it, and with the trap they are the lead users."""
    draw = setting.streams
    order = np.argsort(draw.uniform("forum.rank", setting.size), kind="stable")
    pull = np.empty(setting.size)
    pull[order] = (np.arange(setting.size) + 5.0) ** -_ZIPF
    pull *= np.exp(_TALK * people["talkativeness"])
    if setting.scenario.vocal_minority:
        pull *= np.exp(_LEAD * people["lead_user"])
    edges = np.cumsum(pull)
    u = draw.uniform("forum.author", n)
    return np.minimum(np.searchsorted(edges, u * edges[-1], side="right"), setting.size - 1)


def _replied_to(draw, posts):
    """The earlier post that a post replies to, or -1 for the start of a thread."""
    n = len(posts["when"])
    back = 1 + np.floor(25 * draw.uniform("forum.reply_back") ** 2).astype(int)
    target = np.arange(n) - back
    replies = ~posts["problem"] & (draw.uniform("forum.reply_to") < _REPLIES)
    return np.where(replies & (target >= 0), target, -1)


def _root(parent):
    """The first post of each post's thread."""
    root = np.where(parent < 0, np.arange(len(parent)), parent)
    while not np.array_equal(root[root], root):
        root = root[root]
    return root
