import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.capture import chao1, chao2, coverage

GIRDLED = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4] + [2] * 4 + [1] * 12  # iNEXT's spider data


def test_chao2_equals_the_peer_on_the_spider_data():
    # R package iNEXT, ChaoRichness(spider$Girdled): 43.893, 95 % 30.511 to 96.971; its
    # abundance formula carries the same factor A = (n-1)/n that Chao2 has for units. By hand:
    # T = A·12²/(2·4) = 17.893, variance 4·(A·3²/2 + A²·3³ + A²·3⁴/4) = 204.66,
    # K = e^(1.96·√ln(1 + 204.66/T²)) = 3.966, ends 26 + T/K and 26 + T·K
    estimate = chao2(GIRDLED, units=168, bias_corrected=False)
    assert estimate.value == pytest.approx(43.893, abs=0.0005)
    assert (estimate.low, estimate.high) == pytest.approx((30.511, 96.971), abs=0.0005)


def test_chao1_by_hand():
    # S = 26, F1 = 12, F2 = 4: classic 26 + 144/8, corrected 26 + 12·11/(2·5)
    assert chao1(GIRDLED, bias_corrected=False).value == pytest.approx(44.0)
    assert chao1(GIRDLED).value == pytest.approx(39.2)


def test_classic_falls_back_when_nothing_was_met_twice():
    assert chao1([3, 1, 1], bias_corrected=False).value == chao1([3, 1, 1]).value == 4


def test_complete_lists_need_no_correction():
    estimate = chao1([5, 4, 3])
    assert estimate.value == estimate.low == estimate.high == 3


def test_good_turing_by_hand():
    # N = 168 spiders, 12 species met once: 1 - 12/168
    assert coverage(GIRDLED).value == pytest.approx(1 - 12 / 168)


def test_table_and_counts_agree():
    table = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0]])
    assert chao2(table).value == chao2(table.sum(axis=0), units=3).value
    assert chao2(table).n == 3


@given(st.lists(st.integers(0, 12), min_size=1, max_size=40).filter(any))
def test_bounds(counts):
    seen = sum(count > 0 for count in counts)
    for estimate in (chao1(counts), chao1(counts, bias_corrected=False)):
        assert seen <= estimate.low <= estimate.value <= estimate.high
    assert 0 <= coverage(counts).low <= coverage(counts).value <= coverage(counts).high <= 1


@given(st.permutations([7, 5, 2, 2, 1, 1, 1, 0]))
def test_order_does_not_matter(counts):
    assert chao1(counts).value == chao1([7, 5, 2, 2, 1, 1, 1, 0]).value


@settings(max_examples=20)
@given(st.integers(0, 2**31))
def test_chao2_bounds_the_truth_from_below_and_covers_it_when_needs_are_alike(seed):
    # Chao's inequality holds in expectation; with equal chances the bound is nearly tight.
    mentions = np.random.default_rng(seed).random((25, 100)) < 0.12
    assert 80 < chao2(mentions).value < 135


@pytest.mark.parametrize("bad", [[[0.5, 1]], [[2, 1]], [[np.nan, 1]], [1, 0, 1], np.zeros((0, 3))])
def test_what_is_no_incidence_table_is_refused(bad):
    with pytest.raises(ValueError, match="incidence"):
        chao2(bad)


@pytest.mark.parametrize("bad", [[-1, 2], [1.5], [], [np.nan]])
def test_what_is_no_count_is_refused(bad):
    with pytest.raises(ValueError, match="counts"):
        chao1(bad)


def test_a_counter_or_mapping_is_read_by_its_values():
    words = Counter(["a", "rose", "is", "a", "rose", "is", "a", "rose", "indeed"])
    assert chao1(words).value == chao1(list(words.values())).value
    assert coverage(dict(words)).value == 1 - 1 / 9


@pytest.mark.parametrize("bad", [["many"], [[1, 2]], 7])
def test_what_is_no_list_of_numbers_is_refused_by_name(bad):
    with pytest.raises((TypeError, ValueError), match="counts"):
        chao1(bad)


def test_coverage_of_singletons_is_not_known_to_be_nothing():
    # no repeat in 30 mentions: e^(-29 C / 2) falls to .05 at C = 2 · 2.9957 / 29
    assert coverage([1] * 30).high == pytest.approx(2 * math.log(20) / 29)
    assert coverage([1]).high == coverage([1, 1, 1]).high == 1
    # nothing met once or twice: e^(-10 U) falls to .05 at U = .29957
    assert coverage([5, 5]).low == pytest.approx(1 - math.log(20) / 10)


@pytest.mark.parametrize(("kinds", "drawn"), [(400, 12), (4000, 60), (3, 30)])
def test_coverage_covers_even_where_hardly_anything_or_all_is_met_twice(kinds, drawn):
    rng, hits = np.random.default_rng(5), []
    shares = rng.dirichlet(np.full(kinds, 2.0))
    for _ in range(400):
        counts = rng.multinomial(drawn, shares)
        hits.append(coverage(counts).covers(shares[counts > 0].sum()))
    assert np.mean(hits) > 0.92


def test_silence_is_an_error():
    with pytest.raises(ValueError, match="nothing was mentioned"):
        coverage([0, 0])
    with pytest.raises(ValueError, match="units=2"):
        chao2([3, 1], units=2)
