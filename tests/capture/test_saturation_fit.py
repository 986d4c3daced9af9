import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import betabinom, binom

from ckmlab.capture import fit_saturation


def heard(seed, interviews=25, needs=200, a=1.45, b=7.64):
    rng = np.random.default_rng(seed)
    return rng.random((interviews, needs)) < rng.beta(a, b, needs)


def test_published_fit_of_families_in_saxony():
    # boys among the first 12 children of 6115 families (Geissler 1889; Lindsey and Altham
    # 1998): maximum likelihood a = 34.1, b = 31.57 with AIC 24989.7, binomial AIC 25070.3
    families = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]
    boys = np.repeat(np.arange(13), families)
    fit = fit_saturation(boys, units=12, complete=True)
    assert fit.params.a == pytest.approx(34.10, abs=0.02)
    assert fit.params.b == pytest.approx(31.58, abs=0.02)
    assert fit.aic == pytest.approx(24989.7, abs=0.1)
    alike = fit_saturation(boys, units=12, complete=True, model="homogeneous")
    assert alike.aic == pytest.approx(25070.3, abs=0.1)
    assert alike.params.p == pytest.approx(boys.mean() / 12)


def test_truncated_likelihood_agrees_with_scipy():
    counts = heard(3).sum(axis=0)
    counts = counts[counts > 0]

    def loss(log_shape):
        a, b = np.exp(log_shape)
        dist = betabinom(25, a, b)
        return -(dist.logpmf(counts) - np.log1p(-dist.pmf(0))).sum()

    peer = minimize(loss, [0.0, 1.5], method="BFGS")
    fit = fit_saturation(heard(3))
    assert fit.llf == pytest.approx(-peer.fun, abs=1e-4)
    assert np.log(fit.params).to_numpy() == pytest.approx(peer.x, abs=1e-3)


def test_homogeneous_truncated_mean_equals_the_data():
    counts = heard(4, a=500, b=2500).sum(axis=0)
    fit = fit_saturation(counts, units=25, model="homogeneous")
    p = fit.params.p
    assert 25 * p / (1 - binom.pmf(0, 25, p)) == pytest.approx(counts[counts > 0].mean(), rel=1e-5)


def test_intervals_cover_the_truth_where_the_model_is_right():
    fits = [fit_saturation(heard(seed)) for seed in range(40)]
    truth = 1.45, 7.64
    inside = [
        [fit.conf_int().low[k] <= truth[i] <= fit.conf_int().high[k] for i, k in enumerate("ab")]
        for fit in fits
    ]
    assert np.mean(inside) > 0.87
    assert np.mean([fit.needs().covers(200) for fit in fits]) > 0.85


def test_the_better_model_is_recognised_and_the_alike_one_is_too_sure():
    table = heard(1)
    mixed, alike = fit_saturation(table), fit_saturation(table, model="homogeneous")
    assert mixed.aic < alike.aic
    assert alike.needs().high < 200 < mixed.needs().high
    assert alike.interviews_needed(0.95) < mixed.interviews_needed(0.95)


def test_share_found_and_interviews_needed_agree():
    fit = fit_saturation(heard(2))
    n = fit.interviews_needed(0.9)
    assert fit.share_found(n).value >= 0.9 > fit.share_found(n - 1).value
    assert fit.share_found().low < fit.share_found().value < fit.share_found().high


def test_undetermined_parameters_have_no_interval():
    fit = fit_saturation(np.eye(6, dtype=int))  # every need heard once: no end in sight
    assert fit.conf_int().isna().all(axis=None)


def test_clear_errors():
    with pytest.raises(ValueError, match="give two"):
        fit_saturation([[1, 0]])
    with pytest.raises(ValueError, match="nothing was mentioned"):
        fit_saturation([[0, 0], [0, 0]])
    with pytest.raises(ValueError, match="choose one of"):
        fit_saturation([[1, 0], [1, 1]], model="normal")
