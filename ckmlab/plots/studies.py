"""Published figures against recomputed ones, with the band that rounding leaves."""

import numpy as np

from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION
from ckmlab.plots._words import count, listed
from ckmlab.views import COLOURS, QUIET, house_style, picture

__all__ = ["reproduction"]

COLUMNS = ["table", "figure", "printed", "recomputed", "low", "high", "band_low", "band_high",
           "verdict"]  # fmt: skip
LOOKS = {
    "reproduced": {"color": COLOURS["blue"], "marker": "o"},
    "within rounding": {"color": COLOURS["orange"], "marker": "D"},
    "not reproducible": {"color": CAUTION, "marker": "X"},
}
ROWS = 30  # more figures than this share one row a table
EDGE = 3.0  # half width of the axis, in units of the last printed digit


@house_style()
def reproduction(frame):
    """Draw how far each recomputed figure is from the printed one.

    One row a figure; where there are many, one row a table of the paper. The axis counts in units
    of each figure's last printed digit, so that a share and a t value can stand side by side; the
    grey band holds all values that would have been printed the same.

    Parameters
    ----------
    frame : data frame
        What a study's ``reproduce()`` returns.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no figure to draw.

    Examples
    --------
    >>> from ckmlab.studies import switching_costs
    >>> reproduction(switching_costs.reproduce()).title
    '13 of 14 printed figures can be computed again; 1 cannot'
    """
    lines = to_pandas(frame, COLUMNS, where="plots.reproduction").reset_index(drop=True)
    if lines.empty:
        raise ValueError("plots.reproduction: there is no figure to draw")
    judged = lines[lines["verdict"].isin(LOOKS)]
    grouped = len(lines) > ROWS
    drawn = judged if grouped else lines
    label = drawn["table"] if grouped else drawn["figure"] + "   " + drawn["printed"]
    names = list(dict.fromkeys(label))
    fig, ax = picture(8, 1.3 + 0.27 * max(len(names), 3))
    ax.axvspan(-0.5, 0.5, color="#e3e7eb", lw=0)
    ax.axvline(0, color=QUIET, lw=0.8, zorder=1)
    for place, line in zip(label.map({n: i for i, n in enumerate(names)}), drawn.itertuples(),
                           strict=True):  # fmt: skip
        _mark(ax, place, line)
    _axis(ax, names)
    fig.title = _title(judged, len(lines))
    fig.alt = _alt(lines, judged)
    fig.caption = _caption(lines, judged, grouped)
    return fig


def _mark(ax, place, line):
    if line.verdict not in LOOKS:
        ax.text(0, place, "?", ha="center", va="center", color=QUIET, weight="bold")
        return
    unit = line.band_high - line.band_low
    middle = (line.band_low + line.band_high) / 2
    # A figure printed as a limit has no last digit to count in: at its limit or beyond.
    if not np.isfinite(unit) or unit <= 0:
        unit, middle = 1.0, line.recomputed
    low, at, high = ((value - middle) / unit for value in (line.low, line.recomputed, line.high))
    look = LOOKS[line.verdict]
    inside = np.clip([low, high], -EDGE, EDGE)
    ax.plot(inside, [place, place], color=look["color"], lw=1.5, marker="", zorder=2)
    if abs(at) <= EDGE:
        ax.plot(at, place, ls="", ms=6, zorder=3, **look)
        return
    side = np.sign(at)
    ax.plot(side * EDGE, place, ls="", ms=7, color=look["color"], marker=">" if side > 0 else "<")
    ax.text(side * (EDGE - 0.12), place, f"{line.recomputed:.4g}", va="center",
            ha="right" if side > 0 else "left", color=look["color"])  # fmt: skip


def _axis(ax, names):
    ax.set(xlim=(-EDGE - 0.2, EDGE + 0.2), ylim=(len(names) - 0.4, -0.6))
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("recomputed minus printed, in units of the last printed digit")


def _title(judged, total):
    if judged.empty:
        return f"None of {count(total)} printed figures can be computed again from what is printed"
    bad = int((judged["verdict"] == "not reproducible").sum())
    good = len(judged) - bad
    if not good:
        return f"None of {count(bad)} printed figures follows from the others"
    if not bad:
        return f"All {count(good)} printed figures that are specified can be computed again"
    return (
        f"{count(good)} of {count(len(judged))} printed figures can be computed again; "
        f"{count(bad)} cannot"
    )


def _alt(lines, judged):
    counts = lines["verdict"].astype(str).value_counts()
    tally = listed([f"{n} {verdict}" for verdict, n in counts.items()])
    bad = judged[judged["verdict"] == "not reproducible"].head(12)
    named = [f"{x.figure} {x.recomputed:.4g} instead of {x.printed}" for x in bad.itertuples()]
    return f"Printed figures against recomputed ones: {tally}." + (
        f" Not reproducible: {listed(named)}." if named else ""
    )


def _caption(lines, judged, grouped):
    parts = [
        "Grey: values that would have been printed the same.",
        "Dots are; diamonds are once inputs are known to be rounded; crosses and arrows are not.",
    ]
    unknown = len(lines) - len(judged)
    if unknown:
        where = "not drawn" if grouped else "marked with a question mark"
        parts.append(f"{unknown} under-specified, {where}.")
    return " ".join(parts)
