import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.control import reachability, transparency_exposure


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9), st.integers(1, 9)), min_size=1))
def test_curve_runs_from_closed_to_open(rows):
    items = pd.DataFrame(rows, columns=["sensitivity", "need", "risk"])
    curve = transparency_exposure(items)
    assert curve[["transparency", "exposure"]].iloc[0].tolist() == [0, 0]
    assert curve[["transparency", "exposure"]].iloc[-1].tolist() == pytest.approx([1, 1])
    assert curve.transparency.is_monotonic_increasing
    assert curve.exposure.is_monotonic_increasing


def test_harmless_items_are_open_on_the_frontier():
    items = pd.DataFrame({"sensitivity": [0, 1], "need": [1, 1], "risk": [0, 1]})
    assert transparency_exposure(items).frontier.tolist() == [False, True, True]


def test_ordered_categories_keep_their_order():
    levels = pd.CategoricalDtype(["public", "internal", "secret"], ordered=True)
    items = pd.DataFrame(
        {
            "sensitivity": pd.Series(["secret", "public", "internal"], dtype=levels),
            "need": [1, 1, 1],
            "risk": [5, 0, 1],
        }
    )
    assert transparency_exposure(items).open_up_to.tolist()[1:] == ["public", "internal", "secret"]


def test_reachability_counts_only_pairs_with_a_need():
    pairs = pd.DataFrame({"need": [1, 1, 0], "permitted": [1, 1, 1], "findable": [1, 0, 1]})
    estimate = reachability(pairs)
    assert (estimate.value, estimate.n) == (0.5, 2)


def test_clear_errors():
    items = pd.DataFrame({"sensitivity": [0, None], "need": [1, 1], "risk": [1, 1]})
    with pytest.raises(ValueError, match="gaps"):
        transparency_exposure(items)
    with pytest.raises(ValueError, match="'risk' must be"):
        transparency_exposure(items.assign(risk=0))
