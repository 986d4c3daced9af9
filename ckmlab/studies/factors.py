"""Factor analysis when only the correlation matrix is printed."""

from ckmlab.arguments import check_count, choose
from ckmlab.studies.matrices import read_correlation

__all__ = ["factor_analysis"]

ROTATIONS = ["varimax", "quartimax", "oblimin", "promax"]


def factor_analysis(correlation, n_factors, *, n=None, method="ml", rotation=None):
    r"""Fit a common factor model to a correlation matrix, with statsmodels.

    .. math:: R \approx \Lambda \Lambda' + \Psi

    Parameters
    ----------
    correlation : pandas.DataFrame or array-like, shape (p, p)
        The printed matrix.
    n_factors : int
        Number of factors, below p.
    n : int, optional
        Sample size, for standard errors and tests of the fit.
    method : {"ml", "pa"}
        Maximum likelihood or principal axes.
    rotation : {"varimax", "quartimax", "oblimin", "promax"}, optional
        How to turn the factors.

    Returns
    -------
    statsmodels.multivariate.factor.FactorResults
        ``loadings``, ``uniqueness``, ``communality``, ``summary()``, …

    Raises
    ------
    ImpossibleCorrelation
        If no data can have this matrix.
    ValueError
        If there are too many factors.

    References
    ----------
    Lawley, D. N. & Maxwell, A. E. (1971). Factor Analysis as a Statistical Method.

    Examples
    --------
    >>> import pandas as pd
    >>> R = pd.DataFrame([[1, .56, .48], [.56, 1, .42], [.48, .42, 1]], columns=list("abc"))
    >>> abs(factor_analysis(R, 1).loadings).round(3).ravel().tolist()
    [0.8, 0.7, 0.6]
    """
    from statsmodels.multivariate.factor import Factor

    matrix = read_correlation(correlation, where="factor_analysis")
    choose("method", method, ["ml", "pa"])
    n_factors = check_count("n_factors", n_factors, least=1)
    if n_factors >= len(matrix):
        raise ValueError(f"{n_factors} factors for {len(matrix)} variables; ask for fewer")
    model = Factor(
        corr=matrix.to_numpy(), n_factor=n_factors, method=method, nobs=n,
        endog_names=list(matrix.columns),
    )  # fmt: skip
    results = model.fit()
    if rotation is not None:
        results.rotate(choose("rotation", rotation, ROTATIONS))
    return results
