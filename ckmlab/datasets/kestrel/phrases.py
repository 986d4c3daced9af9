"""Sentences for many rows at once: frames whose slots are filled from the lexicon.

There is a loop over frames and over slots, never over rows: each slot is an array of words.
"""

from functools import cache
from string import Formatter

import numpy as np

from ckmlab.datasets.kestrel.lexicon import NEEDS_PER_TOPIC, frames, lexicon
from ckmlab.datasets.streams import choose

__all__ = ["UNIFORMS_PER_ROW", "kinds", "write_sentences"]

UNIFORMS_PER_ROW = 10
"""How many uniforms a sentence uses: frame, trouble, fix, five slots, typo, decoration."""

_SLOTS = ("when", "place", "plan", "price", "rival", "person")
_TYPO = 0.06
_OPENING = 0.15
_CLOSING = 0.2


@cache
def kinds():
    """Every list of frames, by (kind, speaker), such as ``("about", "employee")``."""
    return tuple(
        (kind, speaker)
        for kind, speakers in frames().items()
        if kind not in ("slots", "noise", "nature")
        for speaker in speakers
    )


def write_sentences(kind, need, uniform, *, relaunched=False, decorate=False):
    """Write one sentence per row.

    Parameters
    ----------
    kind : array of int
        Index into :func:`kinds` for each row.
    need : array of int
        Index of the need spoken of; its topic follows from it.
    uniform : array of float, shape (n, UNIFORMS_PER_ROW)
        The rows' random numbers.
    relaunched : bool or array of bool
        Whether the row uses the words that came with the app's relaunch.
    decorate : bool or array of bool
        Whether the row is a customer's own message, which may open and close with small talk.

    Returns
    -------
    array of object
        The sentences.
    """
    sentences = np.empty(len(kind), dtype=object)
    relaunched = np.broadcast_to(relaunched, len(kind))
    decorate = np.broadcast_to(decorate, len(kind))
    for index, (name, speaker) in enumerate(kinds()):
        rows = np.flatnonzero(kind == index)
        if not len(rows):
            continue
        texts = frames()[name][speaker]
        frame = (uniform[rows, 0] * len(texts)).astype(int)
        for number, text in enumerate(texts):
            chosen = rows[frame == number]
            if len(chosen):
                words = _words(need[chosen], uniform[chosen], relaunched[chosen])
                sentences[chosen] = _fill(text, words, len(chosen))
    return _with_small_talk(sentences, uniform[:, -1], decorate)


def _words(need, uniform, relaunched):
    """A function from a slot's name to its words for these rows."""
    words = lexicon()
    topic = need // NEEDS_PER_TOPIC
    row = words.row_of(topic, relaunched)
    typo = uniform[:, 8] < _TYPO

    def of(slot):
        if slot == "topic":
            return words.topics[topic]
        if slot == "need":
            return _spelled("needs", row, need % NEEDS_PER_TOPIC, typo)
        if slot in ("trouble", "fix"):
            plural = {"trouble": "troubles", "fix": "fixes"}[slot]
            column = 1 if slot == "trouble" else 2
            options = getattr(words, plural).shape[1]
            return _spelled(plural, row, (uniform[:, column] * options).astype(int), typo)
        options = np.array(frames()["slots"][slot], dtype=object)
        column = 3 + _SLOTS.index(slot) % 5
        return options[(uniform[:, column] * len(options)).astype(int)]

    return of


def _fill(text, words, n):
    parts = np.full(n, "", dtype=object)
    for literal, slot, _, _ in Formatter().parse(text):
        parts = parts + literal
        if slot is not None:
            filled = words(slot.lower())
            parts = parts + (_capital(filled) if slot[0].isupper() else filled)
    return parts


def _spelled(plural, row, column, typo):
    right, wrong = _spellings(plural)
    return np.where(typo, wrong[row, column], right[row, column])


@cache
def _spellings(plural):
    """A table of the lexicon as it is, and with two letters swapped in each phrase."""
    right = getattr(lexicon(), plural)
    wrong = np.array([[_swap_letters(text) for text in row] for row in right], dtype=object)
    return right, wrong


def _swap_letters(text):
    """Swap two letters inside the longest word: the slip of a quick typist."""
    longest = max(text.split(), key=len)
    middle = len(longest) // 2
    if middle < 1:
        return text
    slip = longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :]
    return text.replace(longest, slip, 1)


def _capital(words):
    distinct, where = np.unique(words.astype(str), return_inverse=True)
    capitals = np.array([word[:1].upper() + word[1:] for word in distinct], dtype=object)
    return capitals[where]


def _with_small_talk(sentences, uniform, decorate):
    noise = frames()["noise"]
    opening = np.array(["", *noise["opening"]], dtype=object)
    closing = np.array(["", *noise["closing"]], dtype=object)
    first = _weights(len(opening) - 1, _OPENING)
    last = _weights(len(closing) - 1, _CLOSING)
    # One uniform serves both: its leading digits choose the opening, the rest the closing.
    scaled = uniform * 1000
    head = np.where(decorate, choose(np.floor(scaled) / 1000, first), 0)
    tail = np.where(decorate, choose(scaled % 1, last), 0)
    return opening[head] + sentences + closing[tail]


def _weights(options, share):
    return [1 - share, *([share / options] * options)]
