"""Answers that a notebook can recognise but does not contain."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

__all__ = ["Seal", "pack", "recognise", "seal", "unpack"]

ROUNDS = 20_000  # some ten milliseconds a guess: guessing by the million is no fun


@dataclass(frozen=True)
class Seal:
    """What a notebook carries of one task: salted digests and locked hints.

    Attributes
    ----------
    kind : str
        What kind of value is expected (``"a number"``).
    answer : str
        Digest of the right value's canonical text.
    wrong : tuple of (str, str)
        Digest of each known misconception and its hint, which only that wrong value unlocks.
    """

    kind: str
    answer: str
    wrong: tuple = ()


def _key(text, salt):
    return hashlib.pbkdf2_hmac("sha256", text.encode("utf-8", "replace"), salt.encode(), ROUNDS)


def _digest(key, purpose):
    return hmac.new(key, purpose.encode(), "sha256").hexdigest()[:24]


def _lock(data, key):
    """Hide a hint behind the wrong answer it belongs to; locking twice unlocks."""
    stream = hashlib.shake_256(b"hint" + key).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))


def seal(kind, text, misconceptions, *, salt):
    """Seal the answer of a task and the hints of its misconceptions.

    Parameters
    ----------
    kind : str
        What kind of value the answer is.
    text : str
        Canonical text of the answer.
    misconceptions : iterable of (str, str)
        Canonical text of each wrong answer, and its hint.
    salt : str
        Differs from task to task and from student to student.

    Returns
    -------
    Seal

    Examples
    --------
    >>> task = seal("a number", "0.25", [("0.5", "Halve it again.")], salt="s")
    >>> recognise("0.25", task, salt="s")
    (True, None)
    >>> recognise("0.5", task, salt="s")
    (False, 'Halve it again.')
    >>> recognise("0.7", task, salt="s")
    (False, None)
    """
    wrong = []
    for wrong_text, hint in misconceptions:
        key = _key(wrong_text, salt)
        locked = base64.b64encode(_lock(hint.encode(), key)).decode()
        wrong.append((_digest(key, "wrong"), locked))
    return Seal(kind, _digest(_key(text, salt), "answer"), tuple(wrong))


def recognise(text, sealed, *, salt):
    """Say whether a canonical text is the answer, or a known misconception.

    Parameters
    ----------
    text : str
    sealed : Seal
    salt : str

    Returns
    -------
    tuple of (bool, str or None)
        Right or not, and the hint when it is a known wrong answer.
    """
    key = _key(text, salt)
    if hmac.compare_digest(_digest(key, "answer"), sealed.answer):
        return True, None
    for digest, locked in sealed.wrong:
        if hmac.compare_digest(_digest(key, "wrong"), digest):
            return False, _lock(base64.b64decode(locked), key).decode()
    return False, None


def pack(exercise, salt, seals, **more):
    """Write seals as one line of text that fits into a cell.

    Parameters
    ----------
    exercise : str
        The exercise's name.
    salt : str
    seals : dict of str to Seal
        By task.
    **more
        Further plain facts to carry along.

    Returns
    -------
    str

    Examples
    --------
    >>> line = pack("01", "s", {"share": seal("a number", "0.25", [], salt="s")})
    >>> unpack(line)["seals"]["share"].kind
    'a number'
    """
    tasks = {task: [one.kind, one.answer, one.wrong] for task, one in seals.items()}
    content = {"exercise": exercise, "salt": salt, "seals": tasks, **more}
    plain = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    return base64.b85encode(plain).decode()


def unpack(line):
    """Read what :func:`pack` wrote.

    Parameters
    ----------
    line : str

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        If the line was changed by hand.
    """
    try:
        content = json.loads(base64.b85decode(line))
        seals = {
            task: Seal(kind, answer, tuple((digest, hint) for digest, hint in wrong))
            for task, (kind, answer, wrong) in content["seals"].items()
        }
    except (ValueError, KeyError, TypeError):
        raise ValueError(
            "the first cell of this exercise was changed: copy it again from the notebook you got"
        ) from None
    return {**content, "seals": seals}
