"""Present value of a stream of purchases whose rate is known at every time."""

from numbers import Real

import numpy as np

__all__ = ["discounted"]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
NEGLIGIBLE = 40.0  # e-folds of discounting after which nothing is left


def discounted(rate, discount, horizon, unit, posterior):
    """Integral of exp(−discount · t) · rate(t) over (0, horizon].

    Parameters
    ----------
    rate : callable
        ``rate(t, *posterior)`` with t of shape (n, nodes).
    discount : float
        Continuous rate per unit of time, 0 or more.
    horizon : float
        End of the period; infinity needs a positive discount.
    unit : numpy.ndarray
        Time after which the rate begins to fall, shape (n,); steps are finest below it.
    posterior : sequence of numpy.ndarray
        Parameters of the living, shape (n,) each.
    """
    for name, given in (("discount", discount), ("horizon", horizon)):
        if not isinstance(given, Real):
            raise TypeError(f"{name} is {given!r}; give a number")
    if not 0 <= discount < np.inf:
        raise ValueError(f"discount is {discount}; give a continuous rate ≥ 0 per time unit")
    if not horizon > 0:
        raise ValueError(f"horizon is {horizon}; give a time above 0, or infinity")
    if discount == 0 and np.isinf(horizon):
        raise ValueError("without discount an endless horizon may be worth anything; give one")
    end = min(horizon, NEGLIGIBLE / discount) if discount else horizon
    # Equal steps in ln(1 + t / unit): fine where the rate falls fast, coarse where it is spread.
    unit = np.minimum(unit, end)[:, None]
    half = np.log1p(end / unit) / 2
    grown = half * (NODES + 1)
    t = unit * np.expm1(grown)
    values = np.exp(-discount * t) * rate(t, *posterior) * unit * np.exp(grown)
    return (half * values) @ WEIGHTS
