"""What all lifetime models share: from parameters to log-parameters, the fit, its warnings."""

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd

from ckmlab.value.lifetime._newton import ConvergenceWarning, maximise

__all__ = ["LifetimeModel"]

WARM_START_SHARE = 10  # a fit to every tenth row is a good beginning, if rows abound
WARM_START_ROWS = 5_000
WIDEST = 10.0  # standard error of a log-parameter

MENDS = {
    "boundary": (
        "a parameter runs to zero or infinity ({where}): the likelihood has no maximum inside. "
        "The data may know no such difference between customers, or too few bought again; "
        "try a longer calibration period, more customers or a model with fewer parameters"
    ),
    "flat": (
        "the likelihood is flat in some direction at the end, so that the parameters are not "
        "all identified and their standard errors mean nothing; try a longer calibration "
        "period, more customers or a model with fewer parameters"
    ),
    "stuck": (
        "no further step raises the likelihood, but its slope is not zero; check the data for "
        "extreme rows, or give fit(start=...) a better beginning"
    ),
    "passes": (
        "the maximum was not reached within {passes} passes; raise fit(max_passes=...), or give "
        "fit(start=...) a better beginning"
    ),
}


class LifetimeModel:
    """A model of customers' lifetimes; the base of all in this room.

    A child names its parameters in ``names``, and in ``with_unit`` those measured in the unit of
    the rescaled columns. It sets ``histories``, ``rows`` (the same, collapsed) and ``scale``, and
    offers ``_objective`` and ``_loglike_each``.
    """

    names = ()
    with_unit = ()
    scaled_columns = ()
    title = ""
    covariates = None  # a Covariates, where the model takes them
    design = None  # the FormulaDesign that made them, if one did
    start = ()

    @property
    def param_names(self):
        """Names of all parameters, covariate coefficients last."""
        return list(self.names) + (self.covariates.labels if self.covariates else [])

    @property
    def nobs(self):
        """Number of customers."""
        return float(self.rows.weights.sum())

    # -- parameters in and out ------------------------------------------------------------------

    def _units(self):
        unit = np.ones(len(self.param_names))
        unit[[self.names.index(name) for name in self.with_unit]] = self.scale
        return unit

    def _from_theta(self, theta):
        params = np.array(theta, dtype=float)
        params[: len(self.names)] = np.exp(params[: len(self.names)])
        return params * self._units()

    def _to_theta(self, params):
        theta = self._as_vector(params) / self._units()
        theta[: len(self.names)] = np.log(theta[: len(self.names)])
        return theta

    def _as_vector(self, params):
        names = self.param_names
        if isinstance(params, dict | pd.Series):
            absent = [name for name in names if name not in params]
            if absent:
                raise KeyError(f"params lacks {absent}; {self.title} needs {names}")
            params = [params[name] for name in names]
        vector = np.array(params, dtype=float)
        if vector.shape != (len(names),):
            raise ValueError(f"params has {vector.size} values; {self.title} needs {names}")
        positive = vector[: len(self.names)]
        if not (np.isfinite(vector).all() and (positive > 0).all()):
            raise ValueError(f"params must be finite and {list(self.names)} above 0, got {params}")
        return vector

    # -- likelihood -----------------------------------------------------------------------------

    def loglike(self, params):
        """Log-likelihood of all customers at ``params`` (Series, dict or sequence)."""
        named = self._named(self._as_vector(params), self.rows.columns)
        return float(self._loglike_each(named, self.rows.columns) @ self.rows.weights)

    def loglikeobs(self, params):
        """Log-likelihood of each row of the data, accurate for extreme parameters."""
        columns = self.histories.columns
        return self._loglike_each(self._named(self._as_vector(params), columns), columns)

    def score(self, params):
        """Gradient of the log-likelihood with respect to ``params``."""
        return self._derivatives(params)[0]

    def hessian(self, params):
        """Second derivatives of the log-likelihood with respect to ``params``."""
        return self._derivatives(params)[1]

    def _derivatives(self, params):
        vector = self._as_vector(params)
        _, gradient, hessian = self._objective(self._scaled(self.rows))(self._to_theta(vector))
        positive = np.arange(len(vector)) < len(self.names)
        # d/dp = (d/d ln p) / p, and the curvature of the logarithm itself.
        slope = np.where(positive, 1 / np.where(positive, vector, 1), 1.0)
        bend = np.diag(np.where(positive, gradient, 0.0))
        return gradient * slope, (hessian - bend) * np.outer(slope, slope)

    def _named(self, vector, columns):
        """Parameter name → number, or one number a row if covariates move it."""
        named = dict(zip(self.names, vector, strict=False))
        if self.covariates:
            return self.covariates.shift(named, vector[len(self.names) :], columns)
        return named

    def _scaled(self, rows):
        """The rows in a unit of their own, so that days or decades make no difference."""
        return rows.rescaled(dict.fromkeys(self.scaled_columns, self.scale))

    def _unit_term(self):
        """What rescaling took from the log-likelihood."""
        return 0.0

    # -- fit ------------------------------------------------------------------------------------

    def fit(self, start=None, *, max_passes=100):
        """Fit by maximum likelihood: Newton steps with analytic gradient and Hessian.

        Parameters
        ----------
        start : Series, dict or sequence, optional
            Parameters to begin with, in the data's own units; rarely needed.
        max_passes : int, default 100
            Evaluations over the data before giving up.

        Returns
        -------
        LifetimeResults
            Standard errors included.

        Warns
        -----
        ConvergenceWarning
            If no maximum was found; the message says what to try, and the results' ``converged``
            is False.
        """
        rows = self._scaled(self.rows)
        beginning = self._start() if start is None else self._to_theta(start)
        search = {"logs": len(self.names), "max_passes": max_passes}
        if start is None:
            beginning = self._warm_start(rows, beginning, search)
        top = self._examined(maximise(self._objective(rows), beginning, **search))
        if top.problem:
            self._warn(top)
        return self._results(top)

    def _warm_start(self, rows, beginning, search):
        """Fits to a hundredth, then to a tenth of many rows: each pass there is as much cheaper."""
        for share in (WARM_START_SHARE**2, WARM_START_SHARE):
            if len(rows) >= WARM_START_ROWS * share:
                sample = rows.part(slice(None, None, share))
                found = maximise(self._objective(sample), beginning, **search)
                beginning = beginning if found.problem else found.point
        return beginning

    def _start(self):
        extra = len(self.param_names) - len(self.names)
        return np.concatenate([np.log(self.start), np.zeros(extra)])

    def _examined(self, top):
        """A parameter uncertain by a factor of e¹⁰ has not been found, whatever the slope says."""
        if top.problem:
            return top
        spread = np.diag(np.linalg.inv(-top.hessian))[: len(self.names)]
        return replace(top, problem="boundary") if spread.max() > WIDEST**2 else top

    def _warn(self, top):
        far = np.argmax(np.abs(top.point[: len(self.names)]))
        where = f"{self.param_names[far]} is {self._from_theta(top.point)[far]:.3g}"
        mend = MENDS[top.problem].format(where=where, passes=top.passes)
        warnings.warn(f"{self.title}: {mend}", ConvergenceWarning, stacklevel=3)

    def _results(self, top):
        raise NotImplementedError
