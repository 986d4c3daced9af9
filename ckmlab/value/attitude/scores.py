"""Net promoter score, customer satisfaction, customer effort and top boxes, with intervals."""

import math

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, choose, clean_numbers
from ckmlab.intervals import mean, normal_quantile, proportion
from ckmlab.results import Estimate

__all__ = [
    "ces",
    "csat",
    "nps",
    "nps_points",
    "promoters_and_detractors",
    "scale_points",
    "top_box",
]


def nps(scores, *, confidence=0.95, interval="wald"):
    r"""Net promoter score: per cent of promoters (9, 10) less per cent of detractors (0 to 6).

    With shares *p* of promoters and *d* of detractors among *n* answers,

    .. math:: NPS = 100\,(p - d), \qquad
              SE = 100 \sqrt{\frac{p + d - (p - d)^2}{n}}.

    Parameters
    ----------
    scores : array-like of int
        Answers from 0 to 10; missing ones are dropped and counted in the notes.
    confidence : float, default 0.95
        Level of the interval.
    interval : {"wald", "score"}
        ``"wald"`` is the usual score plus or minus a multiple of its standard error. ``"score"``
        inverts Tango's test; it keeps its level in small samples and near -100 and 100.

    Returns
    -------
    Estimate
        In points, from -100 to 100.

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If there is no answer, or one is not a whole number from 0 to 10.

    Notes
    -----
    It says nothing about those who did not answer: see ``ckmlab.capture.response_bounds``.
    Multiplying a score by the response rate, as is sometimes proposed, estimates nothing.

    References
    ----------
    Reichheld, F. F. (2003). The one number you need to grow. Harvard Business Review 81.

    Tango, T. (1998). Equivalence test and confidence interval for the difference in proportions for
    the paired-sample design. Statistics in Medicine 17.

    Examples
    --------
    >>> nps([10] * 90 + [8] * 70 + [3] * 40)
    25 [14.38, 35.62] (95 %, n = 200)
    """
    choose("interval", interval, ["wald", "score"])
    answers, notes = scale_points("scores", scores, (0, 10))
    promoters, detractors = promoters_and_detractors(answers)
    n, quantile = len(answers), normal_quantile(confidence)
    value = (promoters - detractors) / n
    if interval == "score":
        low, high = _tango(promoters, detractors, n, quantile)
    else:
        half = quantile * math.sqrt(_variance(promoters / n, detractors / n) / n)
        low, high = max(value - half, -1.0), min(value + half, 1.0)
        if half == 0:
            notes += ("everybody answered alike, so this interval has no width: use 'score'",)
    name = {"wald": "Wald interval", "score": "score interval (Tango 1998)"}[interval]
    return Estimate(
        100 * value,
        100 * low,
        100 * high,
        level=confidence,
        n=n,
        method=f"net promoter score, {name}",
        notes=notes,
    )


def nps_points(scores):
    """What each answer adds to the net promoter score: 100, 0 or -100 points.

    The score is the mean of these points, so whatever works on means works on it: weighting
    (``ckmlab.capture.weighted_mean``), double sampling (``ckmlab.capture.double_sampling``), a
    regression, a mean by group.

    Parameters
    ----------
    scores : array-like of int
        Answers from 0 to 10; missing ones stay missing, so that rows still match.

    Returns
    -------
    pandas.Series of float
        100 for promoters (9, 10), -100 for detractors (0 to 6), 0 for the others; with the index
        of ``scores`` where that is a pandas Series.

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If there is no answer, or one is not a whole number from 0 to 10.

    Examples
    --------
    >>> nps_points([10, 9, 7, 3, None]).tolist()
    [100.0, 100.0, 0.0, -100.0, nan]
    >>> from ckmlab.capture import weighted_mean
    >>> float(weighted_mean(nps_points([10, 3]), weights=[1, 3]))  # three times as many silent
    -50.0
    """
    scale_points("scores", scores, (0, 10))
    answers = clean_numbers("scores", scores, missing="keep")
    points = 100.0 * (answers >= 9) - 100.0 * (answers <= 6)
    index = scores.index if isinstance(scores, pd.Series) else None
    return pd.Series(np.where(np.isnan(answers), np.nan, points), index=index, name="nps_points")


def top_box(scores, *, boxes=2, scale=(1, 5), confidence=0.95):
    """Share of answers in the upper ``boxes`` points of a scale.

    Parameters
    ----------
    scores : array-like of int
        Answers; missing ones are dropped and counted in the notes.
    boxes : int, default 2
        How many of the highest points count.
    scale : tuple of int, default (1, 5)
        Lowest and highest point of the scale.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate
        A share from 0 to 1.

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If there is no answer, or one is not a point of the scale.

    Examples
    --------
    >>> top_box([5, 5, 4, 3, 1], boxes=1)
    0.4 [0.1176, 0.7693] (95 %, n = 5)
    """
    answers, notes = scale_points("scores", scores, scale)
    boxes = check_count("boxes", boxes, least=1)
    if boxes > scale[1] - scale[0]:
        raise ValueError(f"boxes is {boxes}, which is the whole scale {tuple(scale)}; give fewer")
    count = int((answers > scale[1] - boxes).sum())
    return proportion(
        count,
        len(answers),
        confidence=confidence,
        method=f"share in the top {boxes} of the scale {scale[0]} to {scale[1]}",
        notes=notes,
    )


def csat(scores, *, scale=(1, 5), confidence=0.95):
    """Customer satisfaction: share of the satisfied, the two highest points of the scale.

    Parameters
    ----------
    scores : array-like of int
        Answers; missing ones are dropped and counted in the notes.
    scale : tuple of int, default (1, 5)
        Lowest and highest point of the scale.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate
        A share from 0 to 1; ``.scaled(100)`` gives per cent.

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If there is no answer, or one is not a point of the scale.

    Examples
    --------
    >>> csat([5, 4, 4, 3, 1]).scaled(100)
    60 [23.07, 88.24] (95 %, n = 5)
    """
    return top_box(scores, boxes=2, scale=scale, confidence=confidence)


def ces(scores, *, scale=(1, 7), confidence=0.95):
    """Customer effort score: the mean agreement that it was easy.

    Parameters
    ----------
    scores : array-like of int
        Answers; missing ones are dropped and counted in the notes.
    scale : tuple of int, default (1, 7)
        Lowest and highest point of the scale.
    confidence : float, default 0.95
        Level of Student's interval, cut to the scale.

    Returns
    -------
    Estimate
        In points of the scale. A mean of ordered answers takes their distances as equal.

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If there is no answer, or one is not a point of the scale.

    References
    ----------
    Dixon, M., Freeman, K. & Toman, N. (2010). Stop trying to delight your customers. Harvard
    Business Review 88.

    Examples
    --------
    >>> ces([7, 6, 6, 2, 5])
    5.2 [2.812, 7] (95 %, n = 5)
    """
    answers, notes = scale_points("scores", scores, scale)
    return mean(
        answers, within=scale, confidence=confidence, method="customer effort score", notes=notes
    )


def scale_points(name, scores, scale):
    """Answers that are points of a scale, and a note on the missing ones."""
    low, high = (check_count("scale", end, least=-(10**6)) for end in scale)
    if low >= high:
        raise ValueError(f"scale is {tuple(scale)}; give its lowest and its highest point")
    every = clean_numbers(name, scores, missing="keep")
    if pd.api.types.infer_dtype(pd.Series(scores), skipna=True) == "boolean":
        raise TypeError(f"{name} are True and False; give points from {low} to {high}")
    answers = every[~np.isnan(every)]
    odd = answers[(answers < low) | (answers > high) | (answers != np.round(answers))]
    if len(odd):
        raise ValueError(f"{name} holds {odd[0]:g}; an answer is a whole number, {low} to {high}")
    missing = len(every) - len(answers)
    notes = (f"{missing} of {len(every)} did not answer",) if missing else ()
    return answers, notes


def promoters_and_detractors(answers):
    """How many answered 9 or 10, and how many 0 to 6."""
    return int((answers >= 9).sum()), int((answers <= 6).sum())


def _variance(promoters, detractors):
    return promoters + detractors - (promoters - detractors) ** 2


def _tango(promoters, detractors, n, quantile):
    """Differences of shares that Tango's score test does not reject."""
    from scipy.optimize import brentq

    def statistic(delta):
        a = 2 * n
        b = -promoters - detractors + (2 * n - promoters + detractors) * delta
        c = -detractors * delta * (1 - delta)
        restricted = (math.sqrt(max(b * b - 4 * a * c, 0.0)) - b) / (2 * a)
        variance = n * (2 * restricted + delta * (1 - delta))
        excess = promoters - detractors - n * delta
        if variance <= 0:
            return 0.0 if excess == 0 else math.copysign(math.inf, excess)
        return excess / math.sqrt(variance)

    value, edge = (promoters - detractors) / n, 1 - 1e-12

    def limit(sign):
        def beyond(delta):
            # Bounded, because the root finder cannot work with infinities.
            return max(min(statistic(delta), 1e6), -1e6) + sign * quantile

        if abs(value) == 1 and math.copysign(1, value) == sign:
            return value
        return brentq(beyond, *sorted((value, sign * edge)))

    return limit(-1), limit(1)
