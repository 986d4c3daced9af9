"""The short lists of the field: four Cs, three steps, four goals, five styles."""

import pandas as pd

from ckmlab.concepts._data import entries
from ckmlab.concepts.vocabulary import Evidence

__all__ = ["four_cs", "goals", "steps", "styles"]


def four_cs():
    """The four verbs of source B beside the four aspects of the St. Gallen model.

    *Collecting, collaborating, compositing, communicating* look like a drift of *content,
    competence, collaboration, composition*. Which verb belongs to which aspect is our reading.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``verb``; columns ``aspect``, ``meaning``, ``measure``, ``source``, ``evidence``
        (of the pairing).

    References
    ----------
    Gebert, Geib, Kolbe & Riempp (2002). Towards customer knowledge management. ICEB 2002.

    Examples
    --------
    >>> four_cs()["aspect"].to_dict()["communicating"]
    'competence'
    """
    return _table("four_cs", "verb")


def steps():
    """The three steps by which staff learn from conversation: revealing, sorting, leveling.

    That the model has three steps is confirmed; their names are not, and are marked so.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``step``; columns ``meaning``, ``measure``, ``source``, ``evidence``.

    References
    ----------
    Garcia-Murillo & Annabi (2002). Customer knowledge management. Journal of the Operational
    Research Society 53(8):875–884.

    Examples
    --------
    >>> steps().index.tolist()
    ['revealing', 'sorting', 'leveling']
    """
    return _table("steps", "step")


def goals():
    """The four goals of managing customer knowledge, in the order in which they build up.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``goal``; columns ``meaning``, ``measure``, ``source``, ``evidence``.

    References
    ----------
    Bueren, Schierholz, Kolbe & Brenner (2004). Customer knowledge management. HICSS 2004.

    Examples
    --------
    >>> goals().index.tolist()
    ['transparency', 'dissemination', 'development', 'efficiency']
    """
    return _table("goals", "goal")


def styles():
    """The five styles of Customer Knowledge Management.

    The five names are confirmed. The cells were written from memory of the article: they are
    marked ``unconfirmed``, so check them there before you quote them. ``signature`` is ours: what
    the style would look like in a company's tables.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``style``; columns ``focus``, ``objective``, ``process``, ``systems``,
        ``measure``, ``intensity`` (of the interaction), ``signature``, ``source``, ``evidence``.

    References
    ----------
    Gibbert, Leibold & Probst (2002). European Management Journal 20(5):459–469,
    doi:10.1016/S0263-2373(02)00101-9.

    Examples
    --------
    >>> styles()["intensity"].to_dict()["joint ownership"]
    'high'
    """
    return _table("styles", "style").assign(
        source="gibbert2002", evidence=str(Evidence.UNCONFIRMED)
    )


def _table(name, index):
    return pd.DataFrame(entries("frameworks", name)).set_index(index)
