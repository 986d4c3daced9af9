"""P-values that must follow from a test statistic and its degrees of freedom."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_positive, choose
from ckmlab.studies._check_lines import checked, columns_of
from ckmlab.studies.rounding import read_printed

__all__ = ["tests"]

KINDS = ["t", "F", "chi2", "z", "r"]


def tests(frame):
    """Check printed p-values."""
    lines = []
    for label, row in columns_of(frame, ["statistic", "value", "p"], "tests").iterrows():
        kind = choose(f"statistic of {label!r}", row["statistic"], KINDS)
        value, p = read_printed(row["value"]), read_printed(row["p"])
        freedom = _freedom(kind, row, label)
        # The smaller the statistic, the larger p; a two-sided test looks at the size alone.
        ends = _size(kind, value)
        high, low = (_p_value(kind, end, *freedom) for end in ends)
        lines.append(checked("tests", f"p of {label}", p, low, high, _note(kind, p, low, high)))
    return lines


def _note(kind, p, low, high):
    if kind in ("t", "z", "r") and p.overlaps(low / 2, high / 2):
        return "would be right for a one-sided test"
    return "does not follow from the statistic and its degrees of freedom"


def _freedom(kind, row, label):
    needed = {"t": ["df"], "F": ["df", "df2"], "chi2": ["df"], "r": ["df"], "z": []}[kind]
    for column in needed:
        if column not in row.index or pd.isna(row[column]):
            raise ValueError(f"check_table: the {kind} of {label!r} needs the column {column!r}")
    return [check_positive(f"{column} of {label!r}", row[column]) for column in needed]


def _size(kind, value):
    """Smallest and largest size of the statistic behind its print."""
    low, high = value.low, value.high
    if kind in ("t", "z", "r"):
        crosses = low < 0 < high
        low, high = sorted([abs(low), abs(high)])
        low = 0.0 if crosses else low
    top = 1.0 if kind == "r" else np.inf
    return max(low, 0.0), min(high, top)


def _p_value(kind, size, *freedom):
    from scipy import stats

    if kind == "r":
        size = np.inf if size >= 1 else size * np.sqrt(freedom[0] / (1 - size**2))
    law = {"t": stats.t, "r": stats.t, "z": stats.norm, "F": stats.f, "chi2": stats.chi2}[kind]
    sides = 2 if kind in ("t", "r", "z") else 1
    return float(sides * law.sf(size, *freedom))
