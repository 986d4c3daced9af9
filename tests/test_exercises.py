"""Every exercise of this repository, marked on three data sets that nobody has seen."""

import ast
from pathlib import Path

import nbformat
import pytest

import ckmlab.grading.light  # noqa: F401
from ckmlab.grading.build import public_seals
from ckmlab.grading.editions import solved_edition, student_edition
from ckmlab.grading.exercise import calls, read_exercise, tags
from ckmlab.grading.marking import mark
from ckmlab.grading.runner import Run
from ckmlab.grading.sandbox import Limits
from ckmlab.grading.submission import Submission, read_submission

SOURCES = sorted((Path(__file__).parent.parent / "exercises" / "source").glob("*.py"))
RUN = Run("none", Limits(cell_seconds=60))


def handed_in(exercise, notebook):
    return read_submission(nbformat.writes(notebook).encode(), exercise.answer_ids)


def misconceptions(exercise):
    """Task → list of (answer cell, code that gives the wrong answer, hint, share of the points)."""
    found, answer, shown = {}, None, {}
    for cell in exercise.notebook.cells:
        if "answer" in tags(cell):
            answer = cell.id
        elif "check" in tags(cell):
            (check,) = calls(cell, "check")
            shown[check.args[0].value] = (answer, ast.unparse(check.args[1]))
        elif "misconception" in tags(cell):
            (call,) = calls(cell, "misconception")
            task, wrong = call.args[0].value, ast.unparse(call.args[1])
            setup = [line for line in ast.parse(cell.source).body if isinstance(line, ast.Assign)]
            cell_id, name = shown[task]
            code = "\n".join([*map(ast.unparse, setup), f"{name} = {wrong}"])
            extra = {key.arg: key.value for key in call.keywords}
            hint = ast.literal_eval(extra["hint"])
            credit = eval(ast.unparse(extra["credit"])) if "credit" in extra else 0
            found.setdefault(task, []).append((cell_id, code, hint, credit))
    return found


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.stem)
def exercise(request):
    return read_exercise(request.param)


@pytest.fixture(scope="module")
def submissions(exercise):
    seals = public_seals(exercise)
    known = misconceptions(exercise)
    most = max(map(len, known.values()))
    wrong = {
        f"misconception-{k}": Submission(
            None, None, {one[k][0]: [one[k][1]] for one in known.values() if len(one) > k}
        )
        for k in range(most)
    }
    return {
        "solved": handed_in(exercise, solved_edition(exercise, seals, salt="public")),
        "unsolved": handed_in(exercise, student_edition(exercise, seals, salt="public")),
        **wrong,
    }


@pytest.mark.slow
@pytest.mark.parametrize("salt", ["one", "two", "three"])
def test_solved_is_right_unsolved_is_nothing_and_mistakes_are_recognised(
    exercise, submissions, salt
):
    marks = mark(exercise, submissions, salt=salt, run=RUN)
    assert marks["solved"].earned == exercise.maximum
    assert marks["unsolved"].earned == 0
    points = {name: task.maximum for name, task in exercise.tasks.items()}
    for task, known in misconceptions(exercise).items():
        for k, (_, _, hint, credit) in enumerate(known):
            given = marks[f"misconception-{k}"].tasks[task]
            assert given.verdict == "misconception", (task, k)
            assert given.hints == [hint]
            assert given.earned == pytest.approx(credit * points[task])


def test_every_task_knows_two_misconceptions(exercise):
    known = misconceptions(exercise)
    assert all(len(known[name]) >= 2 for name in exercise.tasks)
