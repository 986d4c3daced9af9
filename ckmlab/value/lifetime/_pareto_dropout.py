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
    last, n, m = rows.recency, rows.weights, p["r"] + rows.frequency
    rest = (alpha / (alpha + last) / growth[0], beta / (beta + last) / growth[2])
    share = np.exp(-m * growth[1] - s * growth[3])
    share *= weight
    share *= rest[1]
    share *= s / beta
    total = kept + share.sum(axis=0)
    alive = kept / total
    share /= total
    log_alpha, log_beta = np.log1p(last / alpha), np.log1p(last / beta)
    value = np.log(total) - r * log_alpha - s * log_beta - rows.frequency * np.log(alpha + last)

    gone = _scores(p, m, growth[1] + log_alpha, rest[0], growth[3] + log_beta, rest[1], 1)
    now = rows.T
    still_rest = (alpha / (alpha + now), beta / (beta + now))
    logs = (np.log1p(now / alpha), np.log1p(now / beta))
    living = _scores(p, m, logs[0], still_rest[0], logs[1], still_rest[1], 0)

    weighted = gone * share
    mean = weighted.sum(axis=1) + living * alive
    weighted *= n
    hessian = np.einsum("ikj,lkj->il", weighted, gone)
    hessian += np.einsum("ij,lj->il", living * (alive * n), living)
    hessian -= np.einsum("ij,lj->il", mean * n, mean)
    gradient = mean @ n
    hessian += _mean_hessian(p, m, n, gradient, (share, *rest), (alive, *still_rest))
    return value @ n, gradient, hessian


def _scores(p, m, log_alpha, rest_alpha, log_beta, rest_beta, gone):
    """Derivatives of a story's log-likelihood in the log-parameters.

    The logarithms are ln((α + τ) / α) and ln((β + τ) / β), the rests α / (α + τ) and β / (β + τ);
    ``gone`` is 1 for a story that ends with dropout at τ, 0 for one that goes on.
    """
    scores = np.empty((4, *rest_alpha.shape))
    scores[0] = -p["r"] * log_alpha
    scores[1] = p["r"] - m * rest_alpha
    scores[2] = gone - p["s"] * log_beta
    scores[3] = p["s"] - (p["s"] + gone) * rest_beta
    return scores


def _mean_hessian(p, m, n, gradient, gone, living):
    """Mean over the stories of their second derivatives, summed over the rows.

    ``gone`` and ``living`` hold shares and rests; all that is needed are the means of the rests
    and of rest · (1 − rest).
    """
    r, s = p["r"], p["s"]
    share, rest_alpha, rest_beta = gone
    alive, still_alpha, still_beta = living
    one_alpha = (share * rest_alpha).sum(axis=0)
    one_beta = (share * rest_beta).sum(axis=0)
    bend_alpha = one_alpha - (share * rest_alpha**2).sum(axis=0)
    bend_beta = one_beta - (share * rest_beta**2).sum(axis=0)
    bend_alpha = m * (bend_alpha + alive * still_alpha * (1 - still_alpha))
    bend_beta = (s + 1) * bend_beta + s * alive * still_beta * (1 - still_beta)
    cross_alpha = r * (n @ (1 - one_alpha - alive * still_alpha))
    cross_beta = s * (n @ (1 - one_beta - alive * still_beta))
    return np.array(
        [
            [gradient[0], cross_alpha, 0, 0],
            [cross_alpha, -(n @ bend_alpha), 0, 0],
            [0, 0, gradient[2] - n @ (1 - alive), cross_beta],
            [0, 0, cross_beta, -(n @ bend_beta)],
        ]
    )
