"""The fixture exercise: pendulums, not customers."""

import copy
from pathlib import Path

import nbformat
import pytest

import ckmlab.grading.light  # noqa: F401
from ckmlab.grading.build import public_seals
from ckmlab.grading.editions import student_edition
from ckmlab.grading.exercise import read_exercise
from ckmlab.grading.submission import read_submission

SOURCE = Path(__file__).parent / "exercise" / "pendulum.py"
collect_ignore_glob = ["exercise/*"]

ANSWERS = {
    "gravity": "gravity = (4 * np.pi**2 * swings.length_m / swings.period_s**2).mean()",
    "longest": 'by_bob = swings.groupby("bob").length_m.mean()',
    "slowest": "def slowest(frame):\n    return max(frame['period_s'])",
    "why": "The period is measured by hand.",
}


@pytest.fixture(scope="session")
def answers():
    """Right answers, written as a student might."""
    return dict(ANSWERS)


@pytest.fixture(scope="session")
def exercise():
    return read_exercise(SOURCE)


@pytest.fixture(scope="session")
def seals(exercise):
    return public_seals(exercise)


@pytest.fixture(scope="session")
def student(exercise, seals):
    return student_edition(exercise, seals, salt="public", student="s001")


@pytest.fixture(scope="session")
def hand_in(exercise, student):
    """Fill a student's edition in and hand it in: a function of answers by cell id."""

    def fill(answers):
        notebook = copy.deepcopy(student)
        for cell in notebook.cells:
            cell.source = answers.get(cell.id, cell.source)
        return nbformat.writes(notebook).encode()

    return fill


@pytest.fixture(scope="session")
def submit(exercise, student, hand_in):
    """Like ``hand_in``, and read by the marker."""
    known = [cell.id for cell in student.cells]

    def read(answers):
        return read_submission(hand_in(answers), exercise.answer_ids, known_ids=known)

    return read
