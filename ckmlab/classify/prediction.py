"""The mix of types from many machine labels and a few hand-given ones."""

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.classify._intervals import check_confidence
from ckmlab.concepts import KnowledgeType
from ckmlab.frames import require

__all__ = ["prediction_powered_mix"]


def prediction_powered_mix(
    items, predicted="predicted", coded="coded", *, labels=tuple(KnowledgeType), confidence=0.95
):
    r"""Estimate the mix from machine labels of all items and hand labels of a few.

    The machine's mix is cheap, steady and biased; the hand-coded mix is right on average and
    shaky. Their combination is right on average and steadier (prediction-powered inference):

    .. math:: \hat\pi_k = \frac1N \sum_{i=1}^{N} f_{ik} + \frac1n \sum_{i \in S} (y_{ik} - f_{ik})

    with :math:`f_{ik}` and :math:`y_{ik}` one where machine and hand give item :math:`i` the label
    :math:`k`, and :math:`S` the :math:`n` hand-coded ones of all :math:`N` items.

    Parameters
    ----------
    items : data frame
        One row per item; pandas, Polars, DuckDB, PyArrow, Dask or PySpark. Only the counts are
        brought into memory.
    predicted : str, default "predicted"
        Column with the machine's label, for every item.
    coded : str, default "coded"
        Column with the hand-given label, missing where nobody coded. The coded items must be a
        random sample of all, and must not have trained the machine.
    labels : sequence of str, default about, for, from
        The labels that may occur, in the order wanted.
    confidence : float, default 0.95
        Confidence level of the intervals.

    Returns
    -------
    pandas.DataFrame
        One row per label: ``ktype``, ``machine_share`` (all items), ``hand_share`` (coded items),
        ``share`` (the combination), ``low``, ``high``.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a label is unknown, an item has no machine label, or fewer than two items are coded.

    References
    ----------
    Angelopoulos, A. N., Bates, S., Fannjiang, C., Jordan, M. I., Zrnic, T. (2023).
    Prediction-powered inference. Science 382:669–674.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({
    ...     "predicted": ["about"] * 600 + ["for"] * 400,
    ...     "coded": ["about"] * 50 + ["from"] * 10 + [None] * 540 + ["for"] * 40 + [None] * 360})
    >>> prediction_powered_mix(items).round(3)
       ktype  machine_share  hand_share  share    low   high
    0  about            0.6         0.5    0.5  0.436  0.564
    1    for            0.4         0.4    0.4  0.370  0.430
    2   from            0.0         0.1    0.1  0.041  0.159
    """
    check_confidence(confidence)
    labels = [str(label) for label in labels]
    joint, uncoded = _joint(items, predicted, coded, labels)
    sample = joint.sum()
    if sample < 2:
        raise ValueError(
            f"column {coded!r} holds {int(sample)} hand-given labels; code a random sample of items"
        )
    machine = (uncoded + joint.sum(axis=1)) / (uncoded.sum() + sample)
    hand = joint.sum(axis=0) / sample
    share = machine + hand - joint.sum(axis=1) / sample
    margin = _margin(joint, uncoded, confidence)
    return pd.DataFrame(
        {
            "ktype": labels,
            "machine_share": machine,
            "hand_share": hand,
            "share": share.clip(0, 1),
            "low": (share - margin).clip(0, 1),
            "high": (share + margin).clip(0, 1),
        }
    )


def _margin(joint, uncoded, confidence):
    """Half-widths: the coded and the uncoded items are independent samples, so errors add up."""
    from scipy.stats import norm

    sample, rest = joint.sum(), uncoded.sum()
    known = sample / (sample + rest)
    variance = np.zeros(len(joint))
    if rest > 0:
        shares = (uncoded + joint.sum(axis=1)) / (sample + rest)
        variance = (1 - known) ** 2 * shares * (1 - shares) / rest
    for label in range(len(joint)):
        hits = np.arange(len(joint)) == label
        # What one coded item adds to the estimate, by its machine (row) and hand label (column).
        adds = hits[None, :] - (1 - known) * hits[:, None]
        mean = (adds * joint).sum() / sample
        variance[label] += ((adds - mean) ** 2 * joint).sum() / (sample - 1) / sample
    return norm.ppf((1 + confidence) / 2) * np.sqrt(variance)


def _joint(items, predicted, coded, labels):
    """Counts of coded items by machine and hand label, and of uncoded items by machine label."""
    if predicted == coded:
        raise ValueError(f"predicted and coded both name the column {coded!r}; give two columns")
    wrapped = require(items, [predicted, coded], where="prediction_powered_mix")
    grouped = wrapped.group_by([predicted, coded]).agg(nw.len().alias("n"))
    if isinstance(grouped, nw.LazyFrame):
        grouped = grouped.collect("pandas")
    counts = grouped.to_pandas()
    for column in (predicted, coded):
        unknown = sorted(set(map(str, counts[column].dropna())) - set(labels))
        if unknown:
            raise ValueError(
                f"column {column!r} holds the unknown labels {unknown}; the labels are {labels}"
            )
    missing = int(counts.loc[counts[predicted].isna(), "n"].sum())
    if missing:
        raise ValueError(
            f"column {predicted!r} is empty for {missing} items: let the machine label every item"
        )
    by_hand = counts.dropna(subset=[coded])
    joint = by_hand.pivot_table(index=predicted, columns=coded, values="n", aggfunc="sum")
    joint = joint.reindex(index=labels, columns=labels).fillna(0)
    uncoded = counts[counts[coded].isna()].groupby(predicted)["n"].sum()
    return joint.to_numpy(dtype=float), uncoded.reindex(labels).fillna(0).to_numpy(dtype=float)
