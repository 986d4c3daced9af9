"""What employees believe about customers: the further away, the rosier."""

import numpy as np

from ckmlab.datasets.kestrel.setting import PERIODS
from ckmlab.datasets.kestrel.surveys import ITEMS

__all__ = ["make_beliefs"]

_QUESTION = "cusa1"
# Managers over-estimate satisfaction and under-estimate complaints (Hult et al. 2017): the
# direction is theirs, the size our own choice.
_ROSY = {"near": 0.15, "far": 0.60}  # in standard deviations of the question
_HEARD = {"near": 0.80, "far": 0.50}  # share of the complainants that one thinks there are
_OWN_VIEW = 0.3


def make_beliefs(setting, staff, history, survey_truth):
    """Ask every employee each year how satisfied customers are and how many complain.

    Parameters
    ----------
    setting : Setting
        The district.
    staff : dict
        Its employees; leaders, marketing and R&D are far from customers.
    history : History
        Who was there, and which problems were voiced.
    survey_truth : dict
        What customers would answer.

    Returns
    -------
    dict of str to array
        Columns of ``beliefs``; the true figures are latent.
    """
    n, draw = setting.staff, setting.streams
    period = np.repeat(np.arange(1, PERIODS + 1), n)
    employee = np.tile(np.arange(n), PERIODS)
    near = staff["near"][employee]
    satisfied, complain = _facts(history, survey_truth)
    deviation = ITEMS[_QUESTION][3]
    own = np.tile(draw.normal("beliefs.own", n), PERIODS)
    rosy = np.where(near, _ROSY["near"], _ROSY["far"])
    share = np.where(near, _HEARD["near"], _HEARD["far"])
    wobble = np.exp(0.2 * draw.normal("beliefs.complaints", n * PERIODS))
    said = satisfied[period - 1] + deviation * (rosy + _OWN_VIEW * own)
    return {
        "employee_id": staff["employee_id"][employee],
        "period": period,
        "satisfaction": np.clip(np.round(said, 1), 1, 10),
        "complainants_per_100": np.clip(np.round(share * complain[period - 1] * wobble), 0, 100),
        "satisfaction_true": np.round(satisfied[period - 1], 4),
        "complainants_true": np.round(complain[period - 1], 4),
        "near_customers": near,
    }


def _facts(history, survey_truth):
    """By period: the mean answer to the question, and complainants per hundred customers."""
    there = history.alive[:, :PERIODS].sum(axis=0)
    total = np.bincount(survey_truth["wave"], survey_truth[_QUESTION], minlength=PERIODS + 1)[1:]
    voiced = history.problems["voiced"]
    key = history.problems["customer"][voiced] * PERIODS + history.problems["period"][voiced] - 1
    heads = np.bincount(np.unique(key) % PERIODS, minlength=PERIODS)
    # Where nobody is left there is nothing to be right about; the scale's usual mean stands in.
    mean = np.where(there > 0, total / np.maximum(1, there), ITEMS[_QUESTION][2])
    return mean, 100 * heads / np.maximum(1, there)
