"""The evidence ladder as an iceberg: what the desk sees, and what stays under water."""

from itertools import pairwise

import numpy as np
from matplotlib.patches import Polygon, Rectangle

from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, bare, spread, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["iceberg"]

# Left and right outline of the ice from the peak down, in units of its height.
HEIGHTS = np.array([1.0, 0.93, 0.86, 0.78, 0.66, 0.52, 0.36, 0.2, 0.08, 0.0])
LEFT = -np.array([0.0, 0.1, 0.13, 0.24, 0.38, 0.47, 0.42, 0.3, 0.17, 0.03])
RIGHT = np.array([0.02, 0.08, 0.2, 0.26, 0.34, 0.44, 0.46, 0.33, 0.12, 0.03])
SHORE = (-0.85, 0.58)  # left and right end of the sea; the labels stand on dry land
SEA = tint(COLOURS["sky"], 0.3)


@house_style()
def iceberg(rungs, *, waterline=None):
    """Draw the evidence ladder as an iceberg, true to scale: area is people.

    Parameters
    ----------
    rungs : data frame
        What :func:`ckmlab.capture.ladder` returns for one group of customers: ``rung`` and
        ``people``, from the widest rung to the narrowest.
    waterline : str, optional
        The rung that is in sight, such as ``"registered"``; by default the narrowest.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a rung occurs twice (choose one segment), people are not in falling order, nobody is
        on the widest rung, or there is no rung of the waterline's name.

    Examples
    --------
    >>> from ckmlab.capture import ladder
    >>> rungs = ladder({"dissatisfied": 2700, "voiced": 1340, "registered": 812})
    >>> iceberg(rungs).title
    'Only 812 of 2,700 are above the water: 30 % of the iceberg'
    """
    people = _people(rungs)
    waterline = _waterline(people, waterline)
    fig, ax = picture(8, 4.6)
    bare(ax).set(xlim=(SHORE[0], 1.35), ylim=(-0.05, 1.04), aspect="equal")
    surface = _height_above(people[waterline] / people.iloc[0])
    sea = Rectangle((SHORE[0], -0.05), SHORE[1] - SHORE[0], surface + 0.05, color=SEA, lw=0)
    ax.add_patch(sea)
    _ice(ax, people, waterline)
    ax.plot(SHORE, [surface] * 2, color=COLOURS["blue"], lw=1.5, marker="")
    ax.text(SHORE[0], surface + 0.012, waterline, va="bottom", color=COLOURS["blue"])
    fig.title = (
        f"Only {count(people[waterline])} of {count(people.iloc[0])} are above the water: "
        f"{percent(people[waterline] / people.iloc[0])} of the iceberg"
    )
    fig.alt = _alt(people, waterline)
    fig.caption = "True to scale: the area of a layer is its number of people."
    return fig


def _people(rungs):
    table = to_pandas(rungs, ["rung", "people"], where="plots.iceberg").set_index("rung")["people"]
    if table.index.has_duplicates:
        raise ValueError(
            f"the rung {table.index[table.index.duplicated()][0]!r} occurs twice: "
            "choose the rows of one segment"
        )
    if not (table.diff().dropna() <= 0).all() or not table.iloc[0] > 0:
        raise ValueError("column 'people' must start above 0 and fall from rung to rung")
    return table


def _waterline(people, name):
    name = people.index[-1] if name is None else name
    if name not in people.index[1:]:
        raise ValueError(f"no rung {name!r} to put the waterline; it may be {[*people.index[1:]]}")
    return name


def _ice(ax, people, waterline):
    """The layers from the peak down; each is what one rung holds and the next does not."""
    edges = [_height_above(n / people.iloc[0]) for n in people] + [1.0]
    above = people.index.get_loc(waterline)
    label_at = spread([(low + high) / 2 for low, high in pairwise(edges)], 0.13)
    for place, (name, layer) in enumerate(_layers(people)):
        low, high = edges[place], edges[place + 1]
        dry = place >= above
        colour = "#f4f8fa" if dry else tint(COLOURS["blue"], 0.75 - 0.5 * place / max(above, 1))
        ax.add_patch(_slice(low, high, colour))
        if high > low:
            _label(ax, name, layer, people.iloc[0], (low + high) / 2, label_at[place], dry)


def _layers(people):
    """What each rung holds back from the next: names and numbers."""
    after = [*people.index[1:], None]
    for name, follower in zip(people.index, after, strict=True):
        lost = people[name] - (people[follower] if follower is not None else 0)
        yield (f"{name}, never {follower}" if follower is not None else name), lost


def _label(ax, name, layer, total, middle, height, dry):
    edge = np.interp(middle, HEIGHTS[::-1], RIGHT[::-1])
    ax.plot([edge, 0.58, 0.62], [middle, height, height], color=INK, lw=0.8, marker="")
    colour = CAUTION if dry else INK
    ax.text(0.64, height, count(layer), fontsize=13, weight="bold", color=colour, va="bottom")
    ax.text(0.64, height - 0.01, f"{name} ({percent(layer / total)})", va="top")


def _slice(low, high, colour):
    inner = [height for height in HEIGHTS if low < height < high]
    rows = np.concatenate([[high], inner, [low]])
    left = np.interp(rows, HEIGHTS[::-1], LEFT[::-1])
    right = np.interp(rows, HEIGHTS[::-1], RIGHT[::-1])
    outline = np.column_stack([np.append(left, right[::-1]), np.append(rows, rows[::-1])])
    return Polygon(outline, closed=True, facecolor=colour, edgecolor=QUIET, lw=0.8)


def _height_above(share):
    """The height above which a share of the ice's area lies."""
    fine = np.linspace(1, 0, 2001)
    width = np.interp(fine, HEIGHTS[::-1], RIGHT[::-1]) - np.interp(fine, HEIGHTS[::-1], LEFT[::-1])
    area = np.concatenate([[0], np.cumsum((width[1:] + width[:-1]) / 2)])
    return float(np.interp(share, area / area[-1], fine))


def _alt(people, waterline):
    total = people.iloc[0]
    layers = [f"{name} {count(n)} ({percent(n / total)})" for name, n in _layers(people)]
    return (
        f"An iceberg of {count(total)} people, {people.index[0]}. From its foot to its tip: "
        f"{listed(layers)}. The waterline is at '{waterline}': "
        f"{count(people[waterline])} ({percent(people[waterline] / total)}) are above it."
    )
