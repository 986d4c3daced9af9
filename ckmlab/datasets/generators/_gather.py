"""Columns that arrive block by block, gathered without holding everything twice."""

import numpy as np

__all__ = ["gather"]

_SPARE = 1.15  # room for later parts that are somewhat longer than the first one
_GROWTH = 1.3


def gather(parts, times):
    """Put the columns of all parts one after the other.

    Each part is copied while it is still in the cache, into arrays whose length is foreseen from
    the first part; so its own memory can serve the next one.

    Parameters
    ----------
    parts : iterable of dict of str to array
        At least one; all with the same columns.
    times : float
        How many times as long as the first part the whole is expected to be.

    Returns
    -------
    dict of str to array

    Examples
    --------
    >>> parts = ({"x": np.arange(n)} for n in (2, 3))
    >>> gather(parts, times=2)["x"].tolist()
    [0, 1, 0, 1, 2]
    """
    whole, filled = {}, 0
    for part in parts:
        if not whole:
            whole = {name: _room(values, times * _SPARE) for name, values in part.items()}
        for name, values in part.items():
            if filled + len(values) > len(whole[name]):
                whole[name] = _moved(whole[name], filled, filled + len(values))
            whole[name][filled : filled + len(values)] = values
        filled += len(values)
    return {name: values[:filled] for name, values in whole.items()}


def _room(values, times):
    return np.empty(int(np.ceil(len(values) * times)), values.dtype)


def _moved(values, filled, needed):
    longer = np.empty(int(_GROWTH * needed), values.dtype)
    longer[:filled] = values[:filled]
    return longer
