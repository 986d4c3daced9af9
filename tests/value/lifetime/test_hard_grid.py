"""Log-likelihoods against mpmath at 50 digits, where other libraries overflow or lose digits."""

import itertools

import numpy as np
import pandas as pd
import pytest

from ckmlab.value import lifetime

mp = pytest.importorskip("mpmath")

HISTORIES = pd.DataFrame(
    [
        (0, 0.0, 1e-6),
        (0, 0.0, 39.0),
        (0, 0.0, 1e6),
        (1, 1e-7, 1e-6),
        (1, 39.0, 39.0),
        (2, 30.43, 38.86),
        (7, 1e-3, 1e4),
        (300, 250.0, 390.0),
        (2000, 1e5, 1e6),
    ],
    columns=["frequency", "recency", "T"],
)


def beta_ratio(a, b, k):
    return mp.gammaprod([b + k, a + b], [b, a + b + k])


def geometric(p, x, tx, age, shift):
    r, alpha, a, b = (mp.mpf(p[name]) for name in ("r", "alpha", "a", "b"))
    x, tx, age = int(x), mp.mpf(tx), mp.mpf(age)
    k = x + shift
    times = (alpha + age) ** -(r + x)
    if k > 0:
        times += a / (b + k - 1) * (alpha + tx) ** -(r + x)
    return mp.log(mp.rf(r, x)) + r * mp.log(alpha) + mp.log(beta_ratio(a, b, k)) + mp.log(times)


def worst(model, params, reference):
    """Largest relative error over the rows; the likelihoods must be finite."""
    found = model.loglikeobs(params)
    assert np.isfinite(found).all(), params
    errors = []
    for value, row in zip(found, model.frame.itertuples(index=False), strict=True):
        exact = reference(params, *row)
        errors.append(float(abs(value - exact) / abs(exact)))
    return max(errors)


GRID = [1e-9, 1e-3, 1.0, 40.0, 1e8]


@pytest.mark.parametrize("r", GRID)
@pytest.mark.parametrize(
    ("name", "shift"), [("BetaGeoNBD", 0), ("ModifiedBetaGeoNBD", 1)], ids=["BG", "MBG"]
)
def test_geometric_dropout_agrees_with_mpmath(name, shift, r):
    model = getattr(lifetime, name)(HISTORIES)
    with mp.workdps(50):
        for alpha, a, b in itertools.product([1e-6, 4.4, 1e7], [1e-8, 1.0, 30.0], [1e-6, 2.4, 1e6]):
            params = {"r": r, "alpha": alpha, "a": a, "b": b}
            error = worst(model, params, lambda p, *row: geometric(p, *row, shift))
            assert error < 1e-9, params


def pareto(p, x, tx, age):
    """Fader & Hardie (2005), equations 18 to 20; the difference of 2F1 needs the many digits."""
    r, alpha, s, beta = (mp.mpf(p[name]) for name in ("r", "alpha", "s", "beta"))
    x, tx, age = int(x), mp.mpf(tx), mp.mpf(age)
    k = r + s + x
    more, gap, second = max(alpha, beta), abs(alpha - beta), s + 1 if alpha >= beta else r + x
    parts = [mp.hyp2f1(k, second, k + 1, gap / (more + t)) * (more + t) ** -k for t in (tx, age)]
    times = (alpha + age) ** -(r + x) * (beta + age) ** -s + s / k * (parts[0] - parts[1])
    return mp.log(mp.rf(r, x)) + r * mp.log(alpha) + s * mp.log(beta) + mp.log(times)


@pytest.mark.parametrize("r", [1e-9, 0.55, 1.0, 300.0])
def test_pareto_agrees_with_mpmath(r):
    model = lifetime.ParetoNBD(HISTORIES)
    with mp.workdps(60):
        for alpha, s, beta in itertools.product(
            [1e-6, 10.5, 1e7], [1e-7, 1.0, 50.0], [1e-6, 12, 1e7]
        ):
            params = {"r": r, "alpha": alpha, "s": s, "beta": beta}
            assert worst(model, params, pareto) < 1e-9, params
