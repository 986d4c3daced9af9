"""How knowledge grows with every interview: what was heard, what would be, what is left."""

import pandas as pd

from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, spread, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["accumulation", "first_heard", "saturation"]


@house_style()
def accumulation(curve, *, total=None, truth=None):
    """Draw how many different needs would be known after fewer, or more, interviews.

    Parameters
    ----------
    curve : data frame
        What :func:`ckmlab.capture.accumulation` returns: ``interviews``, ``expected``, ``low``,
        ``high``, ``extrapolated``.
    total : Estimate, optional
        Estimated number of all needs, such as :func:`ckmlab.capture.chao2`.
    truth : float, optional
        The true number of needs.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no interview was held.

    Examples
    --------
    >>> from ckmlab.capture import accumulation as expect
    >>> accumulation(expect([[1, 1, 0], [1, 0, 0], [1, 0, 1]])).title
    '3 interviews brought up 3 needs; the last one added 0.7'
    """
    columns = ["interviews", "expected", "low", "high", "extrapolated"]
    table = to_pandas(curve, columns, where="plots.accumulation")
    held = table[~table["extrapolated"].astype(bool)]
    if held.empty:
        raise ValueError("plots.accumulation: no row has extrapolated = False, so none was held")
    fig, ax = picture(8, 4.2)
    _grow(ax, table, held)
    right = table["interviews"].max()
    if total is not None:
        _level(ax, total, right)
    if truth is not None:
        ax.axhline(truth, color=INK, lw=1.5)
        side = "top" if total is not None and truth < float(total) else "bottom"
        ax.text(right, truth, f"truth {count(truth)}", va=side, ha="right", weight="bold")
    highest = max([table["expected"].max(), truth or 0, float(total or 0)])
    ax.set(xlim=(0, right * 1.01), ylim=(0, highest * 1.12))
    ax.set(xlabel="interviews", ylabel="different needs heard")
    fig.title = _accumulation_title(held, total, truth)
    fig.alt = _accumulation_alt(table, held, total, truth)
    fig.caption = (
        "Line: average over all orders of the interviews; band: its interval."
        + (" Dashed: extrapolated." if len(held) < len(table) else "")
        + (" Level band: interval of the estimated total." if total is not None else "")
    )
    return fig


def _grow(ax, table, held):
    colour = COLOURS["blue"]
    ax.fill_between(held["interviews"], held["low"], held["high"], color=tint(colour, 0.2), lw=0)
    ax.plot(held["interviews"], held["expected"], color=colour, marker="")
    last = held.iloc[-1]
    beyond = table[table["interviews"] >= last["interviews"]]
    ax.plot(beyond["interviews"], beyond["expected"], color=colour, ls="--", marker="")
    ax.plot(last["interviews"], last["expected"], color=colour, marker="o", ms=8)
    words = f"{count(last['interviews'])} interviews:\n{count(last['expected'])} needs heard"
    ax.annotate(words, (last["interviews"], last["expected"]), (6, -10), va="top",
                textcoords="offset points", color=colour, weight="bold")  # fmt: skip


def _level(ax, total, right):
    """The estimated total as a line across the page, its interval as a band."""
    ax.axhspan(total.low, total.high, color=tint(COLOURS["orange"], 0.18), lw=0)
    ax.axhline(float(total), color=COLOURS["orange"], lw=1.5, ls=(0, (6, 2)))
    words = f"estimated in all: {count(float(total))}"
    ax.text(right * 0.01, float(total), words, va="bottom", weight="bold")


def _gain(held):
    """Needs that the last interview added to the expected curve."""
    before = held["expected"].iloc[-2] if len(held) > 1 else 0.0
    return held["expected"].iloc[-1] - before


def _accumulation_title(held, total, truth):
    heard, interviews = held["expected"].iloc[-1], held["interviews"].iloc[-1]
    known = f"{count(interviews)} interviews brought up {count(heard)} needs"
    if truth is not None:
        return f"{known}; in truth {count(truth - heard)} are still unheard"
    if total is not None:
        return f"{known}; about {count(float(total) - heard)} are still unheard"
    return f"{known}; the last one added {_gain(held):.1f}"


def _accumulation_alt(table, held, total, truth):
    heard, interviews = held["expected"].iloc[-1], held["interviews"].iloc[-1]
    half = held.iloc[(len(held) - 1) // 2]
    words = (
        f"A curve that rises ever more slowly: {count(half['expected'])} different needs after "
        f"{count(half['interviews'])} interviews, {count(heard)} after {count(interviews)}; the "
        f"last interview added {_gain(held):.1f}."
    )
    if len(held) < len(table):
        end = table.iloc[-1]
        words += f" Extrapolated: {count(end['expected'])} after {count(end['interviews'])}."
    if total is not None:
        words += f" Estimated number of all needs {count(float(total))}, "
        words += f"interval {count(total.low)} to {count(total.high)}."
    return words + (f" True number {count(truth)}." if truth is not None else "")


@house_style()
def first_heard(new):
    """Draw how many new needs each interview brought, and where an empty one would have fooled us.

    Parameters
    ----------
    new : sequence of int
        New needs of each interview in the order held, as :func:`ckmlab.capture.first_heard`
        returns.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no interview.

    Examples
    --------
    >>> first_heard([5, 3, 0, 2]).title
    'Interview 3 brought nothing new; the one after it brought 2 more needs'
    """
    numbers = pd.Series(list(new))
    if numbers.empty:
        raise ValueError("plots.first_heard: there is no interview to draw")
    numbers.index += 1
    empty = numbers.index[numbers == 0]
    fig, ax = picture(8, 3.6)
    ax.bar(numbers.index, numbers, width=0.8, color=COLOURS["blue"])
    ax.plot(empty, [0.0] * len(empty), color=CAUTION, marker="x", ls="", ms=8, mew=2, clip_on=False)
    ax.set(xlim=(0.2, len(numbers) + 0.8), ylim=(0, 1.08 * max(numbers.max(), 1)))
    ax.set(xlabel="interviews, in the order held", ylabel="needs heard for the first time")
    if len(empty):
        words = f"interview {count(empty[0])}:\nthe first without\nanything new"
        ax.annotate(words, (empty[0], 0.03 * numbers.max()), (empty[0], 0.45 * numbers.max()),
                    ha="center", color=CAUTION, weight="bold",
                    arrowprops={"arrowstyle": "->", "color": CAUTION, "shrinkB": 6})  # fmt: skip
    fig.title = _first_title(numbers, empty)
    listed_numbers = ", ".join(count(one) for one in numbers)
    fig.alt = f"New needs by interview, in the order held: {listed_numbers}. {fig.title}."
    return fig


def _first_title(numbers, empty):
    if not len(empty):
        return f"All {count(len(numbers))} interviews brought something new"
    after = numbers[numbers.index > empty[0]]
    held = "the one" if len(after) == 1 else f"the {count(len(after))}"
    more = f"{held} after it brought {count(after.sum())} more needs"
    return f"Interview {count(empty[0])} brought nothing new; " + (
        more if len(after) else "it was the last"
    )


@house_style()
def saturation(interviews, curves, *, needed=None):
    """Draw what share of the needs is heard after n interviews, under several assumptions.

    Parameters
    ----------
    interviews : sequence of int
        Numbers of interviews.
    curves : mapping of str to sequence of float
        Name → share heard for each number of interviews, such as what
        :func:`ckmlab.capture.share_found` and
        :func:`ckmlab.capture.share_found_homogeneous` return. The first is drawn boldly.
    needed : mapping of float to int, optional
        Share → interviews needed for it on the first curve
        (:func:`ckmlab.capture.interviews_needed`), marked on the picture.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no curve, or one has another length than ``interviews``.

    Examples
    --------
    >>> from ckmlab.capture import share_found, share_found_homogeneous
    >>> n = range(1, 41)
    >>> curves = {"needs differ": share_found(n, 1.45, 7.64),
    ...           "needs alike": share_found_homogeneous(n, 0.16)}
    >>> saturation(n, curves, needed={0.9: 31}).title
    '90 % of the needs take 31 interviews'
    """
    interviews = list(interviews)
    if not curves:
        raise ValueError("plots.saturation: there is no curve to draw")
    for name, shares in curves.items():
        if len(shares) != len(interviews):
            raise ValueError(
                f"curve {name!r} has {len(shares)} shares for {len(interviews)} numbers of "
                "interviews; give one for each"
            )
    fig, ax = picture(8, 4.2)
    _fan(ax, interviews, curves)
    for share, n in (needed or {}).items():
        ax.plot([0, n, n], [share, share, 0], color=QUIET, lw=1, ls=":", marker="")
        ax.plot(n, share, marker="o", color=INK, ms=6, zorder=4)
        ax.annotate(f"{percent(share)} after\n{count(n)}", (n, 0.02), (5, 0), va="bottom",
                    textcoords="offset points", weight="bold")  # fmt: skip
    ax.set(xlim=(0, interviews[-1]), ylim=(0, 1.02))
    ax.set(xlabel="interviews", ylabel="share of all needs heard, %")
    ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")
    fig.title = _saturation_title(interviews, curves, needed)
    fig.alt = _saturation_alt(interviews, curves, needed)
    return fig


def _fan(ax, interviews, curves):
    styles = ["-", "--", "-.", ":"]
    colours = [COLOURS[name] for name in ("blue", "vermilion", "green", "purple", "orange")]
    places = spread([float(shares[-1]) for shares in curves.values()], 0.06)
    for number, (name, shares) in enumerate(curves.items()):
        colour = colours[number % len(colours)]
        style = {"ls": styles[number % len(styles)], "lw": 2.8 if number == 0 else 1.8}
        ax.plot(interviews, shares, color=colour, marker="", **style)
        at = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points"}
        ax.annotate(
            name, (1, places[number]), (6, 0), color=colour, va="center", weight="bold", **at
        )


def _saturation_title(interviews, curves, needed):
    if needed:
        parts = [f"{percent(share)} of the needs take {count(n)}" for share, n in needed.items()]
        parts[1:] = [part.replace(" of the needs take", " take") for part in parts[1:]]
        return f"{listed(parts)} interviews"
    name, shares = next(iter(curves.items()))
    return f"{count(interviews[-1])} interviews bring up {percent(shares[-1])} of needs ({name})"


def _saturation_alt(interviews, curves, needed):
    middle = len(interviews) // 2
    said = [
        f"{name}: {percent(shares[middle])} after {count(interviews[middle])} and "
        f"{percent(shares[-1])} after {count(interviews[-1])}"
        for name, shares in curves.items()
    ]
    words = f"Share of all needs heard, by number of interviews. {'; '.join(said)}."
    for share, n in (needed or {}).items():
        words += f" {percent(share)} are reached after {count(n)}."
    return words
