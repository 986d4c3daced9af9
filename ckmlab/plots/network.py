"""Who depends on whom for knowledge."""

import math

import numpy as np
import pandas as pd
from matplotlib.patches import FancyArrowPatch

from ckmlab.plots._house import CAUTION, bare, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, INK, house_style, picture

__all__ = ["access_network"]

MOST = 60  # people that can be told apart on a page


@house_style()
def access_network(network, *, named=3):
    """Draw who reads whose knowledge: those many depend on stand large and in the middle.

    Parameters
    ----------
    network : networkx.DiGraph
        What :func:`ckmlab.share.access_network` returns: arrows from readers to authors.
    named : int, default 3
        How many of the most read people are named and coloured.

    Returns
    -------
    Picture
        At most 60 people, those with the most openings; the caption says so when some are left
        out.

    Raises
    ------
    ValueError
        If nobody read anything.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_weighted_edges_from([("bo", "ann", 3), ("cy", "ann", 1), ("bo", "cy", 1)])
    >>> access_network(graph, named=1).title
    '80 % of what people read from others was written by one of 3: ann'
    """
    table = _read(network)
    total = table["read_by_others"].sum()
    if not total:
        raise ValueError("plots.access_network: nobody read anything, so there is no network")
    top = table.head(named)
    activity = table["read_by_others"] + table["read_from_others"]
    shown = table.loc[activity.sort_values(ascending=False, kind="stable").index[:MOST]]
    fig, ax = picture(8, 5.4)
    places = _places(shown)
    sizes = _sizes(shown)
    _arrows(ax, network, places, sizes, set(top["person"]))
    _people(ax, shown, places, sizes, set(top["person"]))
    bare(ax).set(aspect="equal", xlim=(-1.75, 1.75), ylim=(-1.14, 1.14))
    share = top["read_by_others"].sum() / total
    who = "one" if len(top) == 1 else count(len(top))
    names = f": {listed(map(_called, top['person']))}" if len(top) <= 3 else ""
    fig.title = (
        f"{percent(share)} of what people read from others was written by {who} "
        f"of {count(len(table))}{names}"
    )
    fig.alt = _alt(table, top, total)
    fig.caption = "Size: openings by others. Arrows run from the reader to the author." + (
        f" Shown: the {MOST} most active of {count(len(table))}." if len(table) > MOST else ""
    )
    return fig


def _read(network):
    """The arrows at each person, as the network counts them; those with the most readers first."""
    arrows = {
        "readers": network.in_degree(),
        "read_by_others": network.in_degree(weight="weight"),
        "read_from_others": network.out_degree(weight="weight"),
    }
    table = pd.DataFrame({name: dict(degrees) for name, degrees in arrows.items()})
    order = ["read_by_others", "readers"]
    table = table.sort_values(order, ascending=False, kind="stable")
    return table.rename_axis("person").reset_index()


def _places(table):
    """Rings: the more somebody is read, the nearer to the middle; the order is by angle."""
    reads = table.sort_values("read_by_others", ascending=False, kind="stable")
    reads = reads.reset_index(drop=True)
    rank = np.sqrt((np.arange(len(reads)) + 0.3) / len(reads))
    angle = np.arange(len(reads)) * math.pi * (3 - math.sqrt(5))  # a sunflower: no two in line
    x, y = 1.55 * rank * np.cos(angle), 1.02 * rank * np.sin(angle)
    return {person: (x[i], y[i]) for i, person in enumerate(reads["person"])}


def _sizes(table):
    """The diameter of each person in points: the area grows with the openings by others."""
    share = table["read_by_others"] / max(table["read_by_others"].max(), 1)
    return dict(zip(table["person"], 5 + 23 * np.sqrt(share), strict=True))


def _arrows(ax, network, places, sizes, stars):
    edges = [
        (weight, reader, author)
        for reader, author, weight in network.edges(data="weight")
        if reader in places and author in places
    ]
    heaviest = max(weight for weight, _, _ in edges)
    for weight, reader, author in sorted(edges, key=lambda edge: edge[0]):
        strength = weight / heaviest
        colour = tint(CAUTION if author in stars else COLOURS["blue"], 0.15 + 0.45 * strength)
        arrow = FancyArrowPatch(
            places[reader], places[author], connectionstyle="arc3,rad=0.12", arrowstyle="-|>",
            color=colour, lw=0.4 + 2.4 * strength, zorder=1 + strength,
            mutation_scale=5 + 9 * strength, shrinkA=0, shrinkB=sizes[author] / 2 + 1,
        )  # fmt: skip
        ax.add_patch(arrow)


def _people(ax, table, places, sizes, stars):
    for row in table.itertuples():
        x, y = places[row.person]
        star, size = row.person in stars, sizes[row.person]
        colour = CAUTION if star else COLOURS["blue"]
        ax.plot(x, y, marker="o", ms=size, color=colour, mec="white", mew=1, zorder=3)
        if star:
            words = f"{_called(row.person)} (read {count(row.read_by_others)} times)"
            box = {"fc": "white", "alpha": 0.8, "lw": 0, "pad": 1}
            style = {"textcoords": "offset points", "ha": "center", "weight": "bold", "zorder": 4}
            ax.annotate(words, (x, y), (0, size / 2 + 3), color=INK, bbox=box, **style)


def _called(person):
    """A name as it is, a number as a number: beside other numbers, a bare 15 says nothing."""
    return person if isinstance(person, str) else f"no. {person}"


def _alt(table, top, total):
    said = [
        f"{_called(row.person)} with {count(row.read_by_others)} openings by "
        f"{count(row.readers)} people"
        for row in top.itertuples()
    ]
    silent = (table["read_by_others"] == 0).sum()
    return (
        f"A network of {count(len(table))} people and {count(total)} openings of items somebody "
        f"else wrote. Most read: {listed(said)}. {count(silent)} people were read by nobody."
    )
