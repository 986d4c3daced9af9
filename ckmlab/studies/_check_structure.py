"""Correlations, paths and R² that must fit each other."""

import numpy as np
import pandas as pd

from ckmlab.studies._check_lines import checked, columns_of, judged
from ckmlab.studies.matrices import from_triangle, nearest_correlation
from ckmlab.studies.paths import path_model_from_correlation
from ckmlab.studies.rounding import read_printed, rounding_range

__all__ = ["correlations", "paths", "r_squared"]

#: Widening of a first-order range, for what the first order leaves out.
SLACK = 1.05


def correlations(frame):
    """Check each correlation's size, and that some data could have them all."""
    names, printed = _triangle(frame)
    pairs = _pairs(names)
    lines = [
        checked("correlations", f"{one} with {two}", text, -1, 1, "beyond ±1")
        for (one, two), text in zip(pairs, printed, strict=True)
    ]
    if any(line["verdict"] == "impossible" for line in lines):
        return lines
    return [*lines, _definite(names, pairs, printed)]


def _definite(names, pairs, printed):
    """Whether a valid matrix lies within the rounding of the printed one."""
    values = from_triangle([figure.value for figure in printed], names)
    smallest = np.linalg.eigvalsh(values)[0]
    figure, shown = "the matrix as a whole", f"smallest eigenvalue {smallest:.4f}"
    if smallest > 0:
        return judged("correlations", figure, shown, smallest, smallest, True)
    boxes = np.ones(values.shape)
    boxes[np.tril_indices(len(names), -1)] = [figure.half_unit for figure in printed]
    boxes = np.minimum(boxes, boxes.T)
    change = np.abs(nearest_correlation(values, within=boxes) - values).to_numpy()
    possible = (change <= boxes * 1.01 + 1e-6).all()
    free = nearest_correlation(values)
    moved = np.abs(free - values).to_numpy()
    row, column = np.unravel_index(moved.argmax(), moved.shape)
    note = (
        f"no data can have it; the nearest valid matrix changes {names[row]} with {names[column]} "
        f"most, from {values.iloc[row, column]:g} to {free.iloc[row, column]:.3f}"
    )
    return judged("correlations", figure, shown, smallest, smallest, possible, note)


def paths(frame, table):
    """Check paths against least squares on the correlations, and t against estimate and error."""
    table = columns_of(table, ["source", "target", "estimate"], "paths")
    lines = [] if frame is None else _slopes(frame, table)
    for row in table.to_dict("records"):
        if not pd.isna(row.get("se", np.nan)) and not pd.isna(row.get("t", np.nan)):
            lines.append(_ratio(row))
    if not lines:
        raise ValueError("check_table: paths need correlations=…, or the columns 'se' and 't'")
    return lines


def _slopes(frame, table):
    names, printed = _triangle(frame)
    pairs = list(zip(table["source"], table["target"], strict=True))
    unknown = [name for pair in pairs for name in pair if name not in names]
    if unknown:
        raise ValueError(f"check_table: a path names {unknown[0]!r}; the matrix has {names}")

    def estimates(values):
        model = path_model_from_correlation(from_triangle(values, names), pairs)
        found = model.coefficients.set_index(["source", "target"])["estimate"]
        return found[pairs].to_numpy()

    try:
        middle, low, high = rounding_range(estimates, printed)
    except ValueError as error:
        return [judged("paths", "all", "", np.nan, np.nan, None, f"not computable: {error}")]
    note = "does not follow from the printed correlations (or rests on other scores)"
    low, high = middle - SLACK * (middle - low), middle + SLACK * (high - middle)
    return [
        checked("paths", f"{source} → {target}", text, *ends, note)
        for (source, target), text, *ends in zip(pairs, table["estimate"], low, high, strict=True)
    ]


def _ratio(row):
    estimate, error = read_printed(row["estimate"]), read_printed(row["se"])
    figure, note = f"t of {row['source']} → {row['target']}", "is not estimate / error"
    if error.low <= 0:
        return judged("paths", figure, str(row["t"]), np.nan, np.nan, None, "error printed as 0")
    ends = [a / b for a in (estimate.low, estimate.high) for b in (error.low, error.high)]
    t = read_printed(row["t"])
    if t.value * estimate.value < 0:  # some tables print |t|
        ends = [-end for end in ends]
    return checked("paths", figure, t, min(ends), max(ends), note)


def r_squared(frame, table, printed_shares):
    """Check R² = Σ β r, with every β and r anywhere in its band."""
    if frame is None or table is None:
        raise ValueError("check_table: r_squared needs correlations=… and paths=…")
    names, printed = _triangle(frame)
    between = dict(zip(_pairs(names), printed, strict=True))
    lines = []
    for outcome, share in dict(printed_shares).items():
        own = table[table["target"] == outcome]
        if own.empty:
            raise ValueError(f"check_table: no path leads to {outcome!r}")
        low = high = 0.0
        for row in own.to_dict("records"):
            beta = read_printed(row["estimate"])
            r = between.get((row["source"], outcome)) or between[outcome, row["source"]]
            ends = [b * c for b in (beta.low, beta.high) for c in (r.low, r.high)]
            low, high = low + min(ends), high + max(ends)
        note = "is not the sum of path × correlation (an adjusted R² is smaller)"
        lines.append(checked("r_squared", f"R² of {outcome}", share, low, high, note))
    return lines


def _triangle(frame):
    """Names and the printed figures below the diagonal, whichever triangle they stand in."""
    if frame is None:
        raise ValueError("check_table: this check needs correlations=…")
    names = list(frame.columns)
    if frame.shape[0] != len(names):
        raise ValueError(f"check_table: correlations is {frame.shape}, not square")
    cells, printed = frame.to_numpy(dtype=object), []
    for row in range(len(names)):
        for column in range(row):
            text = cells[row, column] if _filled(cells[row, column]) else cells[column, row]
            if not _filled(text):
                raise ValueError(f"check_table: no correlation of {names[row]} and {names[column]}")
            printed.append(read_printed(text))
    return names, printed


def _filled(cell):
    return not pd.isna(cell) and str(cell).strip() not in ("", "-", "–", "—")


def _pairs(names):
    return [(names[row], names[column]) for row in range(len(names)) for column in range(row)]
