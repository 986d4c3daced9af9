"""Means over a beta-distributed dropout chance, and what buying until a geometric dropout gives.

Every formula with a − 1 in the denominator (expected purchases of the BG/NBD) is a mean over p ~
Beta(a, b) of something smooth; taken as a mean it needs no special case at a = 1 and no 2F1.
"""

import numpy as np
from scipy.special import exprel

__all__ = ["alive_later", "beta_nodes", "expected_purchases", "purchase_rate"]

NODES = 96
NEGLIGIBLE = 40.0  # e-folds below the peak


def beta_nodes(a, b):
    """Nodes and weights for means over Beta(a, b), one row for each pair.

    The trapezoidal rule after p = 1 / (1 + exp(−y)), y = centre + width · sinh(u): exponentially
    convergent, whether the density is a needle or has poles at 0 and 1.

    Returns
    -------
    tuple of numpy.ndarray
        p, ln(1 − p) and weights that add up to 1, each of shape (n, 96).

    Examples
    --------
    >>> p, _, weight = beta_nodes(np.array([2.0]), np.array([6.0]))
    >>> float(np.round((p * weight).sum(), 12))
    0.25
    """
    a, b = (np.atleast_1d(np.asarray(v, dtype=float))[:, None] for v in (a, b))
    centre, spread = np.log(a / b), np.sqrt(1 / a + 1 / b)
    width = np.minimum(np.pi / 2, spread)
    left = np.arcsinh((9 * spread + NEGLIGIBLE / a) / width)
    right = np.arcsinh((9 * spread + NEGLIGIBLE / b) / width)
    u = -left + (left + right) * np.linspace(0, 1, NODES)
    y = centre + width * np.sinh(u)
    log_p, log_rest = -np.logaddexp(0, -y), -np.logaddexp(0, y)
    log_weight = a * log_p + b * log_rest + np.log(np.cosh(u))
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    return np.exp(log_p), log_rest, weight / weight.sum(axis=1, keepdims=True)


def expected_purchases(t, r, alpha, a, b):
    """Expected purchases in (0, t] of a customer alive at 0, with every purchase a dropout chance.

    The mean over p of (1 − (1 + p t / α)^−r) / p, which is Fader, Hardie & Lee's (2005) equation 9
    without its singularity at a = 1. All arguments broadcast to one dimension.
    """
    t, r, alpha, a, b = np.broadcast_arrays(*np.atleast_1d(t, r, alpha, a, b))
    p, _, weight = beta_nodes(a, b)
    reach = p * (t / alpha)[:, None]
    log_reach = np.log1p(reach)
    ratio = np.divide(log_reach, reach, where=reach > 0, out=np.ones_like(reach))
    return r * t / alpha * (ratio * exprel(-r[:, None] * log_reach) * weight).sum(axis=1)


def purchase_rate(t, r, alpha, a, b):
    """Expected purchases per unit of time at time t of a customer alive at 0; t has a last axis."""
    p, _, weight = beta_nodes(a, b)
    r, alpha = (np.atleast_1d(v)[:, None] for v in (r, alpha))
    rates = [
        (weight * np.exp(-(r + 1) * np.log1p(p * (t[:, [j]] / alpha)))).sum(axis=1)
        for j in range(t.shape[1])
    ]
    return r / alpha * np.stack(rates, axis=1)


def alive_later(t, r, alpha, a, b):
    """Chance that a customer alive at 0 is still alive at t."""
    t, r, alpha, a, b = np.broadcast_arrays(*np.atleast_1d(t, r, alpha, a, b))
    p, _, weight = beta_nodes(a, b)
    return (weight * np.exp(-r[:, None] * np.log1p(p * (t / alpha)[:, None]))).sum(axis=1)
