"""How well a table hides its people: k-anonymity and uniqueness."""

import narwhals as nw

from ckmlab.frames import require
from ckmlab.results import Estimate

__all__ = ["class_sizes", "k_anonymity", "uniqueness"]


def k_anonymity(frame, quasi_identifiers):
    """Size of the smallest group that looks alike: every row hides among k - 1 others.

    Parameters
    ----------
    frame : data frame
        One row per person; any library that narwhals takes, nothing is converted.
    quasi_identifiers : sequence of str
        Columns an outsider may know: birth year, gender, postcode and the like.

    Returns
    -------
    int
        k; 1 means that somebody stands alone. A missing value is a value of its own.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no row or no column.

    Notes
    -----
    k says nothing about what is revealed within a group: if everyone alike in it shares the
    sensitive value, it is revealed for all (:func:`ckmlab.control.l_diversity`).

    References
    ----------
    Samarati (2001); Sweeney (2002), International Journal of Uncertainty, Fuzziness and
    Knowledge-Based Systems 10, 557-570.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"age": [30, 30, 40, 40, 40], "zip": [1, 1, 2, 2, 2]})
    >>> k_anonymity(table, ["age", "zip"])
    2
    """
    return _summary(frame, quasi_identifiers, "k_anonymity")["smallest"]


def uniqueness(frame, quasi_identifiers):
    """Share of rows that nobody else looks like: whoever knows these columns finds them.

    Parameters
    ----------
    frame : data frame
        One row per person; any library that narwhals takes.
    quasi_identifiers : sequence of str
        Columns an outsider may know.

    Returns
    -------
    Estimate
        Share of this table's rows. If the table is a sample, some of the unique have a double
        in the population: the share there is lower.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no row or no column.

    References
    ----------
    Sweeney (2000), Simple demographics often identify people uniquely: 216 of 248 million
    people (87 %) were unique by postcode, gender and date of birth.

    Examples
    --------
    >>> import pandas as pd
    >>> uniqueness(pd.DataFrame({"age": [30, 30, 41, 52]}), ["age"])
    0.5 (n = 4)
    """
    found = _summary(frame, quasi_identifiers, "uniqueness")
    return Estimate(
        found["alone"] / found["rows"],
        n=found["rows"],
        method=f"share of rows unique by {', '.join(quasi_identifiers)}",
        notes=("of this table; a sample overstates the uniqueness in its population",),
    )


def class_sizes(frame, quasi_identifiers):
    """Groups of rows that look alike, smallest first.

    Parameters
    ----------
    frame : data frame
        One row per person; any library that narwhals takes.
    quasi_identifiers : sequence of str
        Columns an outsider may know.

    Returns
    -------
    data frame
        The quasi-identifiers and ``size``, in the caller's own library.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> class_sizes(pd.DataFrame({"age": [30, 30, 41]}), ["age"])["size"].tolist()
    [1, 2]
    """
    return nw.to_native(_classes(frame, quasi_identifiers, "class_sizes").sort("size"))


def _classes(frame, quasi_identifiers, where):
    columns = [quasi_identifiers] if isinstance(quasi_identifiers, str) else [*quasi_identifiers]
    if not columns:
        raise ValueError(f"{where} needs at least one quasi-identifier")
    wrapped = require(frame, columns, where=where)
    return wrapped.group_by(*columns).agg(nw.len().alias("size"))


def _summary(frame, quasi_identifiers, where):
    sizes = _classes(frame, quasi_identifiers, where).select(
        smallest=nw.col("size").min(),
        rows=nw.col("size").sum(),
        alone=(nw.col("size") == 1).cast(nw.Int64).sum(),
    )
    if isinstance(sizes, nw.LazyFrame):
        sizes = sizes.collect()
    smallest, rows, alone = sizes.row(0)
    if not rows:
        raise ValueError(f"{where} got a table without rows")
    return {"smallest": int(smallest), "rows": int(rows), "alone": int(alone)}
