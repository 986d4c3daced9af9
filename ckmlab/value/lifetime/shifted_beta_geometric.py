"""The shifted beta-geometric model: contracts that customers renew or end, period by period."""

import narwhals as nw
import numpy as np
import pandas as pd
from scipy.special import betaincinv, digamma, polygamma

from ckmlab.arguments import check_count, clean_numbers
from ckmlab.value.lifetime._covariates import Covariates
from ckmlab.value.lifetime._formula import FormulaDesign
from ckmlab.value.lifetime._histories import Histories, read_histories
from ckmlab.value.lifetime._model import LifetimeModel
from ckmlab.value.lifetime._renewals import discounted_periods, expected_periods
from ckmlab.value.lifetime._results import LifetimeResults, labelled
from ckmlab.value.lifetime._rising import log_survival

__all__ = ["ShiftedBetaGeometric", "ShiftedBetaGeometricResults"]


class ShiftedBetaGeometric(LifetimeModel):
    r"""Shifted beta-geometric model of contract renewal (sBG).

    At the end of every period a customer leaves with an own, constant chance
    :math:`\theta \sim \text{beta}(\alpha, \beta)`. The survivors' retention rate rises although
    nobody changes: those likely to leave have left.

    .. math::

        S(t) = \frac{B(\alpha, \beta + t)}{B(\alpha, \beta)}, \qquad
        r_t = \frac{\beta + t - 1}{\alpha + \beta + t - 1}

    Parameters
    ----------
    data : sequence of float, or data frame
        Either the customers still there after 0, 1, 2, … periods (shape (periods + 1,);
        multiply shares by the size of the cohort, on which the standard errors rest), or a
        frame with one row per customer: ``duration`` (periods until the contract ended or the
        observation stopped) and ``churned`` (whether it ended), optionally ``count``.
    covariates : sequence of str, optional
        Columns of the frame that move α and β: α · exp(γ z), β · exp(γ′ z), with coefficients
        ``alpha:z`` and ``beta:z``.

    Raises
    ------
    KeyError, TypeError, ValueError
        For survivors that increase, a single period, nobody or everybody leaving at once,
        fractional or negative durations, churn after 0 periods, missing values.

    References
    ----------
    Fader, P. S. & Hardie, B. G. S. (2007). How to project customer retention. Journal of
    Interactive Marketing 21(1), 76–90, doi:10.1002/dir.20074.

    Examples
    --------
    >>> survivors = [1000, 869, 743, 653, 593, 551, 517, 491]  # their high-end customers
    >>> results = ShiftedBetaGeometric(survivors).fit()
    >>> results.params.round(3).tolist()
    [0.668, 3.806]
    >>> results.predict(12).round(3).tolist()
    [0.378]
    """

    names = ("alpha", "beta")
    start = (1.0, 2.0)
    scale = 1.0
    title = "sBG"
    note = (
        "Retention rates rise because those likely to leave have left, not because anyone changed."
    )

    def __init__(self, data, *, covariates=()):
        effects = [(f"{name}:{z}", name, z, 1) for name in self.names for z in covariates]
        self.covariates = Covariates(effects) if effects else None
        wanted = ["duration", "churned", *covariates]
        if covariates or _is_frame(data):
            self.histories = read_histories(data, wanted, where="ShiftedBetaGeometric")
            check_durations(self.histories)
        else:
            self.histories = durations(data)
        self.rows = self.histories.collapsed()
        self._check_identified()

    @classmethod
    def from_formula(cls, formula, data):
        """A model whose covariates are made by a formula, such as ``"~ C(segment)"``.

        Parameters
        ----------
        formula : str
            Right-hand side; it moves both α and β.
        data : data frame
            ``duration``, ``churned`` and the covariates.

        Returns
        -------
        ShiftedBetaGeometric
            Predictions take frames of the original columns.
        """
        design = FormulaDesign({"churn": formula}, data, where=cls.__name__)
        model = cls(design.apply(data), covariates=design.columns["churn"])
        model.design = design
        return model

    def _check_identified(self):
        duration, churned, n = self.rows.duration, self.rows.churned, self.rows.weights
        if self.nobs < len(self.param_names):
            raise ValueError(
                f"sBG has {len(self.param_names)} parameters but the data {self.nobs:g} customer(s)"
            )
        if not (n @ churned > 0 and n @ (1 - churned * (duration == 1)) > 0):
            raise ValueError(
                "sBG: nobody left, or everybody left in the first period; "
                "there is nothing to learn about differences between customers"
            )
        if duration.max() < 2:
            raise ValueError("sBG needs at least 2 periods: one churn rate cannot show two numbers")

    def _loglike_each(self, p, columns):
        return row_terms(p, columns)[0]

    def _objective(self, rows):
        def evaluate(theta):
            named = dict(zip(self.names, np.exp(theta[:2]), strict=True))
            if not self.covariates:
                terms = row_terms(named, rows.columns)
                return tuple(part @ rows.weights for part in terms)
            p = self.covariates.shift(named, theta[2:], rows.columns)
            value, score, hessian = row_terms(p, rows.columns)
            return value @ rows.weights, *self.covariates.reduce(self.names, score, hessian, rows)

        return evaluate

    def _results(self, top):
        return ShiftedBetaGeometricResults(self, top)


def _is_frame(data):
    try:
        nw.from_native(data)
    except TypeError:
        return False
    return True


def durations(survivors):
    """Customers still there after 0, 1, 2, … periods → durations with their counts."""
    there = clean_numbers("survivors", survivors, missing="refuse")
    if len(there) < 3:
        raise ValueError(
            f"survivors has {len(there)} values; give the start and at least 2 periods after it"
        )
    left = -np.diff(there)
    if (left < 0).any() or there[-1] < 0:
        worst = int(np.argmax(left < 0))
        raise ValueError(
            f"survivors go from {there[worst]:g} to {there[worst + 1]:g} after period {worst}; "
            "give one cohort's survivors in order, never rising and never below 0"
        )
    periods = np.arange(1, len(there))
    columns = {
        "duration": np.append(periods, periods[-1]).astype(float),
        "churned": np.append(np.ones(len(left)), 0.0),
        "count": np.append(left, there[-1]),
    }
    return Histories(columns, pd.RangeIndex(len(there)), "survivors")


def check_durations(histories):
    """Refuse impossible durations, naming the first offending row."""
    duration, churned = histories["duration"], histories["churned"]
    histories.refuse_fractions("duration")
    histories.refuse("churned", (churned != 0) & (churned != 1), "neither True nor False")
    never = (duration == 0) & (churned == 1)
    histories.refuse("duration", never, "0 although the customer churned: count from 1")


def row_terms(p, columns):
    """Log-likelihood, score and Hessian in the log-parameters, row by row."""
    a, b = p["alpha"], p["beta"]
    churned = columns["churned"]
    stayed = columns["duration"] - churned
    a, b, stayed = np.broadcast_arrays(a, b, stayed)
    leave = a + b + stayed
    value = log_survival(a, b, stayed) - churned * np.log1p((b + stayed) / a)
    both, own = digamma(leave) - digamma(a + b), digamma(b + stayed) - digamma(b)
    both2 = polygamma(1, leave) - polygamma(1, a + b)
    own2 = polygamma(1, b + stayed) - polygamma(1, b)
    # −ln(a + b + stayed) of a leaver continues the rising factorial of a + b by one factor.
    slope, bend = both + churned / leave, both2 - churned / leave**2
    score = np.array([churned - a * slope, b * (own - slope)])
    hessian = np.empty((2, 2, len(stayed)))
    hessian[0, 0] = -a * slope - a * a * bend
    hessian[0, 1] = hessian[1, 0] = -a * b * bend
    hessian[1, 1] = score[1] + b * b * (own2 - bend)
    return value, score, hessian


class ShiftedBetaGeometricResults(LifetimeResults):
    """Fit of the sBG model: survival, retention rates, remaining lifetimes.

    Every method takes ``renewals``, the number of periods the customer has survived already (0 for
    a new customer), and ``data``, a frame of covariates, which a model with covariates needs.
    """

    def predict(self, t, data=None, *, renewals=0, confidence=None):
        """Share of customers that survive ``t`` further periods, S(n + t) / S(n).

        Parameters
        ----------
        t : float or sequence of float
            Periods to come; with covariates a single one.
        data : data frame, optional
            Covariates, one row a customer; needed if the model has some.
        renewals : int, default 0
            Periods survived already, n.
        confidence : float, optional
            Level of an interval.

        Returns
        -------
        pandas.Series or pandas.DataFrame
            Shares indexed by ``t`` (with covariates, by the rows of ``data``), or
            ``value, low, high``.
        """
        return self._by_period(_survival, t, data, renewals, confidence, "survival", share=True)

    def retention_rate(self, t, data=None, *, renewals=0, confidence=None):
        """Share of those still there after t − 1 further periods who also stay the t-th, r_t."""
        return self._by_period(_retention, t, data, renewals, confidence, "retention", share=True)

    def retention_quantiles(self, shares):
        """Own retention rate of customers at given places in the cohort, the most loyal first.

        It never changes; the cohort's rises because those with a low one leave.

        Parameters
        ----------
        shares : sequence of float
            Places, such as 0.5 for the middle customer.

        Returns
        -------
        pandas.Series
            Rates by share.

        Raises
        ------
        ValueError
            If the model has covariates: then there is not one mixture but many.
        """
        if self.model.covariates:
            raise ValueError("with covariates there is no single mixture; fit a model without")
        shares = clean_numbers("shares", shares, missing="refuse")
        rates = 1 - betaincinv(*self.params[["alpha", "beta"]], shares)
        return pd.Series(rates, index=pd.Index(shares, name="share"), name="retention")

    def observed_retention(self):
        """Share of those still there after t − 1 periods who stayed the t-th, as in the data.

        Returns
        -------
        pandas.Series
            Rates by period, from 1.
        """
        rows = self.model.rows
        periods = pd.RangeIndex(1, int(rows.duration.max()) + 1, name="t")
        at_risk = [rows.weights[rows.duration >= t].sum() for t in periods]
        left = [rows.weights[(rows.duration == t) & (rows.churned == 1)].sum() for t in periods]
        return pd.Series(1 - np.array(left) / np.array(at_risk), index=periods, name="retention")

    def expected_periods(self, horizon, data=None, *, renewals=0, confidence=None):
        """Expected number of the next ``horizon`` periods at whose end the customer stays."""

        def periods(a, b, t):
            return expected_periods(a, b, t)

        return self._by_period(periods, horizon, data, renewals, confidence, "periods")

    def residual_value(self, discount, margin=1.0, data=None, *, renewals=0, confidence=None):
        """Expected residual lifetime value, just before the next renewal is due.

        The discounted expected residual lifetime (DERL) of Fader & Hardie (2010) times the margin
        per period, paid on renewal: Σ S(n + t) / S(n) · (1 + d)^−(t − 1) over t ≥ 1.

        Parameters
        ----------
        discount : float
            Rate per period, above 0.
        margin : float, default 1
            Margin per renewed period.
        data, renewals, confidence
            As everywhere in these results; ``renewals`` may be a sequence.
        """

        def value(a, b, _):
            return margin * (1 + discount) * discounted_periods(a, b, discount)

        if data is None:
            return self._by_renewals(value, renewals, confidence)
        return self._by_period(value, 1, data, renewals, confidence, "residual_value")

    def _by_period(self, function, t, data, renewals, confidence, name, *, share=False):
        renewals = check_count("renewals", renewals)
        t = np.atleast_1d(np.asarray(t, dtype=float))
        columns, index = self._rows(data, t)

        def values(theta):
            p = self.model._named(self.model._from_theta(theta), columns)
            return function(*np.broadcast_arrays(p["alpha"], p["beta"] + renewals, t))

        return labelled(self._with_interval(values, confidence, share=share), index, name)

    def _by_renewals(self, function, renewals, confidence):
        self._rows(None, np.ones(1))
        renewals = np.atleast_1d(np.asarray(renewals, dtype=float))

        def values(theta):
            alpha, beta = self.model._from_theta(theta)
            return function(*np.broadcast_arrays(alpha, beta + renewals, 1.0))

        index = pd.Index(renewals, name="renewals")
        return labelled(self._with_interval(values, confidence), index, "residual_value")

    def _rows(self, data, t):
        """Covariate columns and the index of the answer."""
        if not self.model.covariates:
            return {}, pd.Index(t, name="t")
        if data is None or len(t) > 1:
            raise ValueError("with covariates give data, a frame of them, and one t at a time")
        if self.model.design:
            data = self.model.design.apply(data)
        rows = read_histories(data, self.model.covariates.columns, where="data")
        return rows.columns, rows.index


def _survival(a, b, t):
    return np.exp(log_survival(a, b, t))


def _retention(a, b, t):
    return (b + t - 1) / (a + b + t - 1)
