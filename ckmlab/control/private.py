"""Differentially private counts, means and promoter scores, released through OpenDP.

The noise is drawn by a vetted library from a secure source. There is no seed on purpose: who
can repeat the noise can subtract it.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ckmlab.arguments import check_positive, check_share, clean_numbers, one_column
from ckmlab.results import Estimate

__all__ = ["PrivacyBudget", "private_count", "private_mean", "private_nps"]

GRID = 2**20  # answers become whole numbers of this many steps, which sum without rounding


@dataclass
class PrivacyBudget:
    """An account of privacy loss: what was released adds up, until nothing is left.

    Parameters
    ----------
    epsilon : float
        Privacy loss allowed in all.

    Examples
    --------
    >>> budget = PrivacyBudget(1.0)
    >>> budget.spend(0.4, "customers per region")
    >>> round(budget.left, 1)
    0.6
    """

    epsilon: float
    entries: list = field(default_factory=list, init=False)

    def __post_init__(self):
        self.epsilon = check_positive("epsilon", self.epsilon)

    @property
    def spent(self):
        """float: privacy loss so far; losses of releases about the same people add up."""
        return sum(epsilon for _, epsilon in self.entries)

    @property
    def left(self):
        """float: privacy loss still allowed."""
        return self.epsilon - self.spent

    @property
    def ledger(self):
        """pandas.DataFrame: every release with its ``epsilon`` and what was ``left`` after it."""
        table = pd.DataFrame(self.entries, columns=["release", "epsilon"])
        return table.assign(left=self.epsilon - table.epsilon.cumsum())

    def spend(self, epsilon, release):
        """Book a release, or refuse it.

        Parameters
        ----------
        epsilon : float
            Its privacy loss.
        release : str
            What is released.

        Raises
        ------
        ValueError
            If less is left than the release costs.
        """
        if check_positive("epsilon", epsilon) > self.left + 1e-12:
            raise ValueError(
                f"{release!r} would cost ε = {epsilon:g}, but only {self.left:g} of "
                f"{self.epsilon:g} is left; release less, or with a smaller ε"
            )
        self.entries.append((release, float(epsilon)))


def private_count(values, *, epsilon, budget=None, confidence=0.95):
    """Number of people, with noise that hides whether any one of them is among them.

    Parameters
    ----------
    values : array-like
        One entry per person; missing ones are not counted.
    epsilon : float
        Privacy loss of this release.
    budget : PrivacyBudget, optional
        Account to book it on.
    confidence : float, default 0.95
        Chance that the noise stays within the interval.

    Returns
    -------
    Estimate
        A whole number; may be negative, as noise must be allowed to be. The interval speaks of
        the noise only. ``n`` is left out, for it would give the secret away.

    Raises
    ------
    ModuleNotFoundError
        If OpenDP is not installed; the message says how to get it.
    ValueError
        If the budget does not suffice.

    References
    ----------
    Ghosh, Roughgarden and Sundararajan (2009) for the geometric (discrete Laplace) mechanism.

    Examples
    --------
    Needs the ``privacy`` extra, and comes out differently every time.

    >>> private_count(range(500), epsilon=0.5)  # doctest: +SKIP
    504 [497.6, 510.4] (95 %)
    """
    opendp = _opendp()
    people = int(one_column("values", values).notna().sum())
    return _release(
        opendp, np.ones(people, dtype=int), 1, epsilon, confidence, budget, "private count"
    )


def private_mean(values, *, epsilon, lower, upper, budget=None, confidence=0.95):
    r"""Mean answer, hiding what any one person said and whether they answered.

    Half of ε goes into a noisy number of people, half into a noisy sum of the answers' distances
    from the middle of the scale; the mean is the one over the other.

    Parameters
    ----------
    values : array-like of float
        Answers; missing ones are left out.
    epsilon : float
        Privacy loss of this release.
    lower, upper : float
        Ends of the scale, fixed without looking at the data. Answers beyond are cut to them.
    budget : PrivacyBudget, optional
        Account to book it on.
    confidence : float, default 0.95
        Chance that the mean of these answers lies within the interval.

    Returns
    -------
    Estimate
        The interval speaks of the noise only, not of sampling. ``n`` is left out on purpose.

    Raises
    ------
    ModuleNotFoundError
        If OpenDP is not installed; the message says how to get it.
    ValueError
        If the scale is empty or the budget does not suffice.

    References
    ----------
    Dwork and Roth (2014), The Algorithmic Foundations of Differential Privacy.

    Examples
    --------
    Needs the ``privacy`` extra, and comes out differently every time.

    >>> private_mean([8, 9, 7] * 200, epsilon=1, lower=0, upper=10)  # doctest: +SKIP
    8.042 [7.941, 8.145] (95 %)
    """
    opendp = _opendp()
    if not lower < upper:
        raise ValueError(f"lower is {lower:g} and upper {upper:g}; give the ends of the scale")
    confidence = check_share("confidence", confidence, ends=False)
    epsilon = check_positive("epsilon", epsilon)
    middle, reach = (lower + upper) / 2, (upper - lower) / 2
    answers = np.clip(clean_numbers("values", values), lower, upper)
    steps = np.rint((answers - middle) / reach * GRID).astype(int)
    if budget is not None:
        budget.spend(epsilon, "private mean")
    each = (1 + confidence) / 2  # both parts hold together with at least the chance asked for
    people = _release(opendp, np.ones(len(steps), dtype=int), 1, epsilon / 2, each, None, "")
    total = _release(opendp, steps, GRID, epsilon / 2, each, None, "")
    low, high = _quotient(total, people)
    value = middle + reach * np.clip(total.value / GRID / max(people.value, 1), -1, 1)
    return Estimate(
        value,
        min(middle + reach * low, value),
        max(middle + reach * high, value),
        level=confidence,
        method=f"private mean, ε = {epsilon:g}, OpenDP discrete Laplace noise",
        notes=("the interval covers the noise, not the sampling of people",),
    )


def private_nps(scores, *, epsilon, budget=None, confidence=0.95):
    """Net promoter score, hiding what any one person answered.

    Parameters
    ----------
    scores : array-like of int
        Answers from 0 to 10; 9 and 10 promote, 0 to 6 detract. Missing ones are left out.
    epsilon : float
        Privacy loss of this release.
    budget : PrivacyBudget, optional
        Account to book it on.
    confidence : float, default 0.95
        Chance that the score of these answers lies within the interval.

    Returns
    -------
    Estimate
        Between -100 and 100. The interval speaks of the noise only.

    Raises
    ------
    ModuleNotFoundError
        If OpenDP is not installed; the message says how to get it.
    ValueError
        If an answer is off the scale or the budget does not suffice.

    Examples
    --------
    Needs the ``privacy`` extra, and comes out differently every time.

    >>> private_nps([10, 9, 8, 3] * 150, epsilon=1)  # doctest: +SKIP
    24.74 [23.22, 26.29] (95 %)
    """
    answers = clean_numbers("scores", scores)
    off = answers[(answers < 0) | (answers > 10)]
    if off.size:
        raise ValueError(f"scores hold {off[0]:g}; the question is answered from 0 to 10")
    voice = np.where(answers >= 9, 100.0, np.where(answers <= 6, -100.0, 0.0))
    return private_mean(
        voice, epsilon=epsilon, lower=-100, upper=100, budget=budget, confidence=confidence
    )


def _release(opendp, steps, most, epsilon, confidence, budget, name):
    """A noisy sum of whole numbers, none of them larger than ``most`` in size."""
    epsilon = check_positive("epsilon", epsilon)
    confidence = check_share("confidence", confidence, ends=False)
    space = opendp.vector_domain(opendp.atom_domain(T="i64")), opendp.symmetric_distance()
    scale = most / epsilon
    mechanism = (
        space
        >> opendp.t.then_clamp((-most, most))
        >> opendp.t.then_sum()
        >> opendp.m.then_laplace(scale=scale)
    )
    if mechanism.map(1) > epsilon * (1 + 1e-6):
        raise RuntimeError("OpenDP's privacy loss exceeds the ε asked for; nothing was released")
    if budget is not None:
        budget.spend(epsilon, name)
    value = mechanism(steps.tolist())
    half = opendp.discrete_laplacian_scale_to_accuracy(scale, 1 - confidence)
    half = max(half, 1.0)  # also where next to no noise makes the formula overflow
    return Estimate(
        value,
        value - half,
        value + half,
        level=confidence,
        method=f"{name}, ε = {epsilon:g}, OpenDP discrete Laplace noise",
        notes=("the interval covers the noise, not the sampling of people",),
    )


def _quotient(total, people):
    """Range of sum over count when both lie in their intervals, on the scale from -1 to 1."""
    fewest, most = max(people.low, 1), max(people.high, 1)
    ends = [end / GRID / count for end in (total.low, total.high) for count in (fewest, most)]
    return float(np.clip(min(ends), -1, 1)), float(np.clip(max(ends), -1, 1))


def _opendp():
    try:
        import opendp.prelude as opendp
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "private releases draw their noise from OpenDP, which is not installed: "
            "pip install 'ckmlab[privacy]'. What noise would do is told by laplace_noise(epsilon)"
        ) from None
    opendp.enable_features("contrib")
    return opendp
