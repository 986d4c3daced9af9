"""The four goals of customer knowledge management, each by measures between 0 and 1.

Bueren, Schierholz, Kolbe and Brenner name transparency, dissemination, development and
efficiency, in this order: what is not transparent cannot be spread, and only who sees and
spreads knows what is lacking. More is better in every measure here.
"""

from ckmlab.capture import chao2, incidence_table
from ckmlab.intervals import proportion
from ckmlab.organize import completeness_score, search_items, stale_share, success_at_k
from ckmlab.results import Estimate
from ckmlab.scorecard.cells import complement
from ckmlab.scorecard.measure import Measure
from ckmlab.share import item_reach, link_rate, reach, reuse_rate

__all__ = ["GOALS", "goal_measures"]

GOALS = ["transparency", "dissemination", "development", "efficiency"]
CATALOGUE = ["ktype_coded", "created_process", "valid_until", "sensitivity", "channel"]


def goal_measures():
    """The measures of the four goals.

    Returns
    -------
    list of Measure

    Examples
    --------
    >>> sorted({measure.area for measure in goal_measures()})
    ['development', 'dissemination', 'efficiency', 'transparency']
    """
    return [
        Measure(
            "transparency",
            "catalogue completeness",
            {"knowledge_items": CATALOGUE},
            lambda knowledge_items: completeness_score(knowledge_items, CATALOGUE),
        ),
        Measure(
            "transparency",
            "findability (success@3)",
            {"knowledge_items": ["item_id", "text"], "queries": ["query_id", "text", "item_id"]},
            lambda knowledge_items, queries: success_at_k(
                search_items(knowledge_items, queries), queries, k=3
            ),
        ),
        Measure(
            "dissemination",
            "employees reached",
            {"access_log": ["employee_id"], "employees": ["employee_id"]},
            lambda access_log, employees: reach(access_log, employees),
        ),
        Measure(
            "dissemination",
            "items opened by others than their author",
            {
                "knowledge_items": ["item_id", "employee_id"],
                "access_log": ["item_id", "employee_id"],
            },
            lambda knowledge_items, access_log: reuse_rate(knowledge_items, access_log),
        ),
        Measure(
            "development",
            "needs heard, of the needs there are",
            {"interviews": ["interview_id", "need_label"]},
            known_share,
        ),
        Measure(
            "development",
            "ideas adopted",
            {"ideas": ["adopted"]},
            lambda ideas: proportion(int(ideas.adopted.sum()), len(ideas), method="ideas adopted"),
        ),
        Measure(
            "efficiency",
            "stored items that are used",
            {"knowledge_items": ["item_id"], "access_log": ["item_id", "employee_id"]},
            _used_share,
        ),
        Measure(
            "efficiency",
            "cases solved with a linked item",
            {"interactions": ["kb_item_id", "resolved"]},
            lambda interactions: link_rate(interactions),
        ),
        Measure(
            "efficiency",
            "items within their date",
            {"knowledge_items": ["valid_until"], "access_log": ["ts"]},
            _valid_share,
        ),
    ]


def known_share(interviews):
    """Share of the needs there are that have been heard: seen over Chao2.

    Parameters
    ----------
    interviews : pandas.DataFrame
        One row per mention: ``interview_id`` and ``need_label``.

    Returns
    -------
    Estimate
        An upper bound, since Chao2 is a lower one.
    """
    heard = incidence_table(interviews)
    total = chao2(heard)
    seen = heard.shape[1]
    return Estimate(
        seen / total.value,
        seen / total.high,
        seen / total.low,
        n=total.n,
        method="needs heard / Chao2",
        notes=("an upper bound: needs that hardly anybody voices leave no trace",),
    )


def _used_share(knowledge_items, access_log):
    people = item_reach(access_log, knowledge_items)["opens"]
    return proportion(int((people > 0).sum()), len(people), method="used / stored items")


def _valid_share(knowledge_items, access_log):
    stale = stale_share(knowledge_items, access_log.ts.max())
    return complement(stale)
