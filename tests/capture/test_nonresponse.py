import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.capture import response_bounds


def test_formula_of_the_research_notes():
    # research notes 4.2: [p·r, p·r + (1 - r)]
    bounds = response_bounds([1] * 180 + [0] * 60, invited=1000)
    assert (bounds.low, bounds.high) == pytest.approx((0.18, 0.94))
    assert bounds.width == pytest.approx(1 - 0.24)


def test_nps_scale():
    bounds = response_bounds([100, 100, 0, -100, None], lowest=-100, highest=100)
    assert (bounds.low, bounds.high) == pytest.approx((0, 40))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.floats(0, 10), st.booleans()), min_size=2, max_size=40).filter(
        lambda people: any(answered for _, answered in people)
    )
)
def test_whatever_the_silent_would_have_said(people):
    answers = [value if answered else None for value, answered in people]
    truth = np.mean([value for value, _ in people])
    bounds = response_bounds(answers, lowest=0, highest=10)
    assert bounds.low - 1e-9 <= truth <= bounds.high + 1e-9
    assert bounds.interval().low <= bounds.low <= bounds.high <= bounds.interval().high


def test_interval_covers_a_truth_at_the_edge_of_the_bounds():
    # the worst case itself: every silent person would have said 0, so the truth is the low end
    rng, hits = np.random.default_rng(3), 0
    for _ in range(400):
        answered = rng.random(300) < 0.6
        answers = np.where(answered, rng.random(300) < 0.7, np.nan)
        hits += response_bounds(answers).interval().covers(0.6 * 0.7)
    assert 0.92 < hits / 400 < 0.98


def test_full_response_leaves_a_mean():
    bounds = response_bounds([0, 1, 1, 0])
    assert bounds.low == bounds.high == bounds.observed == 0.5
    assert bounds.interval().covers(0.5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"answers": [9, 10]}, "off the scale"),
        ({"answers": [None, None]}, "no value"),
        ({"answers": [1, 1], "invited": 1}, "from 1 invited"),
        ({"answers": [1], "lowest": 1, "highest": 0}, "scale's ends"),
    ],
)
def test_clear_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        response_bounds(**arguments)
