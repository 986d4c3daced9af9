"""What a survey can say without any assumption about those who did not answer."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from ckmlab.arguments import check_count, check_share, clean_numbers
from ckmlab.results import Estimate

__all__ = ["Bounds", "response_bounds"]


@dataclass(frozen=True)
class Bounds:
    """The worst and the best that the silent could have said.

    Parameters
    ----------
    low, high : float
        The mean if every silent person had given the lowest, or the highest, answer.
    observed : float
        Mean of those who answered.
    response_rate : float
        Share of the invited who answered.
    n : int
        Number who answered.
    deviation : float
        Standard deviation of the answers.
    """

    low: float
    high: float
    observed: float
    response_rate: float
    n: int
    deviation: float

    @property
    def width(self):
        """float: how much is unknown for want of answers, however many were invited."""
        return self.high - self.low

    def covers(self, truth):
        """Whether a value lies within the bounds.

        Parameters
        ----------
        truth : float
            The mean over everybody.

        Returns
        -------
        bool
        """
        return bool(self.low <= float(truth) <= self.high)

    def interval(self, confidence=0.95):
        """Interval for the mean over everybody: the bounds, widened by sampling error.

        Parameters
        ----------
        confidence : float, default 0.95
            Chance that it covers the true mean (Imbens and Manski).

        Returns
        -------
        Estimate
            The value is the middle of the bounds, which nothing singles out.
        """
        confidence = check_share("confidence", confidence, ends=False)
        low_error, high_error = self._error(self.low), self._error(self.high)
        factor, largest = 0.0, max(low_error, high_error)
        if largest > 0:
            shift = self.width / largest
            factor = brentq(lambda c: ndtr(c + shift) - ndtr(-c) - confidence, 0, 40)
        return Estimate(
            (self.low + self.high) / 2,
            self.low - factor * low_error,
            self.high + factor * high_error,
            level=confidence,
            n=self.n,
            method="worst-case bounds with sampling error (Imbens and Manski 2004)",
            notes=("the value is only the middle of the bounds",),
        )

    def _error(self, bound):
        """Standard error of a bound, a mean of answers and of one filled-in value."""
        rate, invited = self.response_rate, self.n / self.response_rate
        gap = (bound - self.observed) / (1 - rate) if rate < 1 else 0.0  # filled-in less observed
        return math.sqrt((rate * self.deviation**2 + rate * (1 - rate) * gap**2) / invited)


def response_bounds(answers, *, invited=None, lowest=0.0, highest=1.0):
    r"""Worst-case bounds of a mean under non-response.

    With response rate r, mean :math:`\bar y` of the answers and a scale from l to h,

    .. math:: r \bar y + (1 - r) l \;\le\; \mu \;\le\; r \bar y + (1 - r) h

    Parameters
    ----------
    answers : array-like of float
        One answer per invited person, missing for those who did not answer; or the answers
        alone, with ``invited``. For NPS give -100, 0 and 100.
    invited : int, optional
        Number of people invited.
    lowest, highest : float
        Ends of the answer scale, 0 and 1 by default.

    Returns
    -------
    Bounds

    Raises
    ------
    ValueError
        If nobody answered, an answer is off the scale, or fewer were invited than answered.

    References
    ----------
    Manski (1989), Journal of Human Resources 24, 343-360; Imbens and Manski (2004),
    Econometrica 72, 1845-1857.

    Examples
    --------
    >>> bounds = response_bounds([1, 1, 0, 1, None, None, None, None, None, None])
    >>> round(bounds.low, 2), round(bounds.observed, 2), round(bounds.high, 2)
    (0.3, 0.75, 0.9)
    """
    if not lowest < highest:
        raise ValueError(f"lowest is {lowest:g} and highest {highest:g}; give the scale's ends")
    everyone = clean_numbers("answers", answers, missing="keep")
    given = everyone[~np.isnan(everyone)]
    asked = len(everyone) if invited is None else check_count("invited", invited, least=1)
    if asked < len(given):
        raise ValueError(f"{len(given)} answers from {asked} invited; count the invited again")
    off = given[(given < lowest) | (given > highest)]
    if off.size:
        raise ValueError(
            f"answers hold {off[0]:g}, off the scale from {lowest:g} to {highest:g}; "
            "set lowest= and highest="
        )
    rate, mean = len(given) / asked, float(given.mean())
    return Bounds(
        low=rate * mean + (1 - rate) * lowest,
        high=rate * mean + (1 - rate) * highest,
        observed=mean,
        response_rate=rate,
        n=len(given),
        deviation=float(given.std()),
    )
