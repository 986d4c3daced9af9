"""Data that has a paper's means, standard deviations and correlations exactly."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count
from ckmlab.studies.matrices import read_correlation

__all__ = ["simulate_exact"]


def simulate_exact(correlation, n, means=None, sds=None, seed=None):
    r"""Simulate n rows whose *sample* moments equal the printed ones, not only on average.

    Whatever rests on means, standard deviations and correlations alone (regression, path models,
    factor analysis) comes out of these rows as it came out of the lost data. What rests on
    anything else (item covariances, outliers, skewness) does not.

    Standard normal rows Z are centred and whitened to sample covariance I, then

    .. math:: X = 1 \mu' + Z L' \operatorname{diag}(\sigma), \qquad L L' = R

    Parameters
    ----------
    correlation : pandas.DataFrame or array-like, shape (p, p)
        The printed correlation matrix; one triangle is enough.
    n : int
        Rows, the paper's sample size; more than p.
    means, sds : mapping, pandas.Series or sequence of float, optional
        Means (0 by default) and standard deviations (1 by default; divisor n − 1).
    seed : int
        Same seed, same rows; another seed, other rows with the same moments. Must be given.

    Returns
    -------
    pandas.DataFrame
        Shape (n, p).

    Raises
    ------
    ImpossibleCorrelation
        If no data can have this matrix; its ``nearest`` is one that data can have.
    TypeError
        If there is no seed.
    ValueError
        If n is too small, or a standard deviation is not above 0.

    Examples
    --------
    >>> rows = simulate_exact([[1, 0.3], [0.3, 1]], 50, means=[5, 6], sds=[1, 2], seed=1)
    >>> rows.mean().round(10).tolist(), rows.std().round(10).tolist()
    ([5.0, 6.0], [1.0, 2.0])
    >>> round(float(rows.corr().iloc[0, 1]), 10)
    0.3
    """
    if seed is None:
        raise TypeError("simulate_exact draws rows at random; give seed=…")
    matrix = read_correlation(correlation, where="simulate_exact")
    n = check_count("n", n, least=len(matrix) + 1)
    centre = moments("means", means, matrix.columns, 0.0)
    spread = moments("sds", sds, matrix.columns, 1.0)
    if (spread <= 0).any():
        raise ValueError(f"sds holds {spread.min():g}; a standard deviation is above 0")
    noise = np.random.default_rng(seed).standard_normal((n, len(matrix)))
    noise -= noise.mean(axis=0)
    # Whitening by the triangular factor rather than by eigenvectors: no sign is left to chance.
    factor = np.linalg.cholesky(np.cov(noise, rowvar=False, ddof=1).reshape(matrix.shape))
    white = np.linalg.solve(factor, noise.T).T
    rows = white @ np.linalg.cholesky(matrix.to_numpy()).T * spread + centre
    return pd.DataFrame(rows, columns=matrix.columns)


def moments(name, values, variables, default):
    """Means or standard deviations in the matrix's order, as an array."""
    if values is None:
        return np.full(len(variables), default)
    if hasattr(values, "keys"):
        missing = [variable for variable in variables if variable not in values.keys()]  # noqa: SIM118
        if missing:
            raise KeyError(f"{name} lacks {missing}; give one for each of {list(variables)}")
        values = [values[variable] for variable in variables]
    array = np.asarray(values, dtype=float)
    if array.shape != (len(variables),) or not np.isfinite(array).all():
        raise ValueError(
            f"{name} needs {len(variables)} finite numbers, one for each of {list(variables)}"
        )
    return array
