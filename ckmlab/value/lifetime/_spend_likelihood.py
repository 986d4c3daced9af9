"""Likelihood of the gamma-gamma model, careful for one customer, fast for a million."""

import numpy as np
import pandas as pd
from scipy.special import digamma, gammaln, zeta

from ckmlab.value.lifetime._rising import STIRLING_FROM, log1p_minus, log_rising, stirling_rest

__all__ = ["loglike_each", "objective"]


def loglike_each(shape, q, odds):
    """Log-density of ln z̄ for shape = p x and odds = x z̄ / γ, without loss for huge shapes.

    1 / B(shape, q) is a power of huge numbers that the next factors cancel, so that it is written
    by a rising factorial if one shape is large, and as an entropy if both are.
    """
    shape, q, odds = np.broadcast_arrays(shape, np.asarray(q, dtype=float), odds)
    less, more = np.minimum(shape, q), np.maximum(shape, q)
    log_share, log_rest = -np.log1p(1 / odds), -np.log1p(odds)
    one_large = log_rising(more, less) - gammaln(less) + shape * log_share + q * log_rest
    a, b = np.maximum(shape, STIRLING_FROM), np.maximum(q, STIRLING_FROM)
    level = np.log(a / (a + b) * (b / (2 * np.pi))) / 2
    rest = stirling_rest(a + b) - stirling_rest(a) - stirling_rest(b)
    both_large = level + rest + _entropy(a, b, odds, log_share, log_rest)
    return np.where(less >= STIRLING_FROM, both_large, one_large)


def _entropy(a, b, odds, log_share, log_rest):
    """The term a ln(share / expected share) + b ln(rest / expected rest)."""
    gap = (odds * b - a) / (1 + odds)
    near = np.abs(gap) < 0.1 * np.minimum(a, b)
    close = np.where(near, gap, 0.0)
    far = a * (log_share + np.log1p(b / a)) + b * (log_rest + np.log1p(a / b))
    return np.where(near, a * log1p_minus(close / a) + b * log1p_minus(-close / b), far)


def objective(rows):
    """Log-parameters → log-likelihood, gradient and Hessian, summed over the rows."""
    codes, counts = pd.factorize(rows.frequency)
    customers = np.bincount(codes, rows.weights)
    number = customers.sum()
    fixed = logs = 0.0
    for chunk in rows.chunks():
        log_mean = np.log(chunk.monetary_value)
        fixed += chunk.weights @ log_mean
        logs += (chunk.weights * chunk.frequency) @ (log_mean + np.log(chunk.frequency))

    def evaluate(theta):
        p, q, gamma = np.exp(theta)
        shape = p * counts
        value = customers @ (gammaln(shape + q) - gammaln(shape) - gammaln(q))
        both, own, other = digamma(shape + q), digamma(shape), digamma(q)
        both2, own2, other2 = (zeta(2, z) for z in (shape + q, shape, q))  # trigamma

        sums = sum(_sums(gamma, chunk) for chunk in rows.chunks())
        (sum_reach, sum_rest, sum_bend), (sum_x_reach, sum_x_rest, sum_x_bend) = sums
        value += number * q * theta[2] + p * logs - fixed
        value -= p * sum_x_reach + q * sum_reach

        d_p = customers @ (counts * (both - own)) + logs - sum_x_reach
        d_q = customers @ (both - other) + number * theta[2] - sum_reach
        d_gamma = number * q - p * sum_x_rest - q * sum_rest
        gradient = np.array([p * d_p, q * d_q, d_gamma])

        hessian = np.diag(gradient)
        hessian[0, 0] += p * p * (customers @ (counts**2 * (both2 - own2)))
        hessian[1, 1] += q * q * (customers @ (both2 - other2))
        hessian[2, 2] = -(p * sum_x_bend + q * sum_bend)
        hessian[0, 1] = hessian[1, 0] = p * q * (customers @ (counts * both2))
        hessian[0, 2] = hessian[2, 0] = -p * sum_x_rest
        hessian[1, 2] = hessian[2, 1] = q * (number - sum_rest)
        return value, gradient, hessian

    return evaluate


def _sums(gamma, rows):
    """Sums over customers, and over their purchases, of three functions of γ + x z̄."""
    reach = gamma + rows.frequency * rows.monetary_value
    rest = gamma / reach
    parts = np.stack([np.log(reach), rest, rest * (1 - rest)])
    return np.stack([parts @ rows.weights, parts @ (rows.weights * rows.frequency)])
