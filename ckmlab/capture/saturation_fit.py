"""Fit the saturation curve to interviews already held, by maximum likelihood."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import betaln, expit, gammaln, logit

from ckmlab.arguments import choose
from ckmlab.capture.incidence import item_counts
from ckmlab.capture.lists import unseen_interval
from ckmlab.capture.saturation import first_reaching, share_found, share_found_homogeneous
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["SaturationFit", "fit_saturation"]

PARAMETERS = {"beta-binomial": ("a", "b"), "homogeneous": ("p",)}


def fit_saturation(incidence, *, units=None, model="beta-binomial", complete=False):
    r"""Maximum-likelihood fit of how often needs come up in interviews.

    A need heard in k of t interviews has the beta-binomial probability

    .. math:: P(k) = \binom{t}{k} \frac{B(a + k, b + t - k)}{B(a, b)}

    divided by :math:`1 - P(0)`, because needs nobody voiced are not in the table.

    Parameters
    ----------
    incidence : array-like, shape (units, items)
        0/1 or booleans, one row per interview, one column per need; or counts with ``units``.
    units : int, optional
        Number of interviews, when ``incidence`` holds counts.
    model : {"beta-binomial", "homogeneous"}
        Needs with chances of their own, or all alike.
    complete : bool, default False
        True if the columns are all the needs there are, unheard ones included; then nothing
        is divided by :math:`1 - P(0)`.

    Returns
    -------
    SaturationFit

    Raises
    ------
    ValueError
        If there are fewer than two interviews, or no need was heard.

    References
    ----------
    Skellam (1948) for the beta-binomial; Griffin and Hauser (1993) for its use with needs,
    doi:10.1287/mksc.12.1.1; Sanathanan (1972) for the total.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(7)
    >>> heard = rng.random((20, 200)) < rng.beta(1.45, 7.64, 200)
    >>> fit = fit_saturation(heard)
    >>> fit.params.round(2).to_dict()
    {'a': 1.92, 'b': 9.76}
    """
    choose("model", model, PARAMETERS)
    counts, units, columns = item_counts(incidence, units)
    if units < 2:
        raise ValueError("one interview cannot tell frequent needs from rare ones; give two")
    if len(counts) == 0:
        raise ValueError("nothing was mentioned at all, so nothing can be fitted")
    if complete:
        counts = np.append(counts, np.zeros(columns - len(counts), dtype=int))

    def loss(theta):
        return -_log_likelihood(theta, model, counts, units, truncated=not complete)

    theta = _minimise(loss, _start(counts, units, model))
    return SaturationFit(
        model=model,
        theta=theta,
        covariance=_covariance(loss, theta),
        llf=-loss(theta),
        units=units,
        seen=int((counts > 0).sum()),
        complete=columns if complete else None,
    )


@dataclass(frozen=True, repr=False)
class SaturationFit:
    """A fitted saturation curve.

    Parameters
    ----------
    model : str
        "beta-binomial" or "homogeneous".
    theta : numpy.ndarray
        Parameters on the unbounded scale: log a and log b, or logit p.
    covariance : numpy.ndarray
        Of ``theta``; NaN where the data do not determine it.
    llf : float
        Log-likelihood.
    units : int
        Number of interviews held.
    seen : int
        Number of needs heard.
    complete : int, optional
        Number of needs in all, where that was known.
    """

    model: str
    theta: np.ndarray
    covariance: np.ndarray
    llf: float
    units: int
    seen: int
    complete: int | None = None

    @property
    def params(self):
        """pandas.Series: a and b, or p."""
        values = expit(self.theta) if self.model == "homogeneous" else np.exp(self.theta)
        return pd.Series(values, index=PARAMETERS[self.model])

    @property
    def bse(self):
        """pandas.Series: standard errors of the parameters (delta method)."""
        values = self.params
        slope = values * (1 - values) if self.model == "homogeneous" else values
        return slope * np.sqrt(np.diag(self.covariance))

    @property
    def aic(self):
        """float: Akaike's criterion; compare the two models with it."""
        return 2 * len(self.theta) - 2 * self.llf

    def conf_int(self, confidence=0.95):
        """Intervals of the parameters, symmetric on the log or logit scale.

        Parameters
        ----------
        confidence : float, default 0.95
            Level of the intervals.

        Returns
        -------
        pandas.DataFrame
            Columns ``low`` and ``high``.
        """
        back = expit if self.model == "homogeneous" else np.exp
        half = normal_quantile(confidence) * np.sqrt(np.diag(self.covariance))
        ends = {"low": back(self.theta - half), "high": back(self.theta + half)}
        return pd.DataFrame(ends, index=PARAMETERS[self.model])

    def share_found(self, n=None, *, confidence=0.95):
        """Share of all needs expected to be heard after n interviews.

        Parameters
        ----------
        n : int, optional
            Number of interviews; those held by default.
        confidence : float, default 0.95
            Level of the interval (delta method on the logit scale).

        Returns
        -------
        Estimate
        """
        n = self.units if n is None else n
        share = _share(self.theta, self.model, n)
        if not 0 < share < 1:
            return Estimate(share, n=self.units, level=confidence, method=f"{self.model} fit")
        half = normal_quantile(confidence) * self._error(
            lambda theta: logit(_share(theta, self.model, n))
        )
        return Estimate(
            share,
            expit(logit(share) - half),
            expit(logit(share) + half),
            level=confidence,
            n=self.units,
            method=f"{self.model} maximum likelihood",
        )

    def interviews_needed(self, share):
        """Smallest number of interviews expected to bring up a share of the needs.

        Parameters
        ----------
        share : float
            Wanted share, below 1.

        Returns
        -------
        int
        """
        return first_reaching(share, lambda n: _share(self.theta, self.model, n))

    def needs(self, *, confidence=0.95):
        """Number of needs there are, heard or not.

        Parameters
        ----------
        confidence : float, default 0.95
            Level of the log-normal interval.

        Returns
        -------
        Estimate
            The number heard divided by the share found. Where all needs were known from the
            start, that number.
        """
        if self.complete is not None:
            return Estimate(self.complete, n=self.units, level=confidence, method="known")
        share = _share(self.theta, self.model, self.units)
        unseen = self.seen * (1 - share) / share
        slope = self._error(lambda theta: self.seen / _share(theta, self.model, self.units))
        variance = slope**2 + self.seen * (1 - share) / share**2
        low, high = unseen_interval(self.seen, unseen, variance, confidence)
        return Estimate(
            self.seen + unseen,
            low,
            high,
            level=confidence,
            n=self.units,
            method=f"{self.model} maximum likelihood, log-normal interval",
            notes=("rests on the shape of the distribution where nothing was heard",),
        )

    def _error(self, function):
        from statsmodels.tools.numdiff import approx_fprime

        gradient = np.ravel(approx_fprime(self.theta, function, centered=True))
        return float(math.sqrt(gradient @ self.covariance @ gradient))

    def __repr__(self):
        listed = ", ".join(f"{name} = {value:.4g}" for name, value in self.params.items())
        return f"{self.model} fit of {self.seen} needs in {self.units} interviews: {listed}"


def _share(theta, model, n):
    if model == "homogeneous":
        return share_found_homogeneous(n, expit(theta[0]))
    return share_found(n, *np.exp(theta))


def _log_likelihood(theta, model, counts, units, *, truncated):
    ways = gammaln(units + 1) - gammaln(counts + 1) - gammaln(units - counts + 1)
    if model == "homogeneous":
        log_p, log_q = -np.logaddexp(0, -theta[0]), -np.logaddexp(0, theta[0])
        terms, silent = counts * log_p + (units - counts) * log_q, units * log_q
    else:
        a, b = np.exp(theta)
        terms = betaln(a + counts, b + units - counts) - betaln(a, b)
        silent = betaln(a, b + units) - betaln(a, b)
    heard = np.log(-np.expm1(silent)) if truncated else 0.0
    return float((ways + terms - heard).sum())


def _start(counts, units, model):
    rate = min(max(counts.mean() / units, 0.5 / units), 1 - 0.5 / units)
    if model == "homogeneous":
        return np.array([logit(rate)])
    return np.log([5 * rate, 5 * (1 - rate)])


def _minimise(loss, start):
    def bounded(theta):  # beyond e^±12 nothing changes but rounding
        return loss(np.clip(theta, -12, 12))

    rough = minimize(bounded, start, method="Nelder-Mead", options={"maxiter": 2000})
    tight = {"xatol": 1e-9, "fatol": 1e-11, "maxiter": 4000}
    return np.clip(minimize(bounded, rough.x, method="Nelder-Mead", options=tight).x, -12, 12)


def _covariance(loss, theta):
    from statsmodels.tools.numdiff import approx_hess

    information = approx_hess(theta, loss)
    unknown = np.full_like(information, np.nan)
    if np.any(np.abs(theta) > 11) or np.any(np.linalg.eigvalsh(information) <= 1e-8):
        return unknown
    return np.linalg.inv(information)
