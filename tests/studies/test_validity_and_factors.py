import numpy as np
import pandas as pd
import pytest

from ckmlab.studies import factor_analysis, fornell_larcker, htmt

# Correlations of R's data set ability.cov (six tests, n = 112; Smith & Stanley 1983).
ABILITY = pd.DataFrame(
    [
        [24.641, 5.991, 33.520, 6.023, 20.755, 29.701],
        [5.991, 6.700, 18.137, 1.782, 4.936, 7.204],
        [33.520, 18.137, 149.831, 19.424, 31.430, 50.753],
        [6.023, 1.782, 19.424, 12.711, 4.757, 9.075],
        [20.755, 4.936, 31.430, 4.757, 52.604, 66.762],
        [29.701, 7.204, 50.753, 9.075, 66.762, 135.292],
    ],
    columns=["general", "picture", "blocks", "maze", "reading", "vocab"],
)
ABILITY = ABILITY / np.sqrt(np.outer(np.diag(ABILITY), np.diag(ABILITY)))


# Varimax loadings of two factors, as written in the tests of the R package GPArotation.
LOADINGS = [
    [0.499437829039896530, 0.54344904693111962],
    [0.156070079431279873, 0.62153798991197484],
    [0.205786989958578748, 0.85992588538426895],
    [0.108530754440558652, 0.46776101732283504],
    [0.956242470279811574, 0.18209631992182243],
    [0.784768183877880943, 0.22482213687364205],
]


def test_two_factors_of_gparotation():
    fit = factor_analysis(ABILITY, 2, n=112)
    np.testing.assert_allclose(fit.uniqueness, 1 - np.square(LOADINGS).sum(axis=1), atol=2e-5)


@pytest.mark.parametrize(
    ("factors", "uniqueness"),  # printed by R's factanal(factors, covmat = ability.cov)
    [
        (1, [0.535, 0.853, 0.748, 0.910, 0.232, 0.280]),
        (2, [0.455, 0.589, 0.218, 0.769, 0.052, 0.334]),
    ],
)
def test_uniqueness_of_factanal(factors, uniqueness):
    fit = factor_analysis(ABILITY, factors, n=112)
    np.testing.assert_allclose(fit.uniqueness, uniqueness, atol=6e-4)


def test_rotation_keeps_communalities():
    plain = factor_analysis(ABILITY, 2)
    turned = factor_analysis(ABILITY, 2, rotation="varimax")
    assert not np.allclose(np.abs(plain.loadings), np.abs(turned.loadings), atol=1e-3)
    np.testing.assert_allclose(
        (plain.loadings**2).sum(axis=1), (turned.loadings**2).sum(axis=1), atol=1e-6
    )


def test_bad_factor_requests():
    with pytest.raises(ValueError, match="6 factors for 6"):
        factor_analysis(ABILITY, 6)
    with pytest.raises(ValueError, match="choose one of"):
        factor_analysis(ABILITY, 2, rotation="twist")


def test_htmt_of_seminr(ecsi_items, ecsi_model):
    # R package seminr 2.x, tests/fixtures/V_3_5_X/htmt.csv, same 250 respondents
    expected = {
        ("image", "expectation"): 0.88803042750925,
        ("image", "value"): 0.651659392487802,
        ("image", "satisfaction"): 0.910100923782741,
        ("expectation", "value"): 0.588628982316289,
        ("expectation", "satisfaction"): 0.865108193553153,
        ("value", "satisfaction"): 0.740808927759395,
    }
    blocks = {name: own for name, own in ecsi_model["blocks"].items() if len(own) > 1}
    table = htmt(ecsi_items, blocks, correlations=True)
    for (one, other), ratio in expected.items():
        assert table.loc[one, other] == pytest.approx(ratio, abs=2e-5)
        assert table.loc[other, one] == pytest.approx(ratio, abs=2e-5)
    assert np.isnan(np.diag(table)).all()


def test_htmt_needs_two_items_each(ecsi_items, ecsi_model):
    with pytest.raises(ValueError, match=r"complaints.* one item"):
        htmt(ecsi_items, ecsi_model["blocks"], correlations=True)


def test_fornell_larcker_fails_where_a_correlation_beats_root_ave():
    R = pd.DataFrame([[1, 0.8, 0.1], [0.8, 1, 0.2], [0.1, 0.2, 1]], columns=["a", "b", "c"])
    table = fornell_larcker(R, pd.Series({"a": 0.6, "b": 0.7, "c": 0.5}))
    assert table["passes"].tolist() == [False, True, True]
    assert table.loc["c", "with"] == "b"
    with pytest.raises(KeyError, match="no AVE for \\['c'\\]"):
        fornell_larcker(R, {"a": 0.6, "b": 0.7})
    with pytest.raises(ValueError, match="it is a share"):
        fornell_larcker(R, {"a": 60, "b": 0.7, "c": 0.5})
