"""What every fit returns: parameters with standard errors, information criteria, a summary."""

from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ckmlab.arguments import check_share
from ckmlab.intervals import normal_quantile

__all__ = ["LifetimeResults", "labelled"]


class LifetimeResults:
    """Results of a maximum-likelihood fit, in the manner of statsmodels.

    Attributes
    ----------
    params, bse : pandas.Series
        Estimates, named as in the papers, and their standard errors.
    llf, aic, bic : float
        Log-likelihood and information criteria.
    nobs : float
        Number of customers.
    converged : bool
        Whether a maximum was found.
    model : LifetimeModel
        The model with its data.
    """

    def __init__(self, model, top):
        self.model = model
        self.converged = not top.problem
        self.passes = top.passes
        self.nobs = model.nobs
        self.llf = top.value + model._unit_term()
        self._theta = top.point
        self._cov_theta = _inverse(top.hessian, top.problem)
        names = model.param_names
        self.params = pd.Series(model._from_theta(top.point), index=names, name="params")
        positive = np.arange(len(names)) < len(model.names)
        slope = np.where(positive, self.params.to_numpy(), 1.0)
        self._cov = self._cov_theta * np.outer(slope, slope)

    @cached_property
    def bse(self):
        """Standard errors of the estimates."""
        return pd.Series(np.sqrt(np.diag(self._cov)), index=self.params.index, name="bse")

    @property
    def df_model(self):
        """Number of parameters."""
        return len(self.params)

    @property
    def aic(self):
        """Akaike's information criterion, −2 llf + 2 parameters."""
        return -2 * self.llf + 2 * self.df_model

    @property
    def bic(self):
        """Schwarz's information criterion, −2 llf + ln(customers) · parameters."""
        return -2 * self.llf + np.log(self.nobs) * self.df_model

    @property
    def tvalues(self):
        """Estimates over standard errors of the covariate coefficients.

        The parameters themselves are positive by nature: that they are zero is no hypothesis.
        """
        coefficients = self.params.iloc[len(self.model.names) :]
        return (coefficients / self.bse[coefficients.index]).rename("tvalues")

    @property
    def pvalues(self):
        """Two-sided p-values of the covariate coefficients, by the normal distribution."""
        values = self.tvalues
        return pd.Series(2 * ndtr(-np.abs(values)), index=values.index, name="pvalues")

    def cov_params(self):
        """Covariance matrix of the estimates (inverse of the observed information)."""
        names = self.params.index
        return pd.DataFrame(self._cov, index=names, columns=names)

    def conf_int(self, alpha=0.05):
        """Confidence intervals of the parameters.

        Positive parameters get a Wald interval of their logarithm, which stays positive and does
        not depend on the unit of time or money; covariate coefficients get the usual one.

        Parameters
        ----------
        alpha : float, default 0.05
            One minus the confidence level, named as in statsmodels.

        Returns
        -------
        pandas.DataFrame
            Columns 0 (low) and 1 (high).
        """
        check_share("alpha", alpha, ends=False)
        half = normal_quantile(1 - alpha) * np.sqrt(np.diag(self._cov_theta))
        ends = [self.model._from_theta(self._theta + sign * half) for sign in (-1, 1)]
        return pd.DataFrame(np.column_stack(ends), index=self.params.index)

    def summary(self, alpha=0.05):
        """A table for reading: ``print(results.summary())``, or shown by itself in a notebook."""
        from ckmlab.value.lifetime._summary import summary

        return summary(self, alpha)

    def bootstrap(self, n=500, *, seed):
        """Refit to customers drawn again with replacement: intervals that trust the model less.

        The delta method and ``conf_int`` take the model to be true and the sample to be large. A
        bootstrap needs neither: it shows how the estimates would differ had other customers of the
        same kind come.

        Parameters
        ----------
        n : int, default 500
            Number of resamples.
        seed : int
            Seed of the random numbers.

        Returns
        -------
        Bootstrap
            ``params`` (one row a replicate), ``conf_int()``, and ``interval(function)`` for
            anything else, such as ``interval(lambda fit: fit.predict(52))``.

        Warns
        -----
        ConvergenceWarning
            If resamples without a maximum had to be left out.

        References
        ----------
        Efron, B. & Tibshirani, R. (1993). An introduction to the bootstrap.

        Examples
        --------
        >>> from ckmlab.value.lifetime import ShiftedBetaGeometric
        >>> fit = ShiftedBetaGeometric([1000, 631, 468, 382, 326]).fit()
        >>> again = fit.bootstrap(50, seed=1)
        >>> again.params.shape
        (50, 2)
        >>> stay = again.interval(lambda fit: fit.predict(2))
        >>> bool(stay["low"].iloc[0] < 0.468 < stay["high"].iloc[0])
        True
        """
        from ckmlab.value.lifetime._bootstrap import resampled

        return resampled(self, n, seed)

    def __repr__(self):
        shown = ", ".join(f"{name}={value:.4g}" for name, value in self.params.items())
        state = "" if self.converged else ", not converged"
        return f"<{type(self.model).__name__} {shown}; llf={self.llf:.2f}{state}>"

    # -- intervals of what is computed from the parameters --------------------------------------

    def _with_interval(self, function, confidence, *, share=False):
        """A function of the parameters, with a delta-method interval if one is asked for.

        Intervals are built for the logarithm (or the log-odds of a share), so that they stay in
        the range of the quantity. The derivatives are central differences in the log-parameters.
        """
        estimate = function(self._theta)
        if confidence is None:
            return estimate
        check_share("confidence", confidence, ends=False)
        half = normal_quantile(confidence) * self._spread(function, share)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            factor = np.exp(half)
            if share:
                low = estimate / (estimate + (1 - estimate) * factor)
                high = estimate / (estimate + (1 - estimate) / factor)
            else:
                low, high = estimate / factor, estimate * factor
        return estimate, low, high

    def _spread(self, function, share=False):
        """Standard error of the function's logarithm, or log-odds."""
        step = 1e-5
        slopes = []
        with np.errstate(divide="ignore", invalid="ignore"):
            for unit in np.eye(len(self._theta)) * step:
                high, low = function(self._theta + unit), function(self._theta - unit)
                change = np.log(high) - np.log(low)
                if share:
                    change -= np.log1p(-high) - np.log1p(-low)
                slopes.append(change / (2 * step))
        slopes = np.nan_to_num(np.array(slopes), posinf=0.0, neginf=0.0)
        return np.sqrt(np.einsum("in,ij,jn->n", slopes, self._cov_theta, slopes))


def labelled(values, index, name):
    """A Series, or with an interval a frame ``value, low, high``."""
    if isinstance(values, tuple):
        columns = dict(zip(("value", "low", "high"), values, strict=True))
        return pd.DataFrame(columns, index=index)
    return pd.Series(values, index=index, name=name)


def _inverse(hessian, problem):
    unknown = np.full_like(hessian, np.nan)
    if problem in ("flat", "boundary"):
        return unknown
    try:
        return np.linalg.inv(-hessian)
    except np.linalg.LinAlgError:
        return unknown
