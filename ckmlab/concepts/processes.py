"""Which CRM process does what with which type of customer knowledge."""

import pandas as pd

from ckmlab.concepts._data import entries
from ckmlab.concepts.vocabulary import CRMProcess, Evidence, KnowledgeType

__all__ = ["process_cells", "process_matrix"]

CODES = {"creates": "C", "collects": "c", "refines": "R", "receives": "D", "uses": "U"}

# A process that collects or refines takes an item in and hands it on: it stands at both ends.
GIVING = ("creates", "collects", "refines")
TAKING = ("collects", "refines", "receives", "uses")


def process_matrix():
    """Processes by knowledge types: who creates, collects, refines, receives and uses what.

    Every cell ends in its warrant: ``[stated]`` for what the founding text says, ``[inferred]``
    for our own reading. Lead management appears in no source; all of its row is inferred.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``process`` (the six of :class:`CRMProcess`, then ``rnd``: research, development
        and production, outside CRM); columns ``about``, ``for``, ``from``.

    See Also
    --------
    process_cells : The same matrix with one role per row, ready to join.

    References
    ----------
    Gebert, Geib, Kolbe & Riempp (2002). Towards customer knowledge management. ICEB 2002.

    Examples
    --------
    >>> print(process_matrix().loc[["campaign", "service"], ["about", "for"]])
                           about                           for
    process
    campaign       uses [stated]   collects, refines [stated]
    service   creates, uses [stated]         receives [stated]
    """
    cells = {(row["process"], row["ktype"]): _cell(row) for row in entries("processes", "cell")}
    processes = [*CRMProcess, "rnd"]
    return pd.DataFrame(
        [[cells.get((process, ktype), "–") for ktype in KnowledgeType] for process in processes],
        index=pd.Index([str(process) for process in processes], name="process"),
        columns=[str(ktype) for ktype in KnowledgeType],
    )


def process_cells(*, stated_only=False):
    """The process matrix with one role per row: which cells of a knowledge flow are allowed.

    Parameters
    ----------
    stated_only : bool, default False
        Keep only what the founding text states, without our inferences.

    Returns
    -------
    pandas.DataFrame
        Columns ``ktype``, ``process``, ``role`` (creates, collects, refines, receives or uses),
        ``code`` (C, c, R, D, U), ``may_create`` and ``may_use`` (whether an item of that type may
        have this process as its creating or its using process; collecting and refining stand at
        both ends), ``condition``, ``source`` and ``evidence``.

    Examples
    --------
    >>> cells = process_cells()
    >>> cells.loc[cells["may_create"] & (cells["ktype"] == "for"), "process"].unique().tolist()
    ['campaign', 'rnd']
    """
    frame = pd.DataFrame(
        {
            "ktype": row["ktype"],
            "process": row["process"],
            "role": role,
            "code": CODES[role],
            "may_create": role in GIVING,
            "may_use": role in TAKING,
            "condition": row.get("condition", ""),
            "source": "wikipedia" if row["evidence"] == Evidence.STATED else "ckmlab",
            "evidence": row["evidence"],
        }
        for row in entries("processes", "cell")
        for role in row["roles"]
    )
    if not stated_only:
        return frame
    return frame[frame["evidence"] == Evidence.STATED].reset_index(drop=True)


def _cell(row):
    condition = f" {row['condition']}" if "condition" in row else ""
    return f"{', '.join(row['roles'])}{condition} [{row['evidence']}]"
