"""The Pareto/NBD model: repeat buying of customers who may silently leave at any moment."""

import numpy as np
from scipy.special import exprel

from ckmlab.value.lifetime import _pareto_dropout as likelihood
from ckmlab.value.lifetime._geometric_model import nbd_log_probability
from ckmlab.value.lifetime._purchases import PurchaseModel

__all__ = ["ParetoNBD"]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)


class ParetoNBD(PurchaseModel):
    r"""Pareto / negative binomial model of repeat buying (Pareto/NBD).

    While alive a customer buys at random (Poisson) at a rate :math:`\lambda`, and leaves for ever
    at an unseen, exponentially distributed time with rate :math:`\mu`. Customers differ:
    :math:`\lambda \sim \text{gamma}(r, \alpha)`, :math:`\mu \sim \text{gamma}(s, \beta)`.

    .. math::

        L = \frac{\Gamma(r+x)\,\alpha^r\beta^s}{\Gamma(r)}
        \left[\frac{1}{(\alpha+T)^{r+x}(\beta+T)^s}
        + s\int_{t_x}^{T}\frac{d\tau}{(\alpha+\tau)^{r+x}(\beta+\tau)^{s+1}}\right]

    The integral, usually written with two hypergeometric functions that overflow, is computed by
    quadrature over the moment of dropout.

    Parameters
    ----------
    data : data frame
        ``frequency``, ``recency``, ``T`` and optionally ``count``, as in :class:`BetaGeoNBD`.

    Raises
    ------
    KeyError, TypeError, ValueError
        For impossible histories, as in :class:`BetaGeoNBD`.

    References
    ----------
    Schmittlein, D. C., Morrison, D. G. & Colombo, R. (1987). Counting your customers: who are they
    and what will they do next? Management Science 33(1).
    Fader, P. S. & Hardie, B. G. S. (2005). A note on deriving the Pareto/NBD model and related
    expressions.

    Examples
    --------
    >>> import pandas as pd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> results = ParetoNBD(customers).fit()
    >>> results.params.index.tolist()
    ['r', 'alpha', 's', 'beta']
    >>> bool(results.p_alive().iloc[0] < 1)
    True
    """

    names = ("r", "alpha", "s", "beta")
    with_unit = ("alpha", "beta")
    start = (0.5, 0.3, 0.5, 0.3)
    title = "Pareto/NBD"
    _unit_at = 3  # beta's place in the posterior

    def __init__(self, data):
        super().__init__(data)

    def _objective(self, rows):
        return likelihood.objective(rows)

    def _loglike_each(self, p, columns):
        return likelihood.loglike_each(p, columns)

    def _log_odds_gone(self, p, columns):
        x, recency, age = (columns[name] for name in ("frequency", "recency", "T"))
        return likelihood.log_odds_gone(p, x, recency, age)

    def _posterior(self, p, columns):
        """Given alive at T: λ ~ gamma(r + x, α + T), μ ~ gamma(s, β + T)."""
        age = columns["T"]
        return p["r"] + columns["frequency"], p["alpha"] + age, p["s"], p["beta"] + age

    def _expected(self, t, r, alpha, s, beta):
        # (β / (s − 1)) (1 − (β / (β + t))^(s − 1)), also at s = 1.
        lived = np.log1p(t / beta)
        return r / alpha * beta * lived * exprel(-(s - 1) * lived)

    def _alive_later(self, ahead, r, alpha, s, beta):
        return np.exp(-s * np.log1p(ahead / beta))

    def _rate(self, t, r, alpha, s, beta):
        return (r / alpha)[:, None] * np.exp(-s[:, None] * np.log1p(t / beta[:, None]))

    def _expected_new(self, t, p):
        return self._expected(t, *(p[name] for name in self.names))

    def _probability(self, n, t, p):
        """NBD until t if still alive, and until the moment of dropout otherwise."""
        n, t = np.atleast_1d(n, t)
        s, beta = p["s"], p["beta"]
        alive = np.exp(nbd_log_probability(n, t, p) - s * np.log1p(t / beta))
        half = np.log1p(t / beta)[..., None] / 2
        log_lived = half * (NODES + 1)
        until = beta * np.expm1(log_lived)
        density = s * np.exp(-s * log_lived + nbd_log_probability(n[..., None], until, p))
        return alive + (half * density) @ WEIGHTS
