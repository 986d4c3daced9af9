"""Mistakes in an exercise's source, in plain words, before a class finds them."""

import ast
import copy
import json
import tempfile
from pathlib import Path

from ckmlab.grading.build import PUBLIC
from ckmlab.grading.editions import solved_edition, student_edition
from ckmlab.grading.exercise import ExerciseError, calls, check_label, read_exercise, tags
from ckmlab.grading.key import held_out_seed, key_from_record, key_job, make_data, run_keys
from ckmlab.grading.marking import mark_job, marks_from_record
from ckmlab.grading.runner import Run, run_notebooks
from ckmlab.grading.submission import read_submission

__all__ = ["diagnose"]

MISCONCEIVED = "misconceived-"
FEW = 4  # characters; a shorter answer can be guessed


def diagnose(source, *, seeds=2):
    """Try an exercise out as careless students would, and say what is wrong with it.

    Parameters
    ----------
    source : path-like
    seeds : int, default 2
        Held-out data sets to try, besides the source's own.

    Returns
    -------
    list of str
        One sentence a mistake; empty when none was found.
    """
    try:
        exercise = read_exercise(source)
    except ExerciseError as error:
        return [str(error)]
    with tempfile.TemporaryDirectory(prefix="ckmlab-check-") as folder:
        try:
            data = _data_sets(exercise, Path(folder), seeds)
            jobs = {str(seed): key_job(exercise, folder) for seed, folder in data.items()}
            records = {}
            with run_keys(jobs, Run("none"), records.__setitem__) as run:
                keys = {
                    seed: key_from_record(exercise, records[str(seed)], seed=seed) for seed in data
                }
                first, *others = keys.values()
                found = _too_easy(first, others) + _shaky(first)
                return found + _tried(exercise, keys, data, run)
        except ValueError as error:
            return [str(error)]


def _data_sets(exercise, folder, seeds):
    """Data folders by seed: the source's own, and some that nobody has seen."""
    if exercise.data is None:
        return {None: None}
    numbers = [held_out_seed(exercise.name, "check", number) for number in range(seeds)]
    sets = {}
    for seed in [exercise.data.seed, *numbers]:
        target = folder / str(seed)
        target.mkdir()
        sets[seed] = make_data(exercise, seed, target)
    return sets


def _too_easy(first, others):
    found = []
    for label, answer in first.answers.items():
        if answer.kind in {"a truth value", "a missing value"}:
            found.append(
                f"{label!r} asks for {answer.kind}: anyone can print that; ask for a number"
            )
        elif others and all(other.answers[label].text == answer.text for other in others):
            found.append(
                f"{label!r} has the same answer on other data ({answer.text[:40]!r}): it can be "
                "handed on from student to student"
            )
        elif len(answer.text) < FEW:
            found.append(f"{label!r} has the short answer {answer.text!r}, which can be guessed")
    return found


def _shaky(key):
    return [
        f"{label!r} lies next to a rounding edge on the practice data ({key.answers[label].text}): "
        "noise in the last digit could flip it; choose another seed or fewer digits"
        for label in key.shaky
    ]


def _tried(exercise, keys, data, run):
    """Mark the solved and the unsolved notebook on every data set."""
    editions = {"solved": solved_edition, "unsolved": student_edition}
    submissions = {
        name: _handed_in(exercise, make(exercise, {}, salt=PUBLIC))
        for name, make in editions.items()
    }
    jobs = {
        f"{name}-{number}": mark_job(exercise, submission, keys[seed], data[seed])
        for name, submission in submissions.items()
        for number, seed in enumerate(data)
    }
    for number in range(len(data)):
        _add_misconceptions(exercise, jobs[f"solved-{number}"].notebook)
    records = run_notebooks(jobs, run)
    found = []
    for number, key in enumerate(keys.values()):
        solved, unsolved = records[f"solved-{number}"], records[f"unsolved-{number}"]
        found += _unsteady(marks_from_record(exercise, key, submissions["solved"], solved))
        marks = marks_from_record(exercise, key, submissions["unsolved"], unsolved)
        found += _unsolved(marks, unsolved, key) + _unrecognised(solved, key)
    return list(dict.fromkeys(found))


def _handed_in(exercise, notebook):
    return read_submission(json.dumps(notebook).encode(), exercise.answer_ids)


def _unsolved(marks, record, key):
    scoring = [task for task, mark in marks.tasks.items() if mark.earned]
    checks = {answer.cell for answer in key.answers.values()}
    failed = {cell: ran["error"] for cell, ran in record["cells"].items() if not ran["passed"]}
    return [f"{task!r} earns points although nothing was answered" for task in scoring] + [
        f"cell {cell!r} raises in the unsolved edition ({error}): "
        "a notebook must run before it is solved"
        for cell, error in failed.items()
        if cell not in checks or error != "Cell outputs differ"
    ]


def _unsteady(marks):
    return [
        f"{name!r}: the solution itself does not get full marks ({mark.error or mark.verdict}); "
        "is something random without a seed?"
        for name, mark in marks.tasks.items()
        if mark.earned is not None and mark.earned < mark.maximum
    ]


def _add_misconceptions(exercise, notebook):
    """Let a solved notebook go wrong at its end, one misconception after the other.

    Only where the check is handed a plain name, to which the wrong value can be assigned.
    """
    names = _checked_names(exercise)
    checks = {check_label(cell): cell for cell in notebook.cells if "check" in tags(cell)}
    for cell in exercise.notebook.cells:
        for number, label in enumerate(_labels(cell), start=1):
            if label in names:
                wrong = _wrong_answer(cell, label, names[label])
                check = copy.deepcopy(checks[label])
                check.id = f"{MISCONCEIVED}{cell.id}-{number}"
                check.source = f"{wrong}\n{check.source}"
                notebook.cells.append(check)


def _unrecognised(record, key):
    found = []
    for cell, ran in record["cells"].items():
        if cell.startswith(MISCONCEIVED):
            known = [
                (label, wrong)
                for label, answer in key.answers.items()
                for wrong in answer.misconceptions
            ]
            if not any(ran["printed"] == f"{label}: {wrong['text']}\n" for label, wrong in known):
                name = cell.removeprefix(MISCONCEIVED)
                found.append(f"the misconception in cell {name!r} is not recognised in marking")
    return found


def _checked_names(exercise):
    """The plain name that each check is handed."""
    names = {}
    for cell in exercise.notebook.cells:
        if "check" in tags(cell):
            value = calls(cell, "check")[0].args[1:2]
            if value and isinstance(value[0], ast.Name):
                names[check_label(cell)] = value[0].id
    return names


def _labels(cell):
    if "misconception" not in tags(cell):
        return []
    return [
        call.args[0].value
        for call in calls(cell, "misconception")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]


def _wrong_answer(cell, label, name):
    """A misconception cell's code, its value assigned instead of declared."""
    body = []
    for node in ast.parse(cell.source).body:
        call = node.value if isinstance(node, ast.Expr) else None
        if not (isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "misconception"):
            body.append(ast.unparse(node))
        elif call.args[0].value == label:
            body.append(f"{name} = {ast.unparse(call.args[1])}")
    return "\n".join(body)
