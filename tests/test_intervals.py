"""Intervals that several rooms share, beside scipy's, and how often they cover the truth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ckmlab.intervals import difference, f_measure, mean, normal_quantile, proportion, ratio

REPEATS = 400


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from([0.8, 0.95, 0.99]))
def test_a_share_has_scipys_wilson_interval(x, more, confidence):
    n = x + more
    peer = stats.binomtest(x, n).proportion_ci(confidence, method="wilson")
    found = proportion(x, n, confidence=confidence)
    assert (found.low, found.high) == pytest.approx((peer.low, peer.high), abs=1e-9)


def test_a_mean_has_scipys_student_interval():
    values = [3.0, 4.5, 4.0, 6.0, 5.5]
    peer = stats.ttest_1samp(values, 0).confidence_interval(0.9)
    found = mean(values, confidence=0.9)
    assert (found.low, found.high) == pytest.approx((peer.low, peer.high))


def test_a_difference_has_scipys_welch_interval():
    one, other = [3.0, 4.5, 4.0, 6.0], [5.5, 7.0, 9.0]
    peer = stats.ttest_ind(one, other, equal_var=False).confidence_interval(0.95)
    found = difference(one, other)
    assert (found.low, found.high) == pytest.approx((peer.low, peer.high))


@given(st.lists(st.floats(0, 1), min_size=2, max_size=8))
def test_a_mean_of_shares_stays_a_share(values):
    found = mean(values, within=(0, 1))
    assert 0 <= found.low <= found.value + 1e-12 and found.value - 1e-12 <= found.high <= 1


@given(st.lists(st.tuples(st.floats(0, 99), st.floats(0.1, 9)), min_size=2, max_size=8))
def test_what_cannot_be_negative_has_no_negative_end(pairs):
    above, below = zip(*pairs, strict=True)
    found = ratio(above, below)
    assert 0 <= found.low <= found.value + 1e-9


def test_a_balance_may_be_negative():
    assert ratio([-5, 5, -9], [1, 1, 1]).low < 0


def test_one_case_has_no_interval():
    assert math.isnan(mean([4]).low) and math.isnan(ratio([4], [2]).high)


def test_f_measure_by_hand():
    # precision 80/100, recall 80/90: F1 = 2·80 / (2·80 + 20 + 10)
    assert f_measure(80, 20, 10).value == pytest.approx(160 / 190)
    assert f_measure(80, 20, 10, beta=2).value == pytest.approx(5 * 80 / (5 * 80 + 4 * 10 + 20))


def _share(rng):
    return proportion(rng.binomial(40, 0.15), 40), 0.15


def _mean(rng):
    return mean(rng.normal(3, 2, 12)), 3


def _difference(rng):
    return difference(rng.normal(3, 1, 15), rng.normal(1, 4, 25)), 2


def _ratio(rng):
    cases = rng.poisson(3, 80) + 1
    return ratio(cases * rng.gamma(4, 5, 80), cases), 20


def _f_measure(rng):
    hits, missed = rng.multinomial(150, [0.8, 0.2])
    return f_measure(hits, rng.poisson(30), missed), 2 * 120 / (2 * 120 + 30 + 30)


@pytest.mark.parametrize("draw", [_share, _mean, _difference, _ratio, _f_measure])
def test_an_interval_covers_the_truth_about_as_often_as_it_says(draw):
    rng = np.random.default_rng(7)
    hits = [estimate.covers(truth) for estimate, truth in (draw(rng) for _ in range(REPEATS))]
    # 400 repeats: the standard error of .95 is .011
    assert 0.91 < np.mean(hits) <= 0.99


def test_quantile():
    assert normal_quantile(0.9) == pytest.approx(stats.norm.ppf(0.95))
