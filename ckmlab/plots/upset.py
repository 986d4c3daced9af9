"""Three and more lists of the same people: every combination true to scale, and who is on none."""

import math

from matplotlib.patches import Rectangle

from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, bare
from ckmlab.plots._words import count, listed
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["lists_upset"]

MOST_BARS = 15
ALL_BARS = 7  # up to three lists every combination is shown, even if nobody is on it
PALE = "#d5dbe1"


@house_style()
def lists_upset(histories, estimate, *, truth=None):
    """Draw how many people are on which combination of lists, and how many on none.

    Three circles cannot show seven numbers true to scale; bars can. Each column of dots is one
    combination of lists, its bar the number of people on exactly these. The hatched bar is
    the combination nobody could count, with the interval of its estimate.

    Parameters
    ----------
    histories : data frame
        What :func:`ckmlab.capture.histories` returns: one True/False column per list and
        ``people``.
    estimate : Estimate
        Number of people, seen or not: what :func:`ckmlab.capture.loglinear` returns.
    truth : float, optional
        The true number of people, seen or not; those on no list are drawn as a line.

    Returns
    -------
    Picture
        With more than 15 combinations the smallest share one bar.

    Raises
    ------
    KeyError
        If there is no column ``people``.
    ValueError
        If there are fewer than two lists, nobody is on them, or the estimate is below the
        number of people already seen.

    References
    ----------
    Lex et al. (2014), IEEE TVCG 20(12), who call such a picture UpSet.

    Examples
    --------
    >>> from ckmlab import capture
    >>> lists = {"ticket": range(60), "forum": range(40, 100), "survey": range(30, 120, 2)}
    >>> people = capture.histories(lists)
    >>> lists_upset(people, capture.loglinear(lists, interactions=[])).title
    'The three lists know 110 people; about 33 more are on none of them'
    """
    table, names = _checked(histories)
    seen = int(table.people.sum())
    if float(estimate) < seen:
        raise ValueError(f"the estimate is {float(estimate):.0f}, but {seen} people are known")
    bars = _bars(table, names)
    fig, (above, below) = picture(
        8, 3.2 + 0.28 * len(names), rows=2, sharex=True, height_ratios=[2.6, 0.4 * len(names)]
    )
    _columns(above, bars, seen, estimate, truth)
    _dots(below, bars, table, names)
    fig.title = _title(names, seen, estimate)
    fig.alt = _alt(bars, table, names, seen, estimate, truth)
    fig.caption = (
        "Dark dots: on exactly these lists. Hatched: on none, so estimated; the thin line is the "
        f"{100 * estimate.level:g} % interval ({estimate.method})."
    )
    return fig


def _checked(histories):
    table = to_pandas(histories, ["people"], where="lists_upset", rest=True)
    names = [name for name in table.columns if name != "people"]
    if len(names) < 2:
        raise ValueError(f"comparing lists needs at least two of them, got {names}")
    if table.people.sum() <= 0:
        raise ValueError("nobody stands on any of the lists")
    return table, names


def _bars(table, names):
    """Combinations of lists with their numbers of people, largest first; the tail as one bar."""
    found = table.sort_values("people", ascending=False, kind="stable")
    if len(found) > ALL_BARS:
        found = found[found.people > 0]
    rows = zip(found[names].astype(bool).to_numpy(), found.people, strict=True)
    bars = [
        (tuple(name for name, on in zip(names, flags, strict=True) if on), int(people))
        for flags, people in rows
    ]
    if len(bars) > MOST_BARS:
        rest = bars[MOST_BARS - 1 :]
        bars = [*bars[: MOST_BARS - 1], (None, sum(people for _, people in rest))]
    return bars


def _columns(ax, bars, seen, estimate, truth):
    last, hidden = len(bars), float(estimate) - seen
    ends = [end - seen for end in (estimate.low, estimate.high)]
    top = _top([*(people for _, people in bars), hidden, *ends, (truth or seen) - seen])
    for place, (_, people) in enumerate(bars):
        ax.bar(place, people, width=0.7, color=COLOURS["blue"], lw=0)
        ax.text(place, people + 0.015 * top, count(people), ha="center", va="bottom")
    style = {"facecolor": "white", "edgecolor": CAUTION, "hatch": "////", "lw": 1}
    ax.add_patch(Rectangle((last - 0.35, 0), 0.7, hidden, **style))
    if not math.isnan(ends[0]):
        ax.plot([last] * 2, [ends[0], min(ends[1], top)], color=INK, lw=1.5, marker="_", ms=9)
        ax.plot(last, hidden, color=INK, marker="o", ms=6)
    beside = {"ha": "left", "va": "center", "color": CAUTION, "weight": "bold"}
    ax.text(last + 0.45, hidden, f"about {count(hidden)}", **beside)
    if truth is not None:
        ax.plot([last - 0.42, last + 0.42], [truth - seen] * 2, color=INK, lw=2.5, marker="")
        side = {"ha": "right", "va": "center", "fontsize": 9.5}
        ax.text(last - 0.5, truth - seen, f"truth {count(truth - seen)}", **side)
    bare(ax).set(ylim=(-0.01 * top, 1.1 * top), xlim=(-0.6, last + 1.6))


def _top(heights):
    """The tallest of what must fit; an endless interval runs out of the picture."""
    return max(height for height in heights if math.isfinite(height))


def _dots(ax, bars, table, names):
    rows = list(range(len(names)))
    for place, (lists, _) in enumerate([*bars, ((), 0)]):
        if lists is None:
            ax.text(place, (len(names) - 1) / 2, "others", ha="center", va="center", rotation=90)
            continue
        on = [row for row in rows if names[row] in lists]
        ax.plot([place] * len(rows), rows, ls="", marker="o", ms=8, color=PALE)
        ax.plot([place] * len(on), on, lw=2, marker="o", ms=8, color=INK)
    for row, name in enumerate(names):
        total = int(table.people[table[name].astype(bool)].sum())
        ax.text(-0.6, row, f"{name} ({count(total)})", ha="right", va="center")
    style = {"ha": "left", "va": "center", "color": CAUTION, "weight": "bold"}
    ax.text(len(bars) + 0.45, (len(names) - 1) / 2, "on no list", **style)
    bare(ax).set(ylim=(len(names) - 0.4, -0.6))
    ax.axhline(-0.6, color=QUIET, lw=0.8)


def _title(names, seen, estimate):
    more = count(float(estimate) - seen)
    lists = {2: "two", 3: "three", 4: "four", 5: "five"}.get(len(names), len(names))
    return f"The {lists} lists know {count(seen)} people; about {more} more are on none of them"


def _alt(bars, table, names, seen, estimate, truth):
    lengths = [f"{name} {count(table.people[table[name].astype(bool)].sum())}" for name in names]
    parts = [
        f"{count(people)} " + ("on other combinations" if lists is None else _only(lists))
        for lists, people in bars
    ]
    interval = (
        ""
        if math.isnan(estimate.low)
        else f" (interval {_end(estimate.low - seen)} to {_end(estimate.high - seen)})"
    )
    return (
        f"Lists: {listed(lengths)} people. One bar for each combination: {', '.join(parts)}; "
        f"{count(seen)} different people in all. Estimated to be on no list: "
        f"{count(float(estimate) - seen)}{interval}."
        + (f" Truly on no list: {count(truth - seen)}." if truth is not None else "")
    )


def _only(lists):
    return f"on {listed(lists)}" if len(lists) > 1 else f"on {lists[0]} only"


def _end(number):
    return count(number) if math.isfinite(number) else "no limit"
