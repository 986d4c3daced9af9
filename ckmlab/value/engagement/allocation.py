"""Who gets how much of something that several customers brought about together."""

import numpy as np
import pandas as pd

from ckmlab.arguments import choose, clean_numbers
from ckmlab.frames import to_pandas

__all__ = ["RULES", "allocate", "numbers", "read"]

RULES = ("equal", "first", "last", "share")


def allocate(contributions, *, item, customer, rule="equal", share=None, order=None, where):
    """Each contribution's share of its item; the shares of an item add up to 1.

    Parameters
    ----------
    contributions : pandas.DataFrame
        One row per item and contributor.
    item, customer : str
        Columns: what was brought about, and who contributed.
    rule : {"equal", "first", "last", "share"}
        Equal parts; all to the first or last contributor by ``order``; or in proportion to the
        column ``share``.
    share, order : str, optional
        The columns that ``rule`` needs.
    where : str
        The caller's name, for messages.

    Returns
    -------
    numpy.ndarray
        Shares, shape (rows,).

    Examples
    --------
    >>> rows = pd.DataFrame({"idea": [1, 1, 2], "who": ["Ada", "Bo", "Ada"]})
    >>> allocate(rows, item="idea", customer="who", where="demo").tolist()
    [0.5, 0.5, 1.0]
    """
    choose("rule", rule, RULES)
    items = contributions[item]
    if items.isna().any():
        raise ValueError(f"{where}: column {item!r} has missing values; every row needs its item")
    twice = contributions.duplicated([item, customer]) & contributions[customer].notna()
    if twice.any():
        row = contributions[twice].iloc[0]
        raise ValueError(
            f"{where}: {customer} {row[customer]!r} stands twice under {item} {row[item]!r}; "
            "add up the contributions first"
        )
    if rule == "equal":
        return 1 / items.groupby(items).transform("size").to_numpy(dtype=float)
    column = share if rule == "share" else order
    if column is None:
        raise ValueError(
            f"rule {rule!r} needs {'share' if rule == 'share' else 'order'}=, a column's name"
        )
    values = contributions[column]
    if values.isna().any():
        raise ValueError(f"{where}: column {column!r} has missing values; rule {rule!r} needs all")
    if rule == "share":
        values = numbers(contributions, column, "share", where)
        if (values < 0).any():
            raise ValueError(f"{where}: column {column!r} holds {values.min()!r}; shares are ≥ 0")
        totals = values.groupby(items).transform("sum")
        if (totals == 0).any():
            raise ValueError(
                f"{where}: the shares of {item} {items[totals == 0].iloc[0]!r} are all 0"
            )
        return (values / totals).to_numpy(dtype=float)
    ranked = contributions.assign(_row=np.arange(len(contributions)))
    ranked = ranked.sort_values([column, "_row"], ascending=rule == "first", kind="stable")
    winners = ranked.drop_duplicates(item)["_row"].to_numpy()
    shares = np.zeros(len(contributions))
    shares[winners] = 1.0
    return shares


def numbers(frame, given, name, where, *, low=-np.inf, high=np.inf):
    """A column's values, or one number for all rows, checked against limits."""
    values = frame[given] if isinstance(given, str) else pd.Series(given, index=frame.index)
    if values.notna().any():
        clean = clean_numbers(f"{where}: {name}", values, missing="keep")
        values = pd.Series(clean, index=frame.index)
    values = values.astype(float)
    bad = (values < low) | (values > high)
    if bad.any():
        raise ValueError(
            f"{where}: {name} holds {values[bad].iloc[0]:g}; it must lie in [{low:g}, {high:g}]"
        )
    return values


def read(frame, columns, where):
    """The named columns as a pandas frame; arguments that are numbers or None name none."""
    names = [column for column in columns if isinstance(column, str)]
    return to_pandas(frame, list(dict.fromkeys(names)), where=where).reset_index(drop=True)
