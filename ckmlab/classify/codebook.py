"""The codebook: the rules by which people, and simple programs, sort statements."""

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cached_property
from html import escape
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pandas as pd

from ckmlab.concepts import in_full

__all__ = ["Code", "Codebook"]


@dataclass(frozen=True)
class Code:
    """One label of a codebook and the rules for giving it.

    Parameters
    ----------
    label : str
        What coders write down.
    name : str
        What the label stands for.
    definition : str
        One sentence.
    include, exclude : tuple of str
        What belongs here; what looks like it and does not.
    anchor : str
        One clear example.
    neighbour : str
        The label that it is most easily taken for.
    cues : tuple of str
        Words that hint at the label; ``*`` ends a stem.
    """

    label: str
    name: str
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    anchor: str
    neighbour: str
    cues: tuple[str, ...] = ()

    @cached_property
    def _patterns(self):
        return {cue: _pattern(cue) for cue in self.cues}

    def found_in(self, text):
        """The cues that occur in a text.

        Parameters
        ----------
        text : str
            A statement.

        Returns
        -------
        list of str
            In the codebook's order.
        """
        return [cue for cue, pattern in self._patterns.items() if pattern.search(text)]


@dataclass(frozen=True)
class Codebook:
    """A small set of labels with definition, include, exclude, anchor and neighbour.

    Write it before you code, let two people use it on the same items, look at where they differ,
    and mend the rules rather than the labels.

    Parameters
    ----------
    title : str
        What is being coded.
    unit : str
        What counts as one unit, and the question to ask of it.
    codes : tuple of Code
        The labels, in order.
    source : str
        Citation key of the classification, see :func:`ckmlab.concepts.citations`.

    Examples
    --------
    >>> book = Codebook.load()
    >>> book.labels
    ['about', 'for', 'from']
    >>> book["for"].neighbour
    'from'
    >>> book.suggest(["My idea: sell it together with the family plan."])
      label  cues
    0  from  idea
    """

    title: str
    unit: str
    codes: tuple[Code, ...]
    source: str = ""

    @classmethod
    def load(cls, path=None):
        """Read a codebook from a TOML file.

        Parameters
        ----------
        path : path, optional
            Your file; default the one for knowledge types that comes with the package.

        Returns
        -------
        Codebook

        Raises
        ------
        ValueError
            If the file is no TOML, a field is missing or unknown, a label stands twice, or a
            neighbour is no label of the codebook.
        """
        path = Path(path) if path else files("ckmlab.classify") / "codebooks/knowledge_type.toml"
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{path.name} is no valid TOML file: {error}") from None
        codes = tuple(_code(entry, path.name) for entry in content.get("code", []))
        _check(codes, path.name)
        return cls(
            content.get("title", path.stem),
            content.get("unit", ""),
            codes,
            content.get("source", ""),
        )

    @property
    def labels(self):
        """The labels, in the codebook's order."""
        return [code.label for code in self.codes]

    def __getitem__(self, label):
        for code in self.codes:
            if code.label == label:
                return code
        raise KeyError(f"no label {label!r} in this codebook; it has {self.labels}")

    def table(self):
        """The codebook as a table to print and to keep beside you while coding.

        Returns
        -------
        pandas.DataFrame
            One row per label; columns name, definition, include, exclude, anchor, neighbour.
        """
        columns = ["name", "definition", "include", "exclude", "anchor", "neighbour"]
        rows = [[_plain(getattr(code, column)) for column in columns] for code in self.codes]
        return pd.DataFrame(rows, index=pd.Index(self.labels, name="label"), columns=columns)

    def suggest(self, texts):
        """Label texts by their cues: the plainest coder there is, and one that explains itself.

        The label with most cues wins; without a cue, or with a draw, there is no label. Compare it
        with people before you trust it.

        Parameters
        ----------
        texts : sequence of str
            Statements; missing ones get no label.

        Returns
        -------
        pandas.DataFrame
            ``label`` (missing where undecided) and ``cues`` (those found, of all labels), with the
            index of ``texts`` if it is a Series.
        """
        texts = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype=object)
        found = [self._cues(text) for text in texts]
        columns = {
            "label": [_winner(cues) for cues in found],
            "cues": [", ".join(chain.from_iterable(cues.values())) for cues in found],
        }
        return pd.DataFrame(columns, index=texts.index, dtype="str")

    def _cues(self, text):
        text = text if isinstance(text, str) else ""
        return {code.label: code.found_in(text) for code in self.codes}

    def _repr_html_(self):
        table = in_full(self.table())._repr_html_()
        return f"<b>{escape(self.title)}</b><p>{escape(self.unit)}</p>{table}"


def _pattern(cue):
    words = r"\s+".join(re.escape(word) for word in cue.removesuffix("*").split())
    return re.compile(rf"\b{words}" + ("" if cue.endswith("*") else r"(?!\w)"), re.IGNORECASE)


def _winner(cues):
    scores = sorted(((len(found), label) for label, found in cues.items()), reverse=True)
    best = [label for score, label in scores if score and score == scores[0][0]]
    return best[0] if len(best) == 1 else None


def _code(entry, file):
    known = [field.name for field in fields(Code)]
    missing = [name for name in known if name not in entry and name != "cues"]
    unknown = [name for name in entry if name not in known]
    if missing or unknown:
        raise ValueError(
            f"{file}, label {entry.get('label', '?')!r}: missing fields {missing}, "
            f"unknown fields {unknown}; a code has {known}"
        )
    return Code(**{name: tuple(v) if isinstance(v, list) else v for name, v in entry.items()})


def _check(codes, file):
    labels = [code.label for code in codes]
    if not labels:
        raise ValueError(f"{file} holds no label: give each one a [[code]] table")
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise ValueError(f"{file}: the labels {twice} stand there more than once")
    for code in codes:
        if code.neighbour not in labels:
            raise ValueError(
                f"{file}, label {code.label!r}: the neighbour {code.neighbour!r} is no label of "
                f"this codebook; it has {labels}"
            )


def _plain(value):
    return value if isinstance(value, str) else "; ".join(value)
