"""Maximum of a smooth log-likelihood by damped Newton steps, with an honest account of the end."""

from dataclasses import dataclass

import numpy as np

__all__ = ["ConvergenceWarning", "Maximum", "maximise"]

CLOSE_ENOUGH = 1e-5  # log-likelihood units that the last step, taken unchecked, may gain
LONGEST_STEP = 2.0  # in log-parameters: a parameter changes at most 7-fold per pass
FARTHEST = 16.0  # |log-parameter| in the data's own scale beyond which it runs to 0 or infinity
NOISE = 1e-6  # gains below this may drown in rounding
WORST_CONDITION = 1e13


class ConvergenceWarning(UserWarning):
    """The fit did not reach a maximum: read the message before using a number."""


@dataclass(frozen=True)
class Maximum:
    """Where the search ended.

    Parameters
    ----------
    point, hessian : numpy.ndarray
        The parameters searched over, and the second derivatives there.
    value : float
        The log-likelihood.
    passes : int
        Evaluations over the data.
    problem : str
        Empty if a maximum was found, otherwise what went wrong.
    """

    point: np.ndarray
    value: float
    hessian: np.ndarray
    passes: int
    problem: str = ""


def maximise(objective, start, *, logs=None, max_passes=100):
    """Climb to the maximum of ``objective``.

    Parameters
    ----------
    objective : callable
        Point → (value, gradient, Hessian).
    start : array_like
        Where to begin, shape (p,).
    logs : int, optional
        How many of the first coordinates are logarithms, which may run away; all by default.
    max_passes : int, default 100
        Evaluations allowed.

    Returns
    -------
    Maximum

    Examples
    --------
    >>> top = maximise(lambda x: (-np.cosh(x[0]), -np.sinh(x), -np.cosh(x)[None]), [3.0])
    >>> bool(abs(top.point[0]) < 1e-6), top.problem
    (True, '')
    """
    point = np.asarray(start, dtype=float)
    value, gradient, hessian = objective(point)
    passes, shrink = 1, 1.0
    while passes < max_passes:
        step = _uphill(gradient, hessian)
        gain = float(gradient @ step)
        if gain < max(CLOSE_ENOUGH, 1e-14 * abs(value)):
            return _arrived(point, step, value, gain, hessian, passes)
        if np.abs(point[:logs]).max() > FARTHEST:
            return Maximum(point, value, hessian, passes, "boundary")
        step *= shrink * min(1.0, LONGEST_STEP / np.abs(step).max())
        trial = objective(point + step)
        passes += 1
        if np.isfinite(trial[0]) and trial[0] > value - 1e-13 * abs(value):
            point, (value, gradient, hessian), shrink = point + step, trial, 1.0
        else:
            shrink /= 4
        if shrink < 1e-10:
            return Maximum(point, value, hessian, passes, "" if gain < NOISE else "stuck")
    return Maximum(point, value, hessian, passes, "passes")


def _uphill(gradient, hessian):
    """Newton's step; where the surface curves upward, a step of the same length uphill."""
    curvature, axes = np.linalg.eigh(-hessian)
    floor = 1e-12 * max(np.abs(curvature).max(), 1e-300)
    return axes @ ((axes.T @ gradient) / np.maximum(np.abs(curvature), floor))


def _arrived(point, step, value, gain, hessian, passes):
    # One last step costs no pass: Newton's error is squared by it.
    last = point + step * min(1.0, 0.1 / max(np.abs(step).max(), 1e-300))
    curvature = np.linalg.eigvalsh(-hessian)
    problem = "flat" if curvature[0] <= curvature[-1] / WORST_CONDITION else ""
    return Maximum(last, value + gain / 2, hessian, passes, problem)
