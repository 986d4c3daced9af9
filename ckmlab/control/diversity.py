"""What a group of look-alikes gives away: l-diversity and t-closeness."""

import numpy as np
import pandas as pd

from ckmlab.arguments import choose
from ckmlab.frames import to_pandas

__all__ = ["l_diversity", "t_closeness"]


def l_diversity(frame, quasi_identifiers, sensitive, *, kind="distinct"):
    r"""Variety of the sensitive value within the least varied group of look-alikes.

    ``"distinct"`` counts different values; ``"entropy"`` gives the effective number of values,
    :math:`\min_G \exp(-\sum_s p_{Gs} \ln p_{Gs})`, which a rare odd value cannot fake.

    Parameters
    ----------
    frame : data frame
        One row per person; any library, converted to pandas.
    quasi_identifiers : sequence of str
        Columns an outsider may know.
    sensitive : str
        Column that must not be learned about a person.
    kind : {"distinct", "entropy"}
        Which l.

    Returns
    -------
    float
        l; at 1 some group gives its members' value away for certain.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no row, or the sensitive column is a quasi-identifier too.

    References
    ----------
    Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam (2007), ACM Transactions on Knowledge
    Discovery from Data 1(1), 3.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"age": [30, 30, 40, 40], "debt": ["yes", "no", "yes", "yes"]})
    >>> l_diversity(table, ["age"], "debt")
    1.0
    """
    choose("kind", kind, ["distinct", "entropy"])
    shares = _shares(frame, quasi_identifiers, sensitive, where="l_diversity")
    if kind == "distinct":
        return float((shares > 0).sum(axis=1).min())
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    return float(np.exp(-(shares * logs).sum(axis=1).max()))


def t_closeness(frame, quasi_identifiers, sensitive, *, ordered=None):
    r"""Largest distance between the sensitive values of a group and those of everybody.

    The earth mover's distance: between values without order
    :math:`\tfrac12 \sum_s |p_s - q_s|`, between ordered values
    :math:`\tfrac{1}{m-1} \sum_{i} |\sum_{s \le i} (p_s - q_s)|`.

    Parameters
    ----------
    frame : data frame
        One row per person; any library, converted to pandas.
    quasi_identifiers : sequence of str
        Columns an outsider may know.
    sensitive : str
        Column that must not be learned about a person.
    ordered : bool, optional
        Whether its values have an order; numbers have, unless told otherwise.

    Returns
    -------
    float
        t between 0 (every group mirrors the whole) and 1.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no row, or the sensitive column is a quasi-identifier too.

    References
    ----------
    Li, Li and Venkatasubramanian (2007), IEEE International Conference on Data Engineering,
    106-115.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"zip": ["a"] * 3 + ["b"] * 3 + ["c"] * 3,
    ...     "salary": [3, 4, 5, 6, 8, 11, 7, 9, 10]})
    >>> t_closeness(table, ["zip"], "salary")
    0.375
    """
    column = to_pandas(frame, [sensitive], where="t_closeness")[sensitive]
    if ordered is None:
        ordered = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    shares = _shares(frame, quasi_identifiers, sensitive, where="t_closeness")
    overall = pd.factorize(column, sort=True, use_na_sentinel=False)[0]
    gap = shares - np.bincount(overall, minlength=shares.shape[1]) / len(column)
    if not ordered:
        return float(np.abs(gap).sum(axis=1).max() / 2)
    steps = max(shares.shape[1] - 1, 1)
    return float(np.abs(gap.cumsum(axis=1)).sum(axis=1).max() / steps)


def _shares(frame, quasi_identifiers, sensitive, *, where):
    """Shares of the sensitive values (columns, sorted) within each group (rows)."""
    columns = [quasi_identifiers] if isinstance(quasi_identifiers, str) else [*quasi_identifiers]
    if not columns:
        raise ValueError(f"{where} needs at least one quasi-identifier")
    if sensitive in columns:
        raise ValueError(f"{sensitive!r} is sensitive and a quasi-identifier; it can be only one")
    table = to_pandas(frame, [*columns, sensitive], where=where)
    if table.empty:
        raise ValueError(f"{where} got a table without rows")
    group = table.groupby(columns, dropna=False, observed=True).ngroup().to_numpy()
    codes, values = pd.factorize(table[sensitive], sort=True, use_na_sentinel=False)
    counts = np.zeros((group.max() + 1, len(values)))
    np.add.at(counts, (group, codes), 1)
    return counts / counts.sum(axis=1, keepdims=True)
