"""Who the knowledge reaches. How unevenly it is spread: :mod:`ckmlab.concentration`."""

from ckmlab.frames import check_alike, distinct, to_pandas
from ckmlab.intervals import proportion

__all__ = ["item_reach", "reach"]


def reach(log, people, *, person="employee_id", item=None, confidence=0.95):
    """Share of the people who opened at least one item.

    Parameters
    ----------
    log : data frame
        One row per opening; any library, converted to pandas.
    people : data frame or array-like
        Everybody who should be reached: a frame with the column ``person``, or ids.
    person : str, default "employee_id"
        Column that identifies a person.
    item : object, optional
        Count only openings of this ``item_id``.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is nobody to reach.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"employee_id": [1, 1, 2], "item_id": [7, 8, 7]})
    >>> reach(log, [1, 2, 3, 4]).value
    0.5
    """
    everybody = distinct(people, person, where="reach")
    if len(everybody) == 0:
        raise ValueError("there is nobody to reach")
    columns = [person] if item is None else [person, "item_id"]
    opened = to_pandas(log, columns, where="reach")
    if item is not None:
        opened = opened[opened.item_id == item]
    check_alike(everybody, opened[person], where="reach")
    reached = int(everybody.isin(opened[person]).sum())
    return proportion(reached, len(everybody), confidence=confidence, method="reach")


def item_reach(log, items=None, *, person="employee_id", item="item_id"):
    """How many different people opened each item.

    Parameters
    ----------
    log : data frame
        One row per opening; any library, converted to pandas.
    items : data frame or array-like, optional
        All items; those nobody opened get 0.
    person, item : str
        The columns' names.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``people`` and ``opens``, widest reach first.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"employee_id": [1, 1, 2], "item_id": [7, 7, 7]})
    >>> item_reach(log, items=[7, 8]).values.tolist()
    [[7, 2, 3], [8, 0, 0]]
    """
    opened = to_pandas(log, [person, item], where="item_reach")
    counted = opened.groupby(item)[person].agg(people="nunique", opens="size")
    if items is not None:
        stored = distinct(items, item, where="item_reach")
        check_alike(stored, opened[item], where="item_reach")
        counted = counted.reindex(stored, fill_value=0)
    counted = counted.rename_axis(item).reset_index()
    return counted.sort_values(
        ["people", "opens", item], ascending=[False, False, True], ignore_index=True
    )
