"""Quadrature over the unseen moment of dropout, accurate for any parameters of the Pareto/NBD.

The likelihood needs integrals over τ in (t_x, T] of

    ((α + t_x) / (α + τ))^k_α · ((β + t_x) / (β + τ))^k_β .

Closed forms with 2F1 overflow or cancel. In v = ln((c + τ) / (c + t_x)), c the smaller of α and β,
the integrand is log-concave and analytic in a strip of half-width π, so that a few Gauss-Legendre
nodes are exact to twelve digits: eight where it is nearly flat, panels of sixteen elsewhere, up to
where nothing is left of it. Every term is positive: nothing cancels.
"""

import numpy as np

__all__ = ["nodes"]

FEW, MANY = (np.polynomial.legendre.leggauss(n) for n in (8, 16))
NEGLIGIBLE = 40.0  # e-folds below the start
FLAT_LENGTH, FLAT_FALL = 2.0, 4.0  # what eight nodes master: length in v, e-folds
PANEL_LENGTH, PANEL_FALL = 4.0, 20.0  # what sixteen nodes master


def nodes(k_alpha, k_beta, alpha, beta, start, end):
    """Where to evaluate the integrand, for groups of rows that need equally many nodes.

    Parameters
    ----------
    k_alpha, k_beta : numpy.ndarray
        Exponents, shape (n,).
    alpha, beta : float
        Shifts, above 0.
    start, end : numpy.ndarray
        Limits t_x and T, shape (n,).

    Yields
    ------
    tuple
        Row numbers (m,), and arrays (m, nodes): ln((α + τ) / (α + t_x)),
        ln((β + τ) / (β + t_x)), and the weight of each node in time units.
    """
    alpha_near = alpha <= beta
    near, far = (alpha, beta) if alpha_near else (beta, alpha)
    k_near, k_far = (k_alpha, k_beta) if alpha_near else (k_beta, k_alpha)
    ratio = (near + start) / (far + start)
    length = np.log1p((end - start) / (near + start))
    length = _shortened(length, k_near, k_far, ratio)
    steepest = np.maximum(
        np.abs(_slope(np.zeros_like(length), k_near, k_far, ratio)),
        np.abs(_slope(length, k_near, k_far, ratio)),
    )
    fall = length * steepest
    panels = np.ceil(np.maximum(length / PANEL_LENGTH, fall / PANEL_FALL)).astype(np.int64)
    panels[(length <= FLAT_LENGTH) & (fall <= FLAT_FALL)] = 0
    for number in np.unique(panels):
        rows = np.flatnonzero(panels == number)
        at, weight = _rule(int(number))
        log_near = length[rows, None] * at
        grown = np.expm1(log_near)
        log_far = np.log1p(ratio[rows, None] * grown)
        weight = (length[rows] * (near + start[rows]))[:, None] * weight * (1 + grown)
        yield rows, *((log_near, log_far) if alpha_near else (log_far, log_near)), weight


def _rule(panels):
    """Nodes and weights on (0, 1): eight nodes for zero panels, else sixteen in each."""
    at, weight = MANY if panels else FEW
    panels = max(panels, 1)
    at = (np.arange(panels)[:, None] + (at + 1) / 2) / panels
    return at.ravel(), np.tile(weight / 2 / panels, panels)


def _slope(v, k_near, k_far, ratio):
    """Derivative of the logarithm of the integrand in v; it falls with v."""
    grown = np.exp(v)
    return 1 - k_near - k_far * ratio * grown / (1 - ratio + ratio * grown)


def _level(v, k_near, k_far, ratio):
    return (1 - k_near) * v - k_far * np.log1p(ratio * np.expm1(v))


def _shortened(length, k_near, k_far, ratio):
    """Cut the range where the integrand has become negligible.

    Newton's tangent of a concave function lies above it, so that every step from the right stays
    on the right of the root: whenever we stop, nothing is lost.
    """
    length = length.copy()
    rows = np.flatnonzero(_level(length, k_near, k_far, ratio) < -NEGLIGIBLE - 1)
    for _ in range(80):
        if not len(rows):
            break
        row = (k_near[rows], k_far[rows], ratio[rows])
        excess = _level(length[rows], *row) + NEGLIGIBLE
        length[rows] -= excess / _slope(length[rows], *row)
        rows = rows[_level(length[rows], *row) < -NEGLIGIBLE - 1]
    return length
