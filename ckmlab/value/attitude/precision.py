"""How many answers a wanted precision takes."""

import math

from ckmlab.arguments import check_count, check_positive, check_share
from ckmlab.intervals import normal_quantile

__all__ = ["sample_size"]


def sample_size(
    margin,
    *,
    share=None,
    promoters=None,
    detractors=None,
    sd=None,
    confidence=0.95,
    population=None,
):
    r"""Answers needed for an interval of plus or minus ``margin``.

    .. math:: n = \frac{z^2 V}{\text{margin}^2}, \qquad
              V = \begin{cases} p(1-p) & \text{a share} \\ p + d - (p - d)^2 & \text{NPS} \\
              s^2 & \text{a mean} \end{cases}

    rounded up; in a population of *N* the need falls to :math:`n / (1 + (n - 1) / N)`.

    Parameters
    ----------
    margin : float
        Half the width wanted: for a share 0.05 means five points in a hundred; for the net promoter
        score in points, such as 5; for a mean in its unit.
    share : float, optional
        Expected share. Without any expectation .5 is taken, the worst case.
    promoters, detractors : float, optional
        Expected shares, for the net promoter score.
    sd : float, optional
        Expected standard deviation, for a mean.
    confidence : float, default 0.95
        Level of the interval.
    population : int, optional
        How many there are in all.

    Returns
    -------
    int
        *Answers*, not invitations: divide by the response rate; and more answers do not mend a
        bias.

    Raises
    ------
    ValueError
        If expectations of different measures are mixed, or a number is impossible.

    Examples
    --------
    >>> sample_size(5, promoters=0.45, detractors=0.20)
    903
    >>> sample_size(0.05)
    385
    """
    margin = check_positive("margin", margin)
    variance, unit = _variance(share, promoters, detractors, sd)
    if share is not None or (unit == 1 and sd is None):
        check_share("margin", margin, ends=False)
    n = variance * (unit * normal_quantile(confidence) / margin) ** 2
    if population is not None:
        n /= 1 + (n - 1) / check_count("population", population, least=1)
    return max(1, math.ceil(n - 1e-9))


def _variance(share, promoters, detractors, sd):
    """Variance of one answer, and how many units of the margin make one of its own."""
    given = [share is not None, promoters is not None or detractors is not None, sd is not None]
    if sum(given) > 1:
        raise ValueError(
            "share, promoters with detractors, and sd belong to different measures; give one"
        )
    if sd is not None:
        return check_positive("sd", sd) ** 2, 1
    if not given[1]:
        share = 0.5 if share is None else check_share("share", share)
        return share * (1 - share), 1
    if promoters is None or detractors is None:
        raise ValueError("give both promoters and detractors, as shares such as 0.45 and 0.20")
    p, d = check_share("promoters", promoters), check_share("detractors", detractors)
    if p + d > 1:
        raise ValueError(f"promoters {p:g} and detractors {d:g} are more than everybody")
    return p + d - (p - d) ** 2, 100
