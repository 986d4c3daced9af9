"""Bootstrap intervals beside those of the delta method, for every model."""

import numpy as np
import pandas as pd
import pytest

from ckmlab.value.lifetime import (
    BetaGeoBetaBinomial,
    BetaGeoNBD,
    GammaGamma,
    ModifiedBetaGeoNBD,
    ParetoNBD,
    ShiftedBetaGeometric,
)


@pytest.fixture(scope="module")
def fit(cdnow):
    return BetaGeoNBD(cdnow).fit()


@pytest.fixture(scope="module")
def replicates(fit):
    return fit.bootstrap(400, seed=1)


def test_intervals_of_parameters_agree_with_the_delta_method(fit, replicates):
    # On 2,357 customers both must be near each other; lengths are compared on the log scale.
    delta, found = np.log(fit.conf_int()), np.log(replicates.conf_int())
    lengths = (found[1] - found[0]) / (delta[1] - delta[0])
    assert lengths.between(0.7, 1.5).all()
    assert (found.mean(axis=1) - delta.mean(axis=1)).abs().max() < 0.25


def test_intervals_of_predictions_agree_with_the_delta_method(fit, replicates):
    some = fit.model.histories.frame.iloc[[0, 5, 100]]
    delta = fit.predict(39, some, confidence=0.9)
    found = replicates.interval(lambda results: results.predict(39, some), confidence=0.9)
    assert found.index.equals(some.index)
    assert found["value"].to_numpy() == pytest.approx(delta["value"].to_numpy())
    ratio = np.log(found["high"] / found["low"]) / np.log(delta["high"] / delta["low"])
    assert ratio.between(0.7, 1.4).all()


def test_totals_have_intervals_too(fit):
    total = fit.bootstrap(30, seed=1).interval(lambda results: results.predict(39).sum())
    low, value, high = total.loc[0, ["low", "value", "high"]]
    assert low < value < high
    assert len(total) == 1


def test_same_seed_same_replicates(fit):
    again = [fit.bootstrap(3, seed=7).params for _ in range(2)]
    pd.testing.assert_frame_equal(*again)
    assert not again[0].equals(fit.bootstrap(3, seed=8).params)


def test_a_resample_is_a_fit_to_drawn_customers(cdnow, fit):
    rows = fit.model.rows
    share = rows.weights / rows.weights.sum()
    drawn = np.random.default_rng(3).multinomial(len(cdnow), share)
    frame = pd.DataFrame(rows.columns).assign(count=drawn)
    expected = BetaGeoNBD(frame).fit().params
    found = fit.bootstrap(2, seed=3).params.iloc[0]
    assert found.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-4)


@pytest.mark.parametrize("model", [ModifiedBetaGeoNBD, ParetoNBD])
def test_other_models_of_purchases(cdnow, model):
    results = model(cdnow).fit()
    spread = np.log(results.bootstrap(60, seed=2).params).std()
    assert (spread / (results.bse / results.params)).between(0.6, 1.7).all()


def test_spend_donations_and_contracts(cdnow_spend, donations):
    renewals = ShiftedBetaGeometric([1000, 869, 743, 653, 593, 551, 517, 491])
    for model in (GammaGamma(cdnow_spend), BetaGeoBetaBinomial(donations), renewals):
        results = model.fit()
        spread = np.log(results.bootstrap(60, seed=2).params).std()
        assert (spread / (results.bse / results.params)).between(0.5, 2).all()


def test_wrong_numbers_of_replicates(fit):
    with pytest.raises(ValueError, match="n is 1; it must be at least 2"):
        fit.bootstrap(1, seed=1)
