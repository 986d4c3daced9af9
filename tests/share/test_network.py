import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.share import access_network, brokerage, bus_factor, dependence_table

ITEMS = pd.DataFrame({"item_id": [1, 2, 3, 4], "employee_id": ["ann", "ann", "bo", None]})
LOG = pd.DataFrame(
    {"item_id": [1, 1, 2, 3, 3, 4, 1], "employee_id": ["bo", "bo", "cy", "cy", "bo", "cy", "ann"]}
)


def test_arrows_point_to_the_author_and_own_reading_is_none():
    edges = sorted(access_network(LOG, ITEMS).edges(data="weight"))
    assert edges == [("bo", "ann", 2), ("cy", "ann", 1), ("cy", "bo", 1)]


def test_dependence():
    table = dependence_table(access_network(LOG, ITEMS)).set_index("person")
    assert table.loc["ann", ["readers", "read_by_others", "read_from_others"]].tolist() == [2, 3, 0]
    assert table.loc["cy", "main_source_share"] == 0.5


def test_published_brokers_of_the_kite():
    # Krackhardt (1990): Heather (7) .389, Fernando and Garth (5, 6) .231, Ike (8) .222
    table = brokerage(nx.krackhardt_kite_graph()).set_index("person").betweenness.round(3)
    assert table[[7, 5, 6, 8]].tolist() == [0.389, 0.231, 0.231, 0.222]


def test_bus_factor_by_items_and_by_use():
    items = pd.DataFrame({"item_id": range(10), "employee_id": list("aaaabbbccd")})
    log = pd.DataFrame({"item_id": [9] * 50 + [0]})
    assert bus_factor(items) == 2
    assert bus_factor(items, log) == 1


def test_what_has_no_author_cannot_leave():
    items = pd.DataFrame({"item_id": range(4), "employee_id": ["a", None, None, None]})
    assert bus_factor(items) == 0


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=30), st.floats(0.05, 1))
def test_nobody_fewer_would_do(authors, share):
    items = pd.DataFrame({"item_id": range(len(authors)), "employee_id": authors})
    held = items.employee_id.value_counts()
    factor = bus_factor(items, share=share)
    assert held.iloc[:factor].sum() >= share * len(authors) - 1e-9
    assert held.iloc[: factor - 1].sum() < share * len(authors)


def test_clear_errors():
    with pytest.raises(ValueError, match="nothing to lose"):
        bus_factor(ITEMS, LOG.head(0))
    with pytest.raises(KeyError, match="employee_id"):
        access_network(LOG, ITEMS[["item_id"]])
    with pytest.raises(ValueError, match="did you mean"):
        bus_factor(ITEMS, share=50)
