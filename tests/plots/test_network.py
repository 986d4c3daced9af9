import networkx as nx
import pytest
from matplotlib.patches import ArrowStyle

from ckmlab import plots


@pytest.fixture
def network():
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("bo", "ann", 3), ("cy", "ann", 1), ("bo", "cy", 1)])
    return graph


def test_the_most_read_are_named_with_their_openings(network):
    fig = plots.access_network(network, named=2)
    assert [t.get_text() for t in fig.axes[0].texts] == ["ann (read 4 times)", "cy (read 1 times)"]
    assert "1 people were read by nobody" in fig.alt
    assert fig.title.startswith("100 % of what people read")


def test_a_crowd_is_cut_to_those_who_read_and_write(network):
    network.add_weighted_edges_from([(f"p{n}", "ann", 1) for n in range(100)])
    fig = plots.access_network(network)
    assert "the 60 most active of 103" in fig.caption
    assert len([line for line in fig.axes[0].lines if line.get_marker() == "o"]) == 60


def test_a_network_without_openings_is_refused():
    with pytest.raises(ValueError, match="nobody read anything"):
        plots.access_network(nx.DiGraph())


def test_people_without_names_are_called_by_their_number():
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([(2, 15, 3), (7, 15, 1)])
    assert plots.access_network(graph, named=1).title.endswith("by one of 3: no. 15")


def test_arrows_have_their_heads_at_the_author(network):
    fig = plots.access_network(network)
    arrows = fig.axes[0].patches
    assert len(arrows) == 3
    assert all(isinstance(arrow.get_arrowstyle(), ArrowStyle.CurveFilledB) for arrow in arrows)
