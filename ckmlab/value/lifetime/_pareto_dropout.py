"""Likelihood of the Pareto/NBD as a mixture of stories that all fit the purchases seen.

After the last purchase at t_x a customer either is alive at T and did not buy (chance ``kept``,
relative to what was possible at t_x), or dropped out at some moment between (density integrated by
quadrature). A mixture's score is the mean of its stories' scores, and its Hessian their mean
Hessian plus the covariance of their scores: so gradient and Hessian cost one pass over the nodes.
"""

import numpy as np

from ckmlab.value.lifetime._rising import TailCounts, log_rising
from ckmlab.value.lifetime._waiting_integral import nodes

__all__ = ["log_odds_gone", "loglike_each", "objective"]

NAMES = ("r", "alpha", "s", "beta")
CHUNK = 4096  # rows; their nodes fit the processor's cache


def log_odds_gone(p, x, recency, age):
    """Log-odds that a customer has dropped out by T."""
    gone = np.empty(len(x))
    for rows in _pieces(len(x)):
        gone[rows] = _log_gone(p, x[rows], recency[rows], age[rows])
    return gone - _log_kept(p, x, recency, age)


def loglike_each(p, columns):
    """Log-likelihood of each history, accurate for extreme parameters.

    Parameters
    ----------
    p : dict
        ``r, alpha, s, beta``.
    columns : dict
        ``frequency, recency, T``.
    """
    x, recency, age = columns["frequency"], columns["recency"], columns["T"]
    r, alpha, s, beta = (p[name] for name in NAMES)
    total = np.empty(len(x))
    for rows in _pieces(len(x)):
        gone = _log_gone(p, x[rows], recency[rows], age[rows])
        kept = _log_kept(p, x[rows], recency[rows], age[rows])
        total[rows] = np.logaddexp(kept, gone)
    total += log_rising(r, x) - r * np.log1p(recency / alpha) - s * np.log1p(recency / beta)
    total -= np.where(x > 0, x * np.log(alpha + recency), 0.0)
    # Without a purchase the likelihood may be near 1: the chance of the opposite keeps its digits.
    none = np.flatnonzero(x == 0)
    zero = np.zeros(len(none))
    bought = np.exp(_log_integral(zero + r + 1, zero + s, alpha, beta, zero, age[none]))
    bought *= r / alpha
    sure = bought < 0.5
    total[none[sure]] = np.log1p(-bought[sure])
    return total


def _pieces(n):
    return (slice(i, min(i + CHUNK, n)) for i in range(0, n, CHUNK))


def _log_kept(p, x, recency, age):
    wait = age - recency
    buying = (p["r"] + x) * np.log1p(wait / (p["alpha"] + recency))
    return -buying - p["s"] * np.log1p(wait / (p["beta"] + recency))


def _log_gone(p, x, recency, age):
    r, alpha, s, beta = (p[name] for name in NAMES)
    integral = _log_integral(r + x, np.full(len(x), s + 1), alpha, beta, recency, age)
    return integral + np.log(s) - np.log(beta + recency)


def _log_integral(k_alpha, k_beta, alpha, beta, start, end):
    """Log of the integral that ``_waiting_integral`` describes."""
    total = np.zeros(len(start))
    for rows, grown_alpha, grown_beta, weight in nodes(k_alpha, k_beta, alpha, beta, start, end):
        fall = k_alpha[rows, None] * grown_alpha + k_beta[rows, None] * grown_beta
        total[rows] = (weight * np.exp(-fall)).sum(axis=1)
    with np.errstate(divide="ignore"):
        return np.log(total)


def objective(rows):
    """Log-parameters → log-likelihood, gradient and Hessian, summed over the rows."""
    buys = TailCounts(rows.frequency, rows.weights)

    def evaluate(theta):
        p = dict(zip(NAMES, np.exp(theta), strict=True))
        value, first, second = buys.sums(p["r"])
        gradient = np.array([p["r"] * first, 0.0, 0.0, 0.0])
        hessian = np.diag([p["r"] * first + p["r"] ** 2 * second, 0.0, 0.0, 0.0])
        for chunk in rows.chunks(CHUNK):
            for part in _stories(p, chunk):
                value += part[0]
                gradient += part[1]
                hessian += part[2]
        return value, gradient, hessian

    return evaluate


def _stories(p, rows):
    """Value, gradient and Hessian of groups of rows that need equally many nodes."""
    x, recency, age = rows.frequency, rows.recency, rows.T
    r, alpha, s, beta = (p[name] for name in NAMES)
    m = r + x
    k_beta = np.full(len(x), s + 1)
    for chosen, grown_alpha, grown_beta, weight in nodes(m, k_beta, alpha, beta, recency, age):
        last, wait = recency[chosen], age[chosen] - recency[chosen]
        # One more story beside the nodes: alive at T.
        grown_alpha = _append(grown_alpha, np.log1p(wait / (alpha + last)))
        grown_beta = _append(grown_beta, np.log1p(wait / (beta + last)))
        still = _append(np.zeros_like(weight), np.ones(len(chosen)))
        rest_beta = beta / (beta + last)[:, None] * np.exp(-grown_beta)  # β / (β + τ)
        share = np.exp(-m[chosen, None] * grown_alpha - s * grown_beta)
        share *= _append(weight * (s / beta) * rest_beta[:, :-1], np.ones(len(chosen)))
        total = share.sum(axis=1)
        share /= total[:, None]
        log_alpha, log_beta = np.log1p(last / alpha), np.log1p(last / beta)
        value = np.log(total) - r * log_alpha - s * log_beta - x[chosen] * np.log(alpha + last)
        rest_alpha = alpha / (alpha + last)[:, None] * np.exp(-grown_alpha)
        grown_alpha += log_alpha[:, None]
        grown_beta += log_beta[:, None]
        moments = (grown_alpha, rest_alpha, grown_beta, rest_beta, 1 - still)
        yield _mixture(p, m[chosen], rows.weights[chosen], value, share, moments)


def _append(table, column):
    return np.concatenate([table, column[:, None]], axis=1)


def _mixture(p, m, n, value, share, moments):
    """Mean and covariance of the stories' scores, and their mean Hessian, over all rows."""
    r, s = p["r"], p["s"]
    grown_alpha, rest_alpha, grown_beta, rest_beta, gone = moments
    scores = np.stack(
        [
            -r * grown_alpha,
            r - m[:, None] * rest_alpha,
            gone - s * grown_beta,
            s - (s + gone) * rest_beta,
        ]
    )
    mean = np.einsum("ijk,jk->ij", scores, share)
    weighted = scores * np.sqrt(share * n[:, None])
    flat = weighted.reshape(4, -1)
    hessian = flat @ flat.T - (mean * n) @ mean.T
    by_node = share * n[:, None]
    hessian[0, 0] -= r * np.vdot(by_node, grown_alpha)
    hessian[2, 2] -= s * np.vdot(by_node, grown_beta)
    cross_alpha = r * np.vdot(by_node, 1 - rest_alpha)
    cross_beta = s * np.vdot(by_node, 1 - rest_beta)
    hessian[0, 1] += cross_alpha
    hessian[1, 0] += cross_alpha
    hessian[2, 3] += cross_beta
    hessian[3, 2] += cross_beta
    bend_alpha, bend_beta = rest_alpha * (1 - rest_alpha), rest_beta * (1 - rest_beta)
    hessian[1, 1] -= np.vdot(by_node * m[:, None], bend_alpha)
    hessian[3, 3] -= np.vdot(by_node * (s + gone), bend_beta)
    return value @ n, mean @ n, hessian
