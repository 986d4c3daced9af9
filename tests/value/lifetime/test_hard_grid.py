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
    for value, row in zip(found, model.histories.frame.itertuples(index=False), strict=True):
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


@pytest.mark.parametrize("r", [1e-9, 1.0, 300.0])
def test_pareto_agrees_with_mpmath(r):
    model = lifetime.ParetoNBD(HISTORIES)
    with mp.workdps(60):
        times = [(1e-6, 1e7), (1e7, 1e-6), (10.5, 12.0), (12.0, 12.0), (1e-6, 12.0)]
        for (alpha, beta), s in itertools.product(times, [1e-7, 1.0, 50.0]):
            params = {"r": r, "alpha": alpha, "s": s, "beta": beta}
            assert worst(model, params, pareto) < 1e-9, params


def test_pareto_with_very_many_purchases_and_huge_shapes():
    """Where 2F1 does not end: against quadrature in mpmath, normalised at the last purchase."""
    rows = [(0, 0.0, 1e6), (1, 30.0, 38.0), (300, 250.0, 390.0), (10**6, 2e5, 2.1e5)]
    model = lifetime.ParetoNBD(pd.DataFrame(rows, columns=["frequency", "recency", "T"]))
    points = [(1e8, 1e7, 1e6, 12.0), (1e6, 1e-6, 1e-7, 1e7), (1e8, 4.0, 50.0, 1e-6)]
    with mp.workdps(40):
        for point in points:
            params = dict(zip(("r", "alpha", "s", "beta"), point, strict=True))
            assert worst(model, params, pareto_by_quadrature) < 1e-9, params


def corners(seed, count, exponents, names):
    """Random histories and parameters, spread evenly over orders of magnitude."""
    rng = np.random.default_rng(seed)

    def spread(low, high):
        return float(10 ** rng.uniform(low, high))

    for _ in range(count):
        age = [spread(-9, 9) for _ in range(4)]
        near = rng.choice([1.0, 1 - 1e-12, 0.5, 1e-9], 4)
        x = [0, 1, 2, int(spread(0, 2))]
        recency = [0.0, *(t * share for t, share in zip(age[1:], near[1:], strict=True))]
        params = {name: spread(*exponents) for name in names}
        # Exactly 1 is where formulas with a − 1 or s − 1 break.
        params |= {name: 1.0 for name in ("a", "s") if name in names and rng.random() < 0.2}
        yield pd.DataFrame({"frequency": x, "recency": recency, "T": age}), params


@pytest.mark.parametrize(
    ("name", "exponents", "reference"),
    [
        ("BetaGeoNBD", (-10, 10), lambda p, *row: geometric(p, *row, 0)),
        ("ModifiedBetaGeoNBD", (-10, 10), lambda p, *row: geometric(p, *row, 1)),
        ("ParetoNBD", (-3, 3), pareto),
    ],
    ids=["BG", "MBG", "Pareto"],
)
def test_random_corners_agree_with_mpmath(name, exponents, reference):
    kind = getattr(lifetime, name)
    with mp.workdps(80):
        for histories, params in corners(2026, 40, exponents, kind.names):
            assert worst(kind(histories), params, reference) < 1e-9, (params, histories)


def pareto_by_quadrature(p, x, tx, age):
    r, alpha, s, beta = (mp.mpf(p[name]) for name in ("r", "alpha", "s", "beta"))
    x, tx, age, m = int(x), mp.mpf(tx), mp.mpf(age), r + int(x)

    def kept(t):
        fall = m * mp.log((alpha + t) / (alpha + tx)) + s * mp.log((beta + t) / (beta + tx))
        return mp.exp(-fall)

    rate = m / (alpha + tx) + s / (beta + tx)
    stops = [tx + mp.mpf(2) ** k / rate for k in range(-6, 9)]
    stops += [tx + (age - tx) * mp.mpf(10) ** -k for k in range(0, 26, 2)]
    stops += [(c + tx) * mp.mpf(4) ** k - c for c in (alpha, beta) for k in range(1, 30)]
    stops = sorted({tx, age, *(t for t in stops if tx < t < age)})
    gone = mp.quad(lambda t: s / (beta + t) * kept(t), stops)
    start = -r * mp.log((alpha + tx) / alpha) - s * mp.log((beta + tx) / beta)
    rising = mp.loggamma(r + x) - mp.loggamma(r) - x * mp.log(alpha + tx)
    return rising + start + mp.log(kept(age) + gone)


def test_gamma_gamma_agrees_with_mpmath():
    spend = [(1, 1e-6), (1, 30.0), (12, 25.0), (3000, 1e6)]
    model = lifetime.GammaGamma(pd.DataFrame(spend, columns=["frequency", "monetary_value"]))

    def reference(params, x, mean):
        p, q, gamma, mean = (
            mp.mpf(params["p"]),
            mp.mpf(params["q"]),
            mp.mpf(params["gamma"]),
            mp.mpf(mean),
        )
        shape = p * x
        value = mp.loggamma(shape + q) - mp.loggamma(shape) - mp.loggamma(q) + q * mp.log(gamma)
        value += (shape - 1) * mp.log(mean) + shape * mp.log(x)
        return value - (shape + q) * mp.log(gamma + x * mean)

    shapes = [1e-6, 0.5, 6.25, 1e4, 1e8]
    with mp.workdps(50):
        for p, q, gamma in itertools.product(
            shapes, [1e-6, 1.0, 3.74, 1e5, 1e8], [1e-8, 15.0, 1e8]
        ):
            params = {"p": p, "q": q, "gamma": gamma}
            assert worst(model, params, reference) < 1e-9, params


def test_shifted_beta_geometric_agrees_with_mpmath():
    rows = [(0, 0), (1, 1), (1, 0), (5, 1), (60, 0), (3000, 1), (10**6, 0)]
    model = lifetime.ShiftedBetaGeometric(pd.DataFrame(rows, columns=["duration", "churned"]))
    model.histories = model.histories.part(model.histories["duration"] > 0)

    def reference(params, duration, churned):
        a, b, left = mp.mpf(params["alpha"]), mp.mpf(params["beta"]), int(churned)
        value = beta_ratio(a, b, int(duration) - left)
        return mp.log(value * (a / (a + b + int(duration) - 1) if left else 1))

    with mp.workdps(60):
        for a, b in itertools.product([1e-9, 0.7, 1.0, 1e6], [1e-9, 1.0, 3.8, 1e8]):
            assert worst(model, {"alpha": a, "beta": b}, reference) < 1e-9, (a, b)


def test_beta_geo_beta_binomial_agrees_with_mpmath():
    rows = [(0, 0, 1), (0, 0, 40), (1, 1, 6), (1, 6, 6), (6, 6, 6), (3, 9, 40), (90, 110, 120)]
    names = ["frequency", "recency", "opportunities"]
    model = lifetime.BetaGeoBetaBinomial(pd.DataFrame(rows, columns=names))

    def reference(params, x, tx, n):
        a, b, c, d = (mp.mpf(params[name]) for name in model.names)
        x, tx, n = int(x), int(tx), int(n)
        buying = {t: mp.beta(a + x, b + t - x) / mp.beta(a, b) for t in range(tx, n + 1)}
        alive = buying[n] * mp.beta(c, d + n)
        gone = mp.fsum(buying[t] * mp.beta(c + 1, d + t) for t in range(tx, n))
        return mp.log((alive + gone) / mp.beta(c, d))

    shapes = [(1e-8, 0.75), (1.2, 1e7), (1.0, 1.0), (1e7, 1e-8), (1e5, 1e5)]
    with mp.workdps(60):
        for (a, b), (c, d) in itertools.product(shapes, shapes[::2]):
            params = {"alpha": a, "beta": b, "gamma": c, "delta": d}
            assert worst(model, params, reference) < 1e-9, params
