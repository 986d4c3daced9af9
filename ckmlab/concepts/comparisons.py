"""Knowledge management, customer relationship management, and the two together, side by side."""

import pandas as pd

from ckmlab.concepts._data import entries
from ckmlab.concepts.vocabulary import Evidence

__all__ = ["comparison", "comparison_cells"]

APPROACHES = ("KM", "CRM", "CKM")


def comparison():
    """The table that sets KM, CRM and CKM side by side, nine rows.

    Seven rows follow Karsen (2019), whose header row got lost on the way; *Metrics* and
    *Benefits* stand only in the journal article, Gibbert et al. (2002). A course on measurement
    needs these two most.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``aspect``. ``KM``, ``CRM``, ``CKM``: what each approach says, in our words.
        ``in_karsen``: whether Karsen's table has the row. ``source``: citation key of the text we
        follow. ``unconfirmed``: the approaches whose cell was not seen in a text and must not be
        quoted as established.

    See Also
    --------
    comparison_cells : The same table with one cell per row.

    References
    ----------
    Gibbert, Leibold & Probst (2002). European Management Journal 20(5):459–469,
    doi:10.1016/S0263-2373(02)00101-9.
    Karsen (2019). Customer Knowledge Management. BINUS University.

    Examples
    --------
    >>> table = comparison()
    >>> table.loc["Role of customer", "CKM"]
    'active: a knowledge partner'
    >>> table.index[~table["in_karsen"]].tolist()
    ['Metrics', 'Benefits']
    """
    rows = entries("comparison", "row")
    return pd.DataFrame(
        {
            **{approach: row[approach] for approach in APPROACHES},
            "in_karsen": row["karsen_row"] != "",
            "source": row["source"],
            "unconfirmed": ", ".join(_unconfirmed(row)),
        }
        for row in rows
    ).set_index(pd.Index([row["aspect"] for row in rows], name="aspect"))


def comparison_cells():
    """The comparison table with one cell per row: easy to shuffle, filter and rebuild.

    Returns
    -------
    pandas.DataFrame
        Columns ``aspect``, ``approach`` (KM, CRM or CKM), ``text``, ``karsen_row`` (the row's name
        in Karsen's table, empty where it is lacking), ``source`` and ``evidence``
        (see :class:`Evidence`); 27 rows.

    Examples
    --------
    >>> comparison_cells()["evidence"].value_counts().to_dict()
    {'stated': 19, 'unconfirmed': 5, 'confirmed': 2, 'second-hand': 1}
    """
    return pd.DataFrame(
        {
            "aspect": row["aspect"],
            "approach": approach,
            "text": row[approach],
            "karsen_row": row["karsen_row"],
            "source": row["source"],
            "evidence": _evidence(row, approach),
        }
        for row in entries("comparison", "row")
        for approach in APPROACHES
    )


def _evidence(row, approach):
    evidence = row["evidence"]
    return evidence if isinstance(evidence, str) else evidence[approach]


def _unconfirmed(row):
    return [name for name in APPROACHES if _evidence(row, name) == Evidence.UNCONFIRMED]
