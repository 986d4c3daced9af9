import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats.contingency import association

from ckmlab.classify import conformance, cramers_v, mark_conformance, type_flow
from ckmlab.concepts import process_cells


def flow_of(*paths):
    columns = ["ktype", "created_process", "used_process", "n"]
    return pd.DataFrame(paths, columns=columns)


def test_flow_counts_paths_and_keeps_unused_items(items):
    flow = type_flow(pd.DataFrame(items))
    columns = ["origin", "ktype", "created_process", "used_process", "n"]
    assert flow.columns.tolist() == columns
    assert flow["n"].sum() == 6
    assert flow["used_process"].isna().sum() == 1
    twice = type_flow(pd.DataFrame(items).sample(12, replace=True, random_state=1))
    assert twice["n"].sum() == 12


@pytest.mark.parametrize("library", [pl.DataFrame, pl.LazyFrame])
def test_flow_and_marks_stay_in_polars(items, library):
    flow = type_flow(library(items))
    marked = mark_conformance(flow)
    assert type(flow) is type(marked) is library
    assert conformance(flow).value == pytest.approx(4 / 6)


def test_flow_and_marks_stay_in_duckdb(items):
    flow = type_flow(duckdb.from_df(pd.DataFrame(items)))
    marked = mark_conformance(flow)
    assert type(flow) is type(marked) is duckdb.DuckDBPyRelation
    assert marked.df()["conforms"].sum() == 4


def test_marks_name_the_end_at_fault(items):
    marked = mark_conformance(type_flow(pd.DataFrame(items)))
    offences = marked.set_index(["ktype", "created_process"])["offence"]
    assert offences["for", "complaint"] == "created"
    assert offences["from", "campaign"] == "created, used"
    # Nobody has used it yet, so only the creating end can be at fault.
    assert offences["about", "service"] == ""
    used = mark_conformance(flow_of(("about", "offer", "contract", 1)))
    assert used["offence"].tolist() == ["used"]


def test_marks_keep_other_columns_and_can_be_renewed(items):
    marked = mark_conformance(type_flow(pd.DataFrame(items)))
    assert "origin" in marked
    pd.testing.assert_frame_equal(mark_conformance(marked), marked)


def test_conformance_weighs_by_items():
    flow = flow_of(("about", "offer", "campaign", 90), ("for", "complaint", "offer", 10))
    share = conformance(flow)
    assert share.value == 0.9
    assert share.n == 100
    assert "for, complaint → offer (10 items)" in share.notes[0]
    # Wilson 1927 for 90 of 100, statsmodels proportion_confint: 0.8256 to 0.9448.
    assert (round(share.low, 4), round(share.high, 4)) == (0.8256, 0.9448)


def test_stated_cells_alone_are_stricter():
    flow = flow_of(("about", "lead", "campaign", 1), ("about", "offer", "campaign", 1))
    assert conformance(flow).value == 1
    assert conformance(flow, cells=process_cells(stated_only=True)).value == 0.5


def test_campaign_may_collect_and_hand_on_knowledge_for_customers():
    flow = flow_of(("for", "rnd", "campaign", 1), ("for", "campaign", "service", 1))
    assert conformance(flow).value == 1


@pytest.mark.parametrize("measure", [conformance, mark_conformance])
def test_errors_of_a_flow(measure):
    with pytest.raises(KeyError, match="used_process"):
        measure(pd.DataFrame({"ktype": [], "created_process": [], "n": []}))
    with pytest.raises(ValueError, match="number of items"):
        measure(flow_of())
    with pytest.raises(ValueError, match="number of items"):
        measure(flow_of(("about", "offer", "campaign", -1)))
    with pytest.raises(ValueError, match="adds up to 0"):
        measure(flow_of(("about", "offer", "campaign", 0)))


@pytest.mark.parametrize("measure", [conformance, mark_conformance])
def test_a_misspelt_name_is_no_offence_but_an_error(measure):
    with pytest.raises(ValueError, match=r"'used_process'.*\['Sales'\].*cells="):
        measure(flow_of(("about", "offer", "Sales", 1)))
    with pytest.raises(ValueError, match=r"'ktype' holds the unknown names \['with'\]"):
        measure(flow_of(("with", "offer", "campaign", 1)))
    with pytest.raises(ValueError, match="'created_process' is empty"):
        measure(flow_of(("about", None, "campaign", 1), ("about", "offer", "campaign", 1)))


def test_a_matrix_of_ones_own_may_bring_other_names():
    cells = pd.DataFrame(
        {"ktype": "about", "process": ["Sales"], "may_create": True, "may_use": True}
    )
    assert conformance(flow_of(("about", "Sales", "Sales", 2)), cells=cells).value == 1


@pytest.mark.parametrize("library", [pd.DataFrame, pl.DataFrame])
def test_items_without_a_label_have_no_flow(items, library):
    items["ktype_coded"][0] = None
    assert type_flow(library(items))["n"].sum() == 5


def test_cramers_v_agrees_with_scipy():
    table = np.array([[30, 5, 10], [4, 22, 9], [6, 3, 40]])
    flow = pd.DataFrame(
        {"ktype": list("abc"), "created_process": process, "n": table[:, column]}
        for column, process in enumerate("xyz")
    ).explode(["ktype", "n"])
    result = cramers_v(flow.astype({"n": int}))
    assert result.value == pytest.approx(association(table, method="cramer"))
    assert result.low < result.value < result.high


def test_cramers_v_needs_two_values_of_each():
    with pytest.raises(ValueError, match="at least two of each"):
        cramers_v(flow_of(("about", "offer", "campaign", 3), ("about", "lead", "campaign", 3)))


def test_cramers_v_interval_covers_at_the_nominal_rate():
    # Margins of one half: V is |2 p − 1| with p = .7 the share on the diagonal.
    draws = np.random.default_rng(8).multinomial(200, [0.35, 0.15, 0.15, 0.35], size=300)
    covered = []
    for n in draws:
        flow = pd.DataFrame({"ktype": list("aabb"), "created_process": list("xyxy"), "n": n})
        covered.append(cramers_v(flow).covers(0.4))
    assert 0.91 < np.mean(covered) < 0.99


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=9, max_size=9), st.permutations([0, 1, 2]))
def test_cramers_v_is_bounded_and_blind_to_names(counts, order):
    names = np.array(["about", "for", "from"])
    grid = {"created_process": np.tile(list("xyz"), 3), "n": counts}
    flow = pd.DataFrame({"ktype": np.repeat(names, 3), **grid})
    renamed = pd.DataFrame({"ktype": np.repeat(names[order], 3), **grid})
    try:
        value = cramers_v(flow)
    except ValueError:
        return
    assert 0 <= value.low <= value.value <= value.high <= 1 + 1e-9
    assert cramers_v(renamed).value == pytest.approx(value.value)
