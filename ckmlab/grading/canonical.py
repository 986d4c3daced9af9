"""One text for one value: how answers are made comparable."""

import hashlib
import math
import numbers
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np

__all__ = ["DIGITS", "Canonical", "canonical", "edge_distance"]

DIGITS = 6
SHORT = 1500  # characters; a longer text is shown as its digest


@dataclass(frozen=True)
class Canonical:
    """A value in the one form in which it is compared.

    Attributes
    ----------
    kind : str
        What it is, for a message: ``"a number"``, ``"a table"``, …
    text : str
        The same text for every value that counts as the same answer.
    edge : float
        How near the nearest rounding edge lies, in units of the last digit (0 to 0.5).
    """

    kind: str
    text: str
    edge: float = field(default=0.5, compare=False)


class NotComparable(TypeError):
    """A value of a kind that has no canonical form; the message says what it is."""


def canonical(value, digits=DIGITS):
    r"""Give a value its canonical form.

    Parameters
    ----------
    value : object
        A number (or what has ``float()``, such as an Estimate), text, date, truth value, list,
        array, set, dict, Series, frame of pandas, Polars or Arrow, or a matplotlib figure (its
        data are taken, not its looks).
    digits : int, default 6
        Significant digits that numbers are rounded to. What is a whole number stays whole.

    Returns
    -------
    Canonical

    Raises
    ------
    NotComparable
        If the value is of another kind.

    Notes
    -----
    Rows of a table are sorted, columns are ordered by name, and an index counts only when it is
    more than the row number. Keys of a dict or of a Series with a named index are sorted, too;
    lists and arrays keep their order.

    Examples
    --------
    >>> canonical(2 / 3).text
    '0.666667'
    >>> canonical({"for": 2.0, "about": 5}).text
    'about: 5\nfor: 2'
    >>> canonical(0.1 + 0.2) == canonical(0.3)
    True
    """
    edges = [0.5]
    kind, lines = _lines(value, digits, edges)
    return Canonical(kind, _bounded("\n".join(lines)), min(edges))


def edge_distance(number, digits=DIGITS):
    """Say how far a number lies from the nearest edge at which its rounding flips.

    Parameters
    ----------
    number : float
    digits : int, default 6

    Returns
    -------
    float
        In units of the last digit: 0 on the edge, 0.5 when the number is exactly what is printed.

    Examples
    --------
    >>> round(edge_distance(1.234565), 3), round(edge_distance(1.23456), 3)
    (0.0, 0.5)
    """
    if number == 0 or not math.isfinite(number) or _is_whole(number):
        return 0.5
    unit = 10.0 ** (math.floor(math.log10(abs(number))) - digits + 1)
    fraction = abs(number) / unit % 1
    return abs(fraction - 0.5)


def _is_whole(number):
    return abs(number - round(number)) <= 1e-9 * max(1.0, abs(number))


def _number(value, digits, edges):
    if isinstance(value, numbers.Integral):
        return str(int(value))
    number = float(value)
    if math.isnan(number):
        return "missing"
    if math.isinf(number):
        return "inf" if number > 0 else "-inf"
    if _is_whole(number):
        return str(round(number))
    edges.append(edge_distance(number, digits))
    return f"{number:.{digits}g}"


def _scalar(value, digits, edges):
    """Canonical text of one cell of a table, or None when the value is no scalar."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return "a missing value", "missing"
    if isinstance(value, bool | np.bool_):
        return "a truth value", str(bool(value))
    if isinstance(value, str):
        return "text", value.strip()
    if isinstance(value, numbers.Number | Decimal | Fraction) and not isinstance(value, complex):
        return "a number", _number(value, digits, edges)
    if isinstance(value, np.datetime64):
        return "a date", str(value.astype("datetime64[s]")).removesuffix("T00:00:00")
    if isinstance(value, datetime | date):
        return "a date", value.isoformat().removesuffix("T00:00:00")
    if type(value).__name__ in {"Timedelta", "timedelta", "timedelta64", "Period", "Interval"}:
        return "a span of time", str(value)
    return None


def _lines(value, digits, edges):
    """Kind and canonical lines of any value."""
    scalar = _scalar(value, digits, edges)
    if scalar:
        return scalar[0], [scalar[1]]
    if type(value).__name__ == "LazyFrame":
        value = value.collect()
    if hasattr(value, "to_pandas"):
        value = value.to_pandas()
    name = type(value).__name__
    if name == "DataFrame":
        return "a table", _table(value, digits, edges)
    if name == "Series":
        return _series(value, digits, edges)
    if isinstance(value, dict):
        return "a mapping", sorted(
            f"{_cell(key, digits, edges)}: {_cell(item, digits, edges)}"
            for key, item in value.items()
        )
    if isinstance(value, set | frozenset):
        return "a set", sorted(_cell(item, digits, edges) for item in value)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return _lines(value.item(), digits, edges)
    if isinstance(value, list | tuple | np.ndarray) or hasattr(value, "tolist"):
        return "a list", [_cell(item, digits, edges) for item in value]
    if hasattr(value, "get_axes") or hasattr(value, "get_figure"):
        return "a figure", _figure(value, digits, edges)
    if hasattr(value, "__float__"):
        return "a number", [_number(float(value), digits, edges)]
    raise NotComparable(f"an object of type {name}")


def _cell(value, digits, edges):
    """One cell; what is nested (a list in a list) stands in brackets."""
    scalar = _scalar(value, digits, edges)
    if scalar:
        return scalar[1]
    return "[" + ", ".join(_lines(value, digits, edges)[1]) + "]"


def _row_numbers(index):
    return type(index).__name__ == "RangeIndex" and index.name is None


def _table(frame, digits, edges):
    if not _row_numbers(frame.index):
        frame = frame.reset_index()
    frame = frame.set_axis([str(column) for column in frame.columns], axis=1)
    order = sorted(range(frame.shape[1]), key=lambda place: frame.columns[place])
    columns = [
        [_cell(item, digits, edges) for item in frame.iloc[:, place].tolist()] for place in order
    ]
    head = " | ".join(frame.columns[place] for place in order)
    size = f"{frame.shape[0]} rows × {frame.shape[1]} columns"
    return [size, head, *sorted(" | ".join(row) for row in zip(*columns, strict=True))]


def _series(series, digits, edges):
    if _row_numbers(series.index):
        return "a list", [_cell(item, digits, edges) for item in series.tolist()]
    pairs = zip(series.index.tolist(), series.tolist(), strict=True)
    return "a mapping", sorted(
        f"{_cell(key, digits, edges)}: {_cell(item, digits, edges)}" for key, item in pairs
    )


def _figure(figure, digits, edges):
    """The data that a figure draws: points of lines, boxes of bars, places of dots."""
    figure = figure if hasattr(figure, "get_axes") else figure.get_figure()
    lines = []
    for number, axes in enumerate(figure.get_axes(), start=1):
        drawn = [("line", line.get_xydata()) for line in axes.get_lines()]
        drawn += [("bar", [patch.get_bbox().bounds]) for patch in axes.patches if _is_bar(patch)]
        drawn += [("dots", dots.get_offsets().data) for dots in axes.collections]
        lines += sorted(
            f"axes {number} {kind}: {_cell(np.asarray(data, dtype=float), digits, edges)}"
            for kind, data in drawn
        )
    return lines or ["empty"]


def _is_bar(patch):
    return hasattr(patch, "get_bbox")


def _bounded(text):
    if len(text) <= SHORT:
        return text
    return (
        f"{text.partition(chr(10))[0][:200]} … sha256 {hashlib.sha256(text.encode()).hexdigest()}"
    )
