"""Whether two groups of customers differ in a score, and by how much."""

import math

from ckmlab.arguments import check_count, check_share, choose
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate
from ckmlab.value.attitude.scores import promoters_and_detractors, scale_points

__all__ = ["compare_groups"]

SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


def compare_groups(one, other, *, measure="nps", scale=None, boxes=2, confidence=0.95):
    r"""Difference of two independent groups' scores, first less second.

    * ``"nps"``: difference of net promoter scores, in points, with the standard error
      :math:`\sqrt{SE_1^2 + SE_2^2}`;
    * ``"csat"``: difference of the shares in the top ``boxes``, with Newcombe's interval;
    * ``"ces"``: difference of means, with Welch's interval.

    The groups differ at the chosen level where the interval leaves out zero. That two separate
    intervals overlap does not say that the groups are alike.

    Parameters
    ----------
    one, other : array-like of int
        Answers of the two groups; missing ones are dropped and counted in the notes.
    measure : {"nps", "csat", "ces"}
        What is compared.
    scale : tuple of int, optional
        Lowest and highest point; by default 0 to 10, 1 to 5, 1 to 7.
    boxes : int, default 2
        How many of the highest points count as satisfied.
    confidence : float, default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        In points for NPS and CES, as a share for CSAT; ``n`` is both groups together.

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If a group has no answer (one only, for means), or an answer is not a point of the scale.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions.
    Statistics in Medicine 17.

    Examples
    --------
    >>> compare_groups([10] * 30 + [7] * 40 + [3] * 30, [10] * 15 + [7] * 40 + [3] * 45)
    30 [9.35, 50.65] (95 %, n = 200)
    """
    choose("measure", measure, SCALES)
    confidence = check_share("confidence", confidence, ends=False)
    scale = SCALES[measure] if scale is None else scale
    first, notes = scale_points("one", one, scale)
    second, more_notes = scale_points("other", other, scale)
    if measure == "nps":
        value, low, high, method = _net_promoters(first, second, confidence)
    elif measure == "csat":
        threshold = scale[1] - check_count("boxes", boxes, least=1)
        value, low, high, method = _shares(first > threshold, second > threshold, confidence)
    else:
        value, low, high, method = _means(first, second, confidence)
    return Estimate(
        value,
        low,
        high,
        level=confidence,
        n=len(first) + len(second),
        method=method,
        notes=notes + more_notes,
    )


def _net_promoters(first, second, confidence):
    scores, variances = [], []
    for answers in (first, second):
        p, d = (count / len(answers) for count in promoters_and_detractors(answers))
        scores.append(100 * (p - d))
        variances.append(100**2 * (p + d - (p - d) ** 2) / len(answers))
    value = scores[0] - scores[1]
    half = normal_quantile(confidence) * math.sqrt(sum(variances))
    low, high = max(value - half, -200.0), min(value + half, 200.0)
    return value, low, high, "difference of net promoter scores, Wald interval"


def _shares(first, second, confidence):
    from statsmodels.stats.proportion import confint_proportions_2indep

    counts = int(first.sum()), len(first), int(second.sum()), len(second)
    low, high = confint_proportions_2indep(*counts, method="newcomb", alpha=1 - confidence)
    value = counts[0] / counts[1] - counts[2] / counts[3]
    return value, low, high, "difference of top-box shares, Newcombe 1998 interval"


def _means(first, second, confidence):
    from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

    if min(len(first), len(second)) < 2:
        raise ValueError("a difference of means needs at least two answers in each group")
    compared = CompareMeans(DescrStatsW(first), DescrStatsW(second))
    low, high = compared.tconfint_diff(alpha=1 - confidence, usevar="unequal")
    return first.mean() - second.mean(), low, high, "difference of means, Welch 1947 interval"
