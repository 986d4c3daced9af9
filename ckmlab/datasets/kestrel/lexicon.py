"""The words of Kestrel's customers, as arrays: topics, needs, troubles and fixes."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

__all__ = ["NEEDS_PER_TOPIC", "Lexicon", "frames", "lexicon"]

NEEDS_PER_TOPIC = 10
_RELAUNCHED = "app_relaunch"


@dataclass(frozen=True)
class Lexicon:
    """Arrays with one row per topic; the last row holds the words after the app's relaunch."""

    topics: np.ndarray
    share: np.ndarray
    needs: np.ndarray
    troubles: np.ndarray
    fixes: np.ndarray

    @property
    def need_labels(self):
        """The 200 needs as flat text; need ``k`` belongs to topic ``k // NEEDS_PER_TOPIC``."""
        return self.needs[: len(self.topics)].ravel()

    def row_of(self, topic, relaunched):
        """The row of words for each topic; the app's own words change with its relaunch."""
        app = int(np.flatnonzero(self.topics == "app")[0])
        return np.where(relaunched & (topic == app), len(self.topics), topic)


@cache
def lexicon():
    """Read ``lexicon.toml`` once."""
    entries = _read("lexicon.toml")
    relaunch = entries.pop(_RELAUNCHED)
    rows = [*entries.values(), relaunch]
    return Lexicon(
        topics=np.array(list(entries), dtype=object),
        share=np.array([row["share"] for row in entries.values()], dtype=float),
        needs=np.array([row["needs"] for row in rows], dtype=object),
        troubles=np.array([row["troubles"] for row in rows], dtype=object),
        fixes=np.array([row["fixes"] for row in rows], dtype=object),
    )


@cache
def frames():
    """Read ``frames.toml`` once: the sentences by kind and speaker."""
    return _read("frames.toml")


def _read(name):
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
