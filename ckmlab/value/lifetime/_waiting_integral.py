"""Quadrature over the unseen moment of dropout, accurate for any parameters of the Pareto/NBD.

The likelihood needs integrals over τ in (t_x, T] of

    ((α + t_x) / (α + τ))^k_α · ((β + t_x) / (β + τ))^k_β .

Closed forms with 2F1 overflow or cancel. In v = ln((c + τ) / (c + t_x)), c the smaller of α and β,
the integrand is log-concave and analytic in a strip of half-width π, so that a few Gauss-Legendre
nodes are exact to twelve digits: five where it is nearly flat, panels of sixteen where it is steep,
up to where nothing is left of it. Every term is positive: nothing cancels.
"""

from functools import cache

import numpy as np

__all__ = ["nodes"]

NEGLIGIBLE = 40.0  # e-folds below the start
# Nodes of a Gauss-Legendre rule, and what it masters to twelve digits: length in v, and e-folds.
RULES = ((5, 0.7, 1.0), (8, 2.0, 4.0), (12, 3.0, 10.0), (16, 4.0, 20.0))
PIECE = 16_384  # nodes that fit the processor's cache


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
        Row numbers (m,), and arrays (nodes, m): the growth (α + τ) / (α + t_x) and its logarithm,
        the same for β, and the weight of each node in time units.
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
    rule = _choose_rule(length, length * steepest)
    for number in np.unique(rule):
        at, weights = _rule(int(number))
        for rows in _pieces(np.flatnonzero(rule == number), PIECE // len(at)):
            log_near = at[:, None] * length[rows]
            grown = np.expm1(log_near)
            near_part = (grown + 1, log_near)
            grown = ratio[rows] * grown
            far_part = (grown + 1, np.log1p(grown))
            weight = near_part[0] * (length[rows] * (near + start[rows]))
            weight *= weights[:, None]
            parts = (near_part, far_part) if alpha_near else (far_part, near_part)
            yield rows, *parts[0], *parts[1], weight


def _pieces(rows, size):
    size = max(size, 1)
    return (rows[i : i + size] for i in range(0, len(rows), size))


def _choose_rule(length, fall):
    """The smallest rule that will do, counted from 0; panels of the largest beyond."""
    _, longest, steepest = RULES[-1]
    panels = np.maximum(np.ceil(np.maximum(length / longest, fall / steepest)), 1)
    rule = len(RULES) - 2 + panels.astype(np.int64)
    for number, (_, longest, steepest) in reversed(list(enumerate(RULES[:-1]))):
        rule[(length <= longest) & (fall <= steepest)] = number
    return rule


@cache
def _rule(number):
    """Nodes and weights on (0, 1) of a rule, or of several panels of the largest."""
    panels = max(number - len(RULES) + 2, 1)
    at, weight = np.polynomial.legendre.leggauss(RULES[min(number, len(RULES) - 1)][0])
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
