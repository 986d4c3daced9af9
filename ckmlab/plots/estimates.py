"""Several answers to one question, side by side, and the truth where it is known."""

import math

from ckmlab.plots._house import CAUTION
from ckmlab.plots._words import count, listed
from ckmlab.results import Estimate
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["compare_estimates"]


@house_style()
def compare_estimates(estimates, *, truth=None, unit=""):
    """Draw estimates of the same quantity below each other, each with its interval.

    Parameters
    ----------
    estimates : mapping of str to Estimate, Bounds or float
        Name → estimate, from top to bottom. Bounds have no middle that could be marked; a plain
        number has no interval.
    truth : float, optional
        The true value; intervals that miss it change their colour and mark.
    unit : str, default ""
        What the axis counts, such as "NPS points".

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no estimate.

    Examples
    --------
    >>> from ckmlab import Estimate
    >>> compare_estimates({"survey": Estimate(29, 19, 39), "calls": Estimate(-6, -19, 7)},
    ...                   truth=-5).title
    'Of 2 intervals 1 contains the truth, -5: calls'
    """
    if not estimates:
        raise ValueError("plots.compare_estimates: there is no estimate to draw")
    spans = {name: _span(estimate) for name, estimate in estimates.items()}
    fig, ax = picture(8, 1.5 + 0.52 * len(spans))
    for row, span in enumerate(spans.values()):
        missed = truth is not None and not span[1] <= truth <= span[2]
        _draw(ax, row, span, CAUTION if missed else COLOURS["blue"], "X" if missed else "o")
    if truth is not None:
        ax.axvline(truth, color=INK, lw=1.5, zorder=0)
        ax.text(truth, -0.75, f"truth {_number(truth)}", ha="center", va="bottom", weight="bold")
    ax.set(ylim=(len(spans) - 0.5, -0.75), xlabel=unit)
    ax.set_yticks(range(len(spans)), list(spans))
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_color(QUIET)
    fig.title = _title(spans, truth)
    fig.alt = _alt(spans, truth, unit)
    return fig


def _draw(ax, row, span, colour, mark):
    value, low, high = span
    bar = {"color": colour, "lw": 5, "alpha": 0.35, "marker": "", "solid_capstyle": "butt"}
    ax.plot([low, high], [row, row], **bar)
    ax.plot(value, row, color=colour, marker=mark, ms=8)
    open_middle = math.isnan(value)
    words = f"{low:,.0f} to {high:,.0f}" if open_middle else _number(value)
    ax.annotate(words, ((low + high) / 2 if open_middle else value, row), (0, 9), ha="center",
                textcoords="offset points", color=colour, weight="bold",
                bbox={"fc": "white", "ec": "none", "pad": 0.5})  # fmt: skip


def _span(estimate):
    """Value, low and high; NaN for a value that is not singled out."""
    low, high = getattr(estimate, "low", math.nan), getattr(estimate, "high", math.nan)
    if not isinstance(estimate, Estimate) and not math.isnan(low):
        return math.nan, low, high
    value = float(estimate)
    return value, value if math.isnan(low) else low, value if math.isnan(high) else high


def _title(spans, truth):
    if truth is None:
        ends = [end for _, low, high in spans.values() for end in (low, high)]
        reach = f"from {min(ends):,.0f} to {max(ends):,.0f}"
        return f"{count(len(spans))} answers to one question reach {reach}"
    wide = {name: span for name, span in spans.items() if span[1] < span[2]}
    hits = [name for name, (_, low, high) in wide.items() if low <= truth <= high]
    verb = "contains" if len(hits) == 1 else "contain"
    named = f": {listed(hits)}" if 0 < len(hits) <= 2 else ""
    number = count(len(hits)) if hits else "none"
    return f"Of {count(len(wide))} intervals {number} {verb} the truth, {_number(truth)}{named}"


def _alt(spans, truth, unit):
    rows = []
    for name, (value, low, high) in spans.items():
        words = f"{_number(low)} to {_number(high)}"
        if low == high:
            words = _number(value)
        elif not math.isnan(value):
            words = f"{_number(value)}, interval {words}"
        rows.append(f"{name}: {words}")
    said = f"Estimates{f' in {unit}' if unit else ''}. {'; '.join(rows)}."
    return said + (f" Truth {_number(truth)}." if truth is not None else "")


def _number(value):
    """Three figures, and never an exponent for what can be counted."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
