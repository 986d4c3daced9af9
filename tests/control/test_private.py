import sys

import numpy as np
import pytest

from ckmlab.control import PrivacyBudget, laplace_noise, private_count, private_mean, private_nps


def test_without_the_library_the_message_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "opendp", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'ckmlab\[privacy\]'"):
        private_count([1, 2], epsilon=1)


def test_budget_adds_up_and_refuses_what_is_too_much():
    budget = PrivacyBudget(1.0)
    budget.spend(0.7, "count")
    with pytest.raises(ValueError, match=r"'mean' would cost ε = 0.4, but only 0.3"):
        budget.spend(0.4, "mean")
    budget.spend(0.3, "mean")
    assert budget.ledger.release.tolist() == ["count", "mean"]
    assert budget.ledger.left.round(9).tolist() == [0.3, 0.0]


class TestReleases:
    @pytest.fixture(autouse=True)
    def library(self):
        pytest.importorskip("opendp")

    def test_count_is_whole_off_by_the_stated_noise_and_within_the_stated_accuracy(self):
        # OpenDP's noise has no seed; the bounds below are missed less than once in 10^6 runs
        errors = [private_count(range(500), epsilon=0.5).value - 500 for _ in range(2000)]
        assert all(error == int(error) for error in errors)
        assert np.std(errors) == pytest.approx(laplace_noise(0.5).deviation, rel=0.2)
        stated = private_count(range(500), epsilon=0.5)
        half = stated.high - stated.value
        assert half == pytest.approx(6.43, abs=0.005)  # discrete Laplace; continuous: 5.99
        assert 0.93 < np.mean(np.abs(errors) <= half) <= 0.99

    def test_missing_people_are_not_counted_and_n_is_not_told(self):
        estimate = private_count([1, None, 2], epsilon=1000)
        assert estimate.value == 2
        assert estimate.n is None

    def test_mean_is_right_without_privacy_and_covered_with_it(self):
        scores = np.random.default_rng(1).uniform(0, 10, 400)
        assert private_mean(scores, epsilon=1e4, lower=0, upper=10).value == pytest.approx(
            scores.mean(), abs=0.01
        )
        runs = [private_mean(scores, epsilon=0.5, lower=0, upper=10) for _ in range(300)]
        assert np.mean([run.covers(scores.mean()) for run in runs]) > 0.9
        assert all(0 <= run.low <= run.value <= run.high <= 10 for run in runs)

    def test_many_people_do_not_overflow(self):
        estimate = private_mean(np.full(200_000, 9.0), epsilon=10, lower=0, upper=10)
        assert estimate.value == pytest.approx(9, abs=0.01)

    def test_answers_beyond_the_scale_are_cut(self):
        estimate = private_mean([5] * 99 + [1e9], epsilon=1e4, lower=0, upper=10)
        assert estimate.value == pytest.approx(5.05, abs=0.05)

    def test_nps(self):
        # .45 promoters and .20 detractors make 25
        scores = [10] * 45 + [8] * 35 + [3] * 20
        assert private_nps(scores, epsilon=1e4).value == pytest.approx(25, abs=0.5)
        with pytest.raises(ValueError, match="0 to 10"):
            private_nps([11], epsilon=1)

    def test_nobody_is_enough_for_a_release(self):
        estimate = private_mean([3], epsilon=0.1, lower=0, upper=10)
        assert 0 <= estimate.value <= 10

    def test_every_release_is_booked(self):
        budget = PrivacyBudget(1.0)
        private_count([1], epsilon=0.5, budget=budget)
        private_mean([1], epsilon=0.5, lower=0, upper=1, budget=budget)
        assert budget.left == pytest.approx(0)
        with pytest.raises(ValueError, match="left"):
            private_count([1], epsilon=0.1, budget=budget)

    def test_empty_scale(self):
        with pytest.raises(ValueError, match="ends of the scale"):
            private_mean([1], epsilon=1, lower=5, upper=5)
