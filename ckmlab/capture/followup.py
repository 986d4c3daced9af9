"""Going after the silent: late responders as a hint, double sampling as the cure."""

import math

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_share, clean_numbers
from ckmlab.intervals import difference, mean, normal_quantile
from ckmlab.results import Estimate

__all__ = ["double_sampling", "late_gap", "late_responders"]


def double_sampling(first, followed_up, *, silent, confidence=0.95):
    r"""Mean over everybody, from the first answers and a followed-up sample of the silent.

    .. math:: \bar y = W_1 \bar y_1 + W_2 \bar y_2, \qquad
        \widehat{var} = W_1^2 \frac{s_1^2}{n_1} + W_2^2 \frac{s_2^2}{m}
        + \frac{W_1 W_2 (\bar y_1 - \bar y_2)^2}{n_1 + n_2}

    It is unbiased however the silence came about, provided the m people followed up were
    drawn at random from the silent and all of them answered this time.

    Parameters
    ----------
    first : array-like of float
        Answers of those who responded at once.
    followed_up : array-like of float
        Answers of the followed-up sample of the silent.
    silent : int
        Number of people who did not respond at first, followed up or not.
    confidence : float, default 0.95
        Level of the normal interval.

    Returns
    -------
    Estimate
        ``n`` is the number of answers used.

    Raises
    ------
    ValueError
        If more were followed up than were silent, or a group has fewer than two answers.

    References
    ----------
    Hansen and Hurwitz (1946), Journal of the American Statistical Association 41, 517-529.

    Examples
    --------
    >>> double_sampling([9, 10, 8, 9], [4, 6, 5], silent=12)
    6 [4.783, 7.217] (95 %, n = 7)
    """
    early, late = clean_numbers("first", first), clean_numbers("followed_up", followed_up)
    silent = check_count("silent", silent, least=1)
    if len(late) > silent:
        raise ValueError(f"{len(late)} people were followed up, but only {silent} were silent")
    if min(len(early), len(late)) < 2:
        raise ValueError("each group needs at least two answers to judge its spread")
    asked = len(early) + silent
    weight = silent / asked
    gap = early.mean() - late.mean()
    variance = (
        (1 - weight) ** 2 * early.var(ddof=1) / len(early)
        + weight**2 * late.var(ddof=1) / len(late)
        + weight * (1 - weight) * gap**2 / asked
    )
    value = float((1 - weight) * early.mean() + weight * late.mean())
    half = normal_quantile(confidence) * math.sqrt(variance)
    return Estimate(
        value,
        value - half,
        value + half,
        level=confidence,
        n=len(early) + len(late),
        method="double sampling (Hansen and Hurwitz 1946)",
        notes=("unbiased only if the followed-up were drawn at random and all answered",),
    )


def late_responders(values, day, *, waves=4, confidence=0.95):
    """Mean answer by how late it came, in waves of equal size.

    Parameters
    ----------
    values : array-like of float
        Answers; missing ones are left out.
    day : array-like of float
        When each answer came, in days after the invitation. Answers of the same day stay in
        the same wave.
    waves : int, default 4
        Number of waves, at least 2.
    confidence : float, default 0.95
        Level of the intervals (Student).

    Returns
    -------
    pandas.DataFrame
        ``wave``, ``first_day``, ``last_day``, ``n``, ``mean``, ``low``, ``high``.

    Raises
    ------
    ValueError
        If lengths differ, or the days do not make two waves.

    References
    ----------
    Armstrong and Overton (1977), Journal of Marketing Research 14, 396-402.

    Examples
    --------
    >>> late_responders([9, 8, 9, 5, 4, 6], [1, 1, 2, 8, 9, 9], waves=2)["mean"].round(2).tolist()
    [8.67, 5.0]
    """
    table = _answers_by_day(values, day)
    cut = pd.qcut(table.day, check_count("waves", waves, least=2), labels=False, duplicates="drop")
    if cut.nunique() < 2:
        raise ValueError("the answers came on too few days to make two waves")
    rows = []
    for _, part in table.groupby(cut):
        centre = mean(part.value, confidence=confidence)
        rows.append(
            {
                "first_day": part.day.min(),
                "last_day": part.day.max(),
                "n": len(part),
                "mean": centre.value,
                "low": centre.low,
                "high": centre.high,
            }
        )
    waves_made = pd.DataFrame(rows)
    waves_made.insert(0, "wave", np.arange(1, len(rows) + 1))
    return waves_made


def late_gap(values, day, *, share=0.25, confidence=0.95):
    """Difference between the last and the first to answer: a hint about those who never did.

    Parameters
    ----------
    values : array-like of float
        Answers; missing ones are left out.
    day : array-like of float
        When each answer came, in days after the invitation.
    share : float, default 0.25
        Share of the answers that counts as first, and as last; at most one half.
    confidence : float, default 0.95
        Level of Welch's interval.

    Returns
    -------
    Estimate
        Mean of the last less mean of the first, in units of the answers.

    Raises
    ------
    ValueError
        If lengths differ, or a group has fewer than two answers.

    References
    ----------
    Armstrong and Overton (1977), Journal of Marketing Research 14, 396-402; interval Welch
    (1947).

    Examples
    --------
    >>> late_gap([9, 8, 9, 5, 4, 6], [1, 1, 2, 8, 9, 9], share=0.5)
    -3.667 [-5.715, -1.618] (95 %, n = 6)
    """
    table = _answers_by_day(values, day)
    share = check_share("share", share, ends=False)
    if share > 0.5:
        raise ValueError(f"share is {share:g}; beyond one half the first and the last overlap")
    first = table.value[table.day <= table.day.quantile(share)].to_numpy()
    last = table.value[table.day >= table.day.quantile(1 - share, interpolation="higher")]
    if min(len(first), len(last)) < 2 or table.day.nunique() < 2:
        raise ValueError("too few answers, or all on one day: there is no early and late")
    return difference(last, first, confidence=confidence, method="late less early responders")


def _answers_by_day(values, day):
    answers = clean_numbers("values", values, missing="keep")
    days = clean_numbers("day", day, missing="keep")
    if len(answers) != len(days):
        raise ValueError(f"{len(answers)} values but {len(days)} days; give one for each")
    table = pd.DataFrame({"value": answers, "day": days}).dropna()
    if table.empty:
        raise ValueError("no answer has a day")
    return table
