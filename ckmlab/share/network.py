"""Who depends on whom: the network of readers and authors."""

import math

import pandas as pd

from ckmlab.arguments import check_share
from ckmlab.frames import check_alike, join, to_pandas

__all__ = ["access_network", "brokerage", "bus_factor", "dependence_table"]


def access_network(log, items, *, item="item_id", reader="employee_id", author="employee_id"):
    """Network in which an arrow points from a reader to the author of what was read.

    Parameters
    ----------
    log : data frame
        One row per opening, with ``item`` and ``reader``; any library, converted to pandas.
    items : data frame
        One row per item, with ``item`` and ``author``. Items without an author (from customers
        or databases) and openings by the author are left out.
    item, reader, author : str
        The columns' names.

    Returns
    -------
    networkx.DiGraph
        Edges carry ``weight``, the number of openings.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item_id": [1, 2], "employee_id": ["ann", "bo"]})
    >>> log = pd.DataFrame({"item_id": [1, 1, 2], "employee_id": ["bo", "cy", "bo"]})
    >>> sorted(access_network(log, items).edges(data="weight"))
    [('bo', 'ann', 1), ('cy', 'ann', 1)]
    """
    import networkx as nx

    opened = to_pandas(log, [item, reader], where="access_network, log")
    written = to_pandas(items, [item, author], where="access_network, items").dropna()
    opened = opened.rename(columns={reader: "_reader"}).dropna()
    written = written.rename(columns={author: "_author"})
    both = join(opened, written, item, where="access_network")
    both = both[both._reader != both._author]
    graph = nx.DiGraph()
    counts = both.groupby(["_reader", "_author"]).size()
    graph.add_weighted_edges_from((a, b, int(weight)) for (a, b), weight in counts.items())
    return graph


def dependence_table(network):
    """How much each person reads from others and is read by others.

    Parameters
    ----------
    network : networkx.DiGraph
        From :func:`access_network`.

    Returns
    -------
    pandas.DataFrame
        ``person``, ``readers`` (people who depend on them), ``read_by_others`` and
        ``read_from_others`` (openings), and ``main_source_share`` (share of what they read
        that comes from one author), most depended upon first.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_weighted_edges_from([("bo", "ann", 3), ("cy", "ann", 1), ("bo", "cy", 1)])
    >>> dependence_table(graph).person.tolist()
    ['ann', 'cy', 'bo']
    """
    _check_network(network, "dependence_table")
    rows = []
    for person in network:
        out = [weight for _, _, weight in network.out_edges(person, data="weight")]
        into = [weight for _, _, weight in network.in_edges(person, data="weight")]
        rows.append(
            {
                "person": person,
                "readers": len(into),
                "read_by_others": sum(into),
                "read_from_others": sum(out),
                "main_source_share": max(out) / sum(out) if out else math.nan,
            }
        )
    columns = ["person", "readers", "read_by_others", "read_from_others", "main_source_share"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["read_by_others", "readers"], ascending=False, ignore_index=True, kind="stable"
    )


def bus_factor(items, log=None, *, share=0.5, item="item_id", author="employee_id"):
    """How few people would have to leave for the firm to lose so much of its knowledge.

    Parameters
    ----------
    items : data frame
        One row per item with its author; any library, converted to pandas. Items without an
        author leave with nobody.
    log : data frame, optional
        One row per opening: counts items by their use instead of one by one.
    share : float, default 0.5
        Share of the knowledge whose loss counts as a disaster.
    item, author : str
        The columns' names.

    Returns
    -------
    int
        Smallest number of authors who together hold that share. 0 if so much has no author
        that it cannot be lost.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no item, or nothing was opened.

    References
    ----------
    The truck factor of software teams: Avelino, Passos, Hora and Valente (2016).

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item_id": range(6), "employee_id": list("aaabcd")})
    >>> bus_factor(items), bus_factor(items, share=0.8)
    (1, 3)
    """
    check_share("share", share)
    stored = to_pandas(items, [item, author], where="bus_factor, items")
    weight = pd.Series(1.0, index=stored.index)
    if log is not None:
        uses = to_pandas(log, [item], where="bus_factor, log")[item]
        check_alike(stored[item], uses, where="bus_factor")
        weight = stored[item].map(uses.value_counts()).fillna(0).astype(float)
    if weight.sum() == 0:
        raise ValueError("there is no item, or none was opened; there is nothing to lose")
    held = weight.groupby(stored[author].to_numpy()).sum().sort_values(ascending=False)
    lost = held.cumsum() / weight.sum()
    enough = (lost >= share - 1e-12).to_numpy()
    return int(enough.argmax()) + 1 if enough.any() else 0


def brokerage(network):
    """Who connects people that would otherwise not meet.

    Parameters
    ----------
    network : networkx.Graph or networkx.DiGraph
        From :func:`access_network`; directions are ignored, openings count as closeness.

    Returns
    -------
    pandas.DataFrame
        ``person``, ``betweenness`` (share of shortest ways between others that lead through
        them, between 0 and 1) and ``constraint`` (Burt; low: contacts that do not know each
        other, NaN without contacts), best brokers first.

    References
    ----------
    Freeman (1977), Sociometry 40, 35-41; Burt (1992), Structural Holes. Rests on networkx.

    Examples
    --------
    >>> import networkx as nx
    >>> table = brokerage(nx.star_graph(["hub", "a", "b", "c"]))
    >>> table[["person", "betweenness"]].values.tolist()[0]
    ['hub', 1.0]
    """
    import networkx as nx

    _check_network(network, "brokerage")
    graph = nx.Graph()
    graph.add_nodes_from(network)
    for one, other, weight in network.edges(data="weight", default=1):
        known = graph.get_edge_data(one, other, {"weight": 0})["weight"]
        graph.add_edge(one, other, weight=known + weight)
    between = nx.betweenness_centrality(graph)
    constraint = nx.constraint(graph, weight="weight")
    table = pd.DataFrame(
        {
            "person": list(graph),
            "betweenness": [between[one] for one in graph],
            "constraint": [constraint[one] for one in graph],
        }
    )
    return table.sort_values(
        ["betweenness", "constraint"], ascending=[False, True], ignore_index=True, kind="stable"
    )


def _check_network(network, where):
    if not hasattr(network, "adjacency"):
        raise TypeError(
            f"{where} needs a networkx graph such as access_network returns, "
            f"got {type(network).__name__}"
        )
