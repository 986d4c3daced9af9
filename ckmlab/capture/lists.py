"""Two lists of the same people, and how many people are on neither."""

import math

from ckmlab.arguments import check_count
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["chapman", "lincoln_petersen"]

ASSUMES = "assumes a closed population, error-free matching, independent lists, equal chances"


def lincoln_petersen(n1, n2, both, *, confidence=0.95):
    r"""Population size from the overlap of two lists.

    If list 2 found 40 % of the people on list 1, it presumably found 40 % of everybody.

    .. math:: \hat N = n_1 n_2 / m

    Parameters
    ----------
    n1, n2 : int
        Number of different people on the first and on the second list.
    both : int
        Number of people on both lists, m.
    confidence : float, default 0.95
        Level of the interval. It is log-normal on the number nobody saw, so that it can
        never fall below the number of people already known.

    Returns
    -------
    Estimate
        Number of people, seen or not. ``n`` is the number of different people seen.

    Raises
    ------
    ValueError
        If the lists do not overlap (use :func:`chapman`), or ``both`` exceeds a list.

    References
    ----------
    Petersen (1896); Lincoln (1930). Interval after Chao (1987), Biometrics 43, 783-791.

    Examples
    --------
    >>> lincoln_petersen(120, 90, 36)
    300 [250.7, 380.9] (95 %, n = 174)
    """
    n1, n2, both = _overlap(n1, n2, both)
    if both == 0:
        raise ValueError(
            "the two lists share nobody, so Lincoln-Petersen divides by zero; "
            "chapman(n1, n2, both) stays finite, or add a third list"
        )
    seen = n1 + n2 - both
    unseen = (n1 - both) * (n2 - both) / both
    variance = n1 * n2 * (n1 - both) * (n2 - both) / both**3
    low, high = unseen_interval(seen, unseen, variance, confidence)
    return Estimate(
        n1 * n2 / both,
        low,
        high,
        level=confidence,
        n=seen,
        method="Lincoln-Petersen, log-normal interval (Chao 1987)",
        notes=(ASSUMES,),
    )


def chapman(n1, n2, both, *, confidence=0.95):
    r"""Population size from two lists, nearly unbiased and finite even without overlap.

    .. math::

        \hat N = \frac{(n_1+1)(n_2+1)}{m+1} - 1, \qquad
        \widehat{var} = \frac{(n_1+1)(n_2+1)(n_1-m)(n_2-m)}{(m+1)^2 (m+2)}

    Parameters
    ----------
    n1, n2 : int
        Number of different people on the first and on the second list.
    both : int
        Number of people on both lists, m.
    confidence : float, default 0.95
        Level of the log-normal interval on the number nobody saw; value ± z standard errors
        would cover the truth too rarely when the overlap is small.

    Returns
    -------
    Estimate
        Number of people, seen or not. ``n`` is the number of different people seen.

    Raises
    ------
    ValueError
        If ``both`` exceeds a list, or a count is negative.

    References
    ----------
    Chapman (1951); variance Seber (1970); interval Chao (1987), Biometrics 43, 783-791.

    Examples
    --------
    >>> chapman(120, 90, 36)
    296.6 [249.3, 373.7] (95 %, n = 174)
    """
    n1, n2, both = _overlap(n1, n2, both)
    seen = n1 + n2 - both
    value = (n1 + 1) * (n2 + 1) / (both + 1) - 1
    error = math.sqrt(
        (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both) / ((both + 1) ** 2 * (both + 2))
    )
    low, high = unseen_interval(seen, value - seen, error**2, confidence)
    return Estimate(
        value,
        low,
        high,
        level=confidence,
        n=seen,
        method=f"Chapman 1951, standard error {error:.2f} (Seber 1970), log-normal interval",
        notes=(ASSUMES,),
    )


def unseen_interval(seen, unseen, variance, confidence):
    """Log-normal interval for a total whose seen part is certain (Chao 1987).

    Parameters
    ----------
    seen, unseen : float
        Number already seen and estimated number not seen.
    variance : float
        Variance of the estimated number not seen.
    confidence : float
        Level of the interval.

    Returns
    -------
    tuple of float
        Low and high end of the total.
    """
    z = normal_quantile(confidence)
    if unseen <= 0 or variance <= 0:
        return float(seen + max(unseen, 0)), float(seen + max(unseen, 0))
    spread = math.exp(z * math.sqrt(math.log1p(variance / unseen**2)))
    return seen + unseen / spread, seen + unseen * spread


def _overlap(n1, n2, both):
    n1, n2, both = check_count("n1", n1), check_count("n2", n2), check_count("both", both)
    if both > min(n1, n2):
        raise ValueError(
            f"both is {both}, more than the shorter list's {min(n1, n2)}: count each person once"
        )
    return n1, n2, both
