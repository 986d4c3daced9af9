"""A fixed set of questions to the store, each with the item that answers it."""

import numpy as np

from ckmlab.datasets.kestrel.phrases import UNIFORMS_PER_ROW, kinds, write_sentences
from ckmlab.datasets.kestrel.store import FOR

__all__ = ["make_queries"]

_QUERIES = 60


def make_queries(setting, items):
    """Ask for what some items written for customers say, in words of one's own.

    Parameters
    ----------
    setting : Setting
        The district.
    items : dict
        Knowledge items.

    Returns
    -------
    dict of str to array
        Columns of ``queries``.
    """
    draw = setting.streams
    answers = np.flatnonzero((items["type_code"] == FOR) & (items["duplicate_of_row"] < 0))
    n = min(_QUERIES, len(answers))
    order = np.argsort(draw.uniform("queries.item", len(answers)), kind="stable")
    chosen = answers[np.sort(order[:n])]
    kind = np.full(n, kinds().index(("contact", "query")))
    return {
        "query_id": setting.ids(n),
        "text": write_sentences(
            kind, items["need"][chosen], draw.uniform("queries.text", n, UNIFORMS_PER_ROW)
        ),
        "item_id": items["item_id"][chosen],
    }
