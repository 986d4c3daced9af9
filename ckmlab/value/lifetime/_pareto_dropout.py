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
CHUNK = 16_384  # rows


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
    for rows, _, log_alpha, _, log_beta, weight in nodes(k_alpha, k_beta, alpha, beta, start, end):
        fall = k_alpha[rows] * log_alpha + k_beta[rows] * log_beta
        total[rows] = (weight * np.exp(-fall)).sum(axis=0)
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
    m, s = p["r"] + rows.frequency, p["s"]
    k_beta = np.full(len(m), s + 1)
    for chosen, *growth, weight in nodes(m, k_beta, p["alpha"], p["beta"], rows.recency, rows.T):
        part = rows.part(chosen)
        kept = np.exp(_log_kept(p, part.frequency, part.recency, part.T))
        yield _mixture(p, part, kept, growth, weight)


def _mixture(p, rows, kept, growth, weight):
    """Sums over the rows; each row mixes one living story with one for each node.

    ``growth`` holds (α + τ) / (α + t_x), its logarithm, and the same for β.
    """
    r, alpha, s, beta = (p[name] for name in NAMES)
    x, last, age, n = rows.frequency, rows.recency, rows.T, rows.weights
    m = r + x
    rest_alpha = alpha / (alpha + last) / growth[0]  # α / (α + τ)
    rest_beta = beta / (beta + last) / growth[2]
    share = np.exp(-m * growth[1] - s * growth[3])
    share *= weight
    share *= rest_beta
    share *= s / beta
    total = kept + share.sum(axis=0)
    alive = kept / total
    share /= total
    log_alpha, log_beta = np.log1p(last / alpha), np.log1p(last / beta)
    value = np.log(total) - r * log_alpha - s * log_beta - x * np.log(alpha + last)

    scores = np.empty((4, *share.shape))
    scores[0] = -r * (growth[1] + log_alpha)
    scores[1] = r - m * rest_alpha
    scores[2] = 1 - s * (growth[3] + log_beta)
    scores[3] = s - (s + 1) * rest_beta
    living_alpha, living_beta = alpha / (alpha + age), beta / (beta + age)
    living = np.stack(
        [
            -r * np.log1p(age / alpha),
            r - m * living_alpha,
            -s * np.log1p(age / beta),
            s - s * living_beta,
        ]
    )
    weighted = scores * share
    mean = weighted.sum(axis=1) + living * alive
    weighted *= n
    hessian = np.einsum("ikj,lkj->il", weighted, scores)
    hessian += np.einsum("ij,lj->il", living * (alive * n), living)
    hessian -= np.einsum("ij,lj->il", mean * n, mean)

    # The mean Hessian of the stories, from the means of the rests and their squares.
    one_alpha = (share * rest_alpha).sum(axis=0)
    two_alpha = (share * rest_alpha**2).sum(axis=0)
    one_beta = (share * rest_beta).sum(axis=0)
    two_beta = (share * rest_beta**2).sum(axis=0)
    bend_alpha = m * (one_alpha - two_alpha + alive * living_alpha * (1 - living_alpha))
    bend_beta = (s + 1) * (one_beta - two_beta) + s * alive * living_beta * (1 - living_beta)
    cross_alpha = n @ (1 - one_alpha - alive * living_alpha) * r
    cross_beta = n @ (1 - one_beta - alive * living_beta) * s
    gradient = mean @ n
    hessian += [
        [gradient[0], cross_alpha, 0, 0],
        [cross_alpha, -(n @ bend_alpha), 0, 0],
        [0, 0, gradient[2] - n @ (1 - alive), cross_beta],
        [0, 0, cross_beta, -(n @ bend_beta)],
    ]
    return value @ n, gradient, hessian
