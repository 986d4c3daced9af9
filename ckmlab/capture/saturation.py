"""Interviews to saturation: what share of the needs has been heard after n conversations."""

import numpy as np
from scipy.special import betaln, roots_jacobi

from ckmlab.arguments import check_count, check_positive, check_share

__all__ = ["analysts_find", "interviews_needed", "share_found", "share_found_homogeneous"]

NODES = 80  # Gauss-Jacobi nodes; exact for up to 159 interviews, and close beyond


def share_found(n, a, b, *, detection=1.0):
    r"""Expected share of all needs heard after n interviews, needs being unlike each other.

    Need k comes up in an interview with its own probability :math:`p_k \sim Beta(a, b)`, so
    that the common needs are found quickly and the rare ones hardly ever:

    .. math:: S(n) = 1 - \frac{B(a, b + n)}{B(a, b)}

    Parameters
    ----------
    n : int or array-like of int
        Number of interviews.
    a, b : float
        Parameters of the beta distribution, above 0. The mean need comes up with a / (a + b).
        Griffin and Hauser's a = 1.45, b = 7.64 are often quoted; **we have not been able to
        confirm them** in the article itself, so treat them as an example.
    detection : float, default 1
        Chance that the analysts notice a need that was voiced (see :func:`analysts_find`).

    Returns
    -------
    float or numpy.ndarray
        Share between 0 and 1, in the shape of ``n``.

    Raises
    ------
    ValueError
        If n is negative, a or b not positive, or detection no share.

    References
    ----------
    Griffin and Hauser (1993), Marketing Science 12(1), 1-27, doi:10.1287/mksc.12.1.1.

    Examples
    --------
    >>> share_found([1, 20, 30], a=1.45, b=7.64).round(3).tolist()
    [0.16, 0.84, 0.898]
    """
    counts = _interviews(n)
    a, b = check_positive("a", a), check_positive("b", b)
    detection = check_share("detection", detection)
    if detection == 1:
        missed = np.exp(betaln(a, b + counts) - betaln(a, b))
    else:
        nodes, weights = roots_jacobi(NODES, b - 1, a - 1)
        chance = (1 + nodes) / 2  # from [-1, 1] to a probability
        missed = (1 - detection * chance) ** counts[..., None] @ (weights / weights.sum())
    found = np.clip(1 - missed, 0, 1)
    return float(found) if found.ndim == 0 else found


def share_found_homogeneous(n, p):
    r"""Expected share of needs heard after n interviews if all needs were alike.

    .. math:: S(n) = 1 - (1 - p)^n

    Real needs are not alike; with the same mean this curve promises too much
    (96.9 % after 20 interviews where the beta-binomial with mean .1595 says 84.0 %).

    Parameters
    ----------
    n : int or array-like of int
        Number of interviews.
    p : float
        Chance that one interview brings up a given need.

    Returns
    -------
    float or numpy.ndarray

    Raises
    ------
    ValueError
        If n is negative or p no share.

    Examples
    --------
    >>> share_found_homogeneous([1, 3, 5, 10], p=0.31).round(3).tolist()
    [0.31, 0.671, 0.844, 0.976]
    """
    found = 1 - (1 - check_share("p", p)) ** _interviews(n)
    return float(found) if found.ndim == 0 else found


def analysts_find(analysts, each):
    r"""Chance that at least one of several independent analysts notices a voiced need.

    .. math:: D = 1 - (1 - d)^m

    Parameters
    ----------
    analysts : int or array-like of int
        Number m of people who read the same transcript, each on their own.
    each : float
        Share d of the needs in a transcript that one analyst notices. The .54 that is often
        quoted for this we could not confirm.

    Returns
    -------
    float or numpy.ndarray

    Raises
    ------
    ValueError
        If the number is negative or ``each`` no share.

    Examples
    --------
    >>> analysts_find([1, 2, 3, 4], each=0.54).round(3).tolist()
    [0.54, 0.788, 0.903, 0.955]
    """
    return share_found_homogeneous(analysts, each)


def interviews_needed(share, a, b, *, detection=1.0):
    """Smallest number of interviews expected to bring up a share of the needs.

    Parameters
    ----------
    share : float
        Wanted share, 0 ≤ share < 1.
    a, b : float
        Parameters of the beta distribution, as in :func:`share_found`.
    detection : float, default 1
        Chance that the analysts notice a need that was voiced.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If the share is 1 or more (that takes for ever), or would need over a billion interviews.

    Examples
    --------
    >>> [interviews_needed(share, a=1.45, b=7.64) for share in (0.80, 0.90, 0.95)]
    [16, 31, 55]
    """
    share = check_share("share", share)
    if share == 1:
        raise ValueError("all needs are never certain to be heard; ask for a share below 1")
    return first_reaching(share, lambda n: share_found(n, a, b, detection=detection))


def first_reaching(level, curve):
    """Smallest whole n at which a rising curve reaches a level: doubling, then bisection.

    Parameters
    ----------
    level : float
        The height to reach.
    curve : callable
        A non-decreasing function of a whole number.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it is not reached before a billion.
    """
    if curve(0) >= level:
        return 0
    low, high = 0, 1
    while curve(high) < level:
        low, high = high, 2 * high
        if high > 10**9:
            raise ValueError(f"{level:g} is not reached within a billion interviews")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if curve(middle) >= level else (middle, high)
    return high


def _interviews(n):
    counts = np.asarray(n, dtype=float)
    if counts.ndim == 0:
        return np.asarray(check_count("n", n), dtype=float)
    for value in counts.ravel():
        check_count("n", value)
    return counts
