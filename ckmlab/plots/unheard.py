"""Who answered a survey, and what the silent would have said."""

import numpy as np
import pandas as pd

from ckmlab.arguments import clean_numbers
from ckmlab.plots._house import CAUTION, tint
from ckmlab.plots._words import count, percent
from ckmlab.views import COLOURS, QUIET, house_style, picture

__all__ = ["silence", "survey_answers"]

GROUPS = [
    (0, 6, "detractors", CAUTION),
    (7, 8, "passives", QUIET),
    (9, 10, "promoters", COLOURS["blue"]),
]
SCORE_COLOURS = [colour for left, right, _, colour in GROUPS for _ in range(left, right + 1)]


@house_style()
def silence(scores, responded, *, heard, everybody):
    """Draw everybody's recommendation scores, and in them those of the people who answered.

    Only with synthetic data, or after following up the silent, does one know both.

    Parameters
    ----------
    scores : sequence of int, shape (people,)
        Scores from 0 to 10 of everybody invited.
    responded : sequence of bool, shape (people,)
        Who answered.
    heard, everybody : Estimate
        Net promoter score of those who answered, and of all
        (:func:`ckmlab.value.attitude.nps`).

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the lengths differ or nobody answered.

    Examples
    --------
    >>> from ckmlab.value.attitude import nps
    >>> scores, responded = [10, 9, 8, 3, 2, 0], [True, True, True, False, False, False]
    >>> silence(scores, responded, heard=nps(scores[:3]), everybody=nps(scores)).title
    'NPS +67 among the 50 % who answered, -17 among everybody'
    """
    given = pd.Series(clean_numbers("scores", scores, missing="refuse"))
    answered = pd.Series(list(responded)).astype(bool)
    if len(given) != len(answered):
        raise ValueError(f"{len(given)} scores but {len(answered)} responded; one per person")
    if not answered.any():
        raise ValueError("responded is False throughout: nobody answered, so there is no score")
    fig, ax = picture(8, 4.2)
    _bars(ax, given, answered)
    rate = answered.mean()
    fig.title = (
        f"NPS {float(heard):+.0f} among the {percent(rate)} who answered, "
        f"{float(everybody):+.0f} among everybody"
    )
    fig.alt = _alt(given, answered, heard, everybody)
    return fig


@house_style()
def survey_answers(scores, score):
    """Draw a survey as it comes back: the scores that were given, and beside them the silence.

    Parameters
    ----------
    scores : sequence of int, shape (people,)
        Scores from 0 to 10 of everybody invited; missing for those who did not answer.
    score : Estimate
        Their net promoter score (:func:`ckmlab.value.attitude.nps`).

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If nobody answered.

    Examples
    --------
    >>> from ckmlab.value.attitude import nps
    >>> scores = [10, 9, 8, 3, None, None, None, None]
    >>> survey_answers(scores, nps(scores)).title
    '4 of 8 answered and give an NPS of +25; 4 said nothing'
    """
    asked = pd.Series(clean_numbers("scores", scores, missing="keep"))
    given = asked.dropna()
    silent = len(asked) - len(given)
    heights = np.bincount(given.astype(int), minlength=11)
    fig, ax = picture(8, 4.2)
    ax.bar(np.arange(11), heights, width=0.86, color=SCORE_COLOURS)
    if silent:
        ax.bar(12.4, silent, width=1.4, color=tint(QUIET, 0.15), ec=QUIET, ls="--")
    ax.bar_label(ax.containers[-1] if silent else ax.containers[0], padding=2, weight="bold")
    ax.set_xticks([*range(11), *([12.4] if silent else [])])
    ax.set_xticklabels([*map(str, range(11)), *(["no answer"] if silent else [])])
    ax.set(xlabel="How likely are you to recommend us? (0 to 10)", ylabel="people")
    top = 1.12 * max(heights.max(), silent)
    ax.set(ylim=(0, top))
    for left, right, name, colour in GROUPS:
        people = count(heights[left : right + 1].sum())
        ax.text((left + right) / 2, 1.08 * heights.max() + 0.02 * top, f"{people}\n{name}",
                ha="center", color=colour, weight="bold")  # fmt: skip
    fig.title = (
        f"{count(len(given))} of {count(len(asked))} answered and give an NPS of "
        f"{score.value:+.0f}; {count(silent)} said nothing"
    )
    rows = "; ".join(f"{value}: {count(people)}" for value, people in enumerate(heights))
    fig.alt = (
        f"Scores that {count(len(given))} people gave. {rows}. No answer: {count(silent)}. "
        f"NPS {score.value:+.1f}, interval {score.low:+.1f} to {score.high:+.1f}."
    )
    return fig


def _bars(ax, everybody, answered):
    places = np.arange(11)
    total = np.bincount(everybody.astype(int), minlength=11)
    heard = np.bincount(everybody[answered].astype(int), minlength=11)
    pale = [tint(colour, 0.16) for colour in SCORE_COLOURS]
    ax.bar(places, total, width=0.86, color=pale, ec=SCORE_COLOURS, lw=0.8)
    ax.bar(places, heard, width=0.86, color=SCORE_COLOURS)
    top = 1.22 * total.max()
    ax.set(ylim=(0, 1.25 * total.max()), xlabel="How likely are you to recommend us? (0 to 10)")
    ax.set_ylabel("people")
    ax.set_xticks(places)
    for left, right, name, colour in GROUPS:
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
