"""How often coders agree, and where they do not."""

import numpy as np
import pandas as pd

from ckmlab.classify import _resampling
from ckmlab.classify._intervals import wilson
from ckmlab.classify.ratings import label_order, pair, patterns
from ckmlab.results import Estimate

__all__ = ["confusion_table", "percent_agreement"]


def percent_agreement(a, b=None, *, confidence=0.95):
    """Share of the units on which coders agree, between 0 and 1.

    Easy to grasp and easy to fool: when almost every item is of one type, two coders who guess
    agree almost always. Look at :func:`cohen_kappa` or :func:`krippendorff_alpha` as well.

    Parameters
    ----------
    a : sequence, shape (units,), or table, shape (coders, units)
        Labels of the first coder; or, without ``b``, of all coders. Missing ones are NaN or None.
    b : sequence, shape (units,), optional
        Labels of the second coder.
    confidence : float, default 0.95
        Confidence level of the interval.

    Returns
    -------
    Estimate
        Wilson interval for two coders; for a table the mean over units of the share of pairs of
        coders that agree, with a jackknife interval.

    Raises
    ------
    ValueError
        If there is a single coder, no unit with two labels, or lists of different length.

    Examples
    --------
    >>> percent_agreement(["about", "for", "from", "for"], ["about", "for", "for", "for"])
    0.75 [0.3006, 0.9544] (95 %, n = 4)
    """
    if b is None:
        return _pairwise_agreement(a, confidence)
    first, second = pair(a, b, where="percent_agreement")
    agreed, total = int((first == second).sum()), len(first)
    low, high = wilson(agreed, total, confidence)
    method = "share of units with equal labels, Wilson 1927"
    return Estimate(agreed / total, low, high, level=confidence, n=total, method=method)


def confusion_table(a, b, *, labels=None, normalize=False):
    """Cross two lists of labels: two coders, or the truth and a coder.

    Parameters
    ----------
    a, b : sequence, shape (units,)
        Labels; those of ``a`` become rows, those of ``b`` columns. Units that either left out are
        dropped.
    labels : sequence, optional
        Labels in the order wanted; default those that occur, sorted.
    normalize : bool, default False
        Divide each row by its sum: with the truth in the rows, this is the confusion matrix that
        :func:`correct_mix` takes.

    Returns
    -------
    pandas.DataFrame
        Square; units, or shares of the row.

    Raises
    ------
    ValueError
        If the lists do not fit together, a label is unknown, or an empty row is to be normalised.

    Examples
    --------
    >>> confusion_table(["about", "for", "for"], ["about", "for", "about"])
           about  for
    about      1    0
    for        1    1
    """
    first, second = pair(a, b, where="confusion_table")
    codes, found = pd.factorize(np.concatenate([first, second]))
    labels = label_order(found, labels, where="confusion_table")
    rows, columns = np.array([labels.index(label) for label in found])[codes].reshape(2, -1)
    counts = np.bincount(rows * len(labels) + columns, minlength=len(labels) ** 2)
    table = pd.DataFrame(counts.reshape(len(labels), -1), index=labels, columns=labels)
    if not normalize:
        return table
    totals = table.sum(axis=1)
    if (totals == 0).any():
        raise ValueError(
            f"no unit is {totals.idxmin()!r} in a, so its row has no shares: "
            "label more units or leave that label out"
        )
    return table.div(totals, axis=0)


def _pairwise_agreement(ratings, confidence):
    table = patterns(ratings, where="percent_agreement")
    frequencies = table.frequencies[table.paired]
    counts = table.counts[table.paired]
    coders = counts.sum(axis=1)
    agreed = (counts * (counts - 1)).sum(axis=1) / (coders * (coders - 1))

    def mean(weights):
        return weights @ agreed / weights.sum()

    low, high, how = _resampling.interval(mean, frequencies, confidence=confidence)
    method = f"mean share of agreeing pairs of coders, {how}"
    return Estimate(
        mean(frequencies),
        float(np.maximum(0.0, low)),
        high,
        level=confidence,
        n=table.units,
        method=method,
    )
