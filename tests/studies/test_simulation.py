import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.studies import ImpossibleCorrelation, nearest_correlation, simulate_exact
from ckmlab.studies.matrices import read_correlation


def some_correlation(seed, p):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        np.corrcoef(rng.normal(size=(p, 3 * p)) + rng.normal(size=3 * p)),
        columns=[f"v{i}" for i in range(p)],
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 7), st.integers(0, 60))
def test_sample_moments_are_the_given_ones(seed, p, extra):
    R = some_correlation(seed, p)
    means, sds = np.arange(p) - 2.0, np.arange(p) + 0.5
    rows = simulate_exact(R, p + 1 + extra, means, sds, seed=seed)
    np.testing.assert_allclose(rows.mean(), means, atol=1e-9)
    np.testing.assert_allclose(rows.std(), sds, rtol=1e-9)
    np.testing.assert_allclose(rows.corr(), R, atol=1e-9)


def test_same_seed_same_rows_other_seed_other_rows():
    R = some_correlation(1, 3)
    one, again, other = (simulate_exact(R, 20, seed=seed) for seed in (4, 4, 5))
    pd.testing.assert_frame_equal(one, again)
    assert not np.allclose(one, other)


def test_moments_by_name_and_one_triangle():
    R = pd.DataFrame({"a": [1, 0.4], "b": [np.nan, 1]}, index=["a", "b"])
    rows = simulate_exact(R, 30, means={"b": 2, "a": 1}, seed=0)
    assert rows.mean().round(9).to_dict() == {"a": 1, "b": 2}
    assert rows.corr().loc["a", "b"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 2}, "at least 3"),
        ({"sds": [1, 0]}, "standard deviation is above 0"),
        ({"means": [1]}, "means needs 2 finite numbers"),
        ({"means": {"x1": 1}}, "means lacks \\['x2'\\]"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises((ValueError, KeyError), match=message):
        simulate_exact([[1, 0.2], [0.2, 1]], **{"n": 10, "seed": 0, **arguments})


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1, 0.2], [0.3, 1]], "0.2 in one triangle and 0.3 in the other"),
        ([[1, 1.2], [1.2, 1]], "'x1' and 'x2' is 1.2"),
        ([[0.81, 0.2], [0.2, 1]], "diagonal holds 0.81 for 'x1'; put 1"),
        ([[1, None], [None, 1]], "no correlation of 'x1' and 'x2'"),
        ([[1, 0.2]], "square"),
    ],
)
def test_a_matrix_that_is_none_is_refused(matrix, message):
    with pytest.raises(ValueError, match=message):
        read_correlation(matrix)


def test_rows_in_another_order_than_columns_are_refused():
    with pytest.raises(ValueError, match="another order"):
        read_correlation(pd.DataFrame([[0.3, 1], [1, 0.3]], index=["b", "a"], columns=["a", "b"]))


def test_nearest_matrix_of_higham():
    # Higham (2002), IMA Journal of Numerical Analysis 22: .7607 and .1573; with eight digits in
    # the tests of the nearcorr packages: .76068985 and .15729811
    nearest = nearest_correlation([[1, 1, 0], [1, 1, 1], [0, 1, 1]]).to_numpy()
    np.testing.assert_allclose(nearest[0], [1, 0.76068985, 0.15729811], atol=1e-6)


def test_impossible_matrix_comes_with_a_possible_one():
    impossible = pd.DataFrame(
        [[1, 0.9, 0.1], [0.9, 1, 0.9], [0.1, 0.9, 1]], columns=["trust", "use", "loyalty"]
    )
    with pytest.raises(ImpossibleCorrelation, match=r"no data can have.*'use'") as caught:
        simulate_exact(impossible, 50, seed=1)
    rows = simulate_exact(caught.value.nearest, 50, seed=1)
    np.testing.assert_allclose(rows.corr(), caught.value.nearest, atol=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 6))
def test_nearest_matrix_is_valid_and_leaves_valid_ones_alone(seed, p):
    rng = np.random.default_rng(seed)
    random = np.clip(rng.uniform(-1, 1, (p, p)), -0.99, 0.99)
    random = (random + random.T) / 2
    np.fill_diagonal(random, 1)
    nearest = nearest_correlation(random)
    assert np.linalg.eigvalsh(nearest)[0] > 0
    assert (np.diag(nearest) == pytest.approx(1)) and (nearest.abs() <= 1 + 1e-9).all(axis=None)
    np.testing.assert_allclose(nearest_correlation(nearest), nearest, atol=1e-6)


def test_a_seed_must_be_given():
    with pytest.raises(TypeError, match="give seed"):
        simulate_exact([[1, 0.2], [0.2, 1]], 10)
