import pickle
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ckmlab.value import lifetime

# Fader & Hardie (2007), per cent surviving 0 to 12 years; fits to 7 years with a base of 1000.
REGULAR = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3]
HIGH_END = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4]


def fit(shares, years=7, base=1000):
    return lifetime.ShiftedBetaGeometric(np.array(shares[: years + 1]) * base / 100).fit()


@pytest.mark.parametrize(
    ("shares", "alpha", "beta", "llf", "year_12"),
    [(REGULAR, 0.7041, 1.1820, -1680.265, 17.0), (HIGH_END, 0.6681, 3.8061, -1611.158, 37.8)],
    ids=["regular", "high-end"],
)
def test_published_figures(shares, alpha, beta, llf, year_12):
    results = fit(shares)
    assert results.params.round(4).to_dict() == {"alpha": alpha, "beta": beta}
    assert results.llf == pytest.approx(llf, abs=5e-4)
    assert round(100 * results.predict(12).iloc[0], 1) == year_12


def test_retention_rises_although_nobody_changes():
    rates = fit(REGULAR).retention_rate(range(1, 13))
    assert rates.is_monotonic_increasing
    alpha, beta = fit(REGULAR).params
    assert rates.iloc[0] == pytest.approx(beta / (alpha + beta))
    assert fit(REGULAR).retention_rate(1, renewals=4).iloc[0] == pytest.approx(rates.iloc[4])


def test_customers_and_survivors_give_the_same_fit():
    counts = np.array([1000, 631, 468, 382, 326])
    rows = [(t + 1, 1, a - b) for t, (a, b) in enumerate(pairwise(counts))]
    frame = pd.DataFrame([*rows, (4, 0, 326)], columns=["duration", "churned", "count"])
    customers = frame.loc[frame.index.repeat(frame["count"]), ["duration", "churned"]]
    customers["churned"] = customers["churned"].astype(bool)
    fits = [lifetime.ShiftedBetaGeometric(data).fit() for data in (counts, frame, customers)]
    for other in fits[1:]:
        assert other.params.to_numpy() == pytest.approx(fits[0].params.to_numpy(), rel=1e-8)
        assert other.bse.to_numpy() == pytest.approx(fits[0].bse.to_numpy(), rel=1e-8)


def test_residual_lifetime_is_the_discounted_sum():
    results, d = fit(HIGH_END), 0.1
    for renewals in (0, 3):
        t = np.arange(1, 3000)
        survival = results.predict(t, renewals=renewals).to_numpy()
        total = 100 * (survival / (1 + d) ** (t - 1)).sum()
        value = results.residual_value(d, 100, renewals=renewals)
        assert value.iloc[0] == pytest.approx(total, rel=1e-10)
    several = results.residual_value(d, renewals=[0, 3], confidence=0.95)
    assert (several["low"] < several["value"]).all()
    expected = results.expected_periods(7).iloc[0]
    assert expected == pytest.approx(results.predict(range(1, 8)).sum(), rel=1e-10)


def test_standard_errors_agree_with_statsmodels_on_the_same_likelihood():
    from scipy.special import betaln
    from statsmodels.base.model import GenericLikelihoodModel

    left, alive = -np.diff(np.array(REGULAR[:8]) * 10), 241.0

    class Reference(GenericLikelihoodModel):
        def loglike(self, params):
            a, b = params
            t = np.arange(1, 8)
            return left @ (betaln(a + 1, b + t - 1) - betaln(a, b)) + alive * (
                betaln(a, b + 7) - betaln(a, b)
            )

    hessian = Reference(np.ones(7), np.ones((7, 2))).hessian(fit(REGULAR).params.to_numpy())
    errors = np.sqrt(np.diag(np.linalg.inv(-hessian)))
    assert fit(REGULAR).bse.to_numpy() == pytest.approx(errors, rel=1e-4)


def test_score_and_hessian_are_derivatives():
    from scipy.optimize import approx_fprime

    model, point = fit(REGULAR).model, np.array([0.5, 2.0])
    assert model.score(point) == pytest.approx(approx_fprime(point, model.loglike, 1e-7), rel=1e-4)
    for i, row in enumerate(model.hessian(point)):
        bend = approx_fprime(point, lambda p, i=i: model.score(p)[i], 1e-6)
        assert row == pytest.approx(bend, rel=1e-3)


def test_covariate_separates_two_published_cohorts():
    """One fit with a dummy equals the two separate fits."""
    parts = []
    for premium, shares in ((0, REGULAR), (1, HIGH_END)):
        cohort = lifetime.ShiftedBetaGeometric(np.array(shares[:8]) * 10).histories.frame
        parts.append(cohort.assign(premium=premium))
    together = lifetime.ShiftedBetaGeometric(pd.concat(parts), covariates=["premium"]).fit()
    alpha, beta, gamma_a, gamma_b = together.params
    assert together.params.index.tolist()[2:] == ["alpha:premium", "beta:premium"]
    assert [alpha, beta] == pytest.approx([0.7041, 1.1820], abs=1e-4)
    assert [alpha * np.exp(gamma_a), beta * np.exp(gamma_b)] == pytest.approx(
        [0.6681, 3.8061], abs=1e-4
    )
    assert together.llf == pytest.approx(-1680.265 - 1611.158, abs=1e-3)
    new = pd.DataFrame({"premium": [0, 1]})
    survival = together.predict(12, new, confidence=0.95)
    assert (survival["value"] * 100).round(1).tolist() == [17.0, 37.8]
    labelled = pd.concat(parts).replace({"premium": {0: "basic", 1: "premium"}})
    formula = lifetime.ShiftedBetaGeometric.from_formula("~ C(premium)", labelled).fit()
    named = pd.DataFrame({"premium": ["basic", "premium"]})
    assert formula.predict(12, named).to_numpy() == pytest.approx(survival["value"].to_numpy())
    with pytest.raises(ValueError, match="with covariates give data"):
        together.predict(12)


def test_pickle_and_summary():
    results = fit(REGULAR)
    copy = pickle.loads(pickle.dumps(results))
    assert copy.predict([1, 2]).equals(results.predict([1, 2]))
    assert "sBG" in results.summary().as_text()


@pytest.mark.parametrize(
    ("survivors", "message"),
    [
        ([100, 60, 70], "never rising"),
        ([100, 60, -1], "never below 0"),
        ([100, 60], "at least 2 periods"),
        ([100, np.nan, 20], "missing"),
        ([100, 100, 100], "nobody left"),
        ([100, 0, 0], "everybody left in the first"),
        ([1, 1, 0], "1 customer"),
    ],
)
def test_impossible_survivors_are_refused(survivors, message):
    with pytest.raises(ValueError, match=message):
        lifetime.ShiftedBetaGeometric(survivors)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"duration": [1.5, 2, 3]}, "whole number"),
        ({"duration": [0, 2, 3]}, "count from 1"),
        ({"churned": [2, 0, 1]}, "neither True nor False"),
        ({"churned": [np.nan, 0, 1]}, "missing"),
    ],
)
def test_impossible_durations_are_refused(change, message):
    good = {"duration": [1, 2, 3], "churned": [1, 0, 1]}
    with pytest.raises(ValueError, match=message):
        lifetime.ShiftedBetaGeometric(pd.DataFrame({**good, **change}))


def test_equal_customers_have_no_maximum():
    """A constant churn rate: alpha and beta run to infinity together."""
    with pytest.warns(lifetime.ConvergenceWarning, match="zero or infinity"):
        results = lifetime.ShiftedBetaGeometric(1e6 * 0.8 ** np.arange(8)).fit()
    assert not results.converged


def test_customers_own_retention_is_the_quantile_of_the_mixture():
    fit = lifetime.ShiftedBetaGeometric([1000, 631, 468, 382, 326, 289, 262, 241]).fit()
    found = fit.retention_quantiles([0.1, 0.5, 0.9])
    expected = 1 - stats.beta(*fit.params[["alpha", "beta"]]).ppf([0.1, 0.5, 0.9])
    assert found.to_numpy() == pytest.approx(expected)
    assert fit.observed_retention()[1] == pytest.approx(0.631)
    assert fit.observed_retention()[7] == pytest.approx(241 / 262)
