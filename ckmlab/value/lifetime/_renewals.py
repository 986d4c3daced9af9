"""What follows from a chance θ ~ Beta(a, b) to leave at every period, met once a period."""

import numpy as np
from scipy.special import exprel

from ckmlab.value.lifetime._beta_mean import beta_nodes

__all__ = ["discounted_periods", "expected_periods"]


def expected_periods(a, b, horizon):
    """Expected number of the next ``horizon`` periods that a member sees: E Σ (1 − θ)^j, j ≥ 1."""
    theta, log_stay, weight = beta_nodes(a, b)
    horizon = np.broadcast_to(np.asarray(horizon, dtype=float), theta.shape[:1])[:, None]
    # (1 − (1 − θ)^m) / θ, also where θ is nothing.
    ratio = np.divide(-log_stay, theta, where=theta > 0, out=np.ones_like(theta))
    lived = horizon * ratio * exprel(horizon * log_stay)
    return (weight * np.exp(log_stay) * lived).sum(axis=1)


def discounted_periods(a, b, discount):
    """Present value of one unit in every period that a member sees: E Σ ((1 − θ) / (1 + d))^j."""
    if not discount > 0:
        raise ValueError(f"discount is {discount}; give a rate per period above 0, such as 0.1")
    theta, log_stay, weight = beta_nodes(a, b)
    return (weight * np.exp(log_stay) / (discount + theta)).sum(axis=1)
