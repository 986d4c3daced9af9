"""Likelihood shared by BG/NBD and MBG/NBD: gamma-mixed Poisson buying, beta-geometric dropout.

The two models differ in one thing: whether the first purchase is already a chance to drop out.
With ``shift`` 0 (BG/NBD) or 1 (MBG/NBD), a customer with x repeat purchases has faced k = x + shift
chances. Seen from time T, two stories fit the data: alive all along, or gone at the last purchase;
their odds are exp(u), u = ln a − ln(b + k − 1) + (r + x) ln((α + T) / (α + t_x)).
"""

import numpy as np
from scipy.special import expit

from ckmlab.value.lifetime._rising import TailCounts, log_rising, log_survival

__all__ = ["log_odds_gone", "loglike_each", "objective"]

NAMES = ("r", "alpha", "a", "b")


def log_odds_gone(p, x, recency, age, shift):
    """Log-odds that a customer left at the last purchase; −∞ where that cannot have happened."""
    k = x + shift
    wait = np.log1p((age - recency) / (p["alpha"] + recency))
    possible = k > 0
    last = p["b"] + np.where(possible, k - 1, 0)
    odds = np.log(p["a"]) - np.log(last) + (p["r"] + x) * wait
    return np.where(possible, odds, -np.inf)


def loglike_each(p, columns, shift):
    """Log-likelihood of each history, accurate for extreme parameters.

    Parameters
    ----------
    p : dict
        Parameter → number, or array with one number a row.
    columns : dict
        ``frequency, recency, T``.
    shift : {0, 1}
        Chances to drop out before the first repeat purchase.
    """
    x, recency, age = columns["frequency"], columns["recency"], columns["T"]
    r, alpha, a, b = (p[name] for name in NAMES)
    k = x + shift
    odds = log_odds_gone(p, x, recency, age, shift)
    # Told from the likelier of the two stories, so that nothing large cancels.
    alive = _buying(r, alpha, x, age)
    gone = _buying(r, alpha, x, recency) + np.log(a) - np.log(b + np.maximum(k - 1, 0))
    likelier = np.where(odds > 0, gone, alive) + np.log1p(np.exp(-np.abs(odds)))
    total = log_rising(r, x) + log_survival(a, b, k) + likelier
    # Without a purchase the likelihood may be near 1: the chance of the opposite keeps its digits.
    bought = -np.expm1(-r * np.log1p(age / alpha)) * (b / (a + b) if shift else 1.0)
    return np.where((x == 0) & (bought < 0.5), np.log1p(-np.minimum(bought, 0.5)), total)


def _buying(r, alpha, x, until):
    return -r * np.log1p(until / alpha) - np.where(x > 0, x * np.log(alpha + until), 0.0)


def objective(rows, shift, covariates=None):
    """Log-parameters → log-likelihood, gradient and Hessian, summed over the rows."""
    if covariates:
        return lambda theta: _with_covariates(theta, rows, shift, covariates)
    x, n = rows.frequency, rows.weights
    buys, chances = TailCounts(x, n), TailCounts(x + shift, n)

    def evaluate(theta):
        p = dict(zip(NAMES, np.exp(theta), strict=True))
        value, gradient, hessian = _counts_part(p, buys, chances)
        for chunk in rows.chunks():
            terms = _times_part(p, chunk.columns, shift)
            value += terms[0] @ chunk.weights
            gradient += terms[1] @ chunk.weights
            hessian += terms[2] @ chunk.weights
        return value, gradient, hessian

    return evaluate


def _counts_part(p, buys, chances):
    """What depends on the counts alone: rising factorials of r, b and a + b."""
    r, a, b = p["r"], p["a"], p["b"]
    (v_r, d_r, h_r), (v_b, d_b, h_b) = buys.sums(r), chances.sums(b)
    v_c, d_c, h_c = chances.sums(a + b)
    gradient = np.array([r * d_r, 0.0, -a * d_c, b * (d_b - d_c)])
    hessian = np.diag(gradient + np.array([r * r * h_r, 0.0, -a * a * h_c, b * b * (h_b - h_c)]))
    hessian[2, 3] = hessian[3, 2] = -a * b * h_c
    return v_r + v_b - v_c, gradient, hessian


def _times_part(p, columns, shift):
    """What depends on the times: value, score (4, n) and Hessian (4, 4, n) of each row."""
    x, recency, age = columns["frequency"], columns["recency"], columns["T"]
    r, alpha, a, b = (p[name] for name in NAMES)
    k, total = x + shift, r + x
    log_age = np.log1p(age / alpha)
    wait = np.log1p((age - recency) / (alpha + recency))
    at_age, at_last = alpha / (alpha + age), alpha / (alpha + recency)
    last = np.where(k > 0, b + k - 1, np.inf)
    odds = np.log(a / last, where=k > 0, out=np.full(len(x), -np.inf)) + total * wait
    gone = expit(odds)
    part_b = b / last

    u = np.zeros((4, len(x)))  # derivatives of the log-odds
    u[0], u[1], u[2], u[3] = r * wait, total * (at_age - at_last), 1.0, -part_b
    score = gone * u
    score[0] -= r * log_age
    score[1] += r - total * at_age
    hessian = (gone * (1 - gone)) * u[:, None] * u[None]
    hessian[0, 0] += gone * u[0] - r * log_age
    cross = gone * r * (at_age - at_last) + r * (1 - at_age)
    hessian[0, 1] += cross
    hessian[1, 0] += cross
    bend_age = total * at_age * (1 - at_age)
    hessian[1, 1] += gone * (bend_age - total * at_last * (1 - at_last)) - bend_age
    hessian[3, 3] -= gone * part_b * (1 - part_b)
    value = -r * log_age - x * np.log(alpha + age) + np.logaddexp(0.0, odds)
    return value, score, hessian


def _with_covariates(theta, rows, shift, covariates):
    named = dict(zip(NAMES, np.exp(theta[:4]), strict=True))
    gradient, hessian = np.zeros(len(theta)), np.zeros((len(theta), len(theta)))
    value = 0.0
    for chunk in rows.chunks():
        p = covariates.shift(named, theta[4:], chunk.columns)
        p = {name: np.broadcast_to(p[name], len(chunk)) for name in NAMES}
        times = _times_part(p, chunk.columns, shift)
        counts = _counts_each(p, chunk.frequency, shift)
        value += (times[0] + counts[0]) @ chunk.weights
        slope, bend = covariates.reduce(NAMES, times[1] + counts[1], times[2] + counts[2], chunk)
        gradient += slope
        hessian += bend
    return value, gradient, hessian


def _counts_each(p, x, shift):
    """The counts part row by row, for parameters that differ from row to row."""
    from scipy.special import digamma, polygamma

    r, a, b = p["r"], p["a"], p["b"]
    k = x + shift
    first = [digamma(z + n) - digamma(z) for z, n in ((r, x), (b, k), (a + b, k))]
    second = [polygamma(1, z + n) - polygamma(1, z) for z, n in ((r, x), (b, k), (a + b, k))]
    value = log_rising(r, x) + log_survival(a, b, k)
    score = np.array([r * first[0], 0 * r, -a * first[2], b * (first[1] - first[2])])
    hessian = np.zeros((4, 4, len(x)))
    hessian[0, 0] = score[0] + r * r * second[0]
    hessian[2, 2] = score[2] - a * a * second[2]
    hessian[3, 3] = score[3] + b * b * (second[1] - second[2])
    hessian[2, 3] = hessian[3, 2] = -a * b * second[2]
    return value, score, hessian
