"""Marks: students' answers, run on data they have not seen, compared with the key."""

import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbformat.v4 import new_output

from ckmlab.grading.editions import TAKE_OVER, with_cells_after
from ckmlab.grading.exercise import ExerciseError, check_label, tags
from ckmlab.grading.forkserver import warm
from ckmlab.grading.key import held_out_seed, make_data, make_key
from ckmlab.grading.runner import Job, Run, run_notebooks
from ckmlab.grading.submission import splice
from ckmlab.grading.wire import UNANSWERED

__all__ = ["Marks", "TaskMark", "mark"]

NOT_RUN = {"passed": False, "error": "it was not run", "printed": "", "key": []}
ATTEMPTS = 20  # held-out seeds tried until no answer lies on a rounding edge


@dataclass(frozen=True)
class TaskMark:
    """What one task earned, and why.

    Attributes
    ----------
    earned, maximum : float
        Points. ``earned`` is None for a task that a lecturer marks by hand.
    verdict : str
        ``"right"``, ``"partly right"``, ``"misconception"``, ``"wrong"``, ``"error"``,
        ``"missing"`` or ``"by hand"``.
    hints : list of str
        Of the misconceptions recognised.
    error : str or None
        What went wrong when the answer was run.
    """

    earned: float | None
    maximum: float
    verdict: str
    hints: list = field(default_factory=list)
    error: str | None = None


@dataclass(frozen=True)
class Marks:
    """The marks of one submission.

    Attributes
    ----------
    tasks : dict of str to TaskMark
    notes : list of str
        What a lecturer may want to look at.
    seconds : float
        Time that the notebook took.
    said : dict of str to str
        What each check was answered, in canonical form; for comparisons between students.
    """

    tasks: dict
    notes: list
    seconds: float
    said: dict = field(default_factory=dict)

    @property
    def earned(self):
        """Points earned in all, tasks marked by hand left out."""
        return sum(task.earned for task in self.tasks.values() if task.earned is not None)


def mark(exercise, submissions, *, salt, run=None):
    """Mark submissions on one held-out seed.

    Parameters
    ----------
    exercise : Exercise
    submissions : dict of str to Submission
        By a name that is safe as a file name.
    salt : str
        The lecturer's secret; the same salt gives the same data and the same marks.
    run : Run, optional
        In the full sandbox when left out.

    Returns
    -------
    dict of str to Marks
    """
    run = run or Run()
    with tempfile.TemporaryDirectory(prefix="ckmlab-data-") as folder:
        key, data = held_out(exercise, salt, Path(folder), run)
        jobs = {
            name: mark_job(exercise, submission, key, data)
            for name, submission in submissions.items()
        }
        with warm(run, key.modules) as run:
            records = run_notebooks(jobs, run)
    return {
        name: marks_from_record(exercise, key, submission, records[name])
        for name, submission in submissions.items()
    }


def mark_job(exercise, submission, key, data):
    """The run that marks a submission.

    Parameters
    ----------
    exercise : Exercise
    submission : Submission
    key : Key
    data : path-like or None
        Folder with the data that the key was made on.

    Returns
    -------
    Job
    """
    return Job(reference(exercise, splice(exercise, submission), key), "mark", data)


def offender(exercise, record):
    """Find the answer cell that brought the kernel down.

    Parameters
    ----------
    exercise : Exercise
    record : dict

    Returns
    -------
    str or None
        Its id; None when the kernel lived to the end, or no answer cell is to blame.
    """
    if not record["stopped"] or record["fatal"] is None:
        return None
    last = None
    for key in record["cells"]:  # a kernel may die a moment after the cell that killed it
        last = key.partition("--")[0] if key.partition("--")[0] in exercise.answer_ids else last
        if key == record["fatal"]:
            break
    return last


def without_answer(submission, cell, reason):
    """A submission with one answer left out, for a second run without what broke the first.

    Parameters
    ----------
    submission : Submission
    cell, reason : str
        The cell to leave out, and what it did.

    Returns
    -------
    Submission
    """
    answers = {key: texts for key, texts in submission.answers.items() if key != cell}
    note = f"answer cell {cell!r} stopped the kernel ({reason}); the others were run without it"
    fatal = {**submission.fatal, cell: reason}
    return replace(submission, answers=answers, fatal=fatal, notes=[*submission.notes, note])


def held_out(exercise, salt, folder, run):
    """Make key and data on the first held-out seed where no answer lies on a rounding edge.

    Parameters
    ----------
    exercise : Exercise
    salt : str
    folder : Path
        An existing folder, for the data.
    run : Run

    Returns
    -------
    tuple of (Key, Path or None)
    """
    for attempt in range(ATTEMPTS if exercise.data else 1):
        seed = held_out_seed(exercise.name, salt, attempt)
        target = folder / str(attempt)
        target.mkdir()
        data = make_data(exercise, seed, target)
        try:
            key = make_key(exercise, seed=seed, data=data, run=run)
        except ExerciseError as error:
            # A misconception may by chance coincide with the answer on one seed; not on all.
            if attempt + 1 == ATTEMPTS or "equals the right" not in str(error):
                raise
            continue
        if not key.shaky:
            break
    return key, data


def reference(exercise, notebook, key):
    """Write the key into a notebook's check cells, for nbval to compare with.

    Parameters
    ----------
    exercise : Exercise
    notebook : nbformat.NotebookNode
        Spliced; changed in place.
    key : Key

    Returns
    -------
    nbformat.NotebookNode
    """
    for cell in notebook.cells:
        cell.outputs, cell.execution_count = [], 1
        if "check" in tags(cell):
            printed = key.answers[check_label(cell)].printed
            cell.outputs = [new_output("stream", name="stdout", text=printed)]
    # Sent to the kernel only when the check above has been compared.
    take = {cell: TAKE_OVER.format(packed=packed) for cell, packed in key.carried.items()}
    return with_cells_after(notebook, take)


def marks_from_record(exercise, key, submission, record):
    """Turn the record of a run into marks.

    Parameters
    ----------
    exercise : Exercise
    key : Key
    submission : Submission
    record : dict

    Returns
    -------
    Marks
    """
    notes = list(submission.notes)
    if record["stopped"]:
        notes.append(f"the kernel was stopped: {record['stopped']}")
    record = {**record, "cells": defaultdict(lambda: NOT_RUN, record["cells"])}
    answers = {answer.cell: (label, answer) for label, answer in key.answers.items()}
    tasks = {
        name: _task_mark(task, submission, record["cells"], answers)
        for name, task in exercise.tasks.items()
    }
    said = {
        label: _answered(label, record["cells"][cell]["printed"])
        for cell, (label, _) in answers.items()
    }
    return Marks(tasks, notes, record["seconds"], said)


def _task_mark(task, submission, cells, answers):
    if task.rubric is not None:
        return TaskMark(None, task.maximum, "by hand")
    earned, hints, errors = 0.0, [], []
    for cell, points in task.points.items():
        label, answer = answers[cell]
        found = cells[cell]
        wrong = None if found["passed"] else _recognised(label, answer, found["printed"])
        if found["passed"]:
            earned += points
        elif wrong:
            earned += points * wrong["credit"]
            hints.append(wrong["hint"])
        elif found["error"] != "Cell outputs differ":
            errors.append(found["error"])
    errors = [cells[key]["error"] for key in _pieces(task, cells)] + errors
    errors = [submission.fatal[cell] for cell in task.answers if cell in submission.fatal] + errors
    unanswered = all(UNANSWERED in cells[cell]["printed"] for cell in task.points)
    verdict = _verdict(task, submission, earned, hints, errors, unanswered)
    return TaskMark(earned, task.maximum, verdict, hints, errors[0] if errors else None)


def _pieces(task, cells):
    """Ids of the task's answer cells, pieces of split ones included, that raised."""
    return [
        key
        for key, found in list(cells.items())
        if key.partition("--")[0] in task.answers and not found["passed"]
    ]


def _recognised(label, answer, printed):
    text = _answered(label, printed)
    return next((wrong for wrong in answer.misconceptions if wrong["text"] == text), None)


def _answered(label, printed):
    return printed.removeprefix(f"{label}: ").removesuffix("\n")


def _verdict(task, submission, earned, hints, errors, unanswered):
    if earned == task.maximum:
        return "right"
    if hints:
        return "misconception"
    if earned:
        return "partly right"
    if task.answers and not any(_given(submission, cell) for cell in task.answers):
        return "missing"
    if errors:
        return "error"
    return "missing" if unanswered else "wrong"


def _given(submission, cell):
    return submission.answers.get(cell) or cell in submission.fatal
