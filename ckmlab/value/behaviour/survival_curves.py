"""How long customers stay: Kaplan-Meier curves, retention per period, and their comparison."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from ckmlab.arguments import check_share, clean_numbers
from ckmlab.frames import like, require, to_pandas
from ckmlab.intervals import normal_quantile

__all__ = ["LogRank", "survival", "survival_difference"]


def survival(customers, *, duration="duration", event="churned", group=None, confidence=0.95):
    r"""Kaplan-Meier survival of customers, some of whom are still there.

    At each time :math:`t_i` with :math:`d_i` losses among :math:`n_i` at risk,

    .. math:: \hat S(t) = \prod_{t_i \le t} \Bigl(1 - \frac{d_i}{n_i}\Bigr),

    each factor being the retention rate of that time. The interval is built on
    :math:`\log(-\log S)` from Greenwood's variance, so it stays between 0 and 1. The estimate by
    statsmodels; the table is brought into memory.

    Parameters
    ----------
    customers : data frame
        One row a customer, of any library that narwhals takes.
    duration : str
        Column with the time from the start to the loss or to the end of the observation, any unit.
    event : str
        Column with True (1) where the customer was lost and False (0) where the observation ended
        first.
    group : str, optional
        Column by whose values separate curves are made.
    confidence : float, default 0.95
        Level of the intervals, each for its own time.

    Returns
    -------
    data frame
        In the caller's library: the group column if asked for, ``time`` (first 0, then each time
        with a loss), ``at_risk``, ``events``, ``retention`` (share of those at risk who stayed),
        ``survival``, ``low``, ``high``.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If durations are negative or missing, or events are not true or false.

    References
    ----------
    Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal
    of the American Statistical Association 53.

    Examples
    --------
    >>> import pandas as pd
    >>> cohort = pd.DataFrame({"duration": [1, 2, 2, 4], "churned": [True, True, False, False]})
    >>> survival(cohort)[["time", "at_risk", "events", "survival"]].round(3).values.tolist()
    [[0.0, 4.0, 0.0, 1.0], [1.0, 4.0, 1.0, 0.75], [2.0, 3.0, 1.0, 0.5]]
    """
    quantile = normal_quantile(check_share("confidence", confidence, ends=False))
    frame = _observed(customers, duration, event, group, "survival")
    if group is None:
        curve = _curve(frame, quantile)
    else:
        parts = [
            _curve(part, quantile).assign(**{group: name}) for name, part in frame.groupby("group")
        ]
        curve = pd.concat(parts, ignore_index=True)
        curve.insert(0, group, curve.pop(group))
    columns = {name: curve[name].to_numpy() for name in curve}
    return like(require(customers, [], where="survival"), columns)


class LogRank(NamedTuple):
    """A log-rank test.

    Parameters
    ----------
    statistic : float
        Chi-square of observed against expected losses.
    pvalue : float
        Chance of so large a statistic if the groups did not differ.
    degrees_of_freedom : int
        Number of groups less one.
    """

    statistic: float
    pvalue: float
    degrees_of_freedom: int


def survival_difference(customers, *, group, duration="duration", event="churned"):
    """Log-rank test of whether groups of customers stay equally long.

    Parameters
    ----------
    customers : data frame
        One row a customer, of any library that narwhals takes; it is brought into memory.
    group : str
        Column with at least two groups.
    duration, event : str
        As in :func:`survival`.

    Returns
    -------
    LogRank
        ``statistic``, ``pvalue``, ``degrees_of_freedom``.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is only one group, or values are impossible.

    References
    ----------
    Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in its
    consideration. Cancer Chemotherapy Reports 50(3).

    Examples
    --------
    >>> import pandas as pd
    >>> cohort = pd.DataFrame({"duration": [1, 2, 3, 7, 8, 9], "churned": True})
    >>> cohort["plan"] = ["month"] * 3 + ["year"] * 3
    >>> survival_difference(cohort, group="plan").pvalue < 0.05
    True
    """
    from statsmodels.duration.survfunc import survdiff

    frame = _observed(customers, duration, event, group, "survival_difference")
    groups = frame["group"].nunique()
    if groups < 2:
        raise ValueError(f"survival_difference: {group!r} has one group; give at least two")
    if not frame["event"].any():
        raise ValueError(f"survival_difference: nobody was lost ({event!r}); nothing to compare")
    statistic, pvalue = survdiff(
        frame["duration"].to_numpy(), frame["event"].to_numpy(), frame["group"].to_numpy()
    )
    return LogRank(float(statistic), float(pvalue), groups - 1)


def _observed(customers, duration, event, group, where):
    columns = [duration, event] + ([] if group is None else [group])
    frame = to_pandas(customers, columns, where=where)
    frame = frame.set_axis(["duration", "event", "group"][: len(columns)], axis=1)
    if frame.empty:
        raise ValueError(f"{where}: the table is empty; give at least one customer")
    lacking = [name for name, gaps in zip(columns, frame.isna().sum(), strict=True) if gaps]
    if lacking:
        raise ValueError(f"{where}: {lacking} has missing values; fill or drop them first")
    time = clean_numbers(duration, frame["duration"], missing="refuse")
    if (time < 0).any():
        raise ValueError(f"{where}: {duration!r} holds {time.min():g}; give times of at least 0")
    if not frame["event"].isin([0, 1]).all():
        odd = frame["event"][~frame["event"].isin([0, 1])].iloc[0]
        raise ValueError(f"{where}: {event!r} holds {odd}; give True (lost) or False (stayed)")
    return frame.assign(duration=time, event=frame["event"].astype(int))


def _curve(frame, quantile):
    from statsmodels.duration.survfunc import SurvfuncRight

    start = {"time": [0.0], "at_risk": [len(frame)], "events": [0], "retention": [1.0]}
    start |= {"survival": [1.0], "low": [1.0], "high": [1.0]}
    if not frame["event"].any():
        return pd.DataFrame(start)
    fit = SurvfuncRight(frame["duration"].to_numpy(), frame["event"].to_numpy())
    lost = fit.n_events > 0
    share, error = fit.surv_prob[lost], fit.surv_prob_se[lost]
    low, high = _log_log_interval(share, error, quantile)
    at_risk, events = fit.n_risk[lost].astype(int), fit.n_events[lost].astype(int)
    later = {
        "time": fit.surv_times[lost],
        "at_risk": at_risk,
        "events": events,
        "retention": 1 - events / at_risk,
        "survival": share,
        "low": low,
        "high": high,
    }
    return pd.DataFrame({name: np.concatenate([start[name], later[name]]) for name in later})


def _log_log_interval(share, error, quantile):
    """Kalbfleisch and Prentice's interval; there is none once everybody is lost."""
    low, high = np.full_like(share, np.nan), np.full_like(share, np.nan)
    some = share > 0
    log_share = np.log(share[some])
    half = quantile * error[some] / (share[some] * np.abs(log_share))
    low[some] = np.exp(log_share * np.exp(half))
    high[some] = np.exp(log_share * np.exp(-half))
    return low, high
