"""Where knowledge comes from: how often it was worked over, and through how many channels."""

import math

import numpy as np
import pandas as pd

from ckmlab.arguments import check_positive, one_column
from ckmlab.frames import to_pandas
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["channel_entropy", "lineage_depth"]


def lineage_depth(links, *, item="item_id", source="source_id"):
    """How many steps of processing lie between an item and the raw record it came from.

    After Campbell: customer information becomes knowledge by being put in order. A raw log has
    depth 0, a table made of it 1, a rule learned from the table 2; with several sources the
    longest way counts.

    Parameters
    ----------
    links : data frame
        One row per derivation; any library, converted to pandas. Items without a source may
        stand in it with a missing source.
    item, source : str
        Columns with the derived item and what it was derived from.

    Returns
    -------
    pandas.Series
        Depth of every item and source mentioned, indexed by id, named ``depth``.

    Raises
    ------
    ValueError
        If items are derived from each other in a circle.

    References
    ----------
    Campbell (2003), Industrial Marketing Management 32(5), 375-383.

    Examples
    --------
    >>> import pandas as pd
    >>> links = pd.DataFrame({"item_id": ["table", "rule", "rule"],
    ...     "source_id": ["log", "table", "log"]})
    >>> lineage_depth(links).to_dict()
    {'log': 0, 'table': 1, 'rule': 2}
    """
    import networkx as nx

    table = to_pandas(links, [item, source], where="lineage_depth")
    graph = nx.DiGraph()
    graph.add_nodes_from(table[item].dropna())
    graph.add_edges_from(table.dropna()[[source, item]].itertuples(index=False))
    if not nx.is_directed_acyclic_graph(graph):
        circle = " ← ".join(str(edge[0]) for edge in nx.find_cycle(graph))
        raise ValueError(f"items are derived from each other in a circle: {circle}")
    depth = {}
    for node in nx.topological_sort(graph):
        depth[node] = max((depth[one] + 1 for one in graph.predecessors(node)), default=0)
    return pd.Series(depth, name="depth", dtype=int)


def channel_entropy(channels, *, base=2, confidence=0.95):
    r"""How many-voiced the sources are: entropy of the channels items came through.

    .. math:: H = -\sum_c p_c \log p_c

    0 when all comes through one channel; log(number of channels) when all speak equally.
    Mitussis and colleagues call customer knowledge complex because of its many channels.

    Parameters
    ----------
    channels : array-like
        The channel (or origin, or source) of each item; missing ones are left out.
    base : float, default 2
        2 gives bits.
    confidence : float, default 0.95
        Level of the normal interval, cut to what is possible.

    Returns
    -------
    Estimate
        The plug-in value, which is too low by about (channels - 1)/(2 n) nats.

    Raises
    ------
    ValueError
        If no item has a channel.

    References
    ----------
    Shannon (1948); variance Basharin (1959); Mitussis, O'Malley and Patterson (2006), European
    Journal of Marketing 40(5/6), 572-589.

    Examples
    --------
    >>> channel_entropy(["employee", "database", "customer"] * 20).value.__round__(3)
    1.585
    """
    known = one_column("channels", channels).dropna()
    share, n = known.value_counts(normalize=True), len(known)
    if n == 0:
        raise ValueError("no item has a channel")
    unit = math.log(check_positive("base", base))
    if unit <= 0:
        raise ValueError(f"base is {base:g}; entropy needs a base above 1, such as 2")
    surprise = -np.log(share[share > 0].to_numpy()) / unit
    weight = share[share > 0].to_numpy()
    value = float(weight @ surprise)
    variance = max(float(weight @ surprise**2) - value**2, 0) / n
    half = normal_quantile(confidence) * math.sqrt(variance)
    return Estimate(
        value,
        max(value - half, 0),
        max(min(value + half, math.log(len(share)) / unit), value),
        level=confidence,
        n=n,
        method="plug-in entropy, normal interval (Basharin 1959)",
    )
