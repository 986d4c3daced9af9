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
    names = list(matrix.columns)
    for name in [outcome, *predictors]:
        if name not in names:
            raise KeyError(f"the matrix has no variable {name!r}; it has {names}")
    if not predictors or outcome in predictors or len(set(predictors)) < len(predictors):
        raise ValueError(f"predictors {predictors} must be distinct and without {outcome!r}")
    if n is not None:
        n = check_count("n", n, least=len(matrix) + 1)
    used = [names.index(name) for name in [outcome, *predictors]]
    return CorrelationRegression(
        [outcome, *predictors],
        matrix.to_numpy()[np.ix_(used, used)],
        n,
        moments("means", means, names, 0.0)[used],
        moments("sds", sds, names, 1.0)[used],
    )


class CorrelationRegression:
    """A regression computed from moments; with a sample size, statsmodels' results too.

    Parameters
    ----------
    names : list of str
        Outcome first, then the predictors.
    correlation : numpy.ndarray
        Their correlations, in the same order.
    n : int or None
        Sample size.
    means, sds : numpy.ndarray
        Their moments.

    Attributes
    ----------
    params : pandas.Series
        Slopes; standardised unless standard deviations were given.
    rsquared : float
        Share of variance explained.
    contributions : pandas.Series
        β·r of each predictor; they add up to R² and may be negative.
    """

    def __init__(self, names, correlation, n, means, sds):
        self.correlation, self.n, self.means, self.sds = correlation, n, means, sds
        self.outcome, *self.predictors = names
        slopes = np.linalg.solve(correlation[1:, 1:], correlation[1:, 0])
        self.contributions = pd.Series(slopes * correlation[1:, 0], index=self.predictors)
        self.rsquared = float(slopes @ correlation[1:, 0])
        self.params = pd.Series(slopes * sds[0] / sds[1:], index=self.predictors)

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
        rows.columns = [self.outcome, *self.predictors]
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
        """Intervals of the slopes.

        Parameters
        ----------
        confidence : float, default 0.95
            Level of the intervals.

        Returns
        -------
        pandas.DataFrame
            Columns ``low`` and ``high``, one line a predictor.
        """
        ends = self.results.conf_int(alpha=1 - confidence).loc[self.predictors]
        return ends.set_axis(["low", "high"], axis=1)

    def __repr__(self):
        lines = [f"{name}: {value:.4f}" for name, value in self.params.items()]
        return f"{self.outcome} on {', '.join(lines)}; R² = {self.rsquared:.4f}"

    def summary(self):
        """The summary of statsmodels; it treats the rows as drawn with exactly these moments.

        Returns
        -------
        statsmodels.iolib.summary.Summary
            Tables that print themselves.
        """
        return self.results.summary(slim=True)
