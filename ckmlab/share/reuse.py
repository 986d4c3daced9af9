"""Whether people use what is there, or solve the same case again."""

import math

import narwhals as nw

from ckmlab.frames import check_alike, check_flags, filled, join, require, to_pandas
from ckmlab.intervals import mean, proportion

__all__ = ["link_rate", "reinvention_rate", "reuse_rate", "uses_per_item"]


def link_rate(cases, *, linked="kb_item_id", closed="resolved", confidence=0.95):
    """Share of the closed cases to which a knowledge item was linked.

    Parameters
    ----------
    cases : data frame
        One row per case; any library. Only the numbers of each kind of case leave it.
    linked : str, default "kb_item_id"
        Column with the item, missing where none was linked; or a boolean column.
    closed : str, default "resolved"
        Boolean column; only closed cases count.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate
        Practitioners of knowledge-centred service aim at .60 to .80: below, knowledge is
        ignored; above, people link for the sake of linking.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"kb_item_id": [7, None, 8, 9], "resolved": [True, True, True, False]})
    >>> round(link_rate(cases).value, 3)
    0.667
    """
    done = _closed(cases, linked, [closed], "link_rate")
    return proportion(
        done.n[done.linked == 1].sum(), done.n.sum(), confidence=confidence, method="link rate"
    )


def reinvention_rate(
    cases, *, available="item_existed", linked="kb_item_id", closed="resolved", confidence=0.95
):
    """Share of the solved cases in which a valid item existed but was not used.

    Parameters
    ----------
    cases : data frame
        One row per case; any library. Only the numbers of each kind of case leave it.
    available : str, default "item_existed"
        Boolean column: was there a valid item at the time?
    linked : str, default "kb_item_id"
        Column with the item, missing where none was linked; or a boolean column.
    closed : str, default "resolved"
        Boolean column; only solved cases count.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"item_existed": [True, True, False, True],
    ...     "kb_item_id": [7, None, None, 9], "resolved": [True, True, True, False]})
    >>> round(reinvention_rate(cases).value, 3)
    0.333
    """
    solved = _closed(cases, linked, [closed, available], "reinvention_rate")
    again = (solved.linked == 0) & solved.flag_1.fillna(0).astype(bool)
    return proportion(
        solved.n[again].sum(), solved.n.sum(), confidence=confidence, method="re-invention rate"
    )


def reuse_rate(
    items, log, *, item="item_id", author="employee_id", reader="employee_id", confidence=0.95
):
    """Share of the items opened by somebody other than their author.

    Its complement is what was written for the drawer, or hoarded.

    Parameters
    ----------
    items : data frame
        One row per item; any library, converted to pandas.
    log : data frame
        One row per opening.
    item : str
        Column that identifies an item, in both frames.
    author, reader : str
        Columns with the author (in ``items``) and the reader (in ``log``). An item without
        an author counts every reader as another.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item_id": [1, 2, 3], "employee_id": [10, 10, 20]})
    >>> log = pd.DataFrame({"item_id": [1, 2], "employee_id": [10, 20]})
    >>> round(reuse_rate(items, log).value, 3)
    0.333
    """
    written = to_pandas(items, [item, author], where="reuse_rate, items")
    opened = to_pandas(log, [item, reader], where="reuse_rate, log")
    written = written.rename(columns={author: "_author"})
    both = join(opened.rename(columns={reader: "_reader"}), written, item, where="reuse_rate")
    known = both.dropna(subset=["_author", "_reader"])
    others = both.drop(index=known.index[known._author == known._reader])
    reused = int(written[item].isin(others[item]).sum())
    return proportion(reused, len(written), confidence=confidence, method="items opened by others")


def uses_per_item(items, log, *, item="item_id", confidence=0.95):
    """Mean number of uses of an item, unused ones included.

    Parameters
    ----------
    items : data frame
        One row per item; any library, converted to pandas.
    log : data frame
        One row per use.
    item : str
        Column that identifies an item, in both frames.
    confidence : float, default 0.95
        Level of Student's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item_id": [1, 2]})
    >>> uses_per_item(items, pd.DataFrame({"item_id": [1, 1, 1]})).value
    1.5
    """
    stored = to_pandas(items, [item], where="uses_per_item, items")[item]
    used = to_pandas(log, [item], where="uses_per_item, log")[item]
    check_alike(stored, used, where="uses_per_item")
    used = used.value_counts()
    return mean(
        stored.map(used).fillna(0),
        within=(0, math.inf),
        confidence=confidence,
        method="uses per item",
    )


def _closed(cases, linked, flags, where):
    """Numbers of closed cases, with and without an item; the first flag says what is closed."""
    wrapped = require(cases, [linked, *flags], where=where)
    names = [f"flag_{at}" for at in range(len(flags))]
    kinds = wrapped.select(
        filled(linked, wrapped.collect_schema()[linked]).alias("linked"),
        *(nw.col(flag).alias(name) for flag, name in zip(flags, names, strict=True)),
    )
    counted = kinds.group_by("linked", *names).agg(nw.len().alias("n")).to_native()
    table = to_pandas(counted, ["linked", *names, "n"], where=where)
    check_flags(table, dict(zip(names, flags, strict=True)), where=where)
    return table[table.flag_0.fillna(0).astype(bool)]
