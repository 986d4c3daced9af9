"""What a student's notebook is worth on the student's own data."""

import json
from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook, new_output

from ckmlab.grading.exercise import ExerciseError, check_label, tags
from ckmlab.grading.runner import Job, run_notebooks
from ckmlab.grading.submission import Unreadable, read_facts

__all__ = ["Verdict", "validate"]

TICK = "✓ right."


class Verdict(dict):
    """Verdict by task, and what the student may want to know besides.

    Attributes
    ----------
    notes : list of str
    """

    def __init__(self, verdicts, notes):
        super().__init__(verdicts)
        self.notes = notes

    def __str__(self):
        width = max(map(len, self), default=0)
        lines = [f"{task:{width}}  {said}" for task, said in self.items()]
        return "\n".join([*lines, *(f"Note: {note}" for note in self.notes)])


def validate(path):
    """Run a student's notebook as the marker would, on the student's own data.

    Parameters
    ----------
    path : path-like
        A notebook made by ``ckmlab exercise release`` and worked on.

    Returns
    -------
    Verdict
        What each task's check says when the notebook is run from top to bottom in a fresh kernel.

    Raises
    ------
    Unreadable
        If the file is no notebook, or no exercise.
    """
    path = Path(path)
    content = path.read_bytes()
    facts = read_facts(content)
    if "exercise" not in facts:
        raise Unreadable(f"{path.name} is no exercise: its metadata name none")
    cells, own = _cells(json.loads(content))
    notebook = new_notebook(cells=cells)
    record = run_notebooks({"own": Job(notebook, "practice", folder=path.parent)})["own"]
    verdicts = {}
    for cell in cells:
        if "check" in tags(cell):
            label = check_label(cell)
            verdicts[label] = _verdict(label, record["cells"][cell.id])
    notes = [
        f"{own} code cells of your own were not run: the marker runs the exercise's cells only"
    ]
    notes = notes if own else []
    if record["stopped"]:
        notes.append(f"the kernel was stopped: {record['stopped']}")
    return Verdict(verdicts, notes)


def _cells(notebook):
    """Code cells of the exercise, in the student's order, and the number of the student's own."""
    cells, own, seen = [], 0, {}
    for cell in notebook["cells"]:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", "")
        source = source if isinstance(source, str) else "".join(source)
        mark = cell.get("metadata", {}).get("ckmlab", {}).get("cell")
        if mark is None and "begin(" not in source:
            own += bool(source.strip())
            continue
        mark = mark or "exercise-setup"
        seen[mark] = seen.get(mark, 0) + 1
        identity = mark if seen[mark] == 1 else f"{mark}--{seen[mark]}"
        fresh = new_code_cell(source, id=identity, execution_count=1)
        fresh.metadata["tags"] = cell["metadata"].get("tags", [])
        if "check" in tags(fresh):
            fresh.outputs = [_expected(fresh)]
        cells.append(fresh)
    return cells, own


def _expected(cell):
    try:
        label = check_label(cell)
    except ExerciseError as error:
        raise Unreadable(f"a check was changed, put it back as it was: {error}") from None
    return new_output("stream", name="stdout", text=f"{label}: {TICK}\n")


def _verdict(label, found):
    if found["passed"]:
        return TICK
    said = found["printed"].removeprefix(f"{label}: ").strip()
    return said or found["error"]
