"""Differences of two groups against printed intervals and scipy."""

import math

import pytest
from scipy import stats

from ckmlab.value.attitude import compare_groups, nps


def answers(promoters, passives, detractors):
    return [9] * promoters + [7] * passives + [6] * detractors


def test_nps_adds_the_variances():
    one, other = nps(answers(90, 70, 40)), nps(answers(30, 30, 40))
    both = compare_groups(answers(90, 70, 40), answers(30, 30, 40))
    assert float(both) == pytest.approx(float(one) - float(other))
    halves = [(group.high - group.low) / 2 for group in (one, other)]
    assert (both.high - both.low) / 2 == pytest.approx(math.hypot(*halves))


def test_csat_newcombes_printed_example():
    # Newcombe (1998), table II, case (a), method 10: 56/70 against 48/80: .0524 to .3339.
    one, other = [5] * 56 + [1] * 14, [4] * 48 + [2] * 32
    gap = compare_groups(one, other, measure="csat")
    assert [float(gap), gap.low, gap.high] == pytest.approx([0.2, 0.0524, 0.3339], abs=5e-5)


def test_ces_is_welchs():
    one, other = [7, 6, 5, 7, 4, 6], [3, 5, 4, 2, 6]
    expected = stats.ttest_ind(one, other, equal_var=False).confidence_interval(0.95)
    gap = compare_groups(one, other, measure="ces")
    assert [gap.low, gap.high] == pytest.approx([expected.low, expected.high])


def test_errors():
    with pytest.raises(ValueError, match="measure is 'ltv'; choose one of"):
        compare_groups([1], [2], measure="ltv")
    with pytest.raises(ValueError, match="at least two answers in each group"):
        compare_groups([1], [2, 3], measure="ces")
    with pytest.raises(ValueError, match="other holds 12"):
        compare_groups([1], [12])
