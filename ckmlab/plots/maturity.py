"""The scorecard on one page: four goals, two readings of maturity, the comparison in numbers."""

import math

from matplotlib.patches import Rectangle

from ckmlab.plots._house import CAUTION, bare, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["scorecard"]

LENSES = {"KM": COLOURS["purple"], "CRM": COLOURS["sky"], "CKM": COLOURS["green"]}
SUMMARIES = ["weakest", "mean"]


@house_style()
def scorecard(card):
    """Draw a scorecard: how mature each goal is, and the comparison table with its numbers.

    Parameters
    ----------
    card : Scorecard
        What :func:`ckmlab.scorecard.scorecard` returns.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If no goal has a measure.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.scorecard import scorecard as measure
    >>> ideas = pd.DataFrame({"origin": ["customer", "employee"], "adopted": [True, True]})
    >>> scorecard(measure({"ideas": ideas})).title
    'Development is the weakest goal (1.00); the mean of the goals is 1.00'
    """
    maturity = card.maturity()
    goals = maturity.drop(SUMMARIES)
    if goals["reading"].isna().all():
        raise ValueError("no goal has a measure: the tables lack what the scorecard needs")
    fig, (left, right) = picture(8, 6.4, columns=2, width_ratios=[1, 1.45])
    _goals(left, card, goals, maturity)
    _comparison(right, card.comparison(), card.regimes)
    weakest = goals["reading"].idxmin()
    fig.title = (
        f"{weakest.capitalize()} is the weakest goal ({goals['reading'].min():.2f}); "
        f"the mean of the goals is {maturity.loc['mean', 'reading']:.2f}"
    )
    fig.alt = _alt(card, goals, maturity)
    fig.caption = (
        f"Left: each goal is the mean of its measures (dots). Right: one measure per cell; "
        f"{count(len(card.not_computed))} could not be computed from these tables."
    )
    return fig


def _goals(ax, card, goals, maturity):
    for place, (goal, row) in enumerate(goals.iterrows()):
        ax.add_patch(Rectangle((0, place - 0.3), 1, 0.6, color="#eef1f4", lw=0))
        ax.text(0, place - 0.36, goal, va="bottom", weight="bold")
        if math.isnan(row["reading"]):
            ax.text(0.5, place, "no measure", ha="center", va="center", color=QUIET)
            continue
        low = row["reading"] == goals["reading"].min()
        colour = CAUTION if low else COLOURS["blue"]
        ax.barh(place, row["reading"], height=0.6, color=tint(colour, 0.55))
        ax.text(1, place - 0.36, f"{row['reading']:.2f}", va="bottom", ha="right", weight="bold")
        dots = card.goals.loc[card.goals["area"] == goal, "value"].astype(float)
        ax.plot(dots, [place] * len(dots), ls="", marker="o", ms=6, color=colour, mec="white")
    for name, style, side in [("weakest", "-", "right"), ("mean", "--", "left")]:
        ax.axvline(maturity.loc[name, "reading"], color=INK, lw=1, ls=style, ymax=0.9, ymin=0.03)
        ax.annotate(name, (maturity.loc[name, "reading"], len(goals) - 0.58),
                    (3 if side == "left" else -3, 0), textcoords="offset points", ha=side, va="top",
                    annotation_clip=False)  # fmt: skip
    ax.set(xlim=(0, 1.02), ylim=(len(goals) - 0.3, -0.95))
    ax.set_yticks([])
    ax.set_xticks([0, 0.5, 1])
    ax.set_xlabel("reading, 0 to 1")
    ax.spines["left"].set_visible(False)


def _comparison(ax, table, regimes):
    units = regimes.set_index(["area", "lens"])["unit"].to_dict()
    bare(ax).set(xlim=(-0.05, 4.86), ylim=(len(table) - 0.4, -1.0))
    for column, (lens, colour) in enumerate(LENSES.items()):
        x = 1.95 + column
        ax.text(x + 0.45, -0.62, lens, ha="center", weight="bold", fontsize=11)
        for row, area in enumerate(table.index):
            value = table.loc[area, lens]
            blank = math.isnan(value)
            shade = "#f4f6f8" if blank else tint(colour, 0.3)
            ax.add_patch(Rectangle((x, row - 0.44), 0.9, 0.88, color=shade, lw=0))
            words = "–" if blank else _value(value, units.get((area, lens), ""))
            ax.text(x + 0.45, row, words, ha="center", va="center", color=QUIET if blank else INK)
    for row, area in enumerate(table.index):
        ax.text(1.85, row, area, ha="right", va="center", fontsize=9)


def _value(value, unit):
    if unit == "share":
        return percent(value)
    if unit in ("points", "minutes"):
        return f"{value:.0f} {'min' if unit == 'minutes' else 'pts'}"
    if unit == "ratio":
        return f"{value:.1f} ×"
    if unit == "difference":
        return f"{100 * value:+.0f} pts"
    return f"{value:.2g}" if abs(value) < 1 else count(value)


def _alt(card, goals, maturity):
    said = [
        f"{goal} {row['reading']:.2f}" if row["reading"] == row["reading"] else f"{goal} unknown"
        for goal, row in goals.iterrows()
    ]
    cells = [
        f"{row.area}, {row.lens}: {_value(row.value, row.unit)} ({row.measure})"
        for row in card.regimes.itertuples()
    ]
    return (
        f"Readings of the goals: {listed(said)}; weakest "
        f"{maturity.loc['weakest', 'reading']:.2f}, mean {maturity.loc['mean', 'reading']:.2f}. "
        f"Comparison in numbers: {'; '.join(cells) or 'nothing computed'}. Not computed: "
        f"{count(len(card.not_computed))} measures."
    )
