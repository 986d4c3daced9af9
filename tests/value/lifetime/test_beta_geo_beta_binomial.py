import pickle
import warnings

import numpy as np
import pandas as pd
import pytest

from ckmlab.value import lifetime


@pytest.fixture(scope="module")
def fit(donations):
    return lifetime.BetaGeoBetaBinomial(donations).fit()


def test_published_figures(fit):
    """Fader, Hardie & Shang (2010): the test of a public package expects 1.204 .750 .657 2.783."""
    assert fit.params.round(3).tolist() == [1.204, 0.750, 0.657, 2.783]
    assert fit.llf == pytest.approx(-33225.58, abs=0.005)
    assert fit.nobs == 11104


def test_agrees_with_lifetimes(fit, donations, peer):
    other = peer.BetaGeoBetaBinomFitter()
    other.params_ = fit.params
    history = [donations[name].to_numpy() for name in ("frequency", "recency", "periods")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        alive = other.conditional_probability_alive(1, *history)
        future = other.conditional_expected_number_of_purchases_up_to_time(5, *history)
        other.data = donations.rename(columns={"periods": "n_periods"})
        counts = other.expected_number_of_transactions_in_first_n_periods(6)["model"]
    assert fit.p_alive().to_numpy() == pytest.approx(alive, rel=1e-8)
    assert fit.predict(5).to_numpy() == pytest.approx(future, rel=1e-8)
    mine = 11104 * fit.purchase_probabilities(np.arange(7), 6)
    assert mine == pytest.approx(counts.to_numpy(), rel=1e-8)


def test_distribution_adds_up_and_has_the_expected_mean(fit):
    chances = fit.purchase_probabilities(np.arange(13), 12)
    assert chances.sum() == pytest.approx(1, abs=1e-12)
    assert chances @ np.arange(13) == pytest.approx(fit.expected_purchases(12).iloc[0], rel=1e-10)


def test_score_and_hessian_are_derivatives(fit):
    from scipy.optimize import approx_fprime

    model, point = fit.model, np.array([1.0, 1.0, 0.5, 2.0])
    slope = approx_fprime(point, model.loglike, 1e-8)
    assert model.score(point) == pytest.approx(slope, rel=1e-4, abs=0.05)
    for i, row in enumerate(model.hessian(point)):
        bend = approx_fprime(point, lambda p, i=i: model.score(p)[i], 1e-7)
        assert row == pytest.approx(bend, rel=1e-3, abs=0.05)
    assert np.abs(model.score(fit.params) * fit.bse).max() < 1e-4
    assert model.loglike(fit.params) == pytest.approx(fit.llf, rel=1e-12)


def test_single_donors_and_their_groups_give_the_same_fit(fit, donations):
    rows = donations.loc[donations.index.repeat(donations["weights"])]
    single = rows.drop(columns="weights").rename(columns={"periods": "n", "frequency": "x"})
    assert lifetime.BetaGeoBetaBinomial(single).fit().params.to_numpy() == pytest.approx(
        fit.params.to_numpy(), rel=1e-8
    )


def test_mixed_numbers_of_occasions(donations):
    short = donations[donations["recency"] <= 4].assign(periods=4)
    both = lifetime.BetaGeoBetaBinomial(pd.concat([donations, short]))
    parts = [lifetime.BetaGeoBetaBinomial(part) for part in (donations, short)]
    point = [1.0, 1.0, 0.5, 2.0]
    assert both.loglike(point) == pytest.approx(sum(part.loglike(point) for part in parts))
    total = sum(part.score(point) for part in parts)
    assert both.score(point) == pytest.approx(total)


def test_residual_purchases_are_the_discounted_sum(fit):
    t = np.arange(1, 400)
    ahead = np.array([fit.predict(int(n)).to_numpy() for n in t])
    each = np.diff(np.vstack([np.zeros(len(ahead[0])), ahead]), axis=0)
    total = (each / 1.2 ** t[:, None]).sum(axis=0)
    assert fit.residual_purchases(0.2).to_numpy() == pytest.approx(total, rel=1e-8)
    value = fit.residual_value(0.2, 50.0, confidence=0.9)
    assert value["value"].to_numpy() == pytest.approx(50 * total, rel=1e-8)
    assert (value["low"] < value["value"]).all()


def test_gamma_of_one_needs_no_special_case(donations):
    model = lifetime.BetaGeoBetaBinomial(donations)
    from ckmlab.value.lifetime._renewals import expected_periods

    ones = [
        expected_periods(np.array([c]), np.array([8.8]), 5.0)[0] for c in (1 - 1e-6, 1, 1 + 1e-6)
    ]
    assert ones[1] == pytest.approx((ones[0] + ones[2]) / 2, rel=1e-10)
    assert np.isfinite(model.loglike([1.2, 0.75, 1.0, 2.8]))


def test_pickle_and_summary(fit):
    copy = pickle.loads(pickle.dumps(fit))
    assert copy.p_alive().equals(fit.p_alive())
    assert "BG/BB" in str(fit.summary())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"frequency": [0, 1.5, 2, 3]}, "whole number"),
        ({"recency": [0, 9, 2, 3]}, "above the number of opportunities"),
        ({"recency": [0, 1, 1, 3]}, "below frequency"),
        ({"recency": [1, 1, 2, 3]}, "frequency is 0"),
        ({"n": [np.nan, 6, 6, 6]}, "missing"),
        ({"frequency": [0, 0, 0, 0], "recency": [0, 0, 0, 0]}, "nobody bought"),
    ],
)
def test_impossible_histories_are_refused(change, message):
    good = {"frequency": [0, 1, 2, 3], "recency": [0, 1, 2, 3], "n": [6, 6, 6, 6]}
    with pytest.raises(ValueError, match=message):
        lifetime.BetaGeoBetaBinomial(pd.DataFrame({**good, **change}))


def test_one_donor_is_refused():
    with pytest.raises(ValueError, match="4 parameters but the data 1 customer"):
        lifetime.BetaGeoBetaBinomial(pd.DataFrame({"x": [1], "t_x": [1], "n": [6]}))
