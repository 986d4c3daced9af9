"""The BG/BB model: repeat buying at fixed occasions (a yearly gift, a weekly class, a cruise)."""

import numpy as np
import pandas as pd
from scipy.special import expit, gammaln

from ckmlab.arguments import check_count, check_positive
from ckmlab.value.lifetime import _occasions as likelihood
from ckmlab.value.lifetime._histories import read_histories
from ckmlab.value.lifetime._model import LifetimeModel
from ckmlab.value.lifetime._purchases import times
from ckmlab.value.lifetime._renewals import discounted_periods, expected_periods
from ckmlab.value.lifetime._results import LifetimeResults, labelled
from ckmlab.value.lifetime._rising import log_rising, log_survival

__all__ = ["BetaGeoBetaBinomial", "BetaGeoBetaBinomialResults"]

HISTORY = ("frequency", "recency", "opportunities")


class BetaGeoBetaBinomial(LifetimeModel):
    r"""Beta-geometric / beta-binomial model of buying at fixed occasions (BG/BB).

    At each occasion a living customer buys with an own chance :math:`p \sim \text{beta}(\alpha,
    \beta)`, and before each leaves for ever, unseen, with chance :math:`\theta \sim
    \text{beta}(\gamma, \delta)`.

    .. math::

        L = \frac{B(\alpha+x, \beta+n-x)}{B(\alpha, \beta)}
            \frac{B(\gamma, \delta+n)}{B(\gamma, \delta)}
          + \sum_{i=0}^{n-t_x-1} \frac{B(\alpha+x, \beta+t_x-x+i)}{B(\alpha, \beta)}
            \frac{B(\gamma+1, \delta+t_x+i)}{B(\gamma, \delta)}

    Parameters
    ----------
    data : data frame
        ``frequency`` (occasions with a purchase, x), ``recency`` (the last of them, t_x, counted
        from 1; 0 for none), ``opportunities`` (occasions so far, n), all whole numbers, and
        optionally ``count``, the customers with that history. The papers' symbols ``x, t_x, n``
        are understood too.

    Raises
    ------
    KeyError, TypeError, ValueError
        For impossible histories (recency below frequency or above opportunities, recency without
        purchase, fractions, missing values), nobody ever buying, or fewer customers than
        parameters.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. & Shang, J. (2010). Customer-base analysis in a discrete-time
    noncontractual setting. Marketing Science.

    Examples
    --------
    >>> import pandas as pd
    >>> donors = pd.DataFrame(
    ...     {"x": [0, 1, 1, 2, 3, 2], "t_x": [0, 1, 3, 2, 3, 3], "n": 3,
    ...      "count": [60, 15, 9, 12, 20, 9]})
    >>> results = BetaGeoBetaBinomial(donors).fit()
    >>> results.params.index.tolist()
    ['alpha', 'beta', 'gamma', 'delta']
    >>> alive = results.p_alive()
    >>> bool(alive[4] > alive[3] > alive[0])
    True
    """

    names = ("alpha", "beta", "gamma", "delta")
    start = (1.0, 1.0, 0.5, 2.0)
    scale = 1.0
    title = "BG/BB"
    note = ""

    def __init__(self, data):
        self.histories = read_histories(data, HISTORY, where="BetaGeoBetaBinomial")
        check_occasions(self.histories)
        self.rows = self.histories.collapsed()
        if self.nobs < len(self.names):
            raise ValueError(
                f"BG/BB has 4 parameters but the data {self.nobs:g} customer(s); "
                "it learns from differences between many customers"
            )
        if self.rows.frequency.max() == 0:
            raise ValueError(
                "BG/BB: nobody bought at any occasion (frequency is 0 in every row); nothing is "
                "known about buying"
            )

    def _loglike_each(self, p, columns):
        return likelihood.loglike_each(p, columns)

    def _objective(self, rows):
        return likelihood.objective(rows)

    def _results(self, top):
        return BetaGeoBetaBinomialResults(self, top)


def check_occasions(histories):
    """Refuse impossible histories, naming the first offending row."""
    x, recency, n = (histories[name] for name in HISTORY)
    for name in HISTORY:
        histories.refuse_fractions(name)
    histories.refuse("recency", recency > n, "above the number of opportunities")
    histories.refuse("recency", recency < x, "below frequency: x purchases need x occasions")
    unfounded = (x == 0) & (recency > 0)
    histories.refuse("recency", unfounded, "above 0 although frequency is 0")


class BetaGeoBetaBinomialResults(LifetimeResults):
    """Fit of the BG/BB model.

    Every method takes ``data`` (new histories; the fitted rows by default) and ``confidence``
    (0.95 for a delta-method interval; none by default).
    """

    def p_alive(self, data=None, *, ahead=1, confidence=None):
        """Probability to be alive at occasion n + ``ahead``.

        The papers' P(alive) is that of the next occasion, ``ahead=1``.

        Parameters
        ----------
        data : data frame, optional
            Histories; the fitted rows by default.
        ahead : int, default 1
            Occasions after the last observed one.
        confidence : float, optional
            Level of an interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Probabilities, or ``value, low, high``.
        """
        ahead = check_count("ahead", ahead)

        def share(p, columns):
            later = log_survival(p["gamma"], p["delta"] + columns["opportunities"], ahead)
            return self._alive(p, columns) * np.exp(later)

        return self._per_customer(share, data, "p_alive", confidence, share=True)

    def predict(self, t=1, data=None, *, confidence=None):
        """Expected purchases of each customer at the next ``t`` occasions.

        Parameters
        ----------
        t : float, default 1
            Number of occasions to come.
        data : data frame, optional
            Histories; the fitted rows by default.
        confidence : float, optional
            Level of an interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Purchases per customer, or ``value, low, high``.
        """
        t = check_positive("t", t)

        def purchases(p, columns):
            lived = expected_periods(*self._leaving(p, columns), t)
            return self._alive(p, columns) * self._buying(p, columns) * lived

        return self._per_customer(purchases, data, "expected_purchases", confidence)

    def residual_purchases(self, discount, data=None, *, confidence=None):
        """Discounted expected residual transactions (DERT) of each customer.

        Parameters
        ----------
        discount : float
            Rate per occasion, above 0.
        data : data frame, optional
            Histories; the fitted rows by default.
        confidence : float, optional
            Level of an interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Purchases in today's worth, or ``value, low, high``.
        """

        def purchases(p, columns):
            lived = discounted_periods(*self._leaving(p, columns), discount)
            return self._alive(p, columns) * self._buying(p, columns) * lived

        return self._per_customer(purchases, data, "residual_purchases", confidence)

    def residual_value(self, discount, value, data=None, *, confidence=None):
        """Expected residual lifetime value: DERT times the value of a purchase.

        ``value`` is a margin per purchase (number or Series) or a fitted gamma-gamma model.
        """
        purchases = self.residual_purchases(discount, data, confidence=confidence)
        spend = value.predict(data, confidence=confidence) if hasattr(value, "predict") else value
        return times(purchases, spend, "residual_value")

    def expected_purchases(self, t, *, confidence=None):
        """Expected purchases of a new customer at the first ``t`` occasions, for each ``t``."""
        t = np.atleast_1d(np.asarray(t, dtype=float))

        def purchases(theta):
            a, b, c, d = self.model._from_theta(theta)
            return a / (a + b) * expected_periods(*np.broadcast_arrays(c, d, t))

        values = self._with_interval(purchases, confidence)
        return labelled(values, pd.Index(t, name="t"), "expected_purchases")

    def purchase_probabilities(self, x, n):
        """P(X(n) = x): chance that a new customer buys at ``x`` of the first ``n`` occasions."""
        x, n = np.broadcast_arrays(np.atleast_1d(x).astype(float), np.asarray(n, dtype=float))
        a, b, c, d = self.params
        total = np.exp(_sequences(x, n, a, b) + log_survival(c, d, n))
        for lived in range(int(n.max(initial=0))):
            leave = log_survival(c, d, lived) + np.log(c / (c + d + lived))
            possible = (x <= lived) & (lived < n)
            story = np.exp(_sequences(np.minimum(x, lived), float(lived), a, b) + leave)
            total = total + np.where(possible, story, 0.0)
        return np.where(x <= n, total, 0.0)

    def histories(self, data=None):
        """The histories a prediction is for, checked: those given, or those fitted."""
        if data is None:
            return self.model.histories
        histories = read_histories(data, HISTORY, where="data")
        check_occasions(histories)
        return histories

    # -- how ------------------------------------------------------------------------------------

    def _alive(self, p, columns):
        return expit(-likelihood.log_odds_gone(p, *(columns[name] for name in HISTORY)))

    def _buying(self, p, columns):
        a, b = p["alpha"], p["beta"]
        return (a + columns["frequency"]) / (a + b + columns["opportunities"])

    def _leaving(self, p, columns):
        n = columns["opportunities"]
        return np.broadcast_to(p["gamma"], n.shape), p["delta"] + n

    def _per_customer(self, function, data, name, confidence, *, share=False):
        histories = self.histories(data)
        columns = histories.columns

        def values(theta):
            return function(self.model._named(self.model._from_theta(theta), columns), columns)

        return labelled(self._with_interval(values, confidence, share=share), histories.index, name)


def _sequences(x, n, a, b):
    """Log-probability of x purchases in n occasions lived through, whatever their order."""
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(np.maximum(n - x, 0) + 1)
    rest = np.maximum(n - x, 0)
    return ways + log_rising(a, x) + log_rising(b, rest) - log_rising(a + b, n)
