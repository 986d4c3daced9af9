"""Agreement beyond chance: Cohen, Scott, Fleiss and Gwet.

All have the form (observed − expected) / (1 − expected), and differ in what they take for chance.
"""

import math

import numpy as np

from ckmlab.classify import _resampling
from ckmlab.classify._intervals import check_confidence, no_width
from ckmlab.classify.agreement import confusion_table
from ckmlab.classify.ratings import pair, patterns
from ckmlab.results import Estimate

__all__ = ["cohen_kappa", "fleiss_kappa", "gwet_ac1", "scott_pi"]

UNDEFINED = "undefined: every label is the same, so chance alone would agree always"


def cohen_kappa(a, b, *, confidence=0.95, bootstrap=0, seed=None):
    r"""Cohen's kappa: agreement of two coders beyond chance, each with a habit of their own.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \qquad p_e = \sum_k p_{k\cdot}\,p_{\cdot k}

    Parameters
    ----------
    a, b : sequence, shape (units,)
        The two coders' labels in the same order; missing ones are NaN or None, and such units are
        left out.
    confidence : float, default 0.95
        Confidence level of the interval.
    bootstrap : int, default 0
        Number of bootstrap samples; 0 means the large-sample formula.
    seed : int, optional
        Needed for the bootstrap.

    Returns
    -------
    Estimate
        At most 1; 0 is what chance gives. NaN, with a note, when both use one label only.

    Raises
    ------
    ValueError
        If the lists do not fit together, share no labelled unit, or the bootstrap has no seed.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20:37–46.
    Fleiss, J. L., Cohen, J., Everitt, B. S. (1969). Large sample standard errors of kappa and
    weighted kappa. Psychological Bulletin 72:323–327.

    Examples
    --------
    >>> ann = ["about"] * 20 + ["for"] * 20
    >>> ben = ["about"] * 15 + ["for"] * 5 + ["about"] * 5 + ["for"] * 15
    >>> cohen_kappa(ann, ben)
    0.5 [0.2316, 0.7684] (95 %, n = 40)
    """
    first, second = pair(a, b, where="cohen_kappa")
    table = confusion_table(first, second).to_numpy(dtype=float)

    def coefficient(frequencies):
        shares = frequencies.reshape(table.shape) / frequencies.sum()
        return _beyond_chance(np.trace(shares), shares.sum(axis=1) @ shares.sum(axis=0))

    value = coefficient(table.ravel())
    if math.isnan(value):
        return _undefined(confidence, len(first), "Cohen 1960")
    if bootstrap:
        low, high, how = _resampling.interval(
            coefficient, table.ravel(), confidence=confidence, bootstrap=bootstrap, seed=seed
        )
    else:
        low, high, how = _large_sample(table, confidence)
    return Estimate(
        value,
        low,
        high,
        level=confidence,
        n=len(first),
        method=f"Cohen 1960, {how}",
        notes=no_width(low, high),
    )


def scott_pi(a, b, *, confidence=0.95, bootstrap=0, seed=None):
    r"""Scott's pi: agreement of two coders beyond chance, both with the same habit.

    .. math:: \pi = \frac{p_o - p_e}{1 - p_e}, \qquad
              p_e = \sum_k \left(\frac{p_{k\cdot} + p_{\cdot k}}{2}\right)^2

    Parameters
    ----------
    a, b : sequence, shape (units,)
        The two coders' labels in the same order; units that either left out are dropped.
    confidence : float, default 0.95
        Confidence level of the interval.
    bootstrap : int, default 0
        Number of bootstrap samples; 0 means the jackknife.
    seed : int, optional
        Needed for the bootstrap.

    Returns
    -------
    Estimate
        At most 1; NaN, with a note, when only one label occurs.

    Raises
    ------
    ValueError
        If the lists do not fit together, share no labelled unit, or the bootstrap has no seed.

    References
    ----------
    Scott, W. A. (1955). Reliability of content analysis. Public Opinion Quarterly 19:321–325.

    Examples
    --------
    >>> ann = ["about"] * 20 + ["for"] * 20
    >>> ben = ["about"] * 15 + ["for"] * 5 + ["about"] * 5 + ["for"] * 15
    >>> scott_pi(ann, ben).value
    0.5
    """
    ratings = np.array(pair(a, b, where="scott_pi"), dtype=object)
    table = patterns(ratings, where="scott_pi")
    return _estimate(table, _same_habit, "Scott 1955", confidence, bootstrap, seed)


def fleiss_kappa(ratings, *, confidence=0.95, bootstrap=0, seed=None):
    r"""Fleiss' kappa: agreement of many coders beyond chance.

    .. math:: \kappa = \frac{\bar p_o - \sum_k \pi_k^2}{1 - \sum_k \pi_k^2}

    with :math:`\bar p_o` the mean over units of the share of agreeing pairs of coders and
    :math:`\pi_k` the mean share of label :math:`k`. Labels may be missing: units with two labels
    or more enter :math:`\bar p_o`, units with one label only :math:`\pi_k` (Gwet 2014).

    Parameters
    ----------
    ratings : table, shape (coders, units)
        Missing labels are NaN or None; see :func:`ratings_table`.
    confidence : float, default 0.95
        Confidence level of the interval.
    bootstrap : int, default 0
        Number of bootstrap samples; 0 means the jackknife.
    seed : int, optional
        Needed for the bootstrap.

    Returns
    -------
    Estimate
        At most 1; ``n`` counts units with two labels or more. NaN, with a note, when only one
        label occurs.

    Raises
    ------
    ValueError
        If the table is empty, has one coder, no unit with two labels, or the bootstrap no seed.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological
    Bulletin 76:378–382.
    Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed.

    Examples
    --------
    >>> round(fleiss_kappa([list("aabbc"), list("aabbb"), list("aabcc")]), 4)
    0.5833
    """
    table = patterns(ratings, where="fleiss_kappa")
    return _estimate(table, _same_habit, "Fleiss 1971", confidence, bootstrap, seed)


def gwet_ac1(a, b=None, *, labels=None, confidence=0.95, bootstrap=0, seed=None):
    r"""Gwet's AC1: agreement beyond chance that stays sane when one label is very common.

    .. math:: p_e = \frac{1}{q - 1} \sum_{k=1}^{q} \pi_k (1 - \pi_k)

    Parameters
    ----------
    a : sequence, shape (units,), or table, shape (coders, units)
        Labels of the first coder; or, without ``b``, of all coders. Missing ones are NaN or None.
    b : sequence, shape (units,), optional
        Labels of the second coder.
    labels : sequence, optional
        All :math:`q` labels that coders could choose from; default those that occur. A label that
        nobody chose counts too: it lowers the chance of agreeing by accident.
    confidence : float, default 0.95
        Confidence level of the interval.
    bootstrap : int, default 0
        Number of bootstrap samples; 0 means the jackknife.
    seed : int, optional
        Needed for the bootstrap.

    Returns
    -------
    Estimate
        At most 1; NaN, with a note, when there is only one label.

    Raises
    ------
    ValueError
        As in :func:`fleiss_kappa`; or if a label is not among ``labels``.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. British Journal of Mathematical and Statistical Psychology 61:29–48.

    Examples
    --------
    >>> ann = ["about"] * 20 + ["for"] * 20
    >>> ben = ["about"] * 15 + ["for"] * 5 + ["about"] * 5 + ["for"] * 15
    >>> round(gwet_ac1(ann, ben, labels=["about", "for", "from"]), 4)
    0.6667
    """
    ratings = a if b is None else np.array(pair(a, b, where="gwet_ac1"), dtype=object)
    table = patterns(ratings, where="gwet_ac1", labels=labels)
    return _estimate(table, _random_guess, "Gwet 2008 (AC1)", confidence, bootstrap, seed)


def _same_habit(shares):
    return shares @ shares


def _random_guess(shares):
    return shares @ (1 - shares) / (len(shares) - 1) if len(shares) > 1 else 1.0


def _beyond_chance(observed, expected):
    # Rounding can leave 1 − 1e-16 where every label is the same.
    return math.nan if expected > 1 - 1e-12 else float((observed - expected) / (1 - expected))


def _estimate(table, chance, method, confidence, bootstrap, seed):
    coders = table.counts.sum(axis=1)
    pairs = np.maximum(coders * (coders - 1), 1)
    agreed = (table.counts * (table.counts - 1)).sum(axis=1) / pairs
    shares = table.counts / coders[:, None]

    def coefficient(frequencies):
        paired = frequencies * table.paired
        if not paired.any():
            return math.nan
        expected = chance(frequencies @ shares / frequencies.sum())
        return _beyond_chance(paired @ agreed / paired.sum(), expected)

    value = coefficient(table.frequencies)
    if math.isnan(value):
        return _undefined(confidence, table.units, method)
    low, high, how = _resampling.interval(
        coefficient, table.frequencies, confidence=confidence, bootstrap=bootstrap, seed=seed
    )
    return Estimate(
        value,
        low,
        high,
        level=confidence,
        n=table.units,
        method=f"{method}, {how}",
        notes=no_width(low, high),
    )


def _large_sample(table, confidence):
    from scipy.stats import norm
    from statsmodels.stats.inter_rater import cohens_kappa

    check_confidence(confidence)
    with np.errstate(all="ignore"):  # a test it also makes divides by a variance of zero
        result = cohens_kappa(table)
    margin = norm.ppf((1 + confidence) / 2) * math.sqrt(max(0.0, result.var_kappa))
    low, high = max(-1.0, result.kappa - margin), min(1.0, result.kappa + margin)
    return low, high, "Fleiss, Cohen & Everitt 1969"


def _undefined(confidence, units, method):
    return Estimate(math.nan, level=confidence, n=units, method=method, notes=(UNDEFINED,))
