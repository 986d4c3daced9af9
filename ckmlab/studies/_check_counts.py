"""Means, standard deviations and percentages of whole numbers: not every one exists."""

import math

import pandas as pd

from ckmlab.arguments import check_count
from ckmlab.studies._check_lines import checked, columns_of, judged
from ckmlab.studies.rounding import TOLERANCE, read_printed

__all__ = ["means", "percentages"]


def means(frame):
    """Check means, and standard deviations if given, of integer answers."""
    lines = []
    for label, row in columns_of(frame, ["mean", "n"], "means").iterrows():
        n = check_count(f"n of {label!r}", row["n"], least=1)
        items = row.get("items")
        items = 1 if items is None or pd.isna(items) else check_count(f"items of {label!r}", items)
        mean = read_printed(row["mean"])
        lines.append(_whole("means", f"mean of {label}", mean, n * items))
        lines += _within_scale(label, mean, row)
        if _given(row, "sd"):
            sd = read_printed(row["sd"])
            lines.append(_squares(label, mean, sd, n, items))
            lines += _widest_spread(label, mean, sd, n, row)
    return lines


def percentages(frame):
    """Check percentages of n people."""
    lines = []
    for label, row in columns_of(frame, ["percent", "n"], "percentages").iterrows():
        n = check_count(f"n of {label!r}", row["n"], least=1)
        percent = read_printed(row["percent"])
        if percent.high < 0 or percent.low > 100:
            lines.append(checked("percentages", str(label), percent, 0, 100, "beyond 0 to 100 %"))
            continue
        lines.append(_whole("percentages", str(label), percent, n / 100))
    return lines


def _whole(section, figure, printed, cases):
    """Whether a whole number over ``cases`` rounds to the print."""
    first = math.ceil((printed.low - TOLERANCE) * cases)
    possible = first <= (printed.high + TOLERANCE) * cases
    below, above = (
        math.floor(printed.value * cases) / cases,
        math.ceil(printed.value * cases) / cases,
    )
    note = f"no whole number over {cases:g} rounds to this"
    if section == "percentages":
        note = f"no number of {100 * cases:g} people is this percentage"
    return judged(section, figure, str(printed), below, above, possible, note)


def _squares(label, mean, sd, n, items):
    """Whether some whole sum of squares, of the sum's parity, gives both mean and deviation.

    Squares of whole numbers are even where the numbers are, so Σx² and Σx are both even or both
    odd. A mean of several items is scaled back to the whole-numbered sum of the items.
    """
    name = f"standard deviation of {label}"
    totals = range(math.ceil((mean.low - TOLERANCE) * n * items),
                   math.floor((mean.high + TOLERANCE) * n * items) + 1)  # fmt: skip
    if n < 2 or len(totals) > 1000:
        return judged("means", name, str(sd), math.nan, math.nan, None, "no check for this n")
    reached = []
    for total in totals:
        centre = total**2 / n
        least = (n - 1) * (max(sd.low, 0) * items) ** 2 + centre
        most = (n - 1) * (sd.high * items) ** 2 + centre
        squares = math.ceil(least - 1e-6)
        squares += (squares - total) % 2
        if squares <= most + 1e-6:
            reached.append(math.sqrt(max(squares - centre, 0) / (n - 1)) / items)
    low, high = (min(reached), max(reached)) if reached else (math.nan, math.nan)
    note = "no whole-numbered answers have this mean and this standard deviation"
    return judged("means", name, str(sd), low, high, bool(reached), note)


def _within_scale(label, mean, row):
    if not (_given(row, "low") and _given(row, "high")):
        return []
    note = "beyond the ends of the scale"
    return [checked("means", f"range of {label}", mean, row["low"], row["high"], note)]


def _widest_spread(label, mean, sd, n, row):
    """The deviation is largest when everybody sits at one of the scale's ends."""
    if not (_given(row, "low") and _given(row, "high")) or n < 2:
        return []
    low, high = row["low"], row["high"]
    nearest_to_middle = min(max((low + high) / 2, mean.low), mean.high)
    spread = max((nearest_to_middle - low) * (high - nearest_to_middle), 0)
    note = "wider than the scale allows with this mean"
    most = math.sqrt(spread * n / (n - 1))
    return [checked("means", f"spread of {label}", sd, 0, most, note)]


def _given(row, column):
    return column in row.index and not pd.isna(row[column])
