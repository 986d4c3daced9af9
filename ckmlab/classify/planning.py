"""How many items two people must both code."""

import math

import numpy as np

from ckmlab.arguments import check_share, clean_numbers
from ckmlab.classify._intervals import check_confidence

__all__ = ["items_to_double_code"]


def items_to_double_code(half_width=0.1, *, kappa=0.7, mix=(1 / 3, 1 / 3, 1 / 3), confidence=0.95):
    r"""How many items to double-code so that kappa is known to a wanted precision.

    .. math:: n = \left\lceil \left(\frac{z}{w}\right)^2 V(\kappa, \pi) \right\rceil

    with :math:`w` the half-width and :math:`V` the large-sample variance of Cohen's kappa for one
    item, when both coders use the labels with shares :math:`\pi` and agree by insight in a share
    :math:`\kappa` of the items and by chance in the others.

    Parameters
    ----------
    half_width : float, default 0.1
        Wanted half-width of the interval. For a wanted standard error, multiply it by the normal
        quantile: 1.96 × 0.05 = 0.098.
    kappa : float, default 0.7
        Agreement you expect, from a pilot or the literature; from 0 to below 1.
    mix : sequence of float, default equal shares
        Shares of the labels that you expect; they add up to 1.
    confidence : float, default 0.95
        Confidence level of the interval.

    Returns
    -------
    int
        Number of items, rounded up.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    References
    ----------
    Fleiss, J. L., Cohen, J., Everitt, B. S. (1969). Large sample standard errors of kappa and
    weighted kappa. Psychological Bulletin 72:323–327.

    Examples
    --------
    >>> items_to_double_code(0.1, kappa=0.7, mix=[0.45, 0.35, 0.20])
    147
    >>> items_to_double_code(0.1, kappa=0.7, mix=[0.90, 0.05, 0.05])
    549
    """
    from scipy.stats import norm
    from statsmodels.stats.inter_rater import cohens_kappa

    check_confidence(confidence)
    shares = clean_numbers("mix", mix, missing="refuse")
    half_width = check_share("half_width", half_width, ends=False)
    kappa = check_share("kappa", kappa)
    if kappa == 1:
        raise ValueError(f"kappa is {kappa:g}; give the agreement you expect, from 0 to below 1")
    if len(shares) < 2 or (shares <= 0).any() or abs(shares.sum() - 1) > 5e-3:
        raise ValueError(
            f"mix is {shares.tolist()}; give one share above 0 per label, adding up to 1"
        )
    shares = shares / shares.sum()
    joint = (1 - kappa) * np.outer(shares, shares) + kappa * np.diag(shares)
    variance = cohens_kappa(joint).var_kappa  # the table adds up to 1: the variance of one item
    quantile = norm.ppf((1 + confidence) / 2)
    return math.ceil(variance * (quantile / half_width) ** 2)
