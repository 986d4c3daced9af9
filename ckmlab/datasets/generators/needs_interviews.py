"""Interviews that each reveal some of the customers' needs: the beta-binomial model."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_positive, check_share
from ckmlab.datasets.generators._checks import check_seed
from ckmlab.datasets.streams import stream

__all__ = ["make_needs_interviews"]


def make_needs_interviews(
    n_interviews=30, *, seed, n_needs=200, a=1.45, b=7.64, analysts=1, detection=1.0, truth=False
):
    r"""Which needs were mentioned in which interview, and noticed by which analyst.

    Need *k* is mentioned in any interview with probability :math:`p_k \sim \mathrm{Beta}(a, b)`
    (Griffin & Hauser 1993). An analyst who reads the transcript notices a mentioned need with
    probability ``detection``, independently of the others. The share of needs mentioned at least
    once in *n* interviews is, on average,

    .. math:: 1 - \frac{B(a, b + n)}{B(a, b)}.

    Parameters
    ----------
    n_interviews : int, default 30
        Interviews held. Asking for more leaves the first ones unchanged.
    seed : int
        Start of the random streams.
    n_needs : int, default 200
        Needs that customers hold.
    a, b : float
        Shape of the mention probabilities; their mean is a / (a + b). The default 1.45 and 7.64
        (mean .16) is an illustration: one call in six, with many rarely mentioned needs.
    analysts : int, default 1
        Analysts who read every transcript.
    detection : float, default 1
        Probability that an analyst notices a need that was mentioned.
    truth : bool, default False
        Whether to return the needs' mention probabilities as well.

    Returns
    -------
    pandas.DataFrame
        One row a need that an analyst noticed in an interview: ``interview_id``, ``analyst_id``,
        ``need_id`` (ints). Interviews without any need have no row.
    pandas.DataFrame
        Only with ``truth=True``: ``need_id``, ``mention_probability``, ``mentions`` (interviews in
        which it came up).

    Raises
    ------
    ValueError
        If a number is impossible.

    References
    ----------
    Griffin, A. & Hauser, J. R. (1993). The voice of the customer. Marketing Science 12(1), 1–27,
    doi:10.1287/mksc.12.1.1.

    Examples
    --------
    >>> heard, needs = make_needs_interviews(10, seed=1, truth=True)
    >>> heard.columns.tolist()
    ['interview_id', 'analyst_id', 'need_id']
    >>> bool(heard.need_id.nunique() == (needs.mentions > 0).sum())
    True
    """
    n_interviews = check_count("n_interviews", n_interviews, least=1)
    n_needs = check_count("n_needs", n_needs, least=1)
    analysts, seed = check_count("analysts", analysts, least=1), check_seed(seed)
    a, b = check_positive("a", a), check_positive("b", b)
    detection = check_share("detection", detection)
    mention = stream(seed, "needs_interviews.probability").beta(a, b, n_needs)
    mentioned = stream(seed, "needs_interviews.mention").random((n_interviews, n_needs)) < mention
    noticed = np.stack(
        [
            mentioned
            & (stream(seed, f"needs_interviews.notice.{k}").random(mentioned.shape) < detection)
            for k in range(analysts)
        ],
        axis=1,
    )
    interview, analyst, need = noticed.nonzero()
    heard = pd.DataFrame({"interview_id": interview, "analyst_id": analyst, "need_id": need})
    if not truth:
        return heard
    needs = pd.DataFrame(
        {
            "need_id": np.arange(n_needs),
            "mention_probability": mention,
            "mentions": mentioned.sum(axis=0),
        }
    )
    return heard, needs
