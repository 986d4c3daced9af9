import numpy as np
import pytest
from scipy.stats import ttest_ind

from ckmlab.capture import double_sampling, late_gap, late_responders


def test_hansen_hurwitz_by_hand():
    # 4 answered with mean 9, 12 were silent, 3 of those followed up with mean 5: (4·9 + 12·5)/16
    assert double_sampling([9, 10, 8, 9], [4, 6, 5], silent=12).value == pytest.approx(6)


def test_unbiased_where_silence_depends_on_the_answer_and_interval_covers():
    rng, hits, errors = np.random.default_rng(6), 0, []
    for _ in range(400):
        score = rng.normal(0, 1, 600)
        answered = rng.random(600) < 1 / (1 + np.exp(1 - score))
        silent = score[~answered]
        followed = rng.choice(silent, 60, replace=False)
        estimate = double_sampling(score[answered], followed, silent=len(silent))
        errors.append(estimate.value)
        hits += estimate.covers(0)
    assert abs(np.mean(errors)) < 0.02
    assert 0.92 < hits / 400 < 0.98


def test_following_up_everybody_is_the_plain_mean():
    first, silent = [9.0, 10, 8, 9], [4.0, 6, 5]
    assert double_sampling(first, silent, silent=3).value == pytest.approx(np.mean(first + silent))


def test_waves_keep_a_day_together():
    waves = late_responders([9, 8, 9, 5, 4, 6], [1, 1, 2, 8, 9, 9], waves=2)
    assert waves.n.tolist() == [3, 3]
    assert waves.wave.tolist() == [1, 2]
    assert (waves.last_day.iloc[0], waves.first_day.iloc[1]) == (2, 8)


def test_late_gap_is_welchs_test():
    rng = np.random.default_rng(7)
    day = np.repeat([1, 2, 3, 4], 25)
    score = rng.normal(8 - 0.5 * day, 1)
    estimate = late_gap(score, day)
    peer = ttest_ind(score[day == 4], score[day == 1], equal_var=False).confidence_interval()
    assert (estimate.low, estimate.high) == pytest.approx((peer.low, peer.high))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: double_sampling([1, 2], [1, 2, 3], silent=2), "only 2 were silent"),
        (lambda: double_sampling([1], [1, 2], silent=5), "at least two"),
        (lambda: late_gap([1, 2], [1]), "give one for each"),
        (lambda: late_gap([1, 2, 3], [1, 1, 1]), "no early and late"),
        (lambda: late_responders([1, 2], [1, 1]), "too few days"),
        (lambda: late_gap([1, 2], [1, 2], share=0.7), "overlap"),
    ],
)
def test_clear_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()
