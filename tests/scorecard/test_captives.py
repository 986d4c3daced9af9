"""Who stays without being satisfied, on any scale."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.intervals import proportion
from ckmlab.scorecard import captivity, scorecard

ANSWERS = [3, 7, 8, 10, 2, None]
STAYED = [True, True, True, True, False, True]


def test_only_answers_of_stayers_count():
    found = captivity(ANSWERS, STAYED)
    assert (found.value, found.n) == (0.5, 4)
    assert (found.low, found.high) == (proportion(2, 4).low, proportion(2, 4).high)


@pytest.mark.parametrize(
    ("scale", "satisfied"), [((1, 5), {4, 5}), ((1, 7), {6, 7}), ((1, 10), {8, 9, 10})]
)
def test_the_satisfied_are_the_top_boxes_of_each_scale(scale, satisfied):
    points = range(scale[0], scale[1] + 1)
    at_ease = {x for x in points if float(captivity([x], [True], scale=scale)) == 0}
    assert at_ease == satisfied


@given(
    st.lists(st.tuples(st.integers(1, 10), st.booleans()), min_size=1, max_size=30),
    st.integers(-5, 5),
    st.integers(1, 4),
)
def test_another_unit_of_the_scale_changes_nothing(people, shift, factor):
    answers, stayed = np.array(people).T
    moved = captivity(factor * answers + shift, stayed, scale=(factor + shift, 10 * factor + shift))
    assert moved.value == pytest.approx(captivity(answers, stayed).value, nan_ok=True)


def test_a_higher_threshold_never_finds_fewer():
    shares = [float(captivity([1, 4, 6, 8, 10], [1] * 5, threshold=t)) for t in (0, 0.4, 0.7, 1)]
    assert shares == sorted(shares) and shares[-1] == 1


def test_nobody_who_stayed_gives_no_share():
    assert np.isnan(captivity([5, None], [False, True]).value)


@pytest.mark.parametrize(
    ("answers", "stayed", "how", "error", "said"),
    [
        ([11], [True], {}, ValueError, "holds 11, outside the scale 1 to 10; say scale="),
        ([5], [True, False], {}, ValueError, "1 answers but 2"),
        ([5], [None], {}, ValueError, "stayed"),
        (["good"], [True], {}, TypeError, "'good'"),
        ([5], [True], {"threshold": 7}, ValueError, "threshold is 7"),
    ],
)
def test_clear_errors(answers, stayed, how, error, said):
    with pytest.raises(error, match=said):
        captivity(answers, stayed, **how)


def test_the_scorecard_asks_for_the_scale():
    surveys = pd.DataFrame({"customer_id": [1, 2], "wave": 1, "cusa1": [3, 5]})
    contracts = pd.DataFrame({"customer_id": [1, 2], "renewal_no": 0, "renewed": True})
    tables = {"surveys": surveys, "contracts": contracts}
    name = "captivity: unsatisfied among those who answered and renewed"
    share = {
        scale: scorecard(tables, scale=scale).regimes.set_index("measure").value[name]
        for scale in [(1, 10), (1, 5)]
    }
    assert share == {(1, 10): 1.0, (1, 5): 0.5}
    gaps = scorecard(tables, scale=(1, 4)).not_computed.set_index("measure").missing
    assert "outside the scale 1 to 4" in gaps[name]
