"""What the mix of types would be if nobody had coded wrongly."""

import numpy as np
import pandas as pd

from ckmlab.classify._intervals import check_confidence
from ckmlab.concepts import KnowledgeType
from ckmlab.frames import is_frame, to_pandas

__all__ = ["correct_mix"]

# Beyond this condition number an error in the third digit of a share upsets the whole answer.
SINGULAR = 1e3


def correct_mix(observed, confusion, *, confidence=0.95):
    r"""Undo known coding errors in an observed mix of types.

    A coder with confusion matrix :math:`C` (rows: true type, columns: coded type, rows add up to
    1) turns the true mix :math:`\pi` into the observed mix :math:`o = C^\top \pi`, so

    .. math:: \hat\pi = (C^\top)^{-1} o

    A share that comes out below 0 is set to 0 and the others are scaled to add up to 1 again; the
    column ``clipped`` says where. Many clipped shares mean that the confusion matrix does not fit.

    Parameters
    ----------
    observed : data frame, mapping or sequence
        What :func:`type_mix` returns; or one share, or one number of items, per type.
    confusion : data frame or array, shape (types, types)
        Shares, rows adding up to 1; or numbers of items from a check against the truth (see
        :func:`confusion_table`), whose uncertainty then widens the intervals.
    confidence : float, default 0.95
        Confidence level of the intervals.

    Returns
    -------
    pandas.DataFrame
        ``ktype``, ``observed``, ``share`` (corrected), ``low``, ``high``, ``clipped``. The
        delta-method interval (of the share before clipping) is missing where only shares are
        known, since the number of items is not. Labels come from the frames given, else they are
        about, for, from.

    Raises
    ------
    ValueError
        If shapes or labels do not fit, a number is negative or missing, rows of shares do not add
        up to 1, or the matrix is (nearly) singular: two types are coded so alike that nothing can
        tell them apart.

    References
    ----------
    Buonaccorsi, J. P. (2010). Measurement Error: Models, Methods, and Applications. CRC Press.

    Examples
    --------
    >>> confusion = [[.88, .05, .07], [.06, .90, .04], [.15, .05, .80]]
    >>> correct_mix([.4470, .3475, .2055], confusion)[["ktype", "observed", "share"]].round(4)
       ktype  observed  share
    0  about    0.4470   0.45
    1    for    0.3475   0.35
    2   from    0.2055   0.20
    """
    check_confidence(confidence)
    matrix, checked, labels = _confusion(confusion)
    shares, items, labels = _observed(observed, labels, len(matrix))
    inverse = _inverse(matrix, labels)
    raw = inverse @ shares
    low, high = _interval(raw, shares, items, matrix, checked, inverse, confidence)
    clipped = raw < 0
    share = np.where(clipped, 0.0, raw)
    return pd.DataFrame(
        {
            "ktype": labels,
            "observed": shares,
            "share": share / share.sum(),
            "low": low,
            "high": high,
            "clipped": clipped,
        }
    )


def _interval(raw, shares, items, matrix, checked, inverse, confidence):
    from scipy.stats import norm

    if items is None:
        return np.full_like(raw, np.nan), np.full_like(raw, np.nan)
    covariance = _multinomial(shares) / items
    if checked is not None:
        # o = Σ π_t c_t, so a wrong row c_t hurts as much as its type is common.
        covariance = covariance + sum(
            weight**2 * _multinomial(row) / number
            for weight, row, number in zip(raw, matrix, checked, strict=True)
        )
    error = np.sqrt(np.diag(inverse @ covariance @ inverse.T).clip(0))
    margin = norm.ppf((1 + confidence) / 2) * error
    return (raw - margin).clip(0, 1), (raw + margin).clip(0, 1)


def _multinomial(shares):
    """Covariance matrix of the shares in a sample of one."""
    return np.diag(shares) - np.outer(shares, shares)


def _confusion(confusion):
    """Row shares, the number of items behind each row (or None), and the labels (or None)."""
    labels = None
    if hasattr(confusion, "columns"):
        labels = [str(column) for column in confusion.columns]
        if isinstance(confusion, pd.DataFrame):
            _same_labels(confusion.index, labels)
    matrix = np.array(confusion, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise ValueError(
            f"the confusion matrix has shape {matrix.shape}; it must be square, one row and one "
            "column per type"
        )
    if not np.isfinite(matrix).all() or (matrix < 0).any():
        raise ValueError("the confusion matrix holds a negative or missing number")
    totals = matrix.sum(axis=1)
    if np.allclose(totals, 1, atol=1e-3):
        return matrix / totals[:, None], None, labels
    if (matrix == matrix.round()).all() and (totals > 0).all():
        return matrix / totals[:, None], totals, labels
    hint = ": rows are the truth, columns the coder; transpose yours"
    raise ValueError(
        f"the rows of the confusion matrix add up to {totals.round(4).tolist()}; they must add up "
        f"to 1, or hold whole numbers of items{hint if np.allclose(matrix.sum(axis=0), 1) else ''}"
    )


def _same_labels(index, columns):
    rows = [str(label) for label in index]
    if not isinstance(index, pd.RangeIndex) and rows != columns:
        raise ValueError(
            f"the confusion matrix has rows {rows} and columns {columns}; bring both into one order"
        )


def _observed(observed, labels, size):
    """Shares, the number of items (None if unknown), and the labels."""
    values, items, own = _read(observed)
    labels = labels or own or _default_labels(size)
    if own is not None and sorted(own) != sorted(labels):
        raise ValueError(
            f"the observed mix has the types {own} and the confusion matrix {labels}; "
            "they must be the same"
        )
    if values.shape != (size,):
        raise ValueError(
            f"the observed mix has {values.size} shares and the confusion matrix {size} types"
        )
    if own is not None:
        values = values[[own.index(label) for label in labels]]
    if not np.isfinite(values).all() or (values < 0).any() or not values.sum():
        raise ValueError(f"the observed mix {values.tolist()} holds a negative or missing number")
    total = values.sum()
    if abs(total - 1) < 5e-3:
        return values / total, items, labels
    if (values == values.round()).all():
        return values / total, total, labels
    raise ValueError(
        f"the observed shares add up to {total:.4g}; give shares that add up to 1, or whole "
        "numbers of items"
    )


def _default_labels(size):
    if size == len(KnowledgeType):
        return [str(label) for label in KnowledgeType]
    return [f"type {number + 1}" for number in range(size)]


def _read(observed):
    if isinstance(observed, pd.Series):
        return observed.to_numpy(dtype=float), None, _words(observed.index)
    if isinstance(observed, dict):
        return np.array(list(observed.values()), dtype=float), None, _words(observed)
    if is_frame(observed):
        mix = to_pandas(observed, ["ktype", "n"], where="correct_mix", numbers=["n"])
        if (mix["n"] < 0).any():
            raise ValueError(f"column 'n' holds {mix['n'].min():g}; a number of items is 0 or more")
        total = float(mix["n"].sum())
        return mix["n"].to_numpy(dtype=float) / (total or 1.0), total, _words(mix["ktype"])
    return np.array(observed, dtype=float), None, None


def _words(labels):
    return None if isinstance(labels, pd.RangeIndex) else [str(label) for label in labels]


def _inverse(matrix, labels):
    if np.linalg.cond(matrix) < SINGULAR:
        return np.linalg.inv(matrix.T)
    gaps = np.abs(matrix[:, None] - matrix[None]).sum(axis=2)
    np.fill_diagonal(gaps, np.inf)
    first, second = np.unravel_index(gaps.argmin(), gaps.shape)
    raise ValueError(
        "the confusion matrix is (nearly) singular, so it cannot be undone; the coder treats "
        f"{labels[first]!r} and {labels[second]!r} most alike: merge the two, or train the coder"
    )
