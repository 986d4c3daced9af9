"""How much of the store is knowledge about, for and from customers."""

import math

import narwhals as nw
import numpy as np

from ckmlab.classify._intervals import check_confidence, wilson
from ckmlab.concepts import KnowledgeType
from ckmlab.frames import like, require
from ckmlab.results import Estimate

__all__ = ["balance", "neglect_index", "type_mix"]


def type_mix(items, column="ktype_coded", *, labels=tuple(KnowledgeType), confidence=0.95):
    r"""Shares of the knowledge types among the items, with Wilson intervals.

    Items without a label are left out. With :math:`n` labelled items and :math:`z` the normal
    quantile, a share :math:`p` has the interval

    .. math:: \frac{p + z^2/2n \pm z \sqrt{p(1-p)/n + z^2/4n^2}}{1 + z^2/n}

    Parameters
    ----------
    items : data frame
        One row per item; pandas, Polars, DuckDB, PyArrow, Dask or PySpark.
    column : str, default "ktype_coded"
        The column that holds the labels.
    labels : sequence of str, default about, for, from
        The labels that may occur, in the order wanted; pass others to look at another
        classification, such as :class:`ckmlab.concepts.KnowledgeNature`.
    confidence : float, default 0.95
        Confidence level of the intervals.

    Returns
    -------
    data frame
        In the caller's own library, one row per label, also where the label never occurs:
        ``ktype``, ``n`` (items), ``share``, ``low``, ``high`` (between 0 and 1).

    Raises
    ------
    KeyError
        If the column is missing.
    ValueError
        If no item has a label, or a label is not among ``labels``.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22:209–212.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"ktype_coded": ["about"] * 6 + ["for"] * 4})
    >>> type_mix(items).round(2)
       ktype  n  share   low  high
    0  about  6    0.6  0.31  0.83
    1    for  4    0.4  0.17  0.69
    2   from  0    0.0  0.00  0.28
    """
    wrapped = require(items, [column], where="type_mix")
    labels = [str(label) for label in labels]
    counts = _counts(wrapped, column, labels)
    total = counts.sum()
    low, high = wilson(counts, total, confidence)
    return like(
        wrapped,
        {"ktype": labels, "n": counts, "share": counts / total, "low": low, "high": high},
    )


def balance(items, column="ktype_coded", *, labels=tuple(KnowledgeType), confidence=0.95):
    r"""How evenly the items are spread over the knowledge types.

    .. math:: B = -\sum_k p_k \ln p_k \,/ \ln K

    1 means equal shares of all :math:`K` types, 0 means that there is only one type.

    Parameters
    ----------
    items : data frame
        One row per item, in any library that :func:`type_mix` takes.
    column : str, default "ktype_coded"
        The column that holds the labels.
    labels : sequence of str, default about, for, from
        The labels that may occur.
    confidence : float, default 0.95
        Confidence level of the interval.

    Returns
    -------
    Estimate
        Between 0 and 1, with a delta-method interval, which is too short when the shares are
        almost equal.

    Raises
    ------
    KeyError, ValueError
        As in :func:`type_mix`.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"ktype_coded": ["about"] * 45 + ["for"] * 35 + ["from"] * 20})
    >>> balance(items)
    0.9545 [0.9007, 1] (95 %, n = 100)
    """
    from scipy.stats import entropy, norm

    check_confidence(confidence)
    counts = _counts(require(items, [column], where="balance"), column, [*map(str, labels)])
    total = counts.sum()
    shares = counts[counts > 0] / total
    spread = entropy(shares)
    error = math.sqrt(max(0.0, shares @ np.log(shares) ** 2 - spread**2) / total)
    margin = norm.ppf((1 + confidence) / 2) * error
    scale = math.log(len(counts))
    notes = ()
    if margin < 1e-9:  # all equally frequent, or one alone
        margin, notes = math.nan, ("a mix so regular gives the delta method no interval",)
    return Estimate(
        spread / scale,
        float(np.maximum(0.0, (spread - margin) / scale)),
        float(np.minimum(1.0, (spread + margin) / scale)),
        notes=notes,
        level=confidence,
        n=int(total),
        method="entropy of the mix over its maximum, delta method",
    )


def neglect_index(items, column="ktype_coded", *, labels=tuple(KnowledgeType), confidence=0.95):
    r"""How badly the rarest knowledge type is neglected.

    .. math:: N = \min_k p_k \,/\, (1/K)

    1 means that no type is neglected, 0 that one is missing altogether. It is usually *from*.

    Parameters
    ----------
    items : data frame
        One row per item, in any library that :func:`type_mix` takes.
    column : str, default "ktype_coded"
        The column that holds the labels.
    labels : sequence of str, default about, for, from
        The labels that may occur.
    confidence : float, default 0.95
        Confidence level of the interval.

    Returns
    -------
    Estimate
        Between 0 and 1; a note names the rarest type. The interval is the Wilson interval of its
        share, and takes for granted that this type is the rarest.

    Raises
    ------
    KeyError, ValueError
        As in :func:`type_mix`.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"ktype_coded": ["about"] * 45 + ["for"] * 35 + ["from"] * 20})
    >>> neglect_index(items)
    0.6 [0.4001, 0.8665] (95 %, n = 100)
    """
    labels = [str(label) for label in labels]
    counts = _counts(require(items, [column], where="neglect_index"), column, labels)
    total, rarest = int(counts.sum()), int(counts.argmin())
    low, high = wilson(counts[rarest], total, confidence)
    return Estimate(
        len(labels) * counts[rarest] / total,
        len(labels) * low,
        min(1.0, len(labels) * high),
        level=confidence,
        n=total,
        method="smallest share over an equal share, Wilson 1927",
        notes=(f"rarest: {labels[rarest]}",),
    )


def _counts(wrapped, column, labels):
    """Number of items per label, in the labels' order; refuses labels it does not know."""
    grouped = wrapped.group_by(column).agg(nw.len().alias("n"))
    if isinstance(grouped, nw.LazyFrame):
        grouped = grouped.collect("pandas")
    found = {
        str(label): number
        for label, number in zip(grouped[column].to_list(), grouped["n"].to_list(), strict=True)
        if label is not None and label == label  # NaN is the one value unequal to itself
    }
    unknown = sorted(set(found) - set(labels))
    if unknown:
        raise ValueError(
            f"column {column!r} holds the unknown labels {unknown}; the labels are {labels}: "
            "recode them, or name yours with labels="
        )
    if not found:
        raise ValueError(f"column {column!r} holds no label at all: there is no mix to compute")
    return np.array([found.get(label, 0) for label in labels])
