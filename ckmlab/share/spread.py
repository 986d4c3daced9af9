"""Who the knowledge reaches. How unevenly it is spread: :mod:`ckmlab.concentration`."""

import narwhals as nw

from ckmlab.frames import check_alike, distinct, filled, like, require, to_pandas
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
        One row per opening; any library that narwhals takes.
    items : data frame or array-like, optional
        All items; those nobody opened get 0, and others are left out.
    person, item : str
        The columns' names.

    Returns
    -------
    data frame
        In the log's own library: ``item``, ``people`` and ``opens``, widest reach first.

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
    opened = require(log, [person, item], where="item_reach")
    schema = opened.collect_schema()
    known = opened.filter(filled(item, schema[item]) == 1)
    # First per person, so that counting people needs no distinct count of the engine.
    pairs = known.group_by(item, person).agg(nw.len().alias("opens"))
    pairs = pairs.with_columns(filled(person, schema[person]).alias("people"))
    counted = pairs.group_by(item).agg(nw.col("people").sum(), nw.col("opens").sum())
    if items is not None:
        counted = _of_all(counted, distinct(items, item, where="item_reach"), opened, item)
    counted = counted.sort("people", "opens", item, descending=[True, True, False])
    return nw.maybe_reset_index(counted).to_native()


def _of_all(counted, stored, opened, item):
    """The counts of all items, 0 where nobody opened one."""
    if len(stored) == 0:
        return counted.filter(nw.col("opens") < 0)
    numbers = opened.collect_schema()[item].is_numeric(), stored.dtype.kind in "biuf"
    if numbers[0] != numbers[1]:
        check_alike(stored, to_pandas(opened.head(1), [item], where="item_reach")[item],
                    where="item_reach")  # fmt: skip
    every = nw.from_native(like(opened, {item: stored.tolist()}))
    joined = every.join(counted, on=item, how="left")
    zeros = [nw.col(name).fill_null(0).cast(nw.Int64) for name in ("people", "opens")]
    return joined.with_columns(*zeros)
