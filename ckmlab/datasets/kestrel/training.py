"""The training that seemed to help: the weakest agents, chosen after a bad quarter."""

import numpy as np

from ckmlab.datasets.kestrel.setting import LAUNCH, YEAR

__all__ = ["TRAINING_EFFECT", "choose_for_training"]

TRAINING_EFFECT = 0.0
"""What the course adds to the chance of solving a contact: nothing."""

_YEARS_BEFORE = 3
_SHARE = 1 / 3


def choose_for_training(setting, staff, interactions):
    """Choose a third of the agents after three years; half of them are trained, half wait.

    With the trap ``regression_to_mean`` the third with the lowest share of solved contacts in
    the last quarter is chosen, otherwise a random third.

    Parameters
    ----------
    setting : Setting
        The district.
    staff, interactions : dict
        Employees and contacts.

    Returns
    -------
    dict of str to array
        The columns ``training`` and ``trained_on`` of ``employees``.
    """
    desk, n = staff["desk"], setting.staff
    end = YEAR * _YEARS_BEFORE
    judged = (interactions["when"] >= end - YEAR / 4) & (interactions["when"] < end)
    agent = interactions["agent"][judged]
    contacts = np.bincount(agent, minlength=n)[desk]
    solved = np.bincount(agent, interactions["resolved"][judged], minlength=n)[desk]
    score = solved / np.maximum(1, contacts)
    if not setting.scenario.regression_to_mean:
        score = setting.streams.uniform("employees.training_score", len(desk))
    chosen = desk[np.argsort(score, kind="stable")[: max(2, round(_SHARE * len(desk)))]]
    lot = np.argsort(setting.streams.uniform("employees.trained_on", n)[chosen], kind="stable")
    state = np.full(n, "not chosen", dtype=object)
    state[chosen[lot]] = np.where(np.arange(len(chosen)) % 2 == 0, "trained", "waiting list")
    first_day = (LAUNCH + np.timedelta64(int(YEAR * _YEARS_BEFORE), "D")).astype("datetime64[s]")
    days = np.where(state == "trained", first_day, np.datetime64("NaT", "s"))
    return {"training": state, "trained_on": days}
