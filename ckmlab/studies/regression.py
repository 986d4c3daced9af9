"""Regression when all that is left of the data is a correlation matrix."""

from functools import cached_property

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count
from ckmlab.studies.matrices import read_correlation
from ckmlab.studies.simulation import moments, simulate_exact

__all__ = ["CorrelationRegression", "ols_from_correlation"]


def ols_from_correlation(correlation, outcome, predictors, *, n=None, means=None, sds=None):
    r"""Ordinary least squares from a correlation matrix.

    .. math:: \hat\beta = R_{xx}^{-1} r_{xy}, \qquad R^2 = \hat\beta' r_{xy}

    Partial least squares papers print structural paths that are exactly these coefficients of the
    construct scores, so a printed construct correlation matrix is enough to run them again.

    Parameters
    ----------
    correlation : pandas.DataFrame or array-like, shape (p, p)
        The printed matrix; may hold more variables than are used.
    outcome : str
        The dependent variable.
    predictors : list of str
        The independent ones.
    n : int, optional
        Sample size. Without it there are coefficients and R², but no standard errors.
    means, sds : mapping or sequence, optional
        With standard deviations the coefficients are in the variables' units; with means too, the
        intercept is meaningful.

    Returns
    -------
    CorrelationRegression

    Raises
    ------
    KeyError
        If the matrix lacks a variable.
    ImpossibleCorrelation
        If no data can have this matrix.

    Examples
    --------
    >>> R = pd.DataFrame([[1, .5, .4], [.5, 1, .3], [.4, .3, 1]], columns=["y", "a", "b"])
    >>> fit = ols_from_correlation(R, "y", ["a", "b"], n=120)
    >>> fit.params.round(4).to_dict(), round(fit.rsquared, 4)
    ({'a': 0.4176, 'b': 0.2747}, 0.3187)
    >>> fit.bse.round(4).to_dict()
    {'a': 0.08, 'b': 0.08}
    """
    matrix = read_correlation(correlation, where="ols_from_correlation")
    predictors = [predictors] if isinstance(predictors, str) else list(predictors)
    for name in [outcome, *predictors]:
        if name not in matrix.columns:
            raise KeyError(f"the matrix has no variable {name!r}; it has {list(matrix.columns)}")
    if not predictors or outcome in predictors or len(set(predictors)) < len(predictors):
        raise ValueError(f"predictors {predictors} must be distinct and without {outcome!r}")
    if n is not None:
        n = check_count("n", n, least=len(matrix) + 1)
    centre = pd.Series(moments("means", means, matrix.columns, 0.0), index=matrix.columns)
    spread = pd.Series(moments("sds", sds, matrix.columns, 1.0), index=matrix.columns)
    used = [outcome, *predictors]
    return CorrelationRegression(matrix.loc[used, used], n, centre[used], spread[used])


class CorrelationRegression:
    """A regression computed from moments; with a sample size, statsmodels' results too.

    Parameters
    ----------
    correlation : pandas.DataFrame
        Outcome first, then the predictors.
    n : int or None
        Sample size.
    means, sds : pandas.Series
        Moments in the same order.

    Attributes
    ----------
    params : pandas.Series
        Slopes; standardised unless standard deviations were given.
    rsquared : float
        Share of variance explained.
    contributions : pandas.Series
        β·r of each predictor; they add up to R² and may be negative.
    """

    def __init__(self, correlation, n, means, sds):
        self.correlation, self.n, self.means, self.sds = correlation, n, means, sds
        self.outcome, *self.predictors = correlation.columns
        crossed = correlation.loc[self.predictors, self.outcome]
        among = correlation.loc[self.predictors, self.predictors]
        standardised = pd.Series(np.linalg.solve(among, crossed), index=self.predictors)
        self.contributions = standardised * crossed
        self.rsquared = float(self.contributions.sum())
        self.params = standardised * sds[self.outcome] / sds[self.predictors]

    @cached_property
    def results(self):
        """The ``OLS`` results of statsmodels, intercept included, on rows with these moments.

        Every test that statsmodels offers is at hand here; which rows were simulated does not
        matter, because the tests depend on the moments alone. What rests on single rows
        (residual plots, robust errors) is not the paper's.
        """
        from statsmodels.api import OLS, add_constant

        if self.n is None:
            raise ValueError("standard errors and tests need the sample size: give n=…")
        rows = simulate_exact(self.correlation, self.n, self.means, self.sds, seed=0)
        return OLS(rows[self.outcome], add_constant(rows[self.predictors])).fit()

    @property
    def bse(self):
        """Standard errors of the slopes."""
        return self.results.bse[self.predictors]

    @property
    def tvalues(self):
        """Student's t of the slopes."""
        return self.results.tvalues[self.predictors]

    @property
    def pvalues(self):
        """Two-sided p-values of the slopes."""
        return self.results.pvalues[self.predictors]

    @property
    def cov_params(self):
        """Covariance matrix of the slopes."""
        return self.results.cov_params().loc[self.predictors, self.predictors]

    def conf_int(self, confidence=0.95):
        """Intervals of the slopes, columns ``low`` and ``high``."""
        ends = self.results.conf_int(alpha=1 - confidence).loc[self.predictors]
        return ends.set_axis(["low", "high"], axis=1)

    def summary(self):
        """The summary of statsmodels; its residual diagnostics belong to simulated rows."""
        return self.results.summary(slim=True)
