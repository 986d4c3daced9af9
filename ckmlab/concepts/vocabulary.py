"""The words of the field, as enumerations whose members are plain strings."""

from enum import StrEnum

import pandas as pd

from ckmlab.concepts._data import entries

__all__ = [
    "Activity",
    "CRMProcess",
    "Evidence",
    "KnowledgeNature",
    "KnowledgeType",
    "Style",
    "definitions",
]


class KnowledgeType(StrEnum):
    """In which direction knowledge flows between customer and firm (Gebert et al. 2002).

    Examples
    --------
    >>> list(map(str, KnowledgeType))
    ['about', 'for', 'from']
    >>> KnowledgeType("from") is KnowledgeType.FROM
    True
    """

    ABOUT = "about"
    FOR = "for"
    FROM = "from"


class KnowledgeNature(StrEnum):
    """What customers do, or what they think (Crié & Micheaux 2006)."""

    BEHAVIOURAL = "behavioural"
    ATTITUDINAL = "attitudinal"


class CRMProcess(StrEnum):
    """The six processes of customer relationship management (Gebert et al. 2002).

    Research, development and production (``"rnd"`` in our tables) create and use knowledge too,
    but lie outside CRM, so they are no member.
    """

    CAMPAIGN = "campaign"
    LEAD = "lead"
    OFFER = "offer"
    CONTRACT = "contract"
    SERVICE = "service"
    COMPLAINT = "complaint"


class Activity(StrEnum):
    """The five verbs of Customer Knowledge Management (Karsen 2019)."""

    CAPTURE = "capture"
    ORGANIZE = "organize"
    SHARE = "share"
    TRANSFER = "transfer"
    CONTROL = "control"


class Style(StrEnum):
    """The five styles in which firms work with customers' knowledge (Gibbert et al. 2002)."""

    PROSUMERISM = "prosumerism"
    CO_LEARNING = "team-based co-learning"
    MUTUAL_INNOVATION = "mutual innovation"
    COMMUNITIES = "communities of creation"
    JOINT_OWNERSHIP = "joint ownership"


class Evidence(StrEnum):
    """How far an entry of the vocabulary can be relied on.

    ``stated``: it stands in one of the two founding texts. ``confirmed``: it was read in the work
    it is credited to. ``second-hand``: another text reports it. ``unconfirmed``: written from
    memory of the literature; do not quote it as established. ``inferred``: our own reading.
    """

    STATED = "stated"
    CONFIRMED = "confirmed"
    SECOND_HAND = "second-hand"
    UNCONFIRMED = "unconfirmed"
    INFERRED = "inferred"


def definitions(kind=None):
    """What the words mean, one sentence each.

    Parameters
    ----------
    kind : str, optional
        Only the terms of one kind, such as ``"knowledge type"``; default all.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``term``; columns ``kind``, ``definition``, ``source`` (a key of
        :func:`ckmlab.concepts.citations`) and ``evidence`` (see :class:`Evidence`).

    Raises
    ------
    ValueError
        If there is no such kind.

    Examples
    --------
    >>> definitions("knowledge type").index.tolist()
    ['about', 'for', 'from']
    """
    frame = pd.DataFrame(entries("definitions", "term")).set_index("term")
    if kind is None:
        return frame
    kinds = frame["kind"].unique().tolist()
    if kind not in kinds:
        raise ValueError(f"kind is {kind!r}; choose one of {kinds}")
    return frame[frame["kind"] == kind]
