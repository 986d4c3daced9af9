"""Who answered a survey, and what the silent would have said."""

import numpy as np
import pandas as pd

from ckmlab.plots._house import CAUTION, tint
from ckmlab.plots._words import count, percent
from ckmlab.value.attitude import nps
from ckmlab.views import COLOURS, QUIET, house_style, picture

__all__ = ["silence"]


@house_style()
def silence(scores, responded):
    """Draw everybody's recommendation scores, and in them those of the people who answered.

    Only with synthetic data, or after following up the silent, does one know both.

    Parameters
    ----------
    scores : sequence of int, shape (people,)
        Scores from 0 to 10 of everybody invited.
    responded : sequence of bool, shape (people,)
        Who answered.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the lengths differ or nobody answered.

    Examples
    --------
    >>> silence([10, 9, 8, 3, 2, 0], [True, True, True, False, False, False]).title
    'NPS +67 among the 50 % who answered, -17 among everybody'
    """
    everybody = pd.Series(list(scores))
    answered = pd.Series(list(responded)).astype(bool)
    if len(everybody) != len(answered):
        raise ValueError(f"{len(everybody)} scores but {len(answered)} responded; one per person")
    if not answered.any():
        raise ValueError("responded is False throughout: nobody answered, so there is no score")
    heard, true = nps(everybody[answered]), nps(everybody)
    fig, ax = picture(8, 4.2)
    _bars(ax, everybody, answered)
    rate = answered.mean()
    fig.title = (
        f"NPS {heard.value:+.0f} among the {percent(rate)} who answered, "
        f"{true.value:+.0f} among everybody"
    )
    fig.alt = _alt(everybody, answered, heard, true)
    return fig


def _bars(ax, everybody, answered):
    places = np.arange(11)
    total = np.bincount(everybody.astype(int), minlength=11)
    heard = np.bincount(everybody[answered].astype(int), minlength=11)
    colours = [CAUTION] * 7 + [QUIET] * 2 + [COLOURS["blue"]] * 2
    ax.bar(places, total, width=0.86, color=[tint(c, 0.16) for c in colours], ec=colours, lw=0.8)
    ax.bar(places, heard, width=0.86, color=colours)
    top = 1.22 * total.max()
    ax.set(ylim=(0, 1.25 * total.max()), xlabel="How likely are you to recommend us? (0 to 10)")
    ax.set_ylabel("people")
    ax.set_xticks(places)
    for left, right, name, colour in [(0, 6, "detractors", CAUTION), (7, 8, "passives", QUIET),
                                      (9, 10, "promoters", COLOURS["blue"])]:  # fmt: skip
        chosen = slice(left, right + 1)
        share = heard[chosen].sum() / max(total[chosen].sum(), 1)
        words = f"{name}: {percent(share)} answered" if left == 0 else f"{name}\n{percent(share)}"
        ax.text((left + right) / 2, top, words, ha="center", va="top", color=colour, weight="bold")


def _alt(everybody, answered, heard, true):
    rows = [
        f"{score}: {count(((everybody == score) & answered).sum())} of "
        f"{count((everybody == score).sum())}"
        for score in range(11)
    ]
    return (
        f"Scores of {count(len(everybody))} people and how many of them answered. "
        f"{'; '.join(rows)}. NPS of those who answered {heard.value:+.1f} (interval "
        f"{heard.low:+.1f} to {heard.high:+.1f}), of everybody {true.value:+.1f}."
    )
