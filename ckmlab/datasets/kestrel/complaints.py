"""Complaints: the problems that were registered, as the desk sees them."""

import numpy as np

from ckmlab.datasets.kestrel.setting import moment

__all__ = ["make_complaints"]


def make_complaints(setting, people, history, interactions):
    """List the registered complaints.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.
    history : History
        The problems and their fates.
    interactions : dict
        The contacts in which they were registered.

    Returns
    -------
    dict of str to array
        Columns of ``complaints``, ordered by time.
    """
    problems, draw = history.problems, setting.streams
    total = len(problems["voiced"])
    rows = np.flatnonzero(interactions["problem"] >= 0)
    rows = rows[problems["registered"][interactions["problem"][rows]]]
    problem = interactions["problem"][rows]
    # Uniforms are drawn for all problems, so that each keeps its own under another policy.
    slip = draw.normal("complaints.severity_agent", total)[problem]
    u = draw.uniform("complaints.outcome", total)[problem]
    paid = draw("complaints.compensation").gamma(2.0, 10.0, size=total)[problem]
    weight = 2.5 + 1.2 * np.log(problems["severity"][problem] + 0.1)
    recovered = problems["recovered"][problem]
    outcome = np.where(recovered, np.where(u < 0.6, "solved", "compensated"), "rejected")
    outcome = np.where(~recovered & (u < 0.35), "compensated", outcome).astype(object)
    compensated = outcome == "compensated"
    return {
        "complaint_id": setting.ids(len(rows)),
        "customer_id": people["customer_id"][interactions["customer"][rows]],
        "interaction_id": interactions["interaction_id"][rows],
        "period": interactions["period"][rows],
        "ts": moment(interactions["when"][rows]),
        "channel": interactions["channel"][rows],
        "topic": interactions["topic"][rows],
        "severity_agent": np.clip(np.round(weight + 0.6 * slip), 1, 5).astype(np.int64),
        "to_headquarters": problems["escalated"][problem],
        "outcome": outcome,
        "compensation": np.where(compensated, np.round(paid + 2, 2), 0.0),
        "satisfied_after": recovered & (u > 0.08),
    }
