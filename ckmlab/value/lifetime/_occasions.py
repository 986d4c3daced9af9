"""Likelihood of the BG/BB as a mixture of stories: gone before some occasion, or still alive.

A customer whose last purchase was at occasion t_x of n has lived through τ = t_x, …, n − 1 of them
and then left, or through all n. A mixture's score is the mean of its stories' scores, and its
Hessian their mean Hessian plus the covariance of their scores.
"""

import numpy as np

from ckmlab.value.lifetime._rising import log_rising, log_survival, rising_tables

__all__ = ["log_odds_gone", "loglike_each", "objective"]

NAMES = ("alpha", "beta", "gamma", "delta")
PIECE = 20_000  # stories


def log_odds_gone(p, x, recency, n):
    """Log-odds that a customer has left before the end of occasion n."""
    alive, gone = _alive_and_gone(p, x, recency, n)
    return gone - alive


def loglike_each(p, columns):
    """Log-likelihood of each history, accurate for extreme parameters."""
    x, recency, n = (columns[name] for name in ("frequency", "recency", "opportunities"))
    total = np.logaddexp(*_alive_and_gone(p, x, recency, n))
    # Without a purchase the likelihood may be near 1: the chance of the opposite keeps its digits.
    for row in np.flatnonzero(x == 0):
        bought = _chance_to_buy(p, n[row])
        if bought < 0.5:
            total[row] = np.log1p(-bought)
    return total


def _alive_and_gone(p, x, recency, n):
    a, b, c, d = (p[name] for name in NAMES)
    alive = _log_buying(a, b, x, n) + log_survival(c, d, n)
    gone = np.full(len(x), -np.inf)
    for step in range(int((n - recency).max(initial=0))):
        lived = np.minimum(recency + step, n)
        leave = log_survival(c, d, lived) + np.log(c / (c + d + lived))
        story = _log_buying(a, b, x, lived) + leave
        gone = np.where(recency + step < n, np.logaddexp(gone, story), gone)
    return alive, gone


def _log_buying(a, b, x, lived):
    """Log-probability of one sequence with x purchases in ``lived`` occasions."""
    rest = lived - x
    mixed = log_rising(a, x) + log_rising(b, rest) - log_rising(a + b, lived)
    mixed = np.where(x == 0, log_survival(a, b, rest), mixed)
    return np.where(rest == 0, log_survival(b, a, x), mixed)


def _chance_to_buy(p, n):
    """Chance of at least one purchase in n occasions, summed over the first one."""
    a, b, c, d = (p[name] for name in NAMES)
    before = np.arange(int(n), dtype=float)
    none_yet = log_survival(a, b, before) + np.log(a / (a + b + before))
    return np.exp(none_yet + log_survival(c, d, before + 1)).sum()


def objective(rows):
    """Log-parameters → log-likelihood, gradient and Hessian, summed over the rows."""
    longest = int(rows.opportunities.max())
    stories = int((rows.opportunities - rows.recency).max()) + 1

    def evaluate(theta):
        p = dict(zip(NAMES, np.exp(theta), strict=True))
        starts = {**p, "both": p["alpha"] + p["beta"], "lives": p["gamma"] + p["delta"]}
        tables = {name: rising_tables(z, longest + 1) for name, z in starts.items()}
        value, gradient, hessian = 0.0, np.zeros(4), np.zeros((4, 4))
        for chunk in rows.chunks(max(PIECE // stories, 1)):
            part = _stories(p, tables, chunk)
            value += part[0]
            gradient += part[1]
            hessian += part[2]
        return value, gradient, hessian

    return evaluate


def _stories(p, tables, rows):
    x, recency, n = (
        rows.columns[name].astype(np.int64)[:, None]
        for name in ("frequency", "recency", "opportunities")
    )
    lived = recency + np.arange(int((n - recency).max()) + 1)
    possible = lived <= n
    lived = np.minimum(lived, n)
    gone = (lived < n).astype(np.int64)
    parts = {
        "alpha": tables["alpha"][:, x],
        "beta": tables["beta"][:, np.maximum(lived - x, 0)],
        "both": tables["both"][:, lived],
        "delta": tables["delta"][:, lived],
        "lives": tables["lives"][:, lived + gone],
    }
    log_share = parts["alpha"][0] + parts["beta"][0] - parts["both"][0] + parts["delta"][0]
    log_share = log_share - parts["lives"][0] + gone * np.log(p["gamma"])
    log_share = np.where(possible, log_share, -np.inf)
    top = log_share.max(axis=1, keepdims=True)
    share = np.exp(log_share - top)
    total = share.sum(axis=1, keepdims=True)
    value = float((top + np.log(total))[:, 0] @ rows.weights)
    return value, *_mixture(p, parts, gone, share / total, rows.weights)


def _mixture(p, parts, gone, share, n):
    """Mean and covariance of the stories' scores, and their mean Hessian, over all rows."""
    a, b, c, d = (p[name] for name in NAMES)
    slope = {name: part[1] for name, part in parts.items()}
    bend = {name: part[2] for name, part in parts.items()}
    scores = np.stack(
        [
            a * (slope["alpha"] - slope["both"]),
            b * (slope["beta"] - slope["both"]),
            gone - c * slope["lives"],
            d * (slope["delta"] - slope["lives"]),
        ]
    )
    mean = (scores * share).sum(axis=2)
    by_story = share * n[:, None]
    flat = (scores * np.sqrt(by_story)).reshape(4, -1)
    hessian = flat @ flat.T - (mean * n) @ mean.T
    own = np.array(
        [
            scores[0] + a * a * (bend["alpha"] - bend["both"]),
            scores[1] + b * b * (bend["beta"] - bend["both"]),
            scores[2] - gone - c * c * bend["lives"],
            scores[3] + d * d * (bend["delta"] - bend["lives"]),
        ]
    )
    hessian[np.diag_indices(4)] += (own * by_story).sum(axis=(1, 2))
    for i, j, cross in ((0, 1, a * b * bend["both"]), (2, 3, c * d * bend["lives"])):
        total = (cross * by_story).sum()
        hessian[i, j] -= total
        hessian[j, i] -= total
    return mean @ n, hessian
