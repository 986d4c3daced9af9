"""The editions of an exercise: for students, with solutions, for the key, for marking."""

import ast
import copy
import hashlib

from nbformat.v4 import new_code_cell

from ckmlab.grading.digests import pack
from ckmlab.grading.exercise import data_node, tags
from ckmlab.grading.placeholder import with_gaps, without_markers

__all__ = ["key_edition", "marking_edition", "solved_edition", "student_edition"]

CARRY = "--carry"
HAND_OVER = "from ckmlab.grading.live import hand_over\n\nhand_over({names})"
TAKE_OVER = "from ckmlab.grading.live import take_over\n\nglobals().update(take_over({packed!r}))"
SETUP_ID = "exercise-setup"
SETUP = """\
# Run this cell first and leave it as it is: it lets the checks below recognise your answers.
import ckmlab.grading

ckmlab.grading.begin(
    {line!r}
)"""


def student_edition(exercise, seals, *, salt, seed=None, student=None):
    """The notebook that a student gets: gaps for solutions, nothing of the lecturer's.

    Parameters
    ----------
    exercise : Exercise
    seals : dict of str to Seal
        By task, for the data of this seed.
    salt : str
        Salt of the seals.
    seed : int, optional
        Seed of the student's data; the source's own when left out.
    student : str, optional
        Who gets it; kept in the notebook's metadata.

    Returns
    -------
    nbformat.NotebookNode
        Without outputs.
    """
    needed = _names_needed(exercise.notebook)
    return _public(
        exercise,
        lambda cell: with_gaps(
            cell.source,
            is_code=cell.cell_type == "code",
            needed=needed | _names_loaded(with_gaps(cell.source, needed=set())),
        ),
        seals,
        salt=salt,
        seed=seed,
        student=student,
    )


def solved_edition(exercise, seals, *, salt, seed=None):
    """The student's notebook as someone hands it in who got everything right.

    Parameters
    ----------
    exercise, seals, salt, seed
        As for :func:`student_edition`.

    Returns
    -------
    nbformat.NotebookNode
    """
    return _public(exercise, lambda cell: without_markers(cell.source), seals, salt=salt, seed=seed)


def key_edition(exercise):
    """The lecturer's notebook, solved, misconceptions included: run for the key.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    nbformat.NotebookNode
    """
    notebook = copy.deepcopy(exercise.notebook)
    notebook.cells = [cell for cell in notebook.cells if not _is_note(cell)]
    for cell in notebook.cells:
        if tags(cell) & {"answer", "manual"}:
            cell.source = without_markers(cell.source)
    show = {cell.id: HAND_OVER.format(names=_by_name(cell)) for cell in carrying(notebook)}
    return with_cells_after(notebook, show)


def carrying(notebook):
    """Check cells after which later tasks go on with the lecturer's values.

    Parameters
    ----------
    notebook : nbformat.NotebookNode

    Returns
    -------
    list of nbformat.NotebookNode
    """
    return [cell for cell in notebook.cells if "check" in tags(cell) and "carry" in cell.metadata]


def _by_name(cell):
    return ", ".join(f"{name}={name}" for name in cell.metadata["carry"])


def with_cells_after(notebook, sources):
    """Insert code cells.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place.
    sources : dict of str to str
        Source of a new cell, by the id of the cell that it follows.

    Returns
    -------
    nbformat.NotebookNode
    """
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        if cell.id in sources:
            cells.append(new_code_cell(sources[cell.id], id=f"{cell.id}{CARRY}"))
    notebook.cells = cells
    return notebook


def marking_edition(exercise):
    """The pristine notebook into which a student's answers are spliced, its gaps still empty.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    nbformat.NotebookNode
    """
    notebook = copy.deepcopy(exercise.notebook)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and not _is_note(cell) and "misconception" not in tags(cell)
    ]
    for cell in notebook.cells:
        if tags(cell) & {"answer", "manual"}:
            cell.source = with_gaps(cell.source)
    return notebook


def _is_note(cell):
    return "hidden" in tags(cell) and "check" not in tags(cell)


def _public(exercise, rewrite, seals, *, salt, seed, student=None):
    """An edition for students: lecturer's cells out, solutions rewritten, set-up cell in."""
    notebook = copy.deepcopy(exercise.notebook)
    notebook.cells = [
        cell for cell in notebook.cells if not tags(cell) & {"hidden", "misconception"}
    ]
    for cell in notebook.cells:
        if tags(cell) & {"answer", "manual"}:
            cell.source = rewrite(cell)
        if "data" in tags(cell) and seed is not None:
            cell.source = with_seed(cell, seed)
        # Editors may renumber cells or copy them; this mark travels along.
        cell.metadata["ckmlab"] = {"cell": cell.id}
        for private in ("carry", "name", "rubric"):
            cell.metadata.pop(private, None)
    first_code = next(i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    line = pack(exercise.name, salt, seals, source=fingerprint(exercise))
    # Folded away in JupyterLab: it is long, and nothing in it is for reading.
    folded = {"jupyter": {"source_hidden": True}}
    setup = new_code_cell(SETUP.format(line=line), id=SETUP_ID, metadata=folded)
    notebook.cells.insert(first_code, setup)
    notebook.metadata["ckmlab"] = {"exercise": exercise.name}
    if student is not None:
        notebook.metadata["ckmlab"]["student"] = student
    return notebook


def fingerprint(exercise):
    """Digest of a source: two editions with the same one come from the same source.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    str
    """
    text = "\0".join(
        f"{cell.id}\0{cell.cell_type}\0{sorted(cell.metadata.items())}\0{cell.source}"
        for cell in exercise.notebook.cells
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def with_seed(cell, seed):
    """Source of a data cell with another seed written in.

    Parameters
    ----------
    cell : nbformat.NotebookNode
    seed : int

    Returns
    -------
    str
    """
    node = next(word.value for word in data_node(cell).keywords if word.arg == "seed")
    lines = cell.source.splitlines()
    line = lines[node.lineno - 1].encode()  # ast counts bytes
    lines[node.lineno - 1] = (
        line[: node.col_offset].decode() + str(seed) + line[node.end_col_offset :].decode()
    )
    return "\n".join(lines)


def _names_needed(notebook):
    """Names that the cells use which a student sees but does not write."""
    visible = [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "code"
        and not tags(cell) & {"answer", "manual", "misconception"}
        and not _is_note(cell)
    ]
    return {name for source in visible for name in _names_loaded(source)}


def _names_loaded(source):
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
