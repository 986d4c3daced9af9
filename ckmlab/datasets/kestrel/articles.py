"""Knowledge for customers: articles in plainer and stricter versions, and what readers learn."""

import numpy as np
from scipy.special import expit

from ckmlab.datasets.kestrel.columns import nullable
from ckmlab.datasets.kestrel.store import FOR

__all__ = ["LEARNING_GAIN", "make_articles", "make_quiz", "success_probability"]

LEARNING_GAIN = 0.45
"""Share of what a reader did not know yet that is learned, at the usual training."""

_ARTICLES = 1 / 100  # per customer
_VERSIONS = 3
_GROUPS = np.array(["low", "middle", "high"], dtype=object)
_GROUP_SKILL = np.array([0.55, 0.80, 1.15])
_READERS = 1 / 12


def make_articles(setting, items):
    """Publish some items as articles, each in three versions, and count who got along with them.

    Long sentences lose readers of low skill; left-out facts lose everyone. So each group has a
    best version of its own.

    Parameters
    ----------
    setting : Setting
        The district.
    items : dict
        Knowledge items.

    Returns
    -------
    dict of str to array
        Columns of ``articles``: a row for each version and skill group.
    """
    draw = setting.streams
    sources = np.flatnonzero(items["type_code"] == FOR)
    count = min(len(sources), max(5, round(_ARTICLES * setting.size)))
    chosen = np.sort(np.argsort(draw.uniform("articles.item", len(sources)), kind="stable")[:count])
    article, version, group = (
        axis.ravel() for axis in np.meshgrid(*map(np.arange, (count, _VERSIONS, 3)), indexing="ij")
    )
    words = 8 + 7 * np.arange(_VERSIONS) + 3 * draw.uniform("articles.words", count, _VERSIONS)
    precision = (
        0.42
        + 0.2 * np.arange(_VERSIONS)
        + 0.12 * draw.uniform("articles.precision", count, _VERSIONS)
    )
    words = np.round(words, 1)[article, version]
    precision = np.round(precision, 2)[article, version]
    views = draw("articles.views").poisson(60.0, size=len(article))
    chance = success_probability(words, precision, _GROUP_SKILL[group])
    return {
        "article_id": setting.id_of(article),
        "version": version + 1,
        "skill_group": _GROUPS[group],
        "item_id": items["item_id"][sources[chosen]][article],
        "words_per_sentence": words,
        "precision": precision,
        "views": views,
        "success": draw("articles.success").binomial(views, chance),
        "success_probability": chance,
        "articles": count,
    }


def success_probability(words_per_sentence, precision, skill):
    """Chance that a reader solves the problem with the article.

    Parameters
    ----------
    words_per_sentence : array
        Mean length of sentences: the burden.
    precision : array
        Share of the expert's facts that were kept.
    skill : array
        Reader's skill, 0 to 1.

    Returns
    -------
    array
    """
    burden = words_per_sentence / 12 / skill
    return expit(0.6 - 0.9 * (burden - 1) ** 2 + 3.0 * (precision - 0.5))


def make_quiz(setting, people, staff, articles):
    """Let employees and customers take a test before and after reading.

    Parameters
    ----------
    setting : Setting
        The district.
    people, staff, articles : dict
        Customers, employees and articles.

    Returns
    -------
    dict of str to array
        Columns of ``quiz``: scores are shares of right answers out of twenty.
    """
    draw = setting.streams
    readers = round(_READERS * setting.size)
    customer = np.concatenate(
        [np.full(3 * setting.staff, -1), draw.whole("quiz.customer", readers, setting.size)]
    )
    n = len(customer)
    employee = np.where(customer < 0, np.arange(n) % setting.staff, -1)
    knows = np.where(customer < 0, 0.55, 0.2 + 0.08 * people["skill_level"][customer])
    before = np.clip(knows + 0.15 * draw.normal("quiz.pre", n), 0.05, 0.95)
    trained = np.where(customer < 0, 0.5 + setting.scenario.transfer, 1.0)
    own = np.clip(LEARNING_GAIN * trained + 0.12 * draw.normal("quiz.gain", n), 0, 1)
    after = before + own * (1 - before)
    marks = {
        name: draw(f"quiz.{name}_marks").binomial(20, p)
        for name, p in (("pre", before), ("post", after))
    }
    # Whoever knew everything has nothing to learn: one question is always hard.
    marks["pre"] = np.minimum(marks["pre"], 19)
    return {
        "quiz_id": setting.ids(n),
        "employee_id": nullable(staff["employee_id"], employee),
        "customer_id": nullable(people["customer_id"], customer),
        "article_id": setting.id_of(draw.whole("quiz.article", n, articles["articles"])),
        "pre": marks["pre"] / 20,
        "post": marks["post"] / 20,
        "gain": np.round(own, 4),
    }
