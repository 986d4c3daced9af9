"""What captured knowledge costs: minutes and money per validated item, and the capture rate."""

import math

import pandas as pd

from ckmlab.arguments import check_positive, clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.intervals import proportion, ratio
from ckmlab.results import Estimate

__all__ = ["capture_rate", "cost_per_item", "effort_by", "minutes_per_item"]


def capture_rate(items, events, *, confidence=0.95):
    """Share of the events worth recording that left an item behind.

    Parameters
    ----------
    items : int
        Number of eligible events with a stored item.
    events : int
        Number of eligible events.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If there are more items than events.

    Examples
    --------
    >>> capture_rate(180, 600)
    0.3 [0.2647, 0.3378] (95 %, n = 600)
    """
    return proportion(items, events, confidence=confidence, method="captured items / events")


def minutes_per_item(minutes, validated, *, confidence=0.95):
    r"""Minutes of work behind one validated item; discarded work counts as cost.

    .. math:: \hat R = \sum_i t_i \Big/ \sum_i v_i

    Parameters
    ----------
    minutes : array-like of float
        Time spent on each piece of work (interview, coding, ticket).
    validated : array-like of float
        Number of validated items it yielded; booleans will do.
    confidence : float, default 0.95
        Level of the normal interval of a ratio (linearised).

    Returns
    -------
    Estimate
        Minutes per item; ``n`` is the number of pieces of work.

    Raises
    ------
    ValueError
        If nothing was validated, or a number is negative.

    References
    ----------
    Cochran (1977), Sampling Techniques, chapter 6.

    Examples
    --------
    >>> minutes_per_item([30, 30, 60, 20], [1, 0, 2, 1])
    35 [15, 55] (95 %, n = 4)
    """
    time = clean_numbers("minutes", minutes, missing="refuse")
    gained = clean_numbers("validated", validated, missing="refuse")
    if (time < 0).any() or (gained < 0).any():
        raise ValueError("minutes and validated items cannot be negative")
    if gained.sum() == 0:
        raise ValueError("nothing was validated, so the cost of one validated item is endless")
    return ratio(time, gained, confidence=confidence, method="minutes per validated item")


def cost_per_item(minutes, validated, *, hourly_rate, confidence=0.95):
    """Money behind one validated item.

    Parameters
    ----------
    minutes, validated : array-like of float
        As in :func:`minutes_per_item`.
    hourly_rate : float
        Cost of one hour of work.
    confidence : float, default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        In the currency of the rate.

    Raises
    ------
    ValueError
        If nothing was validated, or a number is negative.

    Examples
    --------
    >>> cost_per_item([30, 30, 60, 20], [1, 0, 2, 1], hourly_rate=60).value
    35.0
    """
    rate = check_positive("hourly_rate", hourly_rate)
    return minutes_per_item(minutes, validated, confidence=confidence).scaled(rate / 60)


def effort_by(frame, by, *, minutes="minutes", validated="validated", confidence=0.95):
    """Minutes per validated item for each channel, method or team, cheapest first.

    Parameters
    ----------
    frame : data frame
        One row per piece of work; any library, converted to pandas.
    by : str
        Column to compare.
    minutes, validated : str
        Columns as in :func:`minutes_per_item`.
    confidence : float, default 0.95
        Level of the intervals.

    Returns
    -------
    pandas.DataFrame
        ``by``, ``n``, ``items``, ``minutes_per_item``, ``low``, ``high``; groups that
        validated nothing come last with infinity.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> work = pd.DataFrame({"channel": ["chat", "chat", "visit"], "minutes": [10, 20, 60],
    ...     "validated": [1, 1, 1]})
    >>> effort_by(work, "channel").minutes_per_item.tolist()
    [15.0, 60.0]
    """
    counted = [minutes, validated]
    table = to_pandas(frame, [by, *counted], where="effort_by", numbers=counted)
    if table[by].isna().all():
        raise ValueError(f"column {by!r} names no group to compare")
    rows = []
    for name, part in table.groupby(by, observed=True):
        items = float(part[validated].sum())
        if items:
            each = minutes_per_item(part[minutes], part[validated], confidence=confidence)
        else:
            each = Estimate(math.inf)
        rows.append(
            {
                by: name,
                "n": len(part),
                "items": items,
                "minutes_per_item": each.value,
                "low": each.low,
                "high": each.high,
            }
        )
    return pd.DataFrame(rows).sort_values("minutes_per_item", ignore_index=True)
