"""Models of repeat buying in continuous time: their data, and what their fits can tell."""

import numpy as np
import pandas as pd
from scipy.special import expit
from tqdm.auto import tqdm

from ckmlab.arguments import check_count, check_positive, clean_numbers
from ckmlab.value.lifetime._covariates import Covariates
from ckmlab.value.lifetime._discount import discounted
from ckmlab.value.lifetime._histories import read_histories
from ckmlab.value.lifetime._model import LifetimeModel
from ckmlab.value.lifetime._results import LifetimeResults, labelled

__all__ = ["PurchaseModel", "PurchaseResults", "check_histories", "times"]

PIECE = 2048  # customers
HISTORY = ("frequency", "recency", "T")


class PurchaseModel(LifetimeModel):
    """A buy-till-you-die model on ``frequency, recency, T``; the base of three models."""

    scaled_columns = ("recency", "T")
    note = ""

    def __init__(self, data, *, effects=()):
        self.covariates = Covariates(effects) if effects else None
        extra = self.covariates.columns if self.covariates else []
        self.histories = read_histories(data, [*HISTORY, *extra], where=type(self).__name__)
        check_histories(self.histories)
        self.rows = self.histories.collapsed()
        self.scale = self.rows.T.max()
        self._check_identified()

    def _check_identified(self):
        if self.nobs < len(self.param_names):
            raise ValueError(
                f"{self.title} has {len(self.param_names)} parameters but the data "
                f"{self.nobs:g} customer(s); it learns from differences between many customers"
            )
        if self.rows.frequency.max() == 0:
            raise ValueError(
                f"{self.title}: no customer bought again (frequency is 0 in every row), so that "
                "nothing is known about buying rates; take a longer period"
            )
        if self.scale <= 0:
            raise ValueError(f"{self.title}: T is 0 in every row; no time has passed yet")

    def _unit_term(self):
        return -np.log(self.scale) * (self.rows.frequency @ self.rows.weights)

    def _results(self, top):
        return PurchaseResults(self, top)


def check_histories(histories):
    """Refuse impossible histories, naming the first offending row."""
    x, recency, age = (histories[name] for name in HISTORY)
    histories.refuse_fractions("frequency")
    histories.refuse("recency", recency < 0, "negative")
    late = "later than T: use one unit and one clock for both"
    histories.refuse("recency", recency > age, late)
    unfounded = (
        "above 0 although frequency is 0: frequency counts repeat purchases only, recency is the "
        "age at the last of them"
    )
    histories.refuse("recency", (x == 0) & (recency > 0), unfounded)


class PurchaseResults(LifetimeResults):
    """Fit of a model of repeat buying: parameters, and what they say about each customer.

    Every method takes ``data`` (new histories; the fitted customers by default) and
    ``confidence`` (0.95 for a delta-method interval; none by default), and returns a Series, or
    with an interval a frame ``value, low, high``, in the order of the data. Fitted to a lazy
    frame, "the fitted customers" are its distinct histories.

    Examples
    --------
    >>> from ckmlab.value.lifetime import BetaGeoNBD
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> results = BetaGeoNBD(customers).fit()
    >>> results.predict(10).round(2).tolist()
    [0.06, 0.07, 0.16, 0.2, 0.56, 1.65]
    >>> ada = pd.DataFrame({"frequency": [8], "recency": [36], "T": [38]}, index=["Ada"])
    >>> results.p_alive(ada, confidence=0.9).round(2).loc["Ada"].tolist()
    [0.94, 0.8, 0.98]
    """

    def p_alive(self, data=None, *, ahead=0.0, confidence=None):
        """Probability that a customer is still alive ``ahead`` time units after T.

        Parameters
        ----------
        data : data frame, optional
            Histories; the fitted customers by default.
        ahead : float, default 0
            Time units after T; 0 is now.
        confidence : float, optional
            Level of an interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Probabilities, or ``value, low, high``.
        """

        def share(p, columns):
            alive = expit(-self.model._log_odds_gone(p, columns))
            return alive * self._of_the_living(self._later(ahead), p, columns) if ahead else alive

        return self._per_customer(share, data, "p_alive", confidence, share=True)

    def predict(self, t=1.0, data=None, *, confidence=None):
        """Expected purchases of each customer in the next ``t`` time units, (T, T + t].

        Parameters
        ----------
        t : float, default 1
            Length of the coming period, in the data's unit of time.
        data : data frame, optional
            Histories; the fitted customers by default.
        confidence : float, optional
            Level of an interval for the expectation (not for the purchases themselves).

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Purchases per customer, or ``value, low, high``.
        """
        check_positive("t", t)

        def purchases(p, columns):
            alive = expit(-self.model._log_odds_gone(p, columns))
            return alive * self._of_the_living(self._next(t), p, columns)

        return self._per_customer(purchases, data, "expected_purchases", confidence)

    def residual_purchases(self, discount, data=None, *, horizon=np.inf, confidence=None):
        """Discounted expected residual transactions (DERT) of each customer.

        Parameters
        ----------
        discount : float
            Continuous rate per time unit: ln(1.15) / 52 for 15 % a year in weeks.
        data : data frame, optional
            Histories; the fitted customers by default.
        horizon : float, default infinity
            Time units to look ahead.
        confidence : float, optional
            Level of an interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Purchases in today's worth, or ``value, low, high``.

        References
        ----------
        Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). RFM and CLV: using iso-value curves
        for customer base analysis. Journal of Marketing Research 42.
        """

        def purchases(p, columns):
            alive = expit(-self.model._log_odds_gone(p, columns))
            later = self._discounted(discount, horizon)
            return alive * self._of_the_living(later, p, columns)

        return self._per_customer(purchases, data, "residual_purchases", confidence)

    def residual_value(self, discount, value, data=None, *, horizon=np.inf, confidence=None):
        """Expected residual lifetime value: DERT times the value of a purchase.

        Parameters
        ----------
        discount : float
            Continuous rate per time unit.
        value : float, Series or GammaGamma results
            Margin per purchase; with a fitted gamma-gamma model each customer's own expected
            spend, whose uncertainty then enters the interval.
        data : data frame, optional
            Histories, with ``monetary_value`` if ``value`` is a model.
        horizon : float, default infinity
            Time units to look ahead.
        confidence : float, optional
            Level of an interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Money in today's worth, or ``value, low, high``.
        """
        purchases = self.residual_purchases(discount, data, horizon=horizon, confidence=confidence)
        spend = value
        if hasattr(value, "predict"):
            spend = value.predict(data, confidence=confidence)
        else:
            clean_numbers("value", np.ravel(value), missing="refuse")
        return times(purchases, spend, "residual_value")

    def expected_purchases(self, t, *, confidence=None):
        """Expected repeat purchases of a new customer in (0, t].

        Parameters
        ----------
        t : float or sequence of float
            Ages, in the data's unit of time.
        confidence : float, optional
            Level of an interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Indexed by ``t``.

        Raises
        ------
        ValueError
            If the model has covariates: there is no one new customer then.
        """
        if self.model.covariates:
            raise ValueError("with covariates there is no one new customer; use predict(t, data)")
        t = _ages(t)

        def purchases(theta):
            return self.model._expected_new(t, self.model._named(self.model._from_theta(theta), {}))

        values = self._with_interval(purchases, confidence)
        return labelled(values, pd.Index(t, name="t"), "expected_purchases")

    def purchase_probabilities(self, n, t):
        """P(X(t) = n): chance that a new customer makes ``n`` repeat purchases in (0, t].

        Parameters
        ----------
        n : int or array_like
            Numbers of purchases.
        t : float or array_like
            Ages; broadcast against ``n``.

        Returns
        -------
        numpy.ndarray
        """
        if self.model.covariates:
            raise ValueError("with covariates there is no one new customer; use predict(t, data)")
        counts = np.asarray(n)
        for number in counts.ravel():
            check_count("n", number)
        n, t = np.broadcast_arrays(counts, _ages(t).reshape(np.shape(t)))
        named = self.model._named(self.params.to_numpy(), {})
        return self.model._probability(n, t, named)

    # -- how ------------------------------------------------------------------------------------

    def _next(self, t):
        return lambda *posterior: self.model._expected(t, *posterior)

    def _later(self, ahead):
        check_positive("ahead", ahead)
        return lambda *posterior: self.model._alive_later(ahead, *posterior)

    def _discounted(self, discount, horizon):
        def value(*posterior):
            posterior = [np.atleast_1d(values) for values in np.broadcast_arrays(*posterior)]
            unit = posterior[self.model._unit_at]
            return discounted(self.model._rate, discount, horizon, unit, posterior)

        return value

    def _of_the_living(self, function, p, columns):
        """A function of the living's posterior, once for each distinct (frequency, T)."""
        posterior = np.broadcast_arrays(*self.model._posterior(p, columns))
        if self.model.covariates:
            return in_pieces(function, posterior)
        key = columns["frequency"] + 1j * columns["T"]
        _, first, back = np.unique(key, return_index=True, return_inverse=True)
        return in_pieces(function, [values[first] for values in posterior])[back]

    def _per_customer(self, function, data, name, confidence, *, share=False):
        histories = self.histories(data)
        columns = histories.columns

        def values(theta):
            return function(self.model._named(self.model._from_theta(theta), columns), columns)

        return labelled(self._with_interval(values, confidence, share=share), histories.index, name)

    def histories(self, data=None):
        """The histories a prediction is for, checked: those given, or those fitted."""
        if data is None:
            return self.model.histories
        extra = self.model.covariates.columns if self.model.covariates else []
        if self.model.design:
            data = self.model.design.apply(data)
        histories = read_histories(data, [*HISTORY, *extra], where="data")
        check_histories(histories)
        return histories


def _ages(t):
    """Ages of new customers as an array of one dimension."""
    ages = clean_numbers("t", np.ravel(t), missing="refuse")
    if (ages < 0).any():
        raise ValueError(f"t holds {ages.min():g}; an age is 0 or more")
    return ages


def in_pieces(function, arrays):
    """A function of equally long arrays, a piece at a time: quadrature takes much memory a row."""
    starts = range(0, len(arrays[0]), PIECE)
    pieces = [
        function(*(values[start : start + PIECE] for values in arrays))
        for start in tqdm(starts, desc="customers", delay=3, leave=False)
    ]
    return np.concatenate(pieces)


def times(purchases, spend, name):
    """A product of independent estimates; intervals of their logarithms add up as variances."""
    if isinstance(purchases, pd.Series):
        return (purchases * spend).rename(name)
    value, low, high = (purchases[column] for column in ("value", "low", "high"))
    spread = np.log(high / low) / 2
    worth = spend
    if isinstance(spend, pd.DataFrame):
        worth = spend["value"]
        spread = np.hypot(spread, np.log(spend["high"] / spend["low"]) / 2)
    value = value * worth
    return pd.DataFrame(
        {"value": value, "low": value * np.exp(-spread), "high": value * np.exp(spread)}
    )
