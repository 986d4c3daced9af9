"""A satisfaction survey that some do not answer, and not at random."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_positive, check_share
from ckmlab.datasets.generators._checks import check_seed
from ckmlab.datasets.streams import stream

__all__ = ["make_survey"]

LOADING = 0.85  # correlation of the 0-to-10 score, before rounding, with satisfaction
WINDOW = 21  # days a questionnaire stays open


def make_survey(
    n=2000,
    *,
    seed,
    mean=7.0,
    sd=2.2,
    response_rate=0.25,
    slope=0.75,
    usage_correlation=0.3,
    follow_up=0.0,
    truth=False,
):
    r"""Scores from 0 to 10 of those who answered, among all who were invited.

    Satisfaction :math:`s_i` is standard normal. The score is
    :math:`\mathrm{round}(\text{mean} + \text{sd}\,(.85 s_i + \sqrt{1 - .85^2}\, e_i))`, kept
    between 0 and 10. Customer *i* answers with probability
    :math:`1 / (1 + e^{-(c + \text{slope}\, s_i)})`, where *c* gives the response rate asked for.
    With a positive slope satisfied customers answer more often (missing *not* at random): weights
    built from observed columns mend only as much as those columns know about satisfaction, and only
    following up a random part of the silent ones mends it all.

    Parameters
    ----------
    n : int, default 2000
        Customers invited. Asking for more leaves the first ones unchanged.
    seed : int
        Start of the random streams.
    mean, sd : float
        Mean and standard deviation of the score before rounding and cutting, in points.
    response_rate : float, default 0.25
        Expected share who answer, strictly between 0 and 1.
    slope : float, default 0.75
        Change of the log odds of answering per standard deviation of satisfaction; 0 switches
        selective non-response off.
    usage_correlation : float, default 0.3
        Correlation of satisfaction with the log of ``usage``, which is known for everyone.
    follow_up : float, default 0
        Share of the silent who are chosen at random and asked until they answer.
    truth : bool, default False
        Whether to return what everybody would have answered.

    Returns
    -------
    pandas.DataFrame
        One row a customer: ``customer_id``, ``usage`` (hours a month), ``responded``,
        ``response_day`` (1 to 21, sooner for the keen), ``followed_up``, ``score`` (0 to 10,
        missing where nobody answered).
    pandas.DataFrame
        Only with ``truth=True``: ``customer_id``, ``satisfaction`` (standard normal),
        ``response_probability``, ``score`` (everybody's).

    Raises
    ------
    ValueError
        If a number is impossible.

    Examples
    --------
    >>> answers, everybody = make_survey(4000, seed=1, truth=True)
    >>> bool(answers.score.mean() > everybody.score.mean() + 0.5)
    True
    """
    n, seed = check_count("n", n, least=1), check_seed(seed)
    sd = check_positive("sd", sd)
    follow_up = check_share("follow_up", follow_up)
    response_rate = check_share("response_rate", response_rate, ends=False)
    if not -1 <= usage_correlation <= 1:
        raise ValueError(f"usage_correlation is {usage_correlation!r}; give a number from -1 to 1")

    def normal(name):
        return stream(seed, f"survey.{name}").standard_normal(n)

    def uniform(name):
        return stream(seed, f"survey.{name}").random(n)

    satisfaction = normal("satisfaction")
    score = _mixed(LOADING, satisfaction, normal("score"))
    score = np.clip(np.rint(mean + sd * score), 0, 10)
    usage = np.exp(3 + 0.6 * _mixed(usage_correlation, satisfaction, normal("usage")))
    chance = _logistic(_intercept(response_rate, slope) + slope * satisfaction)
    responded = uniform("respond") < chance
    followed = ~responded & (uniform("follow_up") < follow_up)
    # Days to answer: exponential, at the pace of the customer's readiness to answer.
    wait = -np.log1p(-uniform("day")) / (0.05 + chance)
    day = np.where(responded, np.minimum(1 + np.floor(wait), WINDOW), np.nan)
    answers = pd.DataFrame(
        {
            "customer_id": np.arange(n),
            "usage": np.round(usage, 1),
            "responded": responded,
            "response_day": day,
            "followed_up": followed,
            "score": np.where(responded | followed, score, np.nan),
        }
    )
    if not truth:
        return answers
    latent = {
        "customer_id": answers["customer_id"],
        "satisfaction": satisfaction,
        "response_probability": chance,
        "score": score,
    }
    return answers, pd.DataFrame(latent)


def _mixed(weight, signal, noise):
    """Unit-variance mixture that correlates with the signal as asked."""
    return weight * signal + np.sqrt(1 - weight**2) * noise


def _logistic(logit):
    return 1 / (1 + np.exp(-logit))


def _intercept(rate, slope):
    """The intercept at which the expected response rate is as asked, by bisection."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    weights = weights / weights.sum()
    reach = 40 + 10 * abs(slope)
    low, high = -reach, reach
    for _ in range(100):
        middle = (low + high) / 2
        if weights @ _logistic(middle + slope * nodes) < rate:
            low = middle
        else:
            high = middle
    return (low + high) / 2
