"""Regression, paths and mediation from moments, against the same analyses of the rows."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from ckmlab.studies import (
    indirect_effects,
    mediation,
    mediation_from_correlation,
    ols_from_correlation,
    path_model_from_correlation,
)


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(8)
    x = rng.gamma(2, 2, 150)
    m = 0.5 * x + rng.normal(0, 2, 150)
    k = 0.3 * x + 0.4 * m + rng.normal(0, 1, 150)
    y = 1 + 0.2 * x - 0.3 * m + 0.8 * k + rng.standard_t(5, 150)
    return pd.DataFrame({"x": x, "m": m, "k": k, "y": y})


def test_moments_give_the_regression_of_the_rows(rows):
    ours = ols_from_correlation(
        rows.corr(), "y", ["x", "m"], n=len(rows), means=rows.mean(), sds=rows.std()
    )
    theirs = sm.OLS(rows["y"], sm.add_constant(rows[["x", "m"]])).fit()
    np.testing.assert_allclose(ours.params, theirs.params[["x", "m"]])
    np.testing.assert_allclose(ours.bse, theirs.bse[["x", "m"]])
    np.testing.assert_allclose(ours.pvalues, theirs.pvalues[["x", "m"]], rtol=1e-6)
    np.testing.assert_allclose(ours.conf_int(0.9), theirs.conf_int(0.1).loc[["x", "m"]])
    assert ours.rsquared == pytest.approx(theirs.rsquared)
    assert ours.results.fvalue == pytest.approx(theirs.fvalue)
    assert ours.results.params["const"] == pytest.approx(theirs.params["const"])
    assert ours.contributions.sum() == pytest.approx(ours.rsquared)


def test_without_n_there_are_slopes_but_no_errors():
    fit = ols_from_correlation([[1, 0.5], [0.5, 1]], "x1", "x2")
    assert fit.params["x2"] == 0.5
    with pytest.raises(ValueError, match="give n="):
        _ = fit.bse


def test_unknown_variable_is_named():
    with pytest.raises(KeyError, match="no variable 'z'"):
        ols_from_correlation([[1, 0.5], [0.5, 1]], "x1", ["z"])


PATHS = {"m": ["x"], "k": ["x", "m"], "y": ["x", "m", "k"]}


def test_routes_add_up_to_total_effects(rows):
    model = path_model_from_correlation(rows.corr(), PATHS, n=len(rows))
    effects = model.effects.set_index(["source", "target"])
    for source, target in effects.index:
        routes = model.routes(source, target)["effect"]
        assert routes.sum() == pytest.approx(effects.loc[(source, target), "total"])
    # in a saturated recursive model the total effect of the only exogenous variable is r
    assert effects.loc[("x", "y"), "total"] == pytest.approx(rows.corr().loc["x", "y"])


def test_circles_are_refused():
    with pytest.raises(ValueError, match="circle"):
        path_model_from_correlation(np.eye(2), {"x1": ["x2"], "x2": ["x1"]})


def test_delta_is_sobel_for_one_mediator(rows):
    standard = (rows - rows.mean()) / rows.std()
    first = sm.OLS(standard["m"], sm.add_constant(standard[["x"]])).fit()
    second = sm.OLS(standard["y"], sm.add_constant(standard[["x", "m"]])).fit()
    a, b, sa, sb = first.params["x"], second.params["m"], first.bse["x"], second.bse["m"]
    found = mediation(rows, "x", "m", "y").loc["indirect"]
    assert found["estimate"] == pytest.approx(a * b)
    assert found["se"] == pytest.approx(np.sqrt(a**2 * sb**2 + b**2 * sa**2))


def test_serial_routes_and_their_sums(rows):
    table = mediation(rows, "x", ["m", "k"], "y")["estimate"]
    assert list(table.index[:4]) == ["x → y", "x → m → y", "x → k → y", "x → m → k → y"]
    assert table["total"] == pytest.approx(table[:4].sum())
    assert table["indirect"] == pytest.approx(table[1:4].sum())
    parallel = mediation(rows, "x", ["m", "k"], "y", serial=False)
    assert "x → m → k → y" not in parallel.index


def test_matrix_and_rows_agree(rows):
    one = mediation(rows, "x", ["m", "k"], "y")
    other = mediation_from_correlation(rows.corr(), "x", ["m", "k"], "y", n=len(rows))
    pd.testing.assert_frame_equal(one, other)


def test_bootstrap_errors_are_near_delta_errors(rows):
    delta = mediation(rows, "x", ["m", "k"], "y")
    drawn = mediation(rows, "x", ["m", "k"], "y", method="bootstrap", seed=3)
    np.testing.assert_allclose(drawn["estimate"], delta["estimate"])
    # slopes only: delta treats the spread of x as given, which matters for direct and total
    assert drawn.loc["indirect", "se"] == pytest.approx(delta.loc["indirect", "se"], rel=0.25)
    assert ((drawn["low"] < drawn["estimate"]) & (drawn["estimate"] < drawn["high"])).all()
    again = mediation(rows, "x", ["m", "k"], "y", method="bootstrap", seed=3)
    pd.testing.assert_frame_equal(drawn, again)


def test_bootstrap_draws_match_a_plain_loop(rows):
    from ckmlab.studies.indirect import _resampled_correlations

    values = rows.to_numpy()
    weights = np.random.default_rng(9).multinomial(150, np.full(150, 1 / 150), size=3)
    fast = _resampled_correlations(values, 3, 9)
    for one, count in zip(fast, weights, strict=True):
        plain = np.corrcoef(np.repeat(values, count, axis=0), rowvar=False)
        np.testing.assert_allclose(one, plain)


def test_bootstrap_needs_a_seed(rows):
    with pytest.raises(ValueError, match="give seed"):
        mediation(rows, "x", "m", "y", method="bootstrap")


def test_no_route_is_said():
    model = path_model_from_correlation(np.eye(3), {"x2": ["x1"], "x3": ["x1"]}, n=50)
    with pytest.raises(ValueError, match="no route"):
        indirect_effects(model, "x2", "x3")


def test_mediators_side_by_side_err_together():
    # two mediators with a common cause besides x: their slopes on x are strongly correlated
    rng = np.random.default_rng(2)
    x, common = rng.normal(size=(2, 400))
    one, two = (0.5 * x + common + rng.normal(0, 0.4, 400) for _ in range(2))
    rows = pd.DataFrame({"x": x, "one": one, "two": two, "y": one + two + rng.normal(0, 1, 400)})
    delta = mediation(rows, "x", ["one", "two"], "y", serial=False)
    drawn = mediation(rows, "x", ["one", "two"], "y", serial=False, method="bootstrap", seed=1)
    assert delta.loc["indirect", "se"] == pytest.approx(drawn.loc["indirect", "se"], rel=0.12)
    # taking the two slopes on x as independent would give .032, a quarter too little
    assert delta.loc["indirect", "se"] > 0.04


def test_covariance_within_an_equation_is_that_of_statsmodels(rows):
    from ckmlab.studies.indirect import _covariance

    model = path_model_from_correlation(rows.corr(), PATHS, n=len(rows))
    edges = [(to, back) for to, sources in PATHS.items() for back in sources]
    covariance = _covariance(model, edges)
    np.testing.assert_allclose(covariance[3:, 3:], model.equations["y"].cov_params)
    np.testing.assert_allclose(covariance[:3, 3:], 0, atol=1e-12)


def test_models_print_what_they_found():
    correlation = pd.DataFrame(
        [[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]], index=list("abc"), columns=list("abc")
    )
    assert repr(ols_from_correlation(correlation, "c", ["a", "b"])).startswith("c on a: 0.3333")
    model = path_model_from_correlation(correlation, {"b": ["a"], "c": ["a", "b"]}, n=100)
    assert "2 outcomes, n = 100" in repr(model) and "R²: b 0.25" in repr(model)
