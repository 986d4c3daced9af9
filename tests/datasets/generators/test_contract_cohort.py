"""Contracts: survival of the shifted-beta-geometric model."""

import numpy as np
import pytest
from scipy import special, stats

from ckmlab.datasets.generators import make_contract_cohort


@pytest.mark.parametrize(("alpha", "beta"), [(0.704, 1.182), (0.668, 3.806)])
def test_survival_is_the_models(alpha, beta):
    cohort = make_contract_cohort(60_000, seed=1, alpha=alpha, beta=beta, periods=12)
    for t in (1, 4, 11):
        observed = ((cohort["duration"] > t) | ~cohort["churned"]).mean()
        expected = np.exp(special.betaln(alpha, beta + t) - special.betaln(alpha, beta))
        assert abs(observed - expected) < 4 * np.sqrt(0.25 / 60_000)


def test_observation_cuts_the_lifetime():
    cohort, truth = make_contract_cohort(5000, seed=2, periods=5, truth=True)
    assert cohort["duration"].between(1, 5).all()
    assert (cohort["churned"] == (truth["lifetime"] <= 5)).all()
    assert stats.kstest(truth["churn_probability"], stats.beta(0.704, 1.182).cdf).pvalue > 1e-4


def test_errors():
    with pytest.raises(ValueError, match="alpha is 0; it must be"):
        make_contract_cohort(10, seed=1, alpha=0)
