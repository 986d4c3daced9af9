"""Which process creates and which process uses each type of knowledge."""

import math

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.classify._intervals import check_confidence, wilson
from ckmlab.concepts import CRMProcess, KnowledgeType, process_cells
from ckmlab.frames import like, require, to_pandas
from ckmlab.results import Estimate

__all__ = ["conformance", "cramers_v", "mark_conformance", "type_flow"]

CELL = ["ktype", "created_process", "used_process"]
VERDICT = ["conforms", "offence"]


def type_flow(items, column="ktype_coded"):
    """Count the items on each path: origin → type → creating process → using process.

    Items without a label are left out.

    Parameters
    ----------
    items : data frame
        One row per item, with ``origin``, ``created_process``, ``used_process`` (empty while
        nobody has used the item) and the label column; pandas, Polars, DuckDB, PyArrow, Dask or
        PySpark.
    column : str, default "ktype_coded"
        The column that holds the label.

    Returns
    -------
    data frame
        In the caller's own library, one row per path that occurs: ``origin``, ``ktype``,
        ``created_process``, ``used_process``, ``n`` (items); sorted.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({
    ...     "origin": ["database", "database", "customer"],
    ...     "ktype_coded": ["about", "about", "from"],
    ...     "created_process": ["offer", "offer", "service"],
    ...     "used_process": ["campaign", "campaign", "rnd"]})
    >>> type_flow(items)
         origin  ktype created_process used_process  n
    0  customer   from         service          rnd  1
    1  database  about           offer     campaign  2
    """
    path = ["origin", "ktype", "created_process", "used_process"]
    wrapped = require(
        items, ["origin", column, "created_process", "used_process"], where="type_flow"
    )
    labelled = wrapped.select(
        "origin", nw.col(column).alias("ktype"), "created_process", "used_process"
    ).filter(~nw.col("ktype").is_null())
    # An empty using process is a path of its own, so the empty keys must survive the grouping.
    counted = labelled.group_by(path).agg(nw.len().alias("n"))
    return nw.maybe_reset_index(counted.sort(path, nulls_last=True)).to_native()


def mark_conformance(flow, *, cells=None):
    """Mark the paths that the process matrix does not foresee.

    A path conforms when its type may be created by the creating process and may be used by the
    using process. A path whose items nobody has used yet is judged by its creating process alone.

    Parameters
    ----------
    flow : data frame
        What :func:`type_flow` returns, or any frame with ``ktype``, ``created_process``,
        ``used_process`` and ``n``.
    cells : pandas.DataFrame, optional
        The matrix: ``ktype``, ``process``, ``may_create``, ``may_use``. Default
        :func:`ckmlab.concepts.process_cells`; pass ``process_cells(stated_only=True)`` to leave
        out what we inferred.

    Returns
    -------
    data frame
        In the caller's own library: the flow's columns, ``conforms`` (bool) and ``offence``
        (``""``, ``"created"``, ``"used"`` or ``"created, used"``: the end that is at fault).

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is nothing to judge, a count is negative or empty, or a type or process is unknown
        or, but for the using process, empty.

    Examples
    --------
    >>> import pandas as pd
    >>> flow = pd.DataFrame({
    ...     "ktype": ["about", "from"], "created_process": ["offer", "campaign"],
    ...     "used_process": ["campaign", "rnd"], "n": [30, 10]})
    >>> mark_conformance(flow)[["ktype", "n", "conforms", "offence"]]
       ktype   n  conforms  offence
    0  about  30      True
    1   from  10     False  created
    """
    wrapped = require(flow, [*CELL, "n"], where="mark_conformance")
    marked = _marked(flow, wrapped.collect_schema().names(), cells, where="mark_conformance")
    return like(wrapped, {column: _plain(marked[column]) for column in marked})


def conformance(flow, *, cells=None, confidence=0.95):
    r"""Share of the flow that runs where the process matrix says it should.

    .. math:: \frac{\sum_{\text{allowed}} F_{kcu}}{\sum F_{kcu}}

    with :math:`F_{kcu}` the items of type :math:`k` created by :math:`c` and used by :math:`u`.

    Parameters
    ----------
    flow : data frame
        What :func:`type_flow` returns; :func:`mark_conformance` lists the offending paths.
    cells : pandas.DataFrame, optional
        The matrix, as in :func:`mark_conformance`.
    confidence : float, default 0.95
        Confidence level of the interval.

    Returns
    -------
    Estimate
        Between 0 and 1, with a Wilson interval; ``n`` counts items.

    Raises
    ------
    KeyError, ValueError
        As in :func:`mark_conformance`.

    References
    ----------
    Gebert, Geib, Kolbe & Riempp (2002). Towards customer knowledge management. ICEB 2002.

    Examples
    --------
    >>> import pandas as pd
    >>> flow = pd.DataFrame({
    ...     "ktype": ["about", "from"], "created_process": ["offer", "campaign"],
    ...     "used_process": ["campaign", "rnd"], "n": [30, 10]})
    >>> conformance(flow)
    0.75 [0.5981, 0.8581] (95 %, n = 40)
    """
    marked = _marked(flow, [*CELL, "n"], cells, where="conformance")
    allowed, total = int(marked.loc[marked["conforms"], "n"].sum()), int(marked["n"].sum())
    low, high = wilson(allowed, total, confidence)
    worst = marked[~marked["conforms"]].nlargest(1, "n")
    notes = [
        f"largest offending path: {path.ktype}, {path.created_process} → {path.used_process} "
        f"({path.n} items)"
        for path in worst.itertuples()
    ]
    return Estimate(
        allowed / total,
        low,
        high,
        level=confidence,
        n=total,
        method="items in allowed cells / all items, Wilson 1927",
        notes=notes,
    )


def cramers_v(flow, rows="ktype", columns="created_process", *, confidence=0.95):
    r"""How tightly two sides of the flow hang together, such as type and creating process.

    .. math:: V = \sqrt{\frac{\chi^2}{n\,(\min(r, c) - 1)}}

    0 means that the process tells nothing about the type, 1 that it settles it.

    Parameters
    ----------
    flow : data frame
        What :func:`type_flow` returns: two label columns and ``n``.
    rows, columns : str
        The two columns to compare; paths where either is empty are left out.
    confidence : float, default 0.95
        Confidence level of the interval.

    Returns
    -------
    Estimate
        Between 0 and 1. The interval inverts the non-central chi-square distribution.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If either column has fewer than two different values.

    References
    ----------
    Cramér, H. (1946). Mathematical Methods of Statistics. Princeton University Press.
    Smithson, M. (2003). Confidence Intervals. Sage.

    Examples
    --------
    >>> import pandas as pd
    >>> flow = pd.DataFrame({
    ...     "ktype": ["about", "about", "from", "from"],
    ...     "created_process": ["offer", "service", "offer", "service"], "n": [30, 10, 10, 30]})
    >>> cramers_v(flow)
    0.5 [0.2809, 0.7191] (95 %, n = 80)
    """
    from scipy.stats import chi2_contingency

    check_confidence(confidence)
    frame = to_pandas(flow, [rows, columns, "n"], where="cramers_v", numbers=["n"])
    if (frame["n"] < 0).any():
        raise ValueError("column 'n' holds a negative number of items")
    table = frame.pivot_table(index=rows, columns=columns, values="n", aggfunc="sum", fill_value=0)
    table = table.loc[table.sum(axis=1) > 0, table.sum() > 0]
    if min(table.shape) < 2:
        raise ValueError(
            f"{rows!r} has {table.shape[0]} and {columns!r} {table.shape[1]} different values with "
            "items; association needs at least two of each"
        )
    total = int(table.to_numpy().sum())
    test = chi2_contingency(table, correction=False)
    scale = total * (min(table.shape) - 1)
    value = math.sqrt(test.statistic / scale)
    low, high = (
        min(1.0, math.sqrt(noncentrality / scale))
        for noncentrality in _noncentrality_interval(test.statistic, test.dof, confidence)
    )
    # V itself is biased upwards in small samples, the interval is not: keep V inside.
    return Estimate(
        value,
        min(low, value),
        max(high, value),
        level=confidence,
        n=total,
        method="Cramér 1946; interval by inversion, Smithson 2003",
    )


def _noncentrality_interval(statistic, dof, confidence):
    from scipy.optimize import brentq
    from scipy.stats import ncx2

    def end(probability):
        def excess(noncentrality):
            return ncx2.cdf(statistic, dof, noncentrality) - probability

        if excess(0.0) <= 0:
            return 0.0
        return brentq(excess, 0.0, 4 * (statistic + dof) + 100)

    tail = (1 - confidence) / 2
    return end(1 - tail), end(tail)


def _marked(flow, columns, cells, *, where):
    """The flow in pandas with ``conforms`` and ``offence``."""
    paths = to_pandas(flow, columns, where=where, numbers=["n"])
    paths = paths.drop(columns=VERDICT, errors="ignore")
    if not len(paths) or paths["n"].isna().any() or (paths["n"] < 0).any():
        raise ValueError("column 'n' must hold the number of items of at least one path, 0 or more")
    if not paths["n"].sum():
        raise ValueError("column 'n' adds up to 0: there is no item to judge")
    cells = process_cells() if cells is None else cells
    _known(paths, cells)
    created = _listed(paths, "created_process", cells[cells["may_create"]])
    used = _listed(paths, "used_process", cells[cells["may_use"]]) | paths["used_process"].isna()
    offence = np.select(
        [created & used, used, created], ["", "created", "used"], default="created, used"
    )
    return paths.assign(conforms=created & used, offence=offence)


def _known(paths, cells):
    """Refuse names that no matrix can judge: a misspelt process is no offence."""
    processes = {*map(str, CRMProcess), "rnd", *cells["process"]}
    names = {
        "ktype": {*map(str, KnowledgeType), *cells["ktype"]},
        "created_process": processes,
        "used_process": processes,
    }
    for column, known in names.items():
        unknown = sorted(set(map(str, paths[column].dropna())) - known)
        if unknown:
            raise ValueError(
                f"column {column!r} holds the unknown names {unknown}; known are {sorted(known)}: "
                "rename yours, or pass a matrix of your own with cells="
            )
    for column in ("ktype", "created_process"):
        if paths[column].isna().any():
            raise ValueError(f"column {column!r} is empty in some paths: fill or drop them")


def _listed(paths, end, cells):
    allowed = pd.MultiIndex.from_frame(cells[["ktype", "process"]])
    return pd.Series(
        pd.MultiIndex.from_frame(paths[["ktype", end]]).isin(allowed), index=paths.index
    )


def _plain(column):
    """Values of a column as a list, with ``None`` for what is missing in any library."""
    return column.astype(object).where(column.notna(), None).tolist()
