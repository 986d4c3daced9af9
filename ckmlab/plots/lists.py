"""Two lists of the same people, true to scale, and how many people are on neither."""

import math
from itertools import pairwise

from matplotlib.patches import Circle, Rectangle
from scipy.optimize import brentq

from ckmlab.arguments import check_count
from ckmlab.plots._house import CAUTION, bare, tint
from ckmlab.plots._words import count, percent
from ckmlab.views import COLOURS, INK, house_style, picture

__all__ = ["overlap"]


@house_style()
def overlap(n1, n2, both, estimate, *, names=("list 1", "list 2"), truth=None):
    """Draw two overlapping lists, true to scale, beside the estimate of all there are.

    Parameters
    ----------
    n1, n2 : int
        Number of different people on the first and on the second list.
    both : int
        Number of people on both.
    estimate : Estimate
        Number of people, seen or not: what :func:`ckmlab.capture.chapman`,
        :func:`ckmlab.capture.lincoln_petersen` or :func:`ckmlab.capture.loglinear` returns.
    names : tuple of str
        What the two lists are.
    truth : float, optional
        The true number of people, drawn as a line.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If ``both`` exceeds a list, or the estimate is below the number already seen.

    Examples
    --------
    >>> from ckmlab.capture import chapman
    >>> overlap(120, 90, 36, chapman(120, 90, 36), names=("forum", "desk")).title
    'The two lists know 174 people; about 123 more are on neither'
    """
    n1, n2 = check_count("n1", n1, least=1), check_count("n2", n2, least=1)
    both = check_count("both", both)
    seen = n1 + n2 - both
    if both > min(n1, n2):
        raise ValueError(f"both is {both}, more than the shorter list holds ({min(n1, n2)})")
    if float(estimate) < seen:
        raise ValueError(f"the estimate is {float(estimate):.0f}, but {seen} people are known")
    fig, (left, right) = picture(8, 3.8, columns=2, width_ratios=[1.15, 1])
    _circles(left, n1, n2, both, names)
    _bar(right, seen, estimate, truth)
    fig.title = _title(seen, estimate)
    fig.alt = _alt(n1, n2, both, estimate, names, truth)
    fig.caption = (
        "Circles: area is number of people. Bar: hatched are people on neither list, the thin "
        f"line is the {100 * estimate.level:g} % interval ({estimate.method})."
    )
    return fig


def _circles(ax, n1, n2, both, names):
    one, two = math.sqrt(n1 / math.pi), math.sqrt(n2 / math.pi)
    apart = _distance(one, two, both)
    bare(ax).set(aspect="equal", xlim=(-1.05 * one, max(apart + two, one) * 1.03))
    tall = max(one, two)
    ax.set_ylim(-1.05 * tall, 1.45 * tall)
    colours = [COLOURS["blue"], COLOURS["orange"]]
    for x, radius, colour in zip([0, apart], [one, two], colours, strict=True):
        ax.add_patch(Circle((x, 0), radius, facecolor=colour, alpha=0.35, lw=0))
        ax.add_patch(Circle((x, 0), radius, fill=False, edgecolor=colour, lw=2))
    edges = [-one, apart - two, one, apart + two]
    for (left, right), n in zip(pairwise(edges), [n1 - both, both, n2 - both], strict=True):
        if n:
            ax.text((left + right) / 2, 0, count(n), ha="center", va="center", fontsize=12)
    for x, side, name, n in [(-one, "left", names[0], n1), (apart + two, "right", names[1], n2)]:
        ax.text(x, 1.1 * tall, f"{name}\n{count(n)}", ha=side, va="bottom", weight="bold")


def _distance(one, two, area):
    """How far apart two circles stand whose common area is given."""

    def excess(distance):
        return _common_area(one, two, distance) - area

    closest, furthest = abs(one - two), one + two
    if area <= 0:
        return furthest
    return closest if excess(closest) <= 0 else brentq(excess, closest, furthest)


def _common_area(one, two, distance):
    if distance <= abs(one - two):
        return math.pi * min(one, two) ** 2
    if distance >= one + two:
        return 0.0
    pieces = 0.0
    for radius, other in [(one, two), (two, one)]:
        to_chord = (distance**2 + radius**2 - other**2) / (2 * distance)
        half_angle = math.acos(max(-1.0, min(1.0, to_chord / radius)))
        pieces += radius**2 * (half_angle - math.sin(2 * half_angle) / 2)
    return pieces


def _bar(ax, seen, estimate, truth):
    value = float(estimate)
    high = value if math.isnan(estimate.high) else estimate.high
    ax.add_patch(Rectangle((0, 0), seen, 1, color=tint(COLOURS["green"], 0.6), lw=0))
    style = {"facecolor": "white", "edgecolor": CAUTION, "hatch": "////", "lw": 1}
    ax.add_patch(Rectangle((seen, 0), value - seen, 1, **style))
    ax.plot([estimate.low, estimate.high], [1.2, 1.2], color=INK, lw=1.5, marker="|", ms=9)
    ax.plot(value, 1.2, color=INK, marker="o", ms=7)
    ax.text(value, 1.36, f"{count(value)} in all", ha="center", weight="bold")
    ax.text(seen / 2, 0.5, f"known\n{count(seen)}", ha="center", va="center")
    ax.text((seen + value) / 2, -0.1, f"on neither list\n{count(value - seen)}", ha="center",
            va="top", color=CAUTION, weight="bold")  # fmt: skip
    if truth is not None:
        ax.plot([truth, truth], [-0.05, 1.05], color=INK, lw=2.5, marker="")
        ax.text(truth, -0.55, f"truth {count(truth)}", ha="center", va="top")
    bare(ax).set(xlim=(0, 1.06 * max(high, truth or 0)), ylim=(-0.9, 2))


def _title(seen, estimate):
    more = float(estimate) - seen
    return f"The two lists know {count(seen)} people; about {count(more)} more are on neither"


def _alt(n1, n2, both, estimate, names, truth):
    value = float(estimate)
    seen = n1 + n2 - both
    return (
        f"Two circles: {count(n1)} people on the list '{names[0]}', {count(n2)} on '{names[1]}', "
        f"{count(both)} on both, {count(seen)} different people. Estimated number of all people "
        f"{count(value)} (interval {count(estimate.low)} to {count(estimate.high)}), of whom "
        f"{percent(1 - seen / value)} are on neither list."
        + (f" True number: {count(truth)}." if truth is not None else "")
    )
