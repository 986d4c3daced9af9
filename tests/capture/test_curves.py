from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ckmlab.capture import accumulation, chao2, first_heard

TABLE = np.array([[1, 1, 0, 0, 0], [1, 0, 1, 0, 0], [1, 1, 0, 1, 0], [1, 0, 0, 0, 1]])


def test_equals_the_average_over_every_subset_of_interviews():
    curve = accumulation(TABLE).set_index("interviews").expected
    for size in range(1, 5):
        subsets = [TABLE[list(rows)].any(axis=0).sum() for rows in combinations(range(4), size)]
        assert curve[size] == pytest.approx(np.mean(subsets))


def test_extrapolation_starts_at_what_was_seen_and_heads_for_chao2():
    curve = accumulation(TABLE, up_to=8)
    assert curve.extrapolated.tolist() == [False] * 4 + [True] * 4
    assert curve.expected.is_monotonic_increasing
    assert 5 < curve.expected.iloc[-1] < chao2(TABLE, bias_corrected=False).value


@settings(max_examples=30)
@given(arrays(int, (6, 8), elements=st.integers(0, 1)).filter(lambda table: table.any()))
def test_curve_rises_ever_more_slowly_to_what_was_seen(table):
    curve = accumulation(table)
    steps = np.diff(np.append(0, curve.expected))
    assert (steps >= -1e-9).all()
    assert (np.diff(steps) <= 1e-9).all()
    assert curve.expected.iloc[-1] == pytest.approx(table.any(axis=0).sum())
    assert (curve.low <= curve.expected).all()


def test_far_extrapolation_is_refused():
    with pytest.raises(ValueError, match="guesswork"):
        accumulation(TABLE, up_to=9)


def test_first_heard_counts_a_need_once_in_the_order_held():
    assert first_heard(TABLE).tolist() == [2, 1, 1, 1]
    assert first_heard(TABLE[::-1]).tolist() == [2, 2, 1, 0]
    table = pd.DataFrame(TABLE, index=[11, 12, 15, 19])
    assert first_heard(table).loc[15] == 1


@settings(max_examples=30)
@given(arrays(int, (6, 8), elements=st.integers(0, 1)))
def test_what_is_first_heard_adds_up_to_what_was_heard(table):
    assert first_heard(table).sum() == table.any(axis=0).sum()
