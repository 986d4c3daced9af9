"""Captive customers: those who stay although they are not satisfied."""

from ckmlab.arguments import check_share, clean_numbers
from ckmlab.intervals import proportion

__all__ = ["captivity"]

UPPER_THIRD = 2 / 3


def captivity(satisfaction, stayed, *, scale=(1, 10), threshold=UPPER_THIRD, confidence=0.95):
    r"""Captivity index: of the customers who stayed, the share below the leave threshold.

    .. math:: \frac{\#\{i : s_i = 1,\; (x_i - \min) / (\max - \min) \le t\}}{\#\{i : s_i = 1\}}

    with answers :math:`x_i` on a scale from min to max and :math:`s_i = 1` for who stayed. The
    threshold *t* is a place on the scale, so that five points and ten are read alike: with two
    thirds, the satisfied are those in the upper third, 4 and 5 of five, 6 and 7 of seven, 8 to
    10 of ten (the usual "top boxes").

    Parameters
    ----------
    satisfaction : array-like of float
        Answers to a question on satisfaction; who did not answer (missing) is left out.
    stayed : array-like of bool
        Whether the same customer stayed afterwards, such as by renewing the contract.
    scale : tuple of float, default (1, 10)
        Lowest and highest point of the scale.
    threshold : float, default 2/3
        Leave threshold: the place on the scale, 0 for its lowest point and 1 for its highest, up
        to which an answer says that nothing but a hold keeps the customer.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate
        A share, NaN if nobody who answered stayed. It counts everybody who stays unsatisfied,
        whether held by a contract, by habit or by hope, so it is an upper bound for the
        captives among those who answered.

    Raises
    ------
    TypeError
        If an answer is no number.
    ValueError
        If lengths differ, ``stayed`` has gaps, or an answer lies outside the scale.

    References
    ----------
    The captive customer of the comparison by Gibbert, Leibold and Probst (2002), European
    Management Journal 20(5), 459-469; the index is this laboratory's.

    Examples
    --------
    >>> captivity([3, 7, 8, 10, 2, None], [True, True, True, True, False, True])
    0.5 [0.15, 0.85] (95 %, n = 4)
    >>> round(float(captivity([2, 4, 5], [True, True, True], scale=(1, 5))), 3)
    0.333
    """
    answers = clean_numbers("satisfaction", satisfaction, missing="keep")
    held = clean_numbers("stayed", stayed, missing="refuse").astype(bool)
    if len(answers) != len(held):
        raise ValueError(f"{len(answers)} answers but {len(held)} values in stayed; give pairs")
    low, high = scale
    outside = answers[(answers < low) | (answers > high)]
    if len(outside):
        raise ValueError(
            f"satisfaction holds {outside[0]:g}, outside the scale {low:g} to {high:g}; say scale="
        )
    bar = low + check_share("threshold", threshold) * (high - low)
    of_stayers = answers[held & (answers == answers)]
    # A hair's breadth, since two thirds of a scale are no exact number.
    return proportion(
        int((of_stayers <= bar + 1e-9).sum()),
        len(of_stayers),
        confidence=confidence,
        method=f"share of stayers whose answer is at most {bar:.3g} of {low:g} to {high:g}",
        notes=("an upper bound for captives: who stays unsatisfied need not be held",),
    )
