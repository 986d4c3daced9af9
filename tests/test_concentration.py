"""Gini, Lorenz curve and the top's share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ckmlab.concentration import gini, lorenz, top_share

HOLDINGS = st.lists(st.integers(0, 1000), min_size=2, max_size=30).filter(any)


def test_worked_example():
    # Dossier, notebook 9, exercise 1.
    assert round(float(gini([120, 60, 30, 10, 5, 5])), 4) == 0.5507


@pytest.mark.parametrize("n", [2, 7, 100])
def test_limits(n):
    assert float(gini([3.0] * n)) == pytest.approx(0)
    assert float(gini([0.0] * (n - 1) + [1.0])) == pytest.approx(1 - 1 / n)


@given(HOLDINGS)
def test_gini_is_the_mean_difference_and_the_area_under_the_curve(values):
    x = np.array(values, dtype=float)
    difference = np.abs(x[:, None] - x).mean() / (2 * x.mean())
    curve = lorenz(values)
    area = 1 - 2 * np.trapezoid(curve["holding"], curve["holders"])
    assert float(gini(values)) == pytest.approx(difference, abs=1e-9)
    assert area == pytest.approx(difference, abs=1e-9)


@given(HOLDINGS, st.floats(0.01, 100))
def test_gini_knows_no_unit(values, factor):
    assert float(gini(np.array(values) * factor)) == pytest.approx(float(gini(values)), abs=1e-9)


def test_jackknife_by_leaving_out_one_by_one():
    x = np.random.default_rng(1).lognormal(size=40)
    without = np.array([float(gini(np.delete(x, i))) for i in range(40)])
    error = np.sqrt(39 / 40 * np.sum((without - without.mean()) ** 2))
    estimate = gini(x)
    assert (estimate.high - estimate.low) / 2 == pytest.approx(1.959964 * error, rel=1e-6)


def test_interval_covers_the_gini_of_an_exponential():
    # The exponential distribution has a Gini coefficient of one half.
    draws = stats.expon.rvs(size=(300, 200), random_state=2)
    covered = sum(gini(row).covers(0.5) for row in draws)
    assert 270 <= covered <= 298


def test_pareto_has_the_famous_eighty_twenty():
    # A Pareto distribution with shape log 5 / log 4 gives the top fifth four fifths.
    # The tail beyond the last of n quantiles is lost, which costs two points even at two million.
    shape, n = np.log(5) / np.log(4), 2_000_000
    quantiles = (1 - (np.arange(n) + 0.5) / n) ** (-1 / shape)
    lost = n ** (1 / shape - 1) * 0.2
    assert float(top_share(quantiles)) == pytest.approx(0.8 - lost, abs=0.005)


def test_top_share_splits_a_holder():
    assert float(top_share([1, 1, 1, 7], 0.125)) == pytest.approx(0.35)
    assert float(top_share([1, 2], 1)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("values", "message"),
    [([-1, 2], "holds -1; what is spread cannot be negative"), ([0, 0], "only zeros")],
)
def test_bad_values(values, message):
    for function in (gini, lorenz, top_share):
        with pytest.raises(ValueError, match=message):
            function(values)
