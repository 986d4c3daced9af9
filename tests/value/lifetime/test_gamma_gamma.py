import pickle
import warnings

import numpy as np
import pandas as pd
import pytest

from ckmlab.value import lifetime


@pytest.fixture(scope="module")
def fit(cdnow_spend):
    return lifetime.GammaGamma(cdnow_spend).fit()


def test_published_figures(fit):
    """Fader & Hardie, note on the gamma-gamma model: 946 repeat buyers of the CDNOW sample."""
    assert fit.nobs == 946
    assert fit.params.to_dict() == pytest.approx({"p": 6.25, "q": 3.74, "gamma": 15.44}, rel=1.5e-3)
    assert fit.llf == pytest.approx(-4055.92, abs=0.005)


def test_agrees_with_lifetimes(fit, cdnow_spend, peer):
    buyers = cdnow_spend[cdnow_spend["frequency"] > 0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = peer.GammaGammaFitter().fit(buyers["frequency"], buyers["monetary_value"])
        other.params_ = pd.Series(
            {"p": fit.params["p"], "q": fit.params["q"], "v": fit.params["gamma"]}
        )
        spend = other.conditional_expected_average_profit(
            cdnow_spend["frequency"], cdnow_spend["monetary_value"]
        )
    errors = other.standard_errors_
    assert fit.predict().to_numpy() == pytest.approx(spend.to_numpy(), rel=1e-10)
    assert fit.bse.to_numpy() == pytest.approx(errors.to_numpy(), rel=0.02)


def test_score_and_hessian_are_derivatives(fit):
    from scipy.optimize import approx_fprime

    model, point = fit.model, np.array([4.0, 3.0, 20.0])
    assert model.score(point) == pytest.approx(approx_fprime(point, model.loglike, 1e-7), rel=1e-4)
    for i, row in enumerate(model.hessian(point)):
        bend = approx_fprime(point, lambda p, i=i: model.score(p)[i], 1e-6)
        assert row == pytest.approx(bend, rel=1e-3, abs=0.01)


def test_score_vanishes_and_both_likelihoods_agree(fit):
    assert np.abs(fit.model.score(fit.params) * fit.bse).max() < 1e-4
    assert fit.model.loglike(fit.params) == pytest.approx(fit.llf, rel=1e-12)


@pytest.mark.parametrize("factor", [0.01, 1000.0, 1e9])
def test_unit_of_money_does_not_matter(fit, cdnow_spend, factor):
    other = cdnow_spend.assign(monetary_value=cdnow_spend["monetary_value"] * factor)
    results = lifetime.GammaGamma(other).fit()
    unit = np.array([1, 1, factor])
    assert results.params.to_numpy() == pytest.approx(fit.params.to_numpy() * unit, rel=1e-6)
    assert results.llf == pytest.approx(fit.llf - 946 * np.log(factor), rel=1e-11)
    assert results.predict().sum() == pytest.approx(fit.predict().sum() * factor, rel=1e-8)


def test_independence_is_measured_and_its_absence_warned_of(fit, cdnow_spend):
    # Fader, Hardie & Lee (2005, JMR): correlation of .11 among the repeat buyers.
    link = fit.model.independence()
    assert round(link, 2) == 0.11 and link.n == 946
    linked = cdnow_spend.assign(
        monetary_value=cdnow_spend["monetary_value"] * (1 + cdnow_spend["frequency"])
    )
    with pytest.warns(UserWarning, match=r"correlated .* fit for each group"):
        lifetime.GammaGamma(linked).fit()


def test_heavy_tails_give_infinity_and_a_warning_not_a_negative_value():
    rng = np.random.default_rng(3)
    spend = pd.DataFrame(
        {"frequency": 5, "monetary_value": np.exp(rng.standard_cauchy(300).clip(-9, 9))}
    )
    results = lifetime.GammaGamma(spend).fit()
    assert results.params["q"] < 1
    new = pd.DataFrame({"frequency": [0, 1000], "monetary_value": [0.0, 10.0]})
    with pytest.warns(UserWarning, match="expected spend is infinite"):
        value = results.predict(new)
    assert np.isinf(value[0]) and 0 < value[1] < 1000
    assert results.mean_spend == np.inf


def test_new_customer_gets_the_mean_and_a_known_one_own_spend(fit):
    new = pd.DataFrame({"frequency": [0, 10**6], "monetary_value": [np.pi, 77.0]})
    value = fit.predict(new, confidence=0.95)
    assert value["value"][0] == pytest.approx(fit.mean_spend)
    assert value["value"][1] == pytest.approx(77.0, rel=1e-4)
    assert value["low"][0] < value["value"][0] < value["high"][0]


def test_lifetime_value_joins_both_models(fit, cdnow_spend):
    buying = lifetime.BetaGeoNBD(cdnow_spend).fit()
    rate = np.log(1.1) / 52
    value = buying.residual_value(rate, fit)
    assert value.to_numpy() == pytest.approx(
        (buying.residual_purchases(rate) * fit.predict()).to_numpy()
    )
    both = buying.residual_value(rate, fit, confidence=0.95)
    one = buying.residual_value(rate, fit.predict(), confidence=0.95)
    assert ((both["high"] - both["low"]) > (one["high"] - one["low"])).all()
    assert both["value"].to_numpy() == pytest.approx(value.to_numpy())


def test_pickle_and_summary(fit):
    copy = pickle.loads(pickle.dumps(fit))
    assert copy.predict().equals(fit.predict())
    assert "independent" in str(fit.summary())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"monetary_value": [0.0, 5, 5, 5]}, "zero or negative"),
        ({"monetary_value": [-3.0, 5, 5, 5]}, "zero or negative"),
        ({"monetary_value": [np.nan, 5, 5, 5]}, "missing"),
        ({"frequency": [1.5, 1, 1, 1]}, "whole number"),
        ({"frequency": [0, 0, 0, 0]}, "no spend is known"),
        ({"frequency": [0, 0, 0, 2]}, "3 parameters but the data 1 buyer"),
    ],
)
def test_impossible_spend_is_refused(change, message):
    good = {"frequency": [1, 2, 3, 4], "monetary_value": [3.0, 5, 5, 5]}
    with pytest.raises(ValueError, match=message):
        lifetime.GammaGamma(pd.DataFrame({**good, **change}))


def test_equal_spend_of_all_is_no_maximum():
    same = pd.DataFrame({"frequency": [1, 2, 3, 4] * 5, "monetary_value": 10.0})
    with pytest.warns(lifetime.ConvergenceWarning, match="zero or infinity"):
        assert not lifetime.GammaGamma(same).fit().converged
