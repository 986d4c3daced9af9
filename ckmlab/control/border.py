"""The company border: transparent inside, closed outside, and how much of one costs the other."""

import pandas as pd

from ckmlab.arguments import clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.intervals import proportion

__all__ = ["reachability", "transparency_exposure"]


def transparency_exposure(items, *, sensitivity="sensitivity", need="need", risk="risk"):
    r"""What opening the store wider gives the inside, and what it shows the outside.

    For each level of sensitivity t, all items up to t are open:

    .. math:: T(t) = \frac{\sum_{s_i \le t} need_i}{\sum_i need_i}, \qquad
        E(t) = \frac{\sum_{s_i \le t} risk_i}{\sum_i risk_i}

    Parameters
    ----------
    items : data frame
        One row per item; any library, converted to pandas.
    sensitivity : str
        Column with the level; numbers, or an ordered category.
    need : str
        Column with how much the inside needs the item (requests, people in need).
    risk : str
        Column with what its becoming known outside would cost.

    Returns
    -------
    pandas.DataFrame
        ``open_up_to`` (None: nothing is open), ``items``, ``transparency``, ``exposure`` and
        ``frontier`` (no other level shows as much inside for less exposure).

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If needs or risks are negative, missing, or add up to 0.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"sensitivity": [0, 1, 2], "need": [6, 3, 1], "risk": [0, 2, 8]})
    >>> table = transparency_exposure(items)
    >>> table[["transparency", "exposure"]].values.tolist()
    [[0.0, 0.0], [0.6, 0.0], [0.9, 0.2], [1.0, 1.0]]
    """
    table = to_pandas(items, [sensitivity, need, risk], where="transparency_exposure")
    for name in (need, risk):
        numbers = clean_numbers(name, table[name], missing="refuse")
        if (numbers < 0).any() or numbers.sum() == 0:
            raise ValueError(f"column {name!r} must be 0 or more, and not 0 throughout")
    if table[sensitivity].isna().any():
        raise ValueError(f"column {sensitivity!r} has gaps; an unrated item cannot be opened")
    levels = table.groupby(sensitivity, observed=True).agg(
        items=(need, "size"), need=(need, "sum"), risk=(risk, "sum")
    )
    running = levels.sort_index().cumsum()
    curve = pd.DataFrame(
        {
            "open_up_to": [None, *running.index],
            "items": [0, *running["items"]],
            "transparency": [0.0, *(running.need / running.need.iloc[-1])],
            "exposure": [0.0, *(running.risk / running.risk.iloc[-1])],
        }
    )
    same = curve.exposure.duplicated(keep="last")
    return curve.assign(frontier=~same)


def reachability(
    pairs, *, need="need", permitted="permitted", findable="findable", confidence=0.95
):
    r"""Transparency of knowledge inside the firm: needed, allowed and findable, of all needed.

    .. math:: \frac{\#\{need \wedge permitted \wedge findable\}}{\#\{need\}}

    Parameters
    ----------
    pairs : data frame
        One row per employee and item; any library, converted to pandas.
    need, permitted, findable : str
        Boolean columns.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate
        ``n`` is the number of pairs with a need.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = pd.DataFrame({"need": [1, 1, 1, 0], "permitted": [1, 1, 0, 1],
    ...     "findable": [1, 0, 1, 1]})
    >>> round(reachability(pairs).value, 3)
    0.333
    """
    columns = [need, permitted, findable]
    flags = to_pandas(pairs, columns, where="reachability", flags=columns).fillna(False)
    flags = flags.astype(bool)
    wanted = flags[flags[need]]
    reached = int((wanted[permitted] & wanted[findable]).sum())
    return proportion(reached, len(wanted), confidence=confidence, method="reachability")
