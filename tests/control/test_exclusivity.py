import math

import numpy as np
import pytest
from scipy.stats import chi2

from ckmlab.control import exclusivity_half_life, head_start_value


def test_head_start_by_hand():
    # 40 + 40/2 + 40/4 with δ = .5; with a half-life of one period the weights are 1, 1/4, 1/16
    assert head_start_value([100] * 3, [60] * 3, discount=0.5) == 70
    assert head_start_value([100] * 3, [60] * 3, discount=0.5, half_life=1) == 40 * (
        1 + 1 / 4 + 1 / 16
    )


def test_a_long_half_life_is_as_good_as_for_ever():
    margins = np.arange(5.0), np.zeros(5)
    assert head_start_value(*margins, half_life=1e9) == pytest.approx(head_start_value(*margins))


def test_half_life_and_its_exact_interval():
    # three leaks in 1,000 days: 2T/χ² with 6 degrees of freedom at both ends
    estimate = exclusivity_half_life([100, 200, 300, 400], [True, True, True, False])
    ends = [2 * 1000 * math.log(2) / chi2.ppf(p, 6) for p in (0.975, 0.025)]
    assert estimate.value == pytest.approx(1000 * math.log(2) / 3)
    assert (estimate.low, estimate.high) == pytest.approx(ends)


def test_it_covers_although_watching_ends_early():
    rng, hits = np.random.default_rng(1), 0
    for _ in range(300):
        lasts = rng.exponential(180 / math.log(2), 60)
        hits += exclusivity_half_life(np.minimum(lasts, 365), lasts <= 365).covers(180)
    assert 0.92 < hits / 300 < 0.99


def test_no_leak_at_all_has_no_upper_end():
    estimate = exclusivity_half_life([100, 100], [False, False])
    assert math.isinf(estimate.value)
    assert 0 < estimate.low < 200


def test_clear_errors():
    with pytest.raises(ValueError, match="one per period"):
        head_start_value([1, 2], [1])
    with pytest.raises(ValueError, match="above 0"):
        head_start_value([1], [0], half_life=0)
    with pytest.raises(ValueError, match="give one for each"):
        exclusivity_half_life([1], [True, False])
    with pytest.raises(ValueError, match="0 throughout"):
        exclusivity_half_life([0], [True])
