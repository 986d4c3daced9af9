"""Overlapping lists of the same cases: which channels heard of whom, with chosen dependence."""

from itertools import combinations, product

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_positive, check_share
from ckmlab.datasets.generators._checks import check_seed
from ckmlab.datasets.streams import choose, stream

__all__ = ["make_channel_lists"]

CHANNELS = {"phone": 0.30, "forum": 0.20, "survey": 0.25}


def make_channel_lists(n=1000, *, seed, channels=None, odds_ratio=1.0, truth=False):
    r"""Which channels registered which of ``n`` cases; cases that nobody registered are missing.

    The log-linear model without interaction of three lists (Fienberg 1972): the probability of a
    capture history :math:`x \in \{0, 1\}^k` is proportional to
    :math:`\exp(\sum_j u_j x_j + \sum_{j<l} u_{jl} x_j x_l)`, where :math:`e^{u_{jl}}` is the odds
    ratio of channels *j* and *l* given all others, and the :math:`u_j` are set so that channel *j*
    catches exactly the share asked for. An odds ratio of 1 everywhere means independent channels,
    the assumption of Lincoln and Petersen; above 1, whoever is in one list is likelier in the
    other, and two-list estimates fall short of the truth.

    Parameters
    ----------
    n : int, default 1000
        Cases that exist, such as dissatisfied customers.
    seed : int
        Start of the random streams.
    channels : dict, optional
        Channel → share of all cases that it catches, strictly between 0 and 1; two to ten channels.
        Default: phone .30, forum .20, survey .25.
    odds_ratio : float or dict, default 1
        One odds ratio for every pair, or a mapping from pairs such as ``("phone", "forum")`` to
        odds ratios; pairs left out are independent given the others.
    truth : bool, default False
        Whether to return every case, the unregistered ones included.

    Returns
    -------
    pandas.DataFrame
        One row a case that at least one channel registered: ``case_id`` and one True/False column a
        channel.
    pandas.DataFrame
        Only with ``truth=True``: the same columns for all ``n`` cases.

    Raises
    ------
    ValueError
        If a share or an odds ratio is impossible, or a pair names an unknown channel.

    References
    ----------
    Fienberg, S. E. (1972). The multiple recapture census for closed populations and incomplete
    2^k contingency tables. Biometrika 59(3).

    Examples
    --------
    >>> lists, cases = make_channel_lists(500, seed=1, odds_ratio=4.0, truth=True)
    >>> lists.columns.tolist()
    ['case_id', 'phone', 'forum', 'survey']
    >>> len(cases), len(lists) < 500
    (500, True)
    """
    n, seed = check_count("n", n, least=1), check_seed(seed)
    channels = dict(CHANNELS if channels is None else channels)
    shares = [
        check_share(f"channels[{name!r}]", share, ends=False) for name, share in channels.items()
    ]
    if not 2 <= len(shares) <= 10:
        raise ValueError(f"channels has {len(shares)} entries; give two to ten")
    histories = np.array(list(product([False, True], repeat=len(shares))))
    chances = _history_probabilities(histories, shares, _log_odds(odds_ratio, list(channels)))
    caught = histories[choose(stream(seed, "channel_lists.history").random(n), chances)]
    cases = pd.DataFrame(caught, columns=list(channels))
    cases.insert(0, "case_id", np.arange(n))
    registered = cases[caught.any(axis=1)].reset_index(drop=True)
    return (registered, cases) if truth else registered


def _log_odds(odds_ratio, names):
    """Matrix of the pairs' log odds ratios."""
    if not hasattr(odds_ratio, "items"):
        odds_ratio = dict.fromkeys(combinations(names, 2), odds_ratio)
    log_odds = np.zeros((len(names), len(names)))
    for pair, ratio in odds_ratio.items():
        if len(set(pair)) != 2 or not set(pair) <= set(names):
            raise ValueError(f"odds_ratio has the pair {pair}; give two of the channels {names}")
        first, second = (names.index(name) for name in pair)
        log_odds[first, second] = np.log(check_positive(f"odds_ratio[{pair}]", ratio))
    return log_odds


def _history_probabilities(histories, shares, log_odds):
    """Iterative proportional fitting: it moves the margins and leaves the odds ratios alone."""
    weights = np.exp(np.einsum("hj,jl,hl->h", histories, log_odds, histories))
    weights /= weights.sum()
    for _ in range(10_000):
        gap = 0.0
        for caught, share in zip(histories.T, shares, strict=True):
            now = weights[caught].sum()
            gap = max(gap, abs(now - share))
            weights *= np.where(caught, share / now, (1 - share) / (1 - now))
        if gap < 1e-12:
            return weights
    raise ValueError(
        f"no lists with shares {shares} and these odds ratios were found; bring the odds ratios "
        "nearer to 1"
    )
