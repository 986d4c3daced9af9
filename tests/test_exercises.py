"""What the exercises of this repository offer; grading/test_diagnose.py tries them out."""

from collections import Counter
from pathlib import Path

import pytest

from ckmlab.grading.exercise import calls, read_exercise, tags

SOURCES = sorted((Path(__file__).parent.parent / "exercises" / "source").glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_task_knows_two_misconceptions(source):
    exercise = read_exercise(source)
    known = Counter(
        call.args[0].value
        for cell in exercise.notebook.cells
        if "misconception" in tags(cell)
        for call in calls(cell, "misconception")
    )
    assert {name: known[name] for name in exercise.tasks if known[name] < 2} == {}
