"""Two coders label the same sub-sample of items, without talking to each other."""

import numpy as np

from ckmlab.datasets.kestrel.store import CODERS, TRAINED, TYPES, confusion
from ckmlab.datasets.streams import choose_rows

__all__ = ["make_codings"]

_CODED = 0.20
_CODED_AT_LEAST = 60


def make_codings(setting, items):
    """Let coders A and B label a random sub-sample.

    Both confuse types with the same probabilities, independently; when the trap ``coder_error``
    is off both are trained coders, who still are not perfect.

    Parameters
    ----------
    setting : Setting
        The district.
    items : dict
        Knowledge items.

    Returns
    -------
    dict of str to array
        Columns of ``codings``: two rows per coded item.
    """
    n, draw = len(items["item_id"]), setting.streams
    size = min(n, max(_CODED_AT_LEAST, round(_CODED * n)))
    chosen = np.sort(np.argsort(draw.uniform("codings.item", n), kind="stable")[:size])
    kind = items["type_code"][chosen]
    table = confusion(setting, CODERS, otherwise=TRAINED)
    labels = [
        choose_rows(draw.uniform(f"codings.{coder}", size), table, kind) for coder in ("A", "B")
    ]
    hard = items["clarity"][chosen] != "clear"
    effort = draw("codings.seconds").gamma(5.0, 0.2, size=2 * size)
    seconds = np.round(effort * (14 + 10 * np.tile(hard, 2)), 1)
    rows = {
        "item_id": np.tile(items["item_id"][chosen], 2),
        "coder": np.repeat(np.array(["A", "B"], dtype=object), size),
        "label": TYPES[np.concatenate(labels)],
        "seconds": seconds,
    }
    order = np.argsort(rows["item_id"], kind="stable")
    return {key: column[order] for key, column in rows.items()}
