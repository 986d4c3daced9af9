import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.value import lifetime

MODELS = ["BetaGeoNBD", "ModifiedBetaGeoNBD", "ParetoNBD"]
WEEKLY = np.log(1.15) / 52

# Fader, Hardie & Lee (2005), Marketing Science 24(2), for BG/NBD and Pareto/NBD; the MBG/NBD
# figures are those on which two implementations agree (research notes of this project).
PUBLISHED = {
    "BetaGeoNBD": ({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, -9582.4),
    "ParetoNBD": ({"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}, -9595.0),
    "ModifiedBetaGeoNBD": ({"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}, -9582.1),
}


@pytest.fixture(scope="module")
def fits(cdnow):
    return {name: getattr(lifetime, name)(cdnow).fit() for name in MODELS}


@pytest.mark.parametrize("name", MODELS)
def test_published_figures(fits, name):
    params, llf = PUBLISHED[name]
    assert fits[name].params.to_dict() == pytest.approx(params, abs=1.1e-3)
    assert fits[name].llf == pytest.approx(llf, abs=0.05)
    assert fits[name].converged


@pytest.mark.parametrize("name", MODELS)
def test_score_and_hessian_are_derivatives_of_the_loglikelihood(cdnow, name):
    from scipy.optimize import approx_fprime

    model = getattr(lifetime, name)(cdnow)
    point = np.array([0.4, 6.0, 0.8, 3.0])
    slope = approx_fprime(point, model.loglike, 1e-7)
    assert model.score(point) == pytest.approx(slope, rel=1e-3, abs=0.05)
    bend = np.array(
        [approx_fprime(point, lambda p, i=i: model.score(p)[i], 1e-6) for i in range(4)]
    )
    assert model.hessian(point) == pytest.approx(bend, rel=1e-3, abs=0.05)


@pytest.mark.parametrize("name", MODELS)
def test_fast_and_careful_loglikelihood_agree(fits, name):
    results = fits[name]
    assert results.llf == pytest.approx(results.model.loglike(results.params), rel=1e-12)
    assert np.abs(results.model.score(results.params) * results.bse).max() < 1e-4


@pytest.mark.parametrize(
    ("name", "fitter"),
    [
        ("BetaGeoNBD", "BetaGeoFitter"),
        ("ModifiedBetaGeoNBD", "ModifiedBetaGeoFitter"),
        ("ParetoNBD", "ParetoNBDFitter"),
    ],
)
def test_predictions_agree_with_lifetimes(fits, cdnow, peer, name, fitter):
    results, other = fits[name], getattr(peer, fitter)()
    other.params_ = results.params
    history = [cdnow[column].to_numpy() for column in ("frequency", "recency", "T")]
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        alive = other.conditional_probability_alive(*history)
        future = other.conditional_expected_number_of_purchases_up_to_time(39, *history)
        new = other.expected_number_of_purchases_up_to_time(39)
    assert results.p_alive().to_numpy() == pytest.approx(np.asarray(alive), rel=1e-9)
    assert results.predict(39).to_numpy() == pytest.approx(np.asarray(future), rel=1e-8)
    assert results.expected_purchases(39).iloc[0] == pytest.approx(float(new), rel=1e-9)


def test_bg_nbd_standard_errors_agree_with_lifetimes(fits, cdnow, peer):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = peer.BetaGeoFitter().fit(cdnow["frequency"], cdnow["recency"], cdnow["T"])
    # lifetimes differentiates numerically: two digits.
    errors = other.standard_errors_.to_dict()
    assert fits["BetaGeoNBD"].bse.to_dict() == pytest.approx(errors, rel=0.02)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("factor", [1 / 7, 7.0, 365.25 * 86_400, 1e-9])
def test_unit_of_time_does_not_matter(fits, cdnow, name, factor):
    scaled = cdnow.assign(recency=cdnow["recency"] * factor, T=cdnow["T"] * factor)
    scaled["recency"] = scaled[["recency", "T"]].min(axis=1)
    results, base = getattr(lifetime, name)(scaled).fit(), fits[name]
    unit = np.where(np.isin(base.params.index, ["alpha", "beta"]), factor, 1.0)
    assert results.params.to_numpy() == pytest.approx(base.params.to_numpy() * unit, rel=1e-6)
    assert results.bse.to_numpy() == pytest.approx(base.bse.to_numpy() * unit, rel=1e-6)
    moved = base.llf - cdnow["frequency"].sum() * np.log(factor)
    assert results.llf == pytest.approx(moved, rel=1e-12)
    assert results.predict(39 * factor).sum() == pytest.approx(base.predict(39).sum(), rel=1e-6)


@pytest.mark.parametrize("name", MODELS)
def test_power_of_two_gives_the_same_bits(fits, cdnow, name):
    scaled = cdnow.assign(recency=cdnow["recency"] * 1024, T=cdnow["T"] * 1024)
    results = getattr(lifetime, name)(scaled).fit()
    assert results.params["r"] == fits[name].params["r"]


@pytest.mark.parametrize("name", MODELS)
def test_aggregated_and_lazy_rows_give_the_same_fit(fits, cdnow, name):
    pl = pytest.importorskip("polars")
    base, columns = fits[name], ["frequency", "recency", "T"]
    grouped = cdnow.groupby(columns).size().reset_index(name="count")
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    connection.register("customers", cdnow)
    eager = pl.from_pandas(cdnow)
    for data in (grouped, eager, eager.lazy(), eager.to_arrow(), connection.table("customers")):
        results = getattr(lifetime, name)(data).fit()
        assert results.nobs == 2357
        assert results.params.to_numpy() == pytest.approx(base.params.to_numpy(), rel=1e-8)


@pytest.mark.parametrize("name", MODELS)
def test_distribution_adds_up_and_has_the_expected_mean(fits, name):
    results, n = fits[name], np.arange(400)
    chances = results.purchase_probabilities(n, 20.0)
    assert chances.sum() == pytest.approx(1, abs=1e-9)
    assert chances @ n == pytest.approx(results.expected_purchases(20.0).iloc[0], rel=1e-8)


@pytest.mark.parametrize("name", MODELS)
def test_residual_purchases_without_discount_are_the_expected_ones(fits, name):
    whole = fits[name].residual_purchases(0.0, horizon=39.0)
    assert whole.to_numpy() == pytest.approx(fits[name].predict(39.0).to_numpy(), rel=1e-8)


def test_pareto_residual_purchases_agree_with_the_closed_form(fits, cdnow):
    mp = pytest.importorskip("mpmath")
    # Fader, Hardie & Lee (2005), JMR 42: DERT with the confluent hypergeometric function U.
    p, row = fits["ParetoNBD"].params, cdnow.iloc[0]
    z = WEEKLY * (p["beta"] + row["T"])
    rate = (p["r"] + row["frequency"]) / (p["alpha"] + row["T"])
    psi = mp.hyperu(p["s"], p["s"], z)
    alive = fits["ParetoNBD"].p_alive().iloc[0]
    exact = alive * rate * float(psi * (p["beta"] + row["T"]) ** p["s"] * WEEKLY ** (p["s"] - 1))
    assert fits["ParetoNBD"].residual_purchases(WEEKLY).iloc[0] == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("name", MODELS)
def test_no_gap_at_one(cdnow, name):
    """a = 1 and s = 1 exactly, where the printed formulas divide by zero."""
    model = getattr(lifetime, name)(cdnow.head(20))
    values = []
    for third in (1 - 1e-6, 1.0, 1 + 1e-6):
        p = dict(zip(model.names, (0.5, 5.0, third, 3.0), strict=True))
        posterior = model._posterior(
            p, {c: cdnow[c].to_numpy()[:20] for c in ["frequency", "recency", "T"]}
        )
        values.append(model._expected(39.0, *posterior))
    assert np.isfinite(values).all()
    assert values[1] == pytest.approx((values[0] + values[2]) / 2, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-2, 2), st.floats(-2, 2), st.floats(-3, 3))
def test_bg_expected_purchases_agree_with_the_mean_over_p(r, alpha, a, b, t):
    mp = pytest.importorskip("mpmath")
    from ckmlab.value.lifetime._beta_mean import expected_purchases

    r, alpha, a, b, t = (10.0**v for v in (r, alpha, a, b, t))
    found = expected_purchases(t, r, alpha, a, b)[0]
    with mp.workdps(30):  # r t/α · 3F2 form would do; 2F1 with the parameter a − 1 moved off 0
        shift = mp.mpf(a) + mp.mpf("1e-18") - 1
        z = mp.mpf(t) / (mp.mpf(alpha) + t)
        hyper = mp.hyp2f1(r, b, shift + b, z) * (mp.mpf(alpha) / (mp.mpf(alpha) + t)) ** r
        exact = (shift + b) / shift * (1 - hyper)
    assert found == pytest.approx(float(exact), rel=1e-6)


def test_one_time_buyers(fits, cdnow):
    once = cdnow["frequency"] == 0
    assert (fits["BetaGeoNBD"].p_alive()[once] == 1).all()
    assert (fits["ModifiedBetaGeoNBD"].p_alive()[once] < 0.8).all()
    assert (fits["ParetoNBD"].p_alive()[once] < 0.8).all()
    assert "P(alive) is 1" in str(fits["BetaGeoNBD"].summary())


@pytest.mark.parametrize("name", MODELS)
def test_alive_falls_with_time_ahead_and_purchases_grow(fits, name):
    results = fits[name]
    now, later, much_later = (results.p_alive(ahead=t) for t in (0, 10, 100))
    assert ((now >= later) & (later >= much_later)).all()
    assert (results.predict(20) < results.predict(40)).all()


@pytest.mark.parametrize("name", MODELS)
def test_intervals_contain_the_value_and_stay_in_range(fits, name):
    results = fits[name]
    alive = results.p_alive(confidence=0.9)
    assert ((alive["low"] <= alive["value"]) & (alive["value"] <= alive["high"])).all()
    assert alive["low"].min() >= 0 and alive["high"].max() <= 1
    value = results.residual_value(WEEKLY, 20.0, confidence=0.9)
    assert ((value["low"] > 0) & (value["low"] < value["high"])).all()


def test_delta_interval_agrees_with_simulated_parameters(fits):
    results = fits["BetaGeoNBD"]
    frame = results.expected_purchases([39.0], confidence=0.95)
    draws = np.random.default_rng(5).multivariate_normal(results._theta, results._cov_theta, 400)
    simulated = [
        results.model._expected_new(
            np.array([39.0]),
            dict(zip(results.model.names, results.model._from_theta(draw), strict=True)),
        )[0]
        for draw in draws
    ]
    low, high = np.quantile(simulated, [0.025, 0.975])
    assert frame[["low", "high"]].to_numpy()[0] == pytest.approx([low, high], rel=0.03)


def test_parameters_are_recovered_with_covariates():
    data, truth = simulated_with_covariate()
    results = lifetime.BetaGeoNBD(
        data, purchase_covariates=["app"], dropout_covariates=["app"]
    ).fit()
    assert results.params.index.tolist()[4:] == ["purchase:app", "a:app", "b:app"]
    pull = (results.params - truth) / results.bse
    assert pull.abs().max() < 3.5
    assert np.abs(results.model.score(results.params) * results.bse).max() < 1e-3
    assert np.isfinite(results.predict(10, confidence=0.95).to_numpy()).all()
    assert results.llf > lifetime.BetaGeoNBD(data).fit().llf + 50


def test_formula_makes_the_same_model():
    data, _ = simulated_with_covariate(800)
    named = data.assign(device=np.where(data["app"] == 1, "app", "a browser"))
    by_formula = lifetime.BetaGeoNBD.from_formula("~ C(device)", named, dropout="~ app").fit()
    columns = {"purchase_covariates": ["app"], "dropout_covariates": ["app"]}
    by_column = lifetime.BetaGeoNBD(data, **columns).fit()
    assert by_formula.params.index[4] == "purchase:C(device)[T.app]"
    assert by_formula.params.to_numpy() == pytest.approx(by_column.params.to_numpy(), rel=1e-6)
    copy = pickle.loads(pickle.dumps(by_formula))
    few = named.head(3)[["frequency", "recency", "T", "device", "app"]]
    assert copy.predict(10, few).to_numpy() == pytest.approx(by_column.predict(10).head(3))
    assert by_formula.pvalues.iloc[0] < 0.01
    assert "P>|z|" in str(by_formula.summary())


def test_zero_covariate_effects_are_the_plain_model(cdnow):
    model = lifetime.BetaGeoNBD(cdnow.assign(z=0.5), purchase_covariates=["z"])
    plain = lifetime.BetaGeoNBD(cdnow)
    p = [0.3, 5.0, 0.7, 2.0]
    assert model.loglike([*p, 0.0]) == pytest.approx(plain.loglike(p), rel=1e-12)
    assert model.score([*p, 0.0])[:4] == pytest.approx(plain.score(p), rel=1e-8)
    assert model.hessian([*p, 0.0])[:4, :4] == pytest.approx(plain.hessian(p), rel=1e-8)


def simulated_with_covariate(n=4000, weeks=60.0):
    rng = np.random.default_rng(11)
    truth = pd.Series(
        {
            "r": 0.8,
            "alpha": 6.0,
            "a": 0.9,
            "b": 3.0,
            "purchase:app": 0.6,
            "a:app": 0.3,
            "b:app": 0.4,
        }
    )
    app = rng.integers(0, 2, n)
    rate = rng.gamma(truth["r"], 1 / (truth["alpha"] * np.exp(-truth["purchase:app"] * app)))
    drop = rng.beta(truth["a"] * np.exp(0.3 * app), truth["b"] * np.exp(0.4 * app))
    x, last, now, alive = np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, bool)
    while alive.any():
        now += rng.exponential(1 / rate)
        bought = alive & (now <= weeks)
        x[bought] += 1
        last[bought] = now[bought]
        alive = bought & (rng.random(n) >= drop)
    return pd.DataFrame({"frequency": x, "recency": last, "T": weeks, "app": app}), truth


@pytest.mark.parametrize("name", MODELS)
def test_results_in_the_statsmodels_manner(fits, name):
    results = fits[name]
    assert results.aic == pytest.approx(-2 * results.llf + 8)
    assert results.bic == pytest.approx(-2 * results.llf + 4 * np.log(2357))
    covariance = results.cov_params()
    assert np.sqrt(np.diag(covariance)) == pytest.approx(results.bse.to_numpy())
    interval = results.conf_int()
    assert ((interval[0] < results.params) & (results.params < interval[1])).all()
    assert (interval[0] > 0).all()
    page = results.summary()
    assert "Log-Likelihood" in page.as_text() and "<table" in page.as_html()


@pytest.mark.parametrize("name", MODELS)
def test_pickle(fits, name):
    copy = pickle.loads(pickle.dumps(fits[name]))
    assert copy.params.equals(fits[name].params)
    assert copy.predict(10).equals(fits[name].predict(10))


def test_new_customers(fits, cdnow):
    new = pd.DataFrame({"x": [3], "t_x": [20.0], "T": [30.0]}, index=["Ada"])
    assert fits["BetaGeoNBD"].predict(10, new).index.tolist() == ["Ada"]


BAD = [
    ({"frequency": [0.5, 1, 2, 3]}, "whole number"),
    ({"frequency": [-1, 1, 2, 3]}, "whole number"),
    ({"recency": [0, 50, 2, 3]}, "later than T"),
    ({"recency": [0, -1, 2, 3]}, "negative"),
    ({"recency": [1, 1, 2, 3]}, "frequency is 0"),
    ({"T": [np.nan, 9, 9, 9]}, "missing"),
    ({"T": [np.inf, 9, 9, 9]}, "missing or infinite"),
    ({"frequency": [0, 0, 0, 0], "recency": [0, 0, 0, 0]}, "no customer bought again"),
    ({"T": [0, 0, 0, 0], "recency": [0, 0, 0, 0]}, "T is 0"),
]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize(("change", "message"), BAD)
def test_impossible_histories_are_refused(name, change, message):
    good = {"frequency": [0, 1, 2, 3], "recency": [0, 1, 2, 3], "T": [9, 9, 9, 9]}
    with pytest.raises(ValueError, match=message):
        getattr(lifetime, name)(pd.DataFrame({**good, **change}))


def test_other_bad_input():
    one = pd.DataFrame({"frequency": [3], "recency": [20.0], "T": [30.0]})
    with pytest.raises(ValueError, match="4 parameters but the data 1 customer"):
        lifetime.BetaGeoNBD(one)
    with pytest.raises(ValueError, match="empty"):
        lifetime.ParetoNBD(one.iloc[:0])
    with pytest.raises(KeyError, match=r"value\.behaviour\.summary"):
        lifetime.ParetoNBD(one.drop(columns="recency"))
    with pytest.raises(TypeError, match="holds 'a week'"):
        lifetime.ParetoNBD(one.assign(T=["a week"]))
    with pytest.raises(TypeError, match="needs a data frame"):
        lifetime.ParetoNBD([1, 2, 3])


def test_no_maximum_is_a_warning_that_says_what_to_try():
    # Everybody buys like a clock: no heterogeneity, so that r and alpha run to infinity.
    same = pd.DataFrame({"frequency": [5] * 50, "recency": [10.0] * 50, "T": [10.0] * 50})
    with pytest.warns(lifetime.ConvergenceWarning, match="try a longer calibration period"):
        results = lifetime.BetaGeoNBD(same).fit()
    assert not results.converged
    assert results.bse.isna().all()
    assert "did NOT converge" in str(results.summary())


def test_too_few_passes_warn(cdnow):
    with pytest.warns(lifetime.ConvergenceWarning, match="max_passes"):
        lifetime.ParetoNBD(cdnow).fit(max_passes=2)


def test_from_the_raw_log_to_the_published_figures(peer):
    """The whole walk: CDNOW's log → summary → fits (Fader, Hardie & Lee 2005; the note of 2013)."""
    from ckmlab.datasets import load_cdnow
    from ckmlab.value.behaviour import summary

    histories = summary(load_cdnow(), unit="week", calibration_end="1997-09-30")
    for name in ("BetaGeoNBD", "ParetoNBD"):
        results = getattr(lifetime, name)(histories).fit()
        assert results.params.to_dict() == pytest.approx(PUBLISHED[name][0], abs=2e-3)
    spend = lifetime.GammaGamma(histories).fit()
    assert spend.params.round(2).tolist() == [6.25, 3.74, 15.44]


def test_params_may_be_given_by_name_and_a_start_changes_nothing(fits, cdnow):
    results = fits["ParetoNBD"]
    model = results.model
    assert model.loglike(results.params[::-1]) == pytest.approx(results.llf)
    again = model.fit(start={"beta": 30.0, "s": 1.0, "r": 2.0, "alpha": 20.0})
    assert again.params.to_numpy() == pytest.approx(results.params.to_numpy(), rel=1e-5)
    with pytest.raises(KeyError, match="lacks"):
        model.loglike({"r": 1.0})
    with pytest.raises(ValueError, match="above 0"):
        model.loglike([1.0, -1.0, 1.0, 1.0])


def test_wrong_questions_get_a_clear_answer(fits, cdnow):
    results = fits["BetaGeoNBD"]
    for call, message in [
        (lambda: results.predict(-1), "t is -1"),
        (lambda: results.residual_purchases(-0.1), "discount is -0.1"),
        (lambda: results.residual_purchases(0.0), "endless horizon"),
        (lambda: results.residual_purchases(0.1, horizon=0), "horizon is 0"),
        (lambda: results.predict(1, confidence=95), "confidence"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
    with_covariate = lifetime.BetaGeoNBD(
        cdnow.assign(z=1.0 * (cdnow.index % 2)), purchase_covariates=["z"]
    )
    with pytest.raises(ValueError, match="no one new customer"):
        with_covariate.fit().expected_purchases(10)


def test_ties_are_fine():
    """Several purchases at one moment, and all customers of one age."""
    data = pd.DataFrame({"frequency": [0, 1, 2, 5, 1], "recency": [0.0, 0, 0, 9, 5], "T": 10.0})
    data["count"] = [30, 5, 2, 8, 9]
    for name in MODELS:
        model = getattr(lifetime, name)(data)
        assert np.isfinite(model.loglikeobs([0.5, 5.0, 1.0, 2.0])).all()
