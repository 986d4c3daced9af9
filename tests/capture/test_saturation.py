import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.capture import (
    analysts_find,
    interviews_needed,
    share_found,
    share_found_homogeneous,
)

A, B = 1.45, 7.64  # often quoted, unconfirmed; what they imply is arithmetic
shape = st.floats(0.2, 20)


def test_table_of_the_research_notes():
    # research notes 4.3, recomputed there from the formula
    expected = {1: 16.0, 5: 51.0, 10: 69.6, 15: 78.7, 20: 84.0, 25: 87.4, 30: 89.8, 40: 92.7}
    found = share_found(list(expected), A, B)
    assert np.round(100 * found, 1).tolist() == list(expected.values())
    assert round(100 * share_found(50, A, B), 1) == 94.5
    assert [interviews_needed(s, A, B) for s in (0.8, 0.9, 0.95, 0.99)] == [16, 31, 55, 181]


def test_ignoring_differences_between_needs_promises_too_much():
    assert round(share_found_homogeneous(20, A / (A + B)), 3) == 0.969


def test_problem_discovery_curve():
    # research notes 4.3: L = .31 finds 31, 67.1, 84.4 and 97.6 % with 1, 3, 5 and 10 users
    found = share_found_homogeneous([1, 3, 5, 10], 0.31)
    assert np.round(100 * found, 1).tolist() == [31.0, 67.1, 84.4, 97.6]


def test_several_analysts():
    # research notes 4.3: 54, 78.8, 90.3, 95.5 %
    assert np.round(100 * analysts_find([1, 2, 3, 4], 0.54), 1).tolist() == [54.0, 78.8, 90.3, 95.5]


@settings(max_examples=40)
@given(st.integers(0, 120), shape, shape, st.floats(0.1, 0.99))
def test_imperfect_detection_has_a_closed_form(n, a, b, detection):
    # E(1 - D p)^n over a beta is the hypergeometric function 2F1(-n, a; a + b; D)
    missed = float(mpmath.hyp2f1(-n, a, a + b, detection))
    assert share_found(n, a, b, detection=detection) == pytest.approx(1 - missed, abs=1e-9)


@settings(max_examples=50)
@given(shape, shape)
def test_curve_starts_at_nothing_with_the_mean_and_rises(a, b):
    found = share_found(np.arange(50), a, b)
    assert found[0] == 0
    assert found[1] == pytest.approx(a / (a + b))
    assert (np.diff(found) >= 0).all()
    assert found[-1] <= 1


@settings(max_examples=50)
@given(st.floats(0.01, 0.97), st.floats(0.5, 20), shape)
def test_needed_is_the_smallest_number_that_suffices(share, a, b):
    n = interviews_needed(share, a, b)
    assert share_found(n, a, b) >= share
    assert n == 0 or share_found(n - 1, a, b) < share


def test_clear_errors():
    with pytest.raises(ValueError, match="did you mean"):
        interviews_needed(90, A, B)
    with pytest.raises(ValueError, match="below 1"):
        interviews_needed(1, A, B)
    with pytest.raises(ValueError, match="a is 0"):
        share_found(3, 0, B)
    with pytest.raises(ValueError, match="n is -1"):
        share_found([2, -1], A, B)
    with pytest.raises(ValueError, match="billion"):
        interviews_needed(0.999, 0.01, 1)
