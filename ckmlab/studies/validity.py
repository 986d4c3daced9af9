"""Do two scales measure two things? Discriminant validity of constructs."""

import numpy as np
import pandas as pd

from ckmlab.studies.matrices import read_correlation

__all__ = ["fornell_larcker", "htmt"]


def htmt(item_correlations, blocks):
    r"""Heterotrait-monotrait ratio of each pair of constructs.

    The mean correlation between the items of two constructs over the geometric mean of the mean
    correlations within each; absolute correlations, as is usual since 2019. Above 0.85 (strict) or
    0.90, the two can hardly be told apart.

    Parameters
    ----------
    item_correlations : pandas.DataFrame, shape (items, items)
        Correlations of the items.
    blocks : mapping of str to list of str
        Construct → its items, at least two each.

    Returns
    -------
    pandas.DataFrame
        Symmetric, constructs × constructs; the diagonal is missing.

    Raises
    ------
    KeyError
        If the matrix lacks an item.
    ValueError
        If a construct has fewer than two items.

    References
    ----------
    Henseler, J., Ringle, C. M. & Sarstedt, M. (2015). A new criterion for assessing discriminant
    validity in variance-based structural equation modeling.

    Examples
    --------
    >>> R = pd.DataFrame(np.full((4, 4), .3) + .7 * np.eye(4), columns=list("abcd"))
    >>> R.loc[0, "b"] = R.loc[1, "a"] = R.loc[2, "d"] = R.loc[3, "c"] = .6
    >>> round(htmt(R, {"one": ["a", "b"], "two": ["c", "d"]}).loc["one", "two"].item(), 3)
    0.5
    """
    matrix = read_correlation(item_correlations, where="htmt", definite=False).abs()
    blocks = read_blocks(blocks, matrix.columns, where="htmt", least=2)
    within = pd.Series({name: _mean_pair(matrix, items) for name, items in blocks.items()})
    table = pd.DataFrame(np.nan, index=list(blocks), columns=list(blocks))
    for one, first in blocks.items():
        for two, second in blocks.items():
            if one != two:
                between = matrix.loc[first, second].to_numpy().mean()
                table.loc[one, two] = between / np.sqrt(within[one] * within[two])
    return table


def fornell_larcker(construct_correlations, ave):
    """Whether each construct shares more with its own items than with any other construct.

    The criterion: √AVE exceeds the absolute correlation with every other construct. It is lenient:
    two constructs may pass with a correlation of .84 between them, see :func:`htmt`.

    Parameters
    ----------
    construct_correlations : pandas.DataFrame, shape (constructs, constructs)
        Correlations of the construct scores.
    ave : mapping of str to float, or pandas.Series
        Average variance extracted of each construct, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One line a construct: ``root_ave``, ``largest`` (the largest absolute correlation),
        ``with`` (whose), ``passes``.

    Raises
    ------
    KeyError
        If a construct has no AVE.

    References
    ----------
    Fornell, C. & Larcker, D. F. (1981). Evaluating structural equation models with unobservable
    variables and measurement error.

    Examples
    --------
    >>> R = pd.DataFrame([[1, .84], [.84, 1]], columns=["INN", "PERF"])
    >>> fornell_larcker(R, {"INN": .95, "PERF": .83})["passes"].tolist()
    [True, True]
    """
    matrix = read_correlation(construct_correlations, where="fornell_larcker")
    missing = [name for name in matrix.columns if name not in ave]
    if missing:
        raise KeyError(f"fornell_larcker: no AVE for {missing}")
    shares = pd.Series({name: float(ave[name]) for name in matrix.columns})
    if not shares.between(0, 1).all():
        odd = shares[~shares.between(0, 1)]
        raise ValueError(f"the AVE of {odd.index[0]!r} is {odd.iloc[0]:g}; it is a share, 0 to 1")
    others = matrix.abs().where(~np.eye(len(matrix), dtype=bool))
    return pd.DataFrame(
        {
            "root_ave": np.sqrt(shares),
            "largest": others.max(),
            "with": others.idxmax(),
            "passes": np.sqrt(shares) > others.max(),
        }
    )


def read_blocks(blocks, items, *, where, least=1):
    """Check which items measure which construct.

    Parameters
    ----------
    blocks : mapping of str to list of str
        Construct → its items.
    items : iterable of str
        The items there are.
    where : str
        The caller's name, for messages.
    least : int
        Smallest number of items a construct may have.

    Returns
    -------
    dict of str to list of str
    """
    items, seen = list(items), {}
    blocks = {name: [own] if isinstance(own, str) else list(own) for name, own in blocks.items()}
    for name, own in blocks.items():
        if len(own) < least:
            raise ValueError(f"{where}: {name!r} has {len(own)} items; it needs at least {least}")
        for item in own:
            if item not in items:
                raise KeyError(f"{where}: {name!r} names the item {item!r}; there are {items}")
            if item in seen:
                raise ValueError(f"{where}: the item {item!r} is in {seen[item]!r} and {name!r}")
            seen[item] = name
    return blocks


def _mean_pair(matrix, items):
    """Mean correlation of the pairs within one block."""
    inside = matrix.loc[items, items].to_numpy()
    return inside[np.triu_indices(len(items), 1)].mean()
