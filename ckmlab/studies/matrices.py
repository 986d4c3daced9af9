"""Correlation matrices as papers print them: read, checked, and mended where they cannot be."""

import numpy as np
import pandas as pd

from ckmlab.studies.rounding import read_printed

__all__ = ["ImpossibleCorrelation", "from_triangle", "nearest_correlation", "read_correlation"]

SYMMETRY = 1e-8
#: Smallest eigenvalue of a mended matrix, so that it can be factored safely.
FLOOR = 1e-7


class ImpossibleCorrelation(ValueError):
    """No data can have this correlation matrix: it is not positive definite.

    Parameters
    ----------
    message : str
        What is wrong.
    nearest : pandas.DataFrame
        The nearest matrix that data can have.
    """

    def __init__(self, message, nearest):
        super().__init__(message)
        self.nearest = nearest


def read_correlation(correlation, *, where="read_correlation", definite=True):
    """A correlation matrix as a full, checked frame.

    Parameters
    ----------
    correlation : pandas.DataFrame or array-like, shape (p, p)
        Full, or one triangle with the other left empty (NaN). A frame's index is replaced by its
        column names; an array's variables are called ``x1``, ``x2``, …
    where : str
        The caller's name, for messages.
    definite : bool, default True
        Whether to refuse a matrix that no data can have.

    Returns
    -------
    pandas.DataFrame
        Symmetric, with ones on the diagonal.

    Raises
    ------
    ImpossibleCorrelation
        If the matrix is not positive definite; its ``nearest`` is a matrix that is.
    ValueError
        If the matrix is not square, has entries beyond ±1, a diagonal that is not 1, gaps in both
        triangles, or two triangles that differ.

    Examples
    --------
    >>> read_correlation([[1, None], [0.3, 1]]).round(1).values.tolist()
    [[1.0, 0.3], [0.3, 1.0]]
    """
    values, names = _square(correlation, where)
    values = _filled(values, names, where)
    odd = np.argwhere(np.abs(values) > 1 + SYMMETRY)
    if len(odd):
        row, column = odd[0]
        raise ValueError(
            f"{where}: the correlation of {names[row]!r} and {names[column]!r} is "
            f"{values[row, column]:g}; a correlation lies between -1 and 1"
        )
    full = pd.DataFrame(values, index=names, columns=names)
    smallest = np.linalg.eigvalsh(values)[0]
    if definite and smallest <= 1e-12:
        raise _impossible(full, smallest, where)
    return full


def from_triangle(values, names):
    """A full matrix from the triangle below the diagonal, as papers print it.

    Parameters
    ----------
    values : sequence
        Row by row below the diagonal, nested or flat; numbers or printed text.
    names : list of str
        The variables.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> from_triangle([[".75"], [".74", ".52"]], ["a", "b", "c"]).loc["b", "c"].item()
    0.52
    """
    flat = [value for row in values for value in np.ravel(np.asarray(row, dtype=object))]
    size = len(names)
    if len(flat) != size * (size - 1) // 2:
        raise ValueError(
            f"{size} variables have {size * (size - 1) // 2} correlations, got {len(flat)}"
        )
    full = np.eye(size)
    full[np.tril_indices(size, -1)] = [read_printed(value).value for value in flat]
    full = np.where(np.tri(size, dtype=bool), full, full.T)
    return pd.DataFrame(full, index=list(names), columns=list(names))


def nearest_correlation(correlation, *, within=np.inf, floor=FLOOR, max_rounds=5000):
    """The nearest matrix that data can have, in the sense of least squared change.

    Alternating projections with Dykstra's correction (Higham 2002): onto the matrices whose
    eigenvalues are at least ``floor``, and onto those with ones on the diagonal.

    Parameters
    ----------
    correlation : pandas.DataFrame or array-like, shape (p, p)
        The printed matrix.
    within : float or array-like of shape (p, p), optional
        Largest change of each entry, such as half a unit of its last printed digit. Where no valid
        matrix lies that near, the result is as near as can be and exceeds it.
    floor : float
        Smallest eigenvalue of the result.
    max_rounds : int
        Most rounds of projections.

    Returns
    -------
    pandas.DataFrame

    References
    ----------
    Higham, N. J. (2002). Computing the nearest correlation matrix, a problem from finance.

    Examples
    --------
    >>> nearest_correlation([[1, 1, 0], [1, 1, 1], [0, 1, 1]]).round(4).values[0].tolist()
    [1.0, 0.7607, 0.1573]
    """
    printed = read_correlation(correlation, where="nearest_correlation", definite=False)
    boxes = np.broadcast_to(np.asarray(within, dtype=float), printed.shape)
    if not (boxes > 0).all():
        raise ValueError(f"within holds {boxes.min():g}; give changes above 0")
    bounded = np.isfinite(boxes).any()
    start = printed.to_numpy()
    current, correction, apart = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for _ in range(max_rounds):
        valid = _raise_eigenvalues(current - correction, floor)
        correction = valid - (current - correction)
        boxed = np.clip(valid - apart, start - boxes, start + boxes)
        np.fill_diagonal(boxed, 1.0)
        # A box needs its own correction; a plane (the unit diagonal alone) does not.
        apart = boxed - (valid - apart) if bounded else apart
        moved, current = np.abs(boxed - current).max(), boxed
        if moved < 1e-10:
            break
    scale = 1 / np.sqrt(np.diag(valid))
    return pd.DataFrame(
        valid * np.outer(scale, scale), index=printed.index, columns=printed.columns
    )


def _square(correlation, where):
    values = np.asarray(correlation, dtype=object)
    if values.ndim != 2 or values.shape[0] != values.shape[1] or not len(values):
        raise ValueError(f"{where} needs a square correlation matrix, got shape {values.shape}")
    framed = isinstance(correlation, pd.DataFrame)
    names = list(correlation.columns) if framed else [f"x{i + 1}" for i in range(len(values))]
    if len(set(names)) < len(names):
        raise ValueError(f"{where}: a variable appears twice among {names}; rename one")
    index = list(correlation.index) if framed else names
    if index != names and set(index) == set(names):
        raise ValueError(f"{where}: rows are in another order than columns; use .loc to sort them")
    try:
        return values.astype(float), names
    except (TypeError, ValueError):
        raise TypeError(f"{where}: the matrix holds something that is no number") from None


def _filled(values, names, where):
    """The matrix with an empty triangle filled from the other, checked for symmetry."""
    values = np.where(np.isnan(values), values.T, values)
    np.fill_diagonal(values, np.where(np.isnan(np.diag(values)), 1.0, np.diag(values)))
    gaps, skew = np.argwhere(np.isnan(values)), np.argwhere(np.abs(values - values.T) > SYMMETRY)
    if len(gaps):
        first, second = gaps[0]
        raise ValueError(f"{where}: no correlation of {names[first]!r} and {names[second]!r}")
    if len(skew):
        first, second = skew[0]
        raise ValueError(
            f"{where}: {names[first]!r} and {names[second]!r} have {values[first, second]:g} in "
            f"one triangle and {values[second, first]:g} in the other"
        )
    odd = np.argwhere(np.abs(np.diag(values) - 1) > SYMMETRY).ravel()
    if len(odd):
        raise ValueError(
            f"{where}: the diagonal holds {values[odd[0], odd[0]]:g} for {names[odd[0]]!r}; put 1 "
            "there (papers often print √AVE or a reliability in its place)"
        )
    np.fill_diagonal(values, 1.0)
    return (values + values.T) / 2


def _raise_eigenvalues(matrix, floor):
    eigenvalues, vectors = np.linalg.eigh(matrix)
    return (vectors * np.maximum(eigenvalues, floor)) @ vectors.T


def _impossible(printed, smallest, where):
    nearest = nearest_correlation(printed)
    change = np.abs(nearest.to_numpy() - printed.to_numpy())
    row, column = np.unravel_index(change.argmax(), change.shape)
    names = printed.columns
    before, after = printed.iloc[row, column], nearest.iloc[row, column]
    return ImpossibleCorrelation(
        f"{where}: no data can have this correlation matrix (smallest eigenvalue {smallest:.3g}). "
        f"The nearest valid one changes {names[row]!r} and {names[column]!r} most, from "
        f"{before:g} to {after:.3f}: check the print, or use "
        "the exception's .nearest or studies.nearest_correlation(...)",
        nearest,
    )
