import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.capture import accumulation, new_needs_expected, stop_after, yield_curve

A, B = 1.45, 7.64


@settings(max_examples=30)
@given(st.floats(50, 5000), st.floats(50, 5000))
def test_the_rule_stops_where_the_net_value_is_highest(value, cost):
    n = stop_after(200, A, B, value=value, cost=cost)
    net = yield_curve(200, A, B, value=value, cost=cost, up_to=n + 30).net
    best = max(net.max(), 0)
    assert (net[n - 1] if n else 0) == pytest.approx(best, rel=1e-9, abs=1e-6)


def test_dear_interviews_are_not_held_at_all():
    assert stop_after(10, A, B, value=1, cost=1000) == 0


def test_good_toulmin_is_the_last_step_of_the_accumulation_curve():
    rng = np.random.default_rng(2)
    table = rng.random((20, 150)) < rng.beta(1.45, 7.64, 150)
    last_step = accumulation(table).expected.diff().iloc[-1]
    assert new_needs_expected(table).value == pytest.approx(last_step)


def test_it_covers_what_the_next_interview_brings_on_average():
    rng, hits = np.random.default_rng(4), 0
    for _ in range(80):
        chances = rng.beta(1.45, 7.64, 150)
        table = rng.random((20, 150)) < chances
        truth = chances[~table.any(axis=0)].sum()
        hits += new_needs_expected(table).covers(truth)
    assert hits / 80 > 0.85


def test_nothing_heard_once_still_leaves_doubt():
    estimate = new_needs_expected([[1, 1], [1, 1]])
    assert estimate.value == estimate.low == 0
    assert estimate.high > 1


def test_clear_errors():
    with pytest.raises(ValueError, match="cost is 0"):
        stop_after(200, A, B, value=100, cost=0)
