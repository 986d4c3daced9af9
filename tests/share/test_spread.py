import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.share import gini, item_reach, lorenz_curve, reach

LOG = pd.DataFrame({"employee_id": [1, 1, 2, 2], "item_id": [7, 7, 7, 8]})
amounts = st.lists(st.integers(0, 1000), min_size=3, max_size=40).filter(any)


def test_figure_of_the_research_notes():
    # research notes 6, N9: Gini .5507 for (120, 60, 30, 10, 5, 5)
    assert round(gini([120, 60, 30, 10, 5, 5]).value, 4) == 0.5507


@given(amounts)
def test_gini_equals_the_mean_absolute_difference_and_the_area(values):
    x = np.array(values)
    n, total = len(x), x.sum()
    pairs = np.abs(x[:, None] - x[None, :]).sum() / (2 * n * total)
    curve = lorenz_curve(values)
    area = 1 - 2 * np.trapezoid(curve.held, curve.holders)
    assert gini(values).value == pytest.approx(pairs, abs=1e-9)
    assert gini(values).value == pytest.approx(area, abs=1e-9)


@given(amounts, st.floats(0.01, 100))
def test_gini_does_not_depend_on_the_unit(values, factor):
    assert gini([v * factor for v in values]).value == pytest.approx(gini(values).value, abs=1e-9)


@given(amounts)
def test_jackknife_equals_leaving_one_out_by_hand(values):
    n = len(values)
    rest = [values[:i] + values[i + 1 :] for i in range(n)]
    without = np.array([gini(one).value for one in rest if sum(one) > 0])
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    estimate = gini(values)
    assert estimate.high == pytest.approx(min(estimate.value + 1.959964 * error, 1), abs=1e-6)


def test_extremes():
    assert gini([5, 5, 5]).value == 0
    assert gini([0, 0, 0, 9]).value == 0.75
    assert np.isnan(gini([0, 0]).value)


def test_jackknife_interval_covers():
    # exponential amounts have a Gini of one half
    rng = np.random.default_rng(5)
    hits = sum(gini(rng.exponential(size=200)).covers(0.5) for _ in range(300))
    assert 0.9 < hits / 300 < 0.98


@pytest.mark.parametrize("convert", [lambda frame: frame, pl.from_pandas])
def test_reach_counts_people_once(convert):
    assert reach(convert(LOG), [1, 2, 3, 4]).value == 0.5
    assert reach(convert(LOG), [1, 2, 3, 4], item=8).value == 0.25
    assert reach(convert(LOG), convert(pd.DataFrame({"employee_id": [1, 2, 2]}))).value == 1


def test_items_nobody_opened_are_listed():
    table = item_reach(LOG, items=pd.DataFrame({"item_id": [7, 8, 9]}))
    assert table.values.tolist() == [[7, 2, 3], [8, 1, 1], [9, 0, 0]]


def test_clear_errors():
    with pytest.raises(ValueError, match="cannot be negative"):
        gini([-1, 2])
    with pytest.raises(ValueError, match="nobody to reach"):
        reach(LOG, [])
    with pytest.raises(KeyError, match="reader"):
        reach(LOG, [1], person="reader")
