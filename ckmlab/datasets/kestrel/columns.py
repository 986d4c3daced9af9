"""Small helpers for columns."""

import numpy as np
from pandas.arrays import IntegerArray

__all__ = ["nullable"]


def nullable(values, rows):
    """Whole numbers at these rows, missing where the row is -1.

    Examples
    --------
    >>> nullable(np.array([7, 8]), np.array([1, -1]))
    <IntegerArray>
    [8, <NA>]
    Length: 2, dtype: Int64
    """
    rows = np.asarray(rows)
    return IntegerArray(np.asarray(values, dtype=np.int64)[rows], rows < 0)
