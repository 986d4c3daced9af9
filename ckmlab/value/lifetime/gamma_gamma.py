"""The gamma-gamma model: how much a customer spends per purchase, beyond the few purchases seen."""

import warnings

import numpy as np

from ckmlab.results import Estimate
from ckmlab.value.lifetime import _spend_likelihood as likelihood
from ckmlab.value.lifetime._histories import read_histories
from ckmlab.value.lifetime._model import LifetimeModel
from ckmlab.value.lifetime._results import LifetimeResults, labelled

__all__ = ["GammaGamma", "GammaGammaResults"]

COLUMNS = ("frequency", "monetary_value")
TOLERATED = 0.1  # correlation, "small" in Cohen's words


class GammaGamma(LifetimeModel):
    r"""Gamma-gamma model of spend per purchase.

    A customer's purchases vary around a personal mean as gamma(p, ν), and customers differ:
    :math:`\nu \sim \text{gamma}(q, \gamma)`. The mean :math:`\bar z` of x purchases has density

    .. math::

        f(\bar z) = \frac{\Gamma(px+q)}{\Gamma(px)\Gamma(q)}
        \frac{\gamma^q\,\bar z^{px-1}\,x^{px}}{(\gamma+x\bar z)^{px+q}}

    Parameters
    ----------
    data : data frame
        ``frequency`` (purchases averaged over, x) and ``monetary_value`` (their mean, in any
        currency unit), optionally ``count``. Customers with frequency 0 are left out of the fit:
        their spend is not known.

    Raises
    ------
    KeyError, TypeError, ValueError
        For missing columns or values, negative frequency, and zero or negative monetary value of
        a customer with purchases: returns and give-aways have no place in a gamma distribution;
        net them against the purchase, or leave them out, before averaging.

    Warns
    -----
    UserWarning
        If frequency and monetary value are correlated: the model, and every lifetime value that
        multiplies it with a model of purchases, takes them to be independent.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). RFM and CLV: using iso-value curves for
    customer base analysis. Journal of Marketing Research 42.
    Fader, P. S. & Hardie, B. G. S. (2013). The gamma-gamma model of monetary value.

    Examples
    --------
    >>> import pandas as pd
    >>> spend = pd.DataFrame(
    ...     {"frequency": [1, 2, 5, 1, 3, 2], "monetary_value": [9.0, 22.0, 31.0, 55.0, 12.0, 70.0],
    ...      "count": [40, 30, 20, 30, 30, 20]})
    >>> results = GammaGamma(spend).fit()
    >>> results.params.index.tolist()
    ['p', 'q', 'gamma']
    >>> known = pd.DataFrame({"frequency": [0, 9], "monetary_value": [0, 10]})
    >>> results.predict(known).round(1).tolist()
    [30.0, 12.2]
    """

    names = ("p", "q", "gamma")
    with_unit = ("gamma",)
    scaled_columns = ("monetary_value",)
    start = (5.0, 3.5, 0.5)  # as in published fits, with a mean of 1
    title = "Gamma-gamma"
    note = "Spend per purchase is taken to be independent of the number of purchases."

    def __init__(self, data):
        self.histories = read_histories(data, COLUMNS, where="GammaGamma")
        check_spend(self.histories)
        bought = self.histories["frequency"] > 0
        if not bought.any():
            raise ValueError("GammaGamma: no customer has a frequency above 0; no spend is known")
        self.rows = self.histories.part(bought).collapsed()
        if self.nobs < len(self.names):
            raise ValueError(
                f"GammaGamma has 3 parameters but the data {self.nobs:g} buyer(s); "
                "it learns from differences between many customers"
            )
        self.scale = self.rows.monetary_value @ self.rows.weights / self.nobs

    def independence(self, *, confidence=0.95):
        """Correlation of frequency and monetary value, which the model takes to be zero.

        Returns
        -------
        Estimate
            Pearson's correlation with Fisher's interval.
        """
        from ckmlab.intervals import normal_quantile

        weights = self.rows.weights
        table = np.cov([self.rows.frequency, self.rows.monetary_value], aweights=weights, ddof=0)
        spread = np.sqrt(np.diag(table))
        if not spread.all() or self.nobs <= 3:
            return Estimate(np.nan, n=int(self.nobs), level=confidence, method="Pearson")
        value = table[0, 1] / spread.prod()
        half = normal_quantile(confidence) / np.sqrt(self.nobs - 3)
        centre = np.arctanh(np.clip(value, -1 + 1e-15, 1 - 1e-15))
        low, high = np.tanh([centre - half, centre + half])
        return Estimate(
            value, low, high, confidence, int(self.nobs), "Pearson correlation, Fisher interval"
        )

    def fit(self, start=None, *, max_passes=100):
        """Fit by maximum likelihood, after a look at the independence of frequency and spend.

        Parameters and warnings as in :meth:`BetaGeoNBD.fit`; a correlation whose whole interval
        lies beyond ±.1 is a warning of its own.
        """
        link = self.independence()
        if link.low > TOLERATED or link.high < -TOLERATED:
            warnings.warn(
                f"GammaGamma: frequency and monetary_value are correlated ({link!r}), but the "
                "model takes them to be independent, and lifetime values will be off; try a fit "
                "for each group of customers, or model spend on frequency first",
                UserWarning,
                stacklevel=2,
            )
        return super().fit(start, max_passes=max_passes)

    def _results(self, top):
        return GammaGammaResults(self, top)

    def _unit_term(self):
        return -np.log(self.scale) * self.nobs

    def _loglike_each(self, p, columns):
        x, mean = columns["frequency"], columns["monetary_value"]
        bought = x > 0
        total = np.zeros(len(x))
        total[bought] = likelihood.loglike_each(
            p["p"] * x[bought], p["q"], x[bought] * mean[bought] / p["gamma"]
        )
        total[bought] -= np.log(mean[bought])
        return total

    def _objective(self, rows):
        return likelihood.objective(rows)


def check_spend(histories):
    """Refuse impossible frequencies and amounts, naming the first offending row."""
    histories.refuse_fractions("frequency")
    bad = (histories["frequency"] > 0) & (histories["monetary_value"] <= 0)
    why = "zero or negative: net or leave out returns and gifts before averaging"
    histories.refuse("monetary_value", bad, why)


class GammaGammaResults(LifetimeResults):
    """Fit of the gamma-gamma model."""

    def predict(self, data=None, *, confidence=None):
        r"""Expected spend per future purchase of each customer.

        .. math:: E(Z \mid \bar z, x) = \frac{p\,(\gamma + x \bar z)}{p x + q - 1}

        Parameters
        ----------
        data : data frame, optional
            ``frequency`` and ``monetary_value``; the fitted customers by default. A frequency of
            0 gives the population's mean, whatever the monetary value.
        confidence : float, optional
            Level of a delta-method interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Infinite where p x + q ≤ 1: the estimated distribution has no mean there.
        """
        histories = self.model.histories
        if data is not None:
            histories = read_histories(data, COLUMNS, where="data")
            check_spend(histories)
        x = histories["frequency"]
        total = np.where(x > 0, x * histories["monetary_value"], 0.0)

        def spend(theta):
            return expected_spend(*self.model._from_theta(theta), x, total)

        values = self._with_interval(spend, confidence)
        shown = labelled(values, histories.index, "expected_spend")
        endless = np.isinf(spend(self._theta))
        if endless.any():
            warnings.warn(
                f"GammaGamma: q is {self.params['q']:.3g}, so that expected spend is infinite for "
                f"{int(endless.sum())} customer(s) with few purchases; tails this heavy call for "
                "a cap on extreme amounts, or for other groups of customers",
                UserWarning,
                stacklevel=2,
            )
        return shown

    @property
    def mean_spend(self):
        """Expected spend per purchase of a new customer, p γ / (q − 1); infinite for q ≤ 1."""
        return float(expected_spend(*self.params, np.zeros(1), np.zeros(1))[0])


def expected_spend(p, q, gamma, x, total):
    """Posterior mean of spend; infinite where the distribution has none."""
    below = p * x + q - 1
    return np.where(below > 0, p * (gamma + total) / np.where(below > 0, below, 1.0), np.inf)
