"""Submissions of every quality through the whole path, all in one run."""

import pytest

from ckmlab.grading.exercise import read_exercise
from ckmlab.grading.marking import mark
from ckmlab.grading.runner import Run
from ckmlab.grading.sandbox import Limits
from ckmlab.grading.submission import Submission


@pytest.fixture(scope="module")
def marks(exercise, submit, answers):
    wrong = {
        "gravity": "gravity = 9.81",  # known from school, not from these data
        "longest": "by_bob = swings.length_m.mean()",
        "slowest": "def slowest(frame):\n    return 2.8",
    }
    half = {key: answers[key] for key in ("gravity", "why")}
    submissions = {
        "solved": submit(answers),
        "half": submit(half),
        "wrong": submit(wrong),
        "unsolved": submit({}),
        "misconception": submit(
            {"gravity": "gravity = (2 * np.pi * swings.length_m / swings.period_s**2).mean()"}
        ),
        "raises": submit(answers | {"gravity": "gravity = 1 / 0"}),
        "visible-only": submit(
            answers | {"slowest": "def slowest(frame):\n    return swings.period_s.max()"}
        ),
    }
    return mark(exercise, submissions, salt="test", run=Run("none", Limits(cell_seconds=20)))


def verdicts(marks):
    return {name: task.verdict for name, task in marks.tasks.items()}


def test_a_solved_exercise_gets_full_marks(marks):
    assert marks["solved"].earned == 5
    assert verdicts(marks["solved"]) == {"gravity": "right", "bobs": "right", "why": "by hand"}
    assert marks["solved"].notes == []


def test_a_half_solved_one_gets_the_points_of_what_is_solved(marks):
    assert marks["half"].earned == 2
    assert verdicts(marks["half"])["bobs"] == "missing"


def test_a_wrong_one_and_an_untouched_one_get_nothing(marks):
    assert marks["wrong"].earned == marks["unsolved"].earned == 0
    assert verdicts(marks["wrong"])["gravity"] == "wrong"
    assert verdicts(marks["unsolved"])["gravity"] == "missing"


def test_a_misconception_is_recognised_on_data_never_seen(marks):
    task = marks["misconception"].tasks["gravity"]
    assert (task.earned, task.verdict) == (1, "misconception")
    assert task.hints == ["The factor 2π stands inside the square."]


def test_an_error_costs_its_own_task_only(marks):
    assert marks["raises"].earned == 3
    assert marks["raises"].tasks["gravity"].error == "ZeroDivisionError: division by zero"


def test_a_hidden_check_finds_what_the_visible_one_lets_pass(marks):
    task = marks["visible-only"].tasks["bobs"]
    assert (task.earned, task.verdict) == (2, "partly right")


def test_the_same_salt_gives_the_same_marks(exercise, submit, answers, marks):
    again = mark(exercise, {"solved": submit(answers)}, salt="test", run=Run("none"))["solved"]
    assert again.tasks == marks["solved"].tasks


CHAIN = """
# %%
import ckmlab as ckm
# %% tags=["data"]
rng = ckm.grading.data("numpy.random:default_rng", seed=3)
# %% name="first" tags=["answer"]
### BEGIN SOLUTION
x = rng.random(5)
### END SOLUTION
# %% tags=["check"] CARRY
ckm.check("first", x)
# %% name="second" tags=["answer"]
### BEGIN SOLUTION
y = x.sum()
### END SOLUTION
# %% tags=["check"]
ckm.check("second", y)
"""


@pytest.mark.parametrize(("carry", "points"), [("", 0), ('carry=["x"]', 1)])
def test_a_task_may_go_on_with_the_lecturer_s_value_of_an_earlier_one(tmp_path, carry, points):
    source = tmp_path / "chain.py"
    source.write_text(CHAIN.replace("CARRY", carry))
    exercise = read_exercise(source)
    wrong = Submission("chain", "ann", {"first": ["x = rng.random(4)"], "second": ["y = x.sum()"]})
    marks = mark(exercise, {"ann": wrong}, salt="s", run=Run("none"))["ann"]
    assert marks.tasks["first"].earned == 0
    assert marks.tasks["second"].earned == points
