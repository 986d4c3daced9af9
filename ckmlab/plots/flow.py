"""Where knowledge comes from, what it is and who uses it: an alluvial picture."""

import numpy as np
import pandas as pd
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, TYPE_COLOURS, bare, letters_on, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import QUIET, house_style, picture

__all__ = ["type_flow"]

ORIGINS = ["employee", "database", "customer"]
PROCESSES = ["campaign", "lead", "offer", "contract", "service", "complaint", "rnd", "unused"]
NAMES = {"rnd": "R&D, production", "unused": "not used yet"}
HEADINGS = ["Where it came from", "What it is", "Which process uses it"]
EDGES = [(0.0, 0.02), (0.89, 1.15), (2.02, 2.04)]  # left and right side of the three stages
GAP = 0.055  # between two blocks, as a share of all items: room for a label


@house_style()
def type_flow(flow):
    """Draw the flow of knowledge items: origin → type → process that uses them.

    The width of a band is its number of items. Hatched bands are items in cells that the process
    matrix of Gebert et al. (2002) does not foresee.

    Parameters
    ----------
    flow : data frame
        What :func:`ckmlab.classify.type_flow` returns: ``origin``, ``ktype``,
        ``created_process``, ``used_process`` and ``n`` (items); where it has a column
        ``conforms`` (bool), cells that do not conform are hatched.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no item to draw or a count is negative.

    References
    ----------
    Gebert, H., Geib, M., Kolbe, L., Riempp, G. (2002). Towards Customer Knowledge Management:
    Integrating CRM and KM Concepts. ICEB 2002.

    Examples
    --------
    >>> import pandas as pd
    >>> flow = pd.DataFrame({
    ...     "origin": ["database", "customer"], "ktype": ["about", "from"],
    ...     "created_process": ["offer", "service"], "used_process": ["campaign", "rnd"],
    ...     "n": [30, 10]})
    >>> type_flow(flow).title
    'Knowledge for customers is the smallest stream: 0 % of 40 items'
    """
    cells = _cells(flow)
    fig, ax = picture(8, 5)
    bare(ax).set(xlim=(-0.42, 2.62), ylim=(-0.03, 1.06))
    total = cells["n"].sum()
    stages = [
        _stack(cells, "origin", ORIGINS, total),
        _stack(cells, "ktype", list(TYPE_COLOURS), total),
        _stack(cells, "used_process", PROCESSES, total),
    ]
    # The matrix is about processes: nothing is off it between origin and type.
    origins = cells.assign(conforms=True)
    _bands(ax, origins, stages[:2], ["origin", "ktype"], EDGES[0][1], EDGES[1][0])
    _bands(ax, cells, stages[1:], ["ktype", "used_process"], EDGES[1][1], EDGES[2][0])
    _blocks(ax, stages)
    fig.title = _title(cells, total)
    fig.alt = _alt(cells, total)
    fig.caption = _caption(cells)
    return fig


def _cells(flow):
    columns = ["origin", "ktype", "created_process", "used_process", "n"]
    present = getattr(flow, "columns", [])
    marked = "conforms" in list(present)
    cells = to_pandas(flow, columns + ["conforms"] * marked, where="plots.type_flow")
    if not marked:
        cells = cells.assign(conforms=True)
    if (cells["n"] < 0).any():
        raise ValueError("plots.type_flow: a count in column 'n' is negative")
    cells = cells[cells["n"] > 0].fillna({"used_process": "unused"})
    if cells.empty:
        raise ValueError("plots.type_flow: there is no item in 'n' to draw")
    return cells


def _stack(cells, column, order, total):
    """The blocks of one stage: bottom and height of each value, the first on top."""
    sizes = cells.groupby(column)["n"].sum()
    names = [name for name in order if name in sizes]
    names += [name for name in sizes.index if name not in order]
    heights = sizes[names] / total * (1 - GAP * (len(PROCESSES) - 1))
    free = 1 - heights.sum()
    gap = min(free / max(len(names) - 1, 1), 2.2 * GAP)
    top = 1 - (free - gap * (len(names) - 1)) / 2
    bottoms = top - heights.cumsum() - gap * np.arange(len(names))
    return pd.DataFrame({"bottom": bottoms, "height": heights, "n": sizes[names]})


def _bands(ax, cells, stages, columns, left, right):
    """Ribbons between two stages, stacked inside their blocks in the order of the blocks."""
    groups = cells.groupby([*columns, "conforms"], as_index=False)["n"].sum()
    for column, stage in zip(columns, stages, strict=True):
        groups[f"{column}_place"] = groups[column].map({k: i for i, k in enumerate(stage.index)})
    groups = groups.sort_values([f"{column}_place" for column in columns])
    height = groups["n"] / groups["n"].sum() * stages[0]["height"].sum()
    tops = [stage["bottom"] + stage["height"] for stage in stages]
    used = [dict.fromkeys(stage.index, 0.0) for stage in stages]
    # Both ends are filled from the top; the right one in the order of the left blocks.
    for index, row in groups.iterrows():
        ends = []
        for column, top, spent in zip(columns, tops, used, strict=True):
            ends.append(top[row[column]] - spent[row[column]])
            spent[row[column]] += height[index]
        ax.add_patch(_ribbon(left, right, *ends, height[index], row["ktype"], row["conforms"]))


def _ribbon(left, right, top_left, top_right, height, ktype, conforms):
    middle = (left + right) / 2
    points = [
        (left, top_left),
        (middle, top_left),
        (middle, top_right),
        (right, top_right),
        (right, top_right - height),
        (middle, top_right - height),
        (middle, top_left - height),
        (left, top_left - height),
        (left, top_left),
    ]
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    colour = TYPE_COLOURS.get(ktype, QUIET)
    look = (
        {"facecolor": tint(colour, 0.42), "edgecolor": "white", "linewidth": 0.5}
        if conforms
        else {
            "facecolor": tint(colour, 0.15),
            "edgecolor": CAUTION,
            "hatch": "/////",
            "linewidth": 0.3,
        }
    )
    return PathPatch(Path(points, codes), **look)


def _blocks(ax, stages):
    labels = [_label_left, _label_inside, _label_right]
    for stage, (left, right), heading, label in zip(stages, EDGES, HEADINGS, labels, strict=True):
        for name, block in stage.iterrows():
            colour = TYPE_COLOURS.get(name, QUIET)
            place = (left, block["bottom"])
            ax.add_patch(Rectangle(place, right - left, block["height"], color=colour, lw=0))
            label(ax, name, block["n"], block["bottom"] + block["height"] / 2)
        ax.text((left + right) / 2, 1.03, heading, ha="center", color=QUIET)


def _label_left(ax, name, n, height):
    ax.text(EDGES[0][0] - 0.03, height, f"{name}  {count(n)}", ha="right", va="center")


def _label_inside(ax, name, n, height):
    colour = letters_on(TYPE_COLOURS.get(name, QUIET))
    style = {"color": colour, "weight": "bold", "linespacing": 1.1}
    ax.text(sum(EDGES[1]) / 2, height, f"{name}\n{count(n)}", ha="center", va="center", **style)


def _label_right(ax, name, n, height):
    ax.text(EDGES[2][1] + 0.03, height, f"{NAMES.get(name, name)}  {count(n)}", va="center")


def _title(cells, total):
    sizes = cells.groupby("ktype")["n"].sum().reindex(list(TYPE_COLOURS), fill_value=0)
    return (
        f"Knowledge {sizes.idxmin()} customers is the smallest stream: "
        f"{percent(sizes.min() / total)} of {count(total)} items"
    )


def _alt(cells, total):
    def said(column):
        sizes = cells.groupby(column)["n"].sum().sort_values(ascending=False, kind="stable")
        return listed([f"{NAMES.get(name, name)} {count(n)}" for name, n in sizes.items()])

    odd = cells.loc[~cells["conforms"], "n"].sum()
    return (
        f"Flow of {count(total)} knowledge items from left to right. By origin: {said('origin')}. "
        f"By type: {said('ktype')}. By the process that uses them: {said('used_process')}."
        + (f" Outside the process matrix: {count(odd)} ({percent(odd / total)})." if odd else "")
    )


def _caption(cells):
    odd = cells.loc[~cells["conforms"], "n"].sum()
    if not odd:
        return None
    return (
        f"Hatched: {count(odd)} items in cells that the process matrix of Gebert et al. (2002) "
        "does not foresee."
    )
