"""Intervals that several measures of this room share."""

import numpy as np

__all__ = ["check_confidence", "no_width", "wilson"]


def check_confidence(confidence):
    """Refuse a confidence level that is no share, such as 95 for 95 %."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence:g}; give a share such as 0.95")


def no_width(low, high):
    """Notes for an interval without width: a formula cannot see doubt where the data vary not."""
    note = (
        "the data do not vary, so the interval has no width: label more units before you trust it"
    )
    return (note,) if low == high else ()


def wilson(counts, total, confidence):
    """Wilson's interval of shares, with ends that reach exactly 0 and 1 where they should.

    Parameters
    ----------
    counts : int or array of int
        Items that count.
    total : int
        All items, at least 1.
    confidence : float
        Confidence level.

    Returns
    -------
    tuple
        Low and high ends, shaped like ``counts``.

    Examples
    --------
    >>> low, high = wilson(0, 4, 0.95)
    >>> float(low), round(float(high), 4)
    (0.0, 0.4899)
    """
    from statsmodels.stats.proportion import proportion_confint

    check_confidence(confidence)
    low, high = proportion_confint(counts, total, alpha=1 - confidence, method="wilson")
    # Rounding leaves 1e-17 where the formula gives 0.
    return np.where(np.equal(counts, 0), 0.0, low), np.where(np.equal(counts, total), 1.0, high)
