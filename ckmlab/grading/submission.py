"""What a student handed in: read with suspicion, spliced into the pristine notebook."""

import copy
import json
from dataclasses import dataclass, field

from nbformat.v4 import new_code_cell

from ckmlab.grading.editions import marking_edition
from ckmlab.grading.exercise import tags

__all__ = ["LARGEST", "Submission", "Unreadable", "read_facts", "read_submission", "splice"]

LARGEST = 50_000_000  # bytes; a notebook full of figures has a few million


class Unreadable(ValueError):
    """A file that is no notebook; the message says why, for the list of problems."""


@dataclass(frozen=True)
class Submission:
    """A student's notebook, of which only the answers count.

    Attributes
    ----------
    exercise, student : str or None
        What the notebook's metadata says; a student can change it.
    answers : dict of str to list of str
        Source text by cell id. More than one text when the cell was split or copied.
    own : list of str
        Source of code cells that the student added; they are not marked.
    notes : list of str
        What a lecturer may want to look at.
    fatal : dict of str to str
        Cells left out because they brought the kernel down, and how.
    """

    exercise: str | None
    student: str | None
    answers: dict
    own: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    fatal: dict = field(default_factory=dict)


def read_submission(content, answer_ids, *, known_ids=()):
    """Read the answers out of a notebook file.

    Only source text is taken: no tags, no outputs, no execution counts.

    Parameters
    ----------
    content : bytes
        The file as handed in.
    answer_ids : iterable of str
        Ids of the cells in which the student writes.
    known_ids : iterable of str
        Ids of the other cells of the exercise.

    Returns
    -------
    Submission

    Raises
    ------
    Unreadable
        If the file is no notebook.
    """
    notebook = _parse(content)
    answer_ids, known_ids = list(answer_ids), set(known_ids)
    answers, own, notes = {}, [], []
    for cell in _cells(notebook):
        identity, source = _identity(cell, answer_ids), _source(cell)
        if identity in answer_ids:
            answers.setdefault(identity, []).append(source)
        elif cell.get("cell_type") == "code" and identity not in known_ids and source.strip():
            own.append(source)
    for identity in answer_ids:
        texts = answers.get(identity)
        if texts is None:
            notes.append(f"answer cell {identity!r} is missing")
        elif len(texts) > 1:
            notes.append(f"answer cell {identity!r} was split or copied: {len(texts)} pieces")
    if own:
        notes.append(f"{len(own)} cells of the student's own are not marked")
    facts = _facts(notebook)
    return Submission(facts.get("exercise"), facts.get("student"), answers, own, notes)


def read_facts(content):
    """Read who and what a notebook says that it is of.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    dict of str to str
        With ``exercise`` and ``student``, if the notebook says so.

    Raises
    ------
    Unreadable
        If the file is no notebook.
    """
    notebook = _parse(content)
    _cells(notebook)
    return _facts(notebook)


def _parse(content):
    if len(content) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 1_000_000} MB")
    if not content.strip():
        raise Unreadable("the file is empty")
    try:
        notebook = json.loads(content)  # json finds out about UTF-8, -16 and -32
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except ValueError as error:
        raise Unreadable(f"no JSON: {error}") from None
    if not isinstance(notebook, dict):
        raise Unreadable("no notebook: the JSON holds no object")
    return notebook


def _cells(notebook):
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        raise Unreadable("a notebook of format 3 or older; open and save it in JupyterLab")
    if not isinstance(cells, list):
        raise Unreadable("no notebook: it has no list of cells")
    return [cell for cell in cells if isinstance(cell, dict)]


def _facts(notebook):
    metadata = notebook.get("metadata")
    facts = metadata.get("ckmlab") if isinstance(metadata, dict) else None
    facts = facts if isinstance(facts, dict) else {}
    return {key: value for key, value in facts.items() if isinstance(value, str)}


def _identity(cell, answer_ids):
    """The cell's mark in its metadata, which survives editors that hand out new ids; or its id."""
    metadata = cell.get("metadata")
    mark = metadata.get("ckmlab") if isinstance(metadata, dict) else None
    identity = mark.get("cell") if isinstance(mark, dict) else None
    if isinstance(identity, str) and (identity in answer_ids or cell.get("id") not in answer_ids):
        return identity
    return str(cell.get("id"))


def _source(cell):
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return ""
    # Half characters cannot be written to a file; they become question marks.
    return source.encode("utf-8", "replace").decode("utf-8")


def splice(exercise, submission):
    """Put a student's answers into the lecturer's notebook.

    Parameters
    ----------
    exercise : Exercise
    submission : Submission

    Returns
    -------
    nbformat.NotebookNode
        The marking edition with the student's text in its answer cells. Pieces of a split cell
        stand one after the other; a missing answer stays a gap.
    """
    notebook = marking_edition(exercise)
    spliced = []
    for cell in notebook.cells:
        texts = submission.answers.get(cell.id) if tags(cell) & {"answer", "manual"} else None
        if not texts:
            spliced.append(cell)
            continue
        for number, text in enumerate(texts, start=1):
            piece = copy.deepcopy(cell) if number == 1 else new_code_cell(id=f"{cell.id}--{number}")
            piece.source = text
            piece.metadata = copy.deepcopy(cell.metadata)
            spliced.append(piece)
    notebook.cells = spliced
    return notebook
