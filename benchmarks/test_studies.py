"""Resampling a mediation and a path model: all at once, and the way it is usually looped."""

import numpy as np
import pytest
from statsmodels.api import OLS, add_constant

from ckmlab.studies import mediation, pls_bootstrap, satisfaction_index, simulate_exact

R = [[1, 0.5, 0.4, 0.4], [0.5, 1, 0.5, 0.5], [0.4, 0.5, 1, 0.6], [0.4, 0.5, 0.6, 1]]
RESAMPLES = 500


@pytest.fixture(scope="module")
def rows():
    return simulate_exact(R, 300, seed=1)


@pytest.mark.benchmark(group=f"serial mediation, 300 rows, {RESAMPLES} resamples")
@pytest.mark.parametrize("who", ["ckmlab", "a loop of statsmodels OLS"])
def test_mediation(benchmark, rows, who):
    if who == "ckmlab":
        table = benchmark(
            mediation, rows, "x1", ["x2", "x3"], "x4",
            method="bootstrap", resamples=RESAMPLES, seed=2,
        )  # fmt: skip
        spread = table.loc["x1 → x2 → x3 → x4", "se"]
    else:
        spread = benchmark.pedantic(looped, (rows,), rounds=2)
    assert spread == pytest.approx(0.016, abs=0.006)


def looped(rows):
    draw = np.random.default_rng(2)
    products = []
    for _ in range(RESAMPLES):
        taken = rows.iloc[draw.integers(len(rows), size=len(rows))]
        taken = (taken - taken.mean()) / taken.std()
        first = OLS(taken["x2"], add_constant(taken[["x1"]])).fit().params["x1"]
        second = OLS(taken["x3"], add_constant(taken[["x1", "x2"]])).fit().params["x2"]
        third = OLS(taken["x4"], add_constant(taken[["x1", "x2", "x3"]])).fit().params["x3"]
        products.append(first * second * third)
    return np.std(products, ddof=1)


@pytest.mark.benchmark(group="satisfaction index by partial least squares, 24 items")
@pytest.mark.parametrize("what", ["one fit", "500 resamples of 250 rows"])
def test_path_model(benchmark, what):
    if what == "one fit":
        fit = benchmark(satisfaction_index.model)
        assert fit.r_squared["satisfaction"] == pytest.approx(0.6803, abs=1e-4)
    else:
        fit = satisfaction_index.model()
        table = benchmark.pedantic(pls_bootstrap, (fit,), {"seed": 1}, rounds=3)
        assert table["se"].max() < 0.2
