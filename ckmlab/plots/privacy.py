"""What privacy costs: hiding people, and showing the store to the outside."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count
from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["border", "k_frontier"]

MEASURES = ["k", "unique", "loss", "utility", "frontier"]


@house_style()
def k_frontier(table, *, k=5, levels=None):
    """Draw every way of coarsening a table: how well it hides people, how useful it stays.

    Parameters
    ----------
    table : data frame
        What :func:`ckmlab.control.k_utility_frontier` returns.
    k : int, default 5
        The size of group you want everybody to hide in; the most useful way is marked.
    levels : mapping of str to int, optional
        Column → level: mark this way instead.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no way reaches k, or there is no way with these levels.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.control import bands, hidden, k_utility_frontier
    >>> born = pd.DataFrame({"born": [1983, 1985, 1991, 1994]})
    >>> table = k_utility_frontier(born, {"born": [bands(10), hidden]})
    >>> k_frontier(table, k=2).title
    'Hiding everybody among at least 2 costs 50 % of the usefulness'
    """
    check_count("k", k, least=1)
    ways = to_pandas(table, MEASURES, where="plots.k_frontier", rest=True)
    chosen = _most_useful(ways, k) if levels is None else _with_levels(ways, levels)
    fig, ax = picture(8, 4.4)
    _ways(ax, ways)
    _chosen(ax, chosen, k, list(ways.columns.drop(MEASURES)))
    ax.set(xlabel="k: size of the smallest group of look-alikes", ylabel="usefulness")
    least = chosen["k"] if levels is not None else k
    fig.title = _finding(least, percent(1 - chosen["utility"] / ways["utility"].max()))
    fig.alt = _alt(ways, chosen)
    fig.caption = (
        f"Each dot is one of {count(len(ways))} ways to coarsen the columns; on the line nothing "
        "else hides as well and is more useful."
    )
    return fig


def _finding(least, cost):
    if least == 1:
        return "In this table somebody looks like nobody else, and can be found"
    return f"Hiding everybody among at least {count(least)} costs {cost} of the usefulness"


def _most_useful(ways, k):
    enough = ways[ways["k"] >= k]
    if enough.empty:
        raise ValueError(f"no way of coarsening reaches k={k}; the largest is {ways['k'].max()}")
    return enough.loc[enough["utility"].idxmax()]


def _with_levels(ways, levels):
    fits = (ways[list(levels)] == pd.Series(levels)).all(axis=1)
    if not fits.any():
        raise ValueError(f"no way of coarsening has the levels {dict(levels)}")
    return ways[fits].iloc[0]


def _ways(ax, ways):
    front = ways[ways["frontier"]].sort_values("k")
    inside = ways[~ways["frontier"]]
    ax.plot(inside["k"], inside["utility"], ls="", marker="o", ms=5, color="#c3ccd4")
    ax.step(front["k"], front["utility"], where="pre", color=COLOURS["blue"], marker="", lw=1.5)
    ax.plot(front["k"], front["utility"], ls="", marker="o", ms=7, color=COLOURS["blue"])
    ax.set_xscale("log")
    ax.set(xlim=(0.85, ways["k"].max() * 1.3), ylim=(-0.03, ways["utility"].max() * 1.25))
    powers = [n for n in (1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000) if n <= ways["k"].max()]
    ax.set_xticks(powers, [count(n) for n in powers])
    ax.xaxis.minorticks_off()


def _chosen(ax, chosen, k, columns):
    ax.axvspan(0.85, k, color=tint(CAUTION, 0.1), lw=0, zorder=0)
    ax.annotate(f"k below {k}", (k, 0.01), (-6, 0), xycoords=("data", "axes fraction"),
                textcoords="offset points", ha="right", color=CAUTION)  # fmt: skip
    words = "\n".join(_level(name, chosen[name]) for name in columns)
    ax.plot(chosen["k"], chosen["utility"], marker="o", ms=12, mfc="none", mec=INK, mew=2)
    late = chosen["k"] > np.sqrt(ax.get_xlim()[1])
    ax.annotate(words, (chosen["k"], chosen["utility"]), (-8 if late else 8, 9),
                textcoords="offset points", ha="right" if late else "left", va="bottom",
                weight="bold")  # fmt: skip


def _level(name, level):
    return f"{name} as it is" if level == 0 else f"{name} at level {count(level)}"


def _alt(ways, chosen):
    columns = list(ways.columns.drop(MEASURES))
    front = ways[ways["frontier"]].sort_values("k")
    steps = [f"k = {count(row.k)} with {row.utility:.2f}" for row in front.itertuples()]
    shown = steps if len(steps) <= 6 else [*steps[:3], "…", *steps[-2:]]
    return (
        f"{count(len(ways))} ways to coarsen a table, by the size k of the smallest group and by "
        f"usefulness. The frontier falls: {', '.join(shown)}. Marked: "
        f"{listed([_level(name, chosen[name]) for name in columns])}; "
        f"k = {count(chosen['k'])}, usefulness {chosen['utility']:.2f}."
    )


@house_style()
def border(curve):
    """Draw what opening the store wider shows the inside, and what it gives away outside.

    Parameters
    ----------
    curve : data frame
        What :func:`ckmlab.control.transparency_exposure` returns.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.control import transparency_exposure
    >>> items = pd.DataFrame({"sensitivity": [0, 1, 2], "need": [6, 3, 1], "risk": [0, 2, 8]})
    >>> border(transparency_exposure(items)).title
    'The last 10 % of transparency bring 80 % of the exposure'
    """
    columns = ["open_up_to", "transparency", "exposure"]
    table = to_pandas(curve, columns, where="plots.border")
    # Beside the empty first level, pandas turns whole numbers into fractions.
    levels = [f"{x:g}" if isinstance(x, float) else str(x) for x in table["open_up_to"]]
    table["open_up_to"] = levels
    fig, ax = picture(6.4, 4.6)
    ax.plot([0, 1], [0, 1], color=QUIET, ls=":", lw=1, marker="")
    ax.plot(table["exposure"], table["transparency"], color=COLOURS["blue"], ms=8, marker="o")
    for row in table.itertuples():
        name = "nothing open" if row.transparency == 0 else f"open up to {row.open_up_to}"
        ax.annotate(name, (row.exposure, row.transparency), (9, -3), textcoords="offset points",
                    va="top", weight="bold", annotation_clip=False,
                    bbox={"fc": "white", "ec": "none", "pad": 0.5})  # fmt: skip
    ax.set(xlim=(-0.03, 1.18), ylim=(-0.06, 1.04))
    ax.set(xlabel="exposure outside, %", ylabel="transparency inside, %")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(_tenths())
        axis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")
    last = table.iloc[-1] - table.iloc[-2][["transparency", "exposure"]].reindex(table.columns)
    fig.title = (
        f"The last {percent(last['transparency'])} of transparency bring "
        f"{percent(last['exposure'])} of the exposure"
    )
    said = [
        f"open up to {row.open_up_to}: {percent(row.transparency)} of the need is met, "
        f"{percent(row.exposure)} of the risk is taken"
        for row in table.iloc[1:].itertuples()
    ]
    fig.alt = f"Transparency inside against exposure outside. {'; '.join(said)}."
    return fig


def _tenths():
    from matplotlib.ticker import FixedLocator

    return FixedLocator([0, 0.2, 0.4, 0.6, 0.8, 1])
