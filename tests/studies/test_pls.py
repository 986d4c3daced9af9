import numpy as np
import pandas as pd
import pytest
from scipy.stats import bootstrap

from ckmlab.studies import pls_bootstrap, pls_path_model, simulate_exact
from ckmlab.studies.pls_errors import _bca_tails

# SmartPLS 2.0.M3 on the same 250 respondents, shipped as the regression tests of the R package
# semPLS (tests/SmartPLS/results/ecsi/*/pathCoefficients.txt), in the order of PATHS.
SMARTPLS = {
    "centroid": [
        0.50470564, 0.55724786, 0.05078755, 0.55721686, 0.17883348, 0.06442534, 0.51254524,
        0.19181566, 0.52609731, 0.19535971, 0.48347472, 0.07123241,
    ],
    "factor": [
        0.50494314, 0.55675903, 0.05017810, 0.55776245, 0.17859267, 0.06494365, 0.51297470,
        0.19144526, 0.52585655, 0.19581962, 0.48305917, 0.07031057,
    ],
    "path": [
        0.50491393, 0.55674896, 0.04998839, 0.55830438, 0.17873950, 0.06252287, 0.51202394,
        0.19476510, 0.52806625, 0.19575534, 0.48547762, 0.06692607,
    ],
}  # fmt: skip


@pytest.mark.parametrize("scheme", SMARTPLS)
def test_paths_of_smartpls(ecsi_items, ecsi_model, scheme):
    fit = pls_path_model(correlation=ecsi_items, scheme=scheme, **ecsi_model)
    # five decimals of the correlations leave about 5e-6 open
    np.testing.assert_allclose(fit.paths["estimate"], SMARTPLS[scheme], atol=1e-5)


def test_total_effects_of_smartpls(ecsi_items, ecsi_model):
    effects = pls_path_model(correlation=ecsi_items, **ecsi_model).effects
    total = effects.set_index(["source", "target"])["total"]
    # semPLS tests/SmartPLS/results/ecsi/centroid/totalEffects.txt
    assert total["image", "loyalty"] == pytest.approx(0.39877911, abs=1e-5)
    assert total["quality", "satisfaction"] == pytest.approx(0.61942817, abs=1e-5)
    assert total["expectation", "complaints"] == pytest.approx(0.22061480, abs=1e-5)


def test_rows_and_their_correlations_give_the_same_model(ecsi_items, ecsi_model):
    rows = simulate_exact(ecsi_items, 250, seed=2)
    one = pls_path_model(rows, **ecsi_model)
    other = pls_path_model(correlation=ecsi_items, n=250, **ecsi_model)
    pd.testing.assert_frame_equal(one.paths, other.paths)
    np.testing.assert_allclose(one.scores.corr(), other.constructs, atol=1e-9)
    np.testing.assert_allclose(one.scores.std(), 1)
    crossed = one.cross_loadings.loc["CUSL2", "loyalty"]
    assert one.scores["loyalty"].corr(rows["CUSL2"]) == pytest.approx(crossed)
    with pytest.raises(ValueError, match="only correlations"):
        _ = other.scores


def test_single_items_make_it_plain_regression():
    R = pd.DataFrame([[1, 0.5, 0.4], [0.5, 1, 0.6], [0.4, 0.6, 1]], columns=["x", "m", "y"])
    fit = pls_path_model(
        correlation=R, blocks={"X": "x", "M": "m", "Y": "y"}, paths={"Y": ["X", "M"]}
    )
    expected = np.linalg.solve(R.iloc[:2, :2], [0.4, 0.6])
    np.testing.assert_allclose(fit.paths["estimate"], expected)


def test_scores_point_the_way_their_items_do(ecsi_items, ecsi_model):
    turned = ecsi_items.copy()
    turned.loc[:, "CUSL2"] *= -1
    turned.loc["CUSL2"] *= -1
    fit = pls_path_model(correlation=turned, **ecsi_model)
    assert fit.loadings["loading"].groupby(fit.loadings["construct"]).sum().min() > 0
    assert fit.loadings.loc["CUSL2", "loading"] == pytest.approx(-0.2191, abs=1e-4)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"scheme": "horst"}, "choose one of"),
        ({"paths": {"b": ["c"]}}, "'c', which no block"),
        ({"blocks": {"a": ["x1"], "b": ["x2"], "idle": ["x3"]}}, "'idle' is in no path"),
        ({"blocks": {"a": ["x1"], "b": ["x1"]}}, "in 'a' and 'b'"),
        ({"blocks": {"a": ["x1"], "b": ["x9"]}}, "'x9'"),
        ({"correlation": None}, "either data or correlation"),
        ({"correlation": np.eye(3)}, "'a' has no score"),
    ],
)
def test_bad_models_are_named(changes, message):
    model = {"correlation": np.eye(3) * 0.7 + 0.3, "blocks": {"a": ["x1"], "b": ["x2"]},
             "paths": {"b": ["a"]}}  # fmt: skip
    with pytest.raises((ValueError, KeyError), match=message):
        pls_path_model(**{**model, **changes})


def test_gaps_and_constants_are_named():
    rows = pd.DataFrame({"a": [1, 2, 3, np.nan], "b": [1, 1, 1, 1.0]})
    model = {"blocks": {"A": ["a"], "B": ["b"]}, "paths": {"B": ["A"]}}
    with pytest.raises(ValueError, match="'a' has 1 missing"):
        pls_path_model(rows, **model)
    with pytest.raises(ValueError, match="same answer to 'b'"):
        pls_path_model(rows.fillna(4), **model)


def test_bootstrap_is_seeded_and_of_the_right_size(ecsi_items, ecsi_model):
    fit = pls_path_model(correlation=ecsi_items, n=250, **ecsi_model)
    one = pls_bootstrap(fit, resamples=150, seed=5)
    pd.testing.assert_frame_equal(one, pls_bootstrap(fit, resamples=150, seed=5))
    paths = one[one["kind"] == "path"]
    np.testing.assert_allclose(paths["estimate"], fit.paths["estimate"])
    # of normal rows the errors are near those of regression on the scores, .05 to .07
    np.testing.assert_allclose(paths["se"], fit.paths["se"], rtol=0.4)
    assert (one["low"] <= one["high"] + 1e-12).all()
    with pytest.raises(ValueError, match="fit the model with n="):
        pls_bootstrap(pls_path_model(correlation=ecsi_items, **ecsi_model), seed=1)


def test_bca_ends_of_scipy():
    sample = np.random.default_rng(1).gamma(1.0, size=40)
    draws = np.random.default_rng(2).integers(40, size=(4000, 40))
    replicates = sample[draws].var(axis=1)
    left_out = np.array([np.delete(sample, i).var() for i in range(40)])
    tails = _bca_tails(
        np.array([[0.025], [0.975]]),
        np.array([sample.var()]),
        replicates[:, None],
        left_out[:, None],
    )
    ours = np.quantile(replicates, tails[:, 0])
    theirs = bootstrap(
        (sample,), np.var, n_resamples=4000, method="BCa", rng=np.random.default_rng(3)
    ).confidence_interval
    np.testing.assert_allclose(ours, [theirs.low, theirs.high], rtol=0.08)
    plain = np.quantile(replicates, [0.025, 0.975])
    assert abs(ours[1] - theirs.high) < abs(plain[1] - theirs.high)


def test_bca_of_a_symmetric_sample_is_nearly_the_percentile(ecsi_items, ecsi_model):
    fit = pls_path_model(correlation=ecsi_items, n=120, **ecsi_model)
    plain = pls_bootstrap(fit, resamples=100, seed=5)
    bent = pls_bootstrap(fit, resamples=100, method="bca", seed=5)
    np.testing.assert_allclose(plain["se"], bent["se"])
    assert not np.allclose(plain["low"], bent["low"])
