"""Behavioural or attitudinal: whether an item tells what customers do or what they think."""

import numpy as np

from ckmlab.datasets.kestrel.lexicon import frames
from ckmlab.datasets.kestrel.phrases import kinds
from ckmlab.datasets.kestrel.store import FOR, TYPES, confusion
from ckmlab.datasets.streams import Slots, choose_rows

__all__ = ["NATURES", "nature_of_items"]

NATURES = np.array(["behavioural", "attitudinal"], dtype=object)
_LETTERS = "ba"

# What Kestrel's clerks write down: a state of mind easily passes for something that was done.
_CLERKS = np.array([[0.94, 0.06], [0.22, 0.78]])


def nature_of_items(setting, items):
    """Say which items are behavioural and which attitudinal, in truth and as the clerks coded.

    The nature follows from what the item's sentence says; what is *for* customers has none.

    Parameters
    ----------
    setting : Setting
        The district; the trap ``coder_error`` and its strength say how often clerks err.
    items : dict
        Knowledge items.

    Returns
    -------
    dict of str to array
        ``nature_code`` (-1 for none), ``nature_true`` and ``nature_coded``.
    """
    draw = Slots(setting.streams, items["slots"], items["slot"])
    nature = _by_sentence(items)
    # A clerk who takes a guide for knowledge about customers finds nobody's thoughts in it.
    seen = choose_rows(
        draw.uniform("knowledge_items.nature_coded"),
        confusion(setting, _CLERKS),
        np.maximum(nature, 0),
    )
    return {
        "nature_code": nature,
        "nature_true": _named(nature),
        "nature_coded": _named(np.where(items["ktype_coded"] == TYPES[FOR], -1, seen)),
    }


def _by_sentence(items):
    """Nature of the sentence that an item is made of, or would be if it were clear; -1 for none."""
    nature = np.full(len(items["wording"]), -1)
    for name, speakers in frames()["nature"].items():
        for speaker, letters in speakers.items():
            rows = np.flatnonzero(items["sentence_kind"] == kinds().index((name, speaker)))
            codes = np.array([_LETTERS.index(letter) for letter in letters])
            nature[rows] = codes[(items["wording"][rows] * len(codes)).astype(int)]
    return nature


def _named(nature):
    return np.where(nature < 0, None, NATURES[nature])
