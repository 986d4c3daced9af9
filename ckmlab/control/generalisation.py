"""Coarser columns hide people: the smallest generalisation that reaches k, and its price."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

import pandas as pd
from tqdm.auto import tqdm

from ckmlab.arguments import check_count, check_positive, check_share
from ckmlab.frames import to_pandas

__all__ = [
    "Generalisation",
    "bands",
    "generalise",
    "hidden",
    "k_utility_frontier",
    "prefix",
    "smallest_generalisation",
]

MOST_NODES = 5000


@dataclass(frozen=True)
class Generalisation:
    """A way of coarsening a table.

    Parameters
    ----------
    levels : dict of str to int
        Column → level of its hierarchy; 0 leaves it as it is.
    k : int
        Size of the smallest group of look-alikes among the rows kept.
    suppressed : int
        Rows dropped because their group stayed smaller than k.
    loss : float
        Sweeney's precision loss between 0 (untouched) and 1 (all hidden).
    table : pandas.DataFrame
        The coarsened rows that are kept.
    """

    levels: dict
    k: int
    suppressed: int
    loss: float
    table: pd.DataFrame


def bands(width, *, start=0):
    """A step of a hierarchy: numbers in bands, such as 1983 → 1980 for a width of 10.

    Parameters
    ----------
    width : float
        Width of a band.
    start : float, default 0
        Where the bands begin.

    Returns
    -------
    callable
        Turns a column into the lower ends of its bands.

    Examples
    --------
    >>> import pandas as pd
    >>> bands(10)(pd.Series([1983, 1990])).tolist()
    [1980, 1990]
    """
    check_positive("width", width)

    def lower_ends(column):
        if column.dtype.kind not in "iuf":
            raise TypeError(
                f"column {column.name!r} holds {column.iloc[0]!r}; bands are made of numbers"
            )
        return (column - start) // width * width + start

    return lower_ends


def prefix(length):
    """A step of a hierarchy: the first characters only, such as a postcode's area.

    Parameters
    ----------
    length : int
        Number of characters to keep.

    Returns
    -------
    callable
        Turns a column into its beginnings.

    Examples
    --------
    >>> import pandas as pd
    >>> prefix(2)(pd.Series(["04109", "04277"])).tolist()
    ['04', '04']
    """
    length = check_count("length", length)
    return lambda column: column.astype(str).str[:length]


def hidden(column):
    """The last step of every hierarchy: one value for all.

    Parameters
    ----------
    column : pandas.Series
        A column.

    Returns
    -------
    pandas.Series
        Stars.

    Examples
    --------
    >>> import pandas as pd
    >>> hidden(pd.Series([1, 2])).tolist()
    ['*', '*']
    """
    return pd.Series("*", index=column.index)


def generalise(frame, hierarchies, levels):
    """Coarsen columns to chosen levels.

    Parameters
    ----------
    frame : data frame
        Any library, converted to pandas.
    hierarchies : mapping
        Column → list of steps, from fine to coarse, each applied to the raw column
        (:func:`bands`, :func:`prefix`, :func:`hidden`, or a function of your own).
    levels : mapping
        Column → level; 0 leaves it as it is, 1 applies the first step.

    Returns
    -------
    pandas.DataFrame
        All columns, those named coarsened.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a level does not exist.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"born": [1983, 1985, 1991], "plan": ["a", "b", "a"]})
    >>> generalise(people, {"born": [bands(10), hidden]}, {"born": 1}).born.tolist()
    [1980, 1980, 1990]
    """
    table = _whole(frame, hierarchies)
    for column, level in levels.items():
        steps = hierarchies[column]
        if not 0 <= level <= len(steps):
            raise ValueError(f"{column!r} has levels 0 to {len(steps)}; {level} is none of them")
        if level:
            table[column] = pd.Series(steps[level - 1](table[column])).to_numpy()
    return table


def smallest_generalisation(frame, hierarchies, k, *, max_suppressed=0.0):
    """The least coarse way to make every kept row look like at least k - 1 others.

    All combinations of levels are tried (full-domain generalisation); among those that reach
    k, the one with the smallest loss wins, then the one that drops the fewest rows.

    Parameters
    ----------
    frame : data frame
        One row per person; any library, converted to pandas.
    hierarchies : mapping
        Quasi-identifier → steps from fine to coarse, as in :func:`generalise`.
    k : int
        Wanted size of the smallest group.
    max_suppressed : float, default 0
        Share of the rows that may be dropped instead.

    Returns
    -------
    Generalisation

    Raises
    ------
    ValueError
        If no combination reaches k, or there are more than 5,000 combinations.

    References
    ----------
    Samarati (2001), IEEE Transactions on Knowledge and Data Engineering 13, 1010-1027; Sweeney
    (2002), the precision metric Prec.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"born": [1983, 1985, 1991, 1994], "sex": ["f", "m", "f", "m"]})
    >>> found = smallest_generalisation(people, {"born": [bands(10), hidden], "sex": [hidden]}, 2)
    >>> found.levels, found.k, found.loss
    ({'born': 2, 'sex': 0}, 2, 0.5)
    """
    k = check_count("k", k, least=1)
    allowed = check_share("max_suppressed", max_suppressed)
    table, coarse = _prepared(frame, hierarchies)
    nodes = sorted(_nodes(hierarchies), key=lambda node: _loss(node, hierarchies))
    best = None
    for node in nodes:
        loss = _loss(node, hierarchies)
        if best and loss > best[0]:
            break
        size = _sizes(coarse, node)
        dropped = int((size < k).sum())
        if dropped <= allowed * len(table) and dropped < len(table):
            best = min(best or (loss, dropped, node), (loss, dropped, node))
    if best is None:
        raise ValueError(
            f"no combination of levels reaches k={k} in {len(table)} rows; add a coarser step "
            "such as hidden to the hierarchies, or allow max_suppressed"
        )
    loss, dropped, node = best
    levels = dict(zip(hierarchies, node, strict=True))
    size = _sizes(coarse, node)
    kept = generalise(table, hierarchies, levels)[(size >= k).to_numpy()]
    return Generalisation(levels, int(size[size >= k].min()), dropped, loss, kept)


def k_utility_frontier(frame, hierarchies, *, utility=None):
    """Every combination of levels with its k and its use: what privacy costs.

    Parameters
    ----------
    frame : data frame
        One row per person; any library, converted to pandas.
    hierarchies : mapping
        Quasi-identifier → steps from fine to coarse, as in :func:`generalise`.
    utility : callable, optional
        Takes the coarsened table and returns how useful it still is, more being better (such
        as a model's area under the curve). By default 1 less the precision loss.

    Returns
    -------
    pandas.DataFrame
        One row per combination: the level of each column, ``k``, ``unique`` (share of rows),
        ``loss``, ``utility`` and ``frontier`` (nothing else has at least this k and more use),
        in order of k.

    Raises
    ------
    ValueError
        If there are more than 5,000 combinations.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"born": [1983, 1985, 1991, 1994]})
    >>> table = k_utility_frontier(people, {"born": [bands(10), hidden]})
    >>> table[["k", "utility", "frontier"]].values.tolist()
    [[1, 1.0, True], [2, 0.5, True], [4, 0.0, True]]
    """
    table, coarse = _prepared(frame, hierarchies)
    rows = []
    nodes = list(_nodes(hierarchies))
    for node in tqdm(nodes, delay=2, leave=False):
        levels = dict(zip(hierarchies, node, strict=True))
        size, loss = _sizes(coarse, node), _loss(node, hierarchies)
        use = (
            1 - loss if utility is None else float(utility(generalise(table, hierarchies, levels)))
        )
        unique = float((size == 1).mean())
        rows.append(
            {**levels, "k": int(size.min()), "unique": unique, "loss": loss, "utility": use}
        )
    found = pd.DataFrame(rows)
    found = found.sort_values(["k", "utility"], ascending=[False, False], ignore_index=True)
    best_so_far = found.utility.cummax().shift(fill_value=float("-inf"))
    found["frontier"] = found.utility > best_so_far
    return found.sort_values(["k", "utility"], ascending=[True, False], ignore_index=True)


def _whole(frame, hierarchies):
    if not isinstance(hierarchies, Mapping) or not hierarchies:
        raise TypeError("hierarchies must map each quasi-identifier to its list of steps")
    return to_pandas(frame, [*hierarchies], where="generalise", rest=True).copy()


def _prepared(frame, hierarchies):
    """The table, and every level of every column as integer codes."""
    table = _whole(frame, hierarchies)
    if table.empty:
        raise ValueError("the table has no rows")
    combinations = prod(len(steps) + 1 for steps in hierarchies.values())
    if combinations > MOST_NODES:
        raise ValueError(
            f"the hierarchies make {combinations:,} combinations, more than {MOST_NODES:,}; "
            "drop steps or columns"
        )
    coarse = []
    for column, steps in hierarchies.items():
        levels = [table[column], *(step(table[column]) for step in steps)]
        coarse.append([pd.factorize(pd.Series(one), use_na_sentinel=False)[0] for one in levels])
    return table, coarse


def _nodes(hierarchies):
    return product(*(range(len(steps) + 1) for steps in hierarchies.values()))


def _loss(node, hierarchies):
    shares = [level / len(steps) for level, steps in zip(node, hierarchies.values(), strict=True)]
    return sum(shares) / len(shares)


def _sizes(coarse, node):
    """How many rows look like each row."""
    keys = [codes[level] for codes, level in zip(coarse, node, strict=True)]
    joined = pd.DataFrame(dict(enumerate(keys)))
    return joined.groupby([*joined.columns])[0].transform("size")
