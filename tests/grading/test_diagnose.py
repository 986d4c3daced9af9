"""Sources with one mistake each; the check names it in plain words."""

from pathlib import Path

import pytest

from ckmlab.grading.diagnose import diagnose

HEAD = """
# %%
import ckmlab as ckm
# %% tags=["data"]
rng = ckm.grading.data("numpy.random:default_rng", seed=3)
"""


def task(solution, check="x", *, name="x", after=""):
    return (
        f'# %% name="{name}" tags=["answer"]\n'
        f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION\n"
        f'# %% tags=["check"]\nckm.check("{name}", {check})\n{after}'
    )


def misconception(value):
    return f'# %% tags=["misconception"]\nckm.grading.misconception("x", {value}, hint="H.")\n'


def test_mistakes_are_named_all_at_once(tmp_path):
    source = tmp_path / "source.py"
    source.write_text(
        HEAD
        + task("a = rng.random()", "a > 0.0", name="true")
        + task("b = 3.14159", "b", name="constant")
        + task("c = int(rng.integers(1, 9999)) % 100", "c", name="short")
        + task("import random\nd = random.random()", "d", name="random")
        + task("e = 0.12345650001 + 0 * rng.random()", "e", name="edge")
        + task("f = rng.random()", "f", name="used", after="# %%\nprint(round(f))\n")
    )
    found = "\n".join(diagnose(source, seeds=1))
    for mistake in (
        "'true' asks for a truth value",
        "'constant' has the same answer on other data ('3.14159')",
        "'short' has the short answer",
        "'random': the solution itself does not get full marks",
        "'edge' lies next to a rounding edge",
        "must run before it is solved",
    ):
        assert mistake in found, found


@pytest.mark.parametrize(
    ("body", "mistake"),
    [
        (task("x = rng.random()", after=misconception("x")), "equals the right answer"),
        (task("x = rng.random()", after=misconception("None + 1")), "solution fails in cell"),
        (task("x = 1 / 0"), "solution fails in cell 'x': ZeroDivision"),
        (task("x = lambda: 1"), "has no answer to compare"),
        ("", "no cell tagged"),
    ],
)
def test_a_mistake_that_stops_everything_is_named(tmp_path, body, mistake):
    source = tmp_path / "source.py"
    source.write_text(HEAD + body)
    (found,) = diagnose(source, seeds=0)
    assert mistake in found


def test_the_example_of_the_lecturer_s_guide_is_sound(tmp_path):
    guide = Path(__file__).parents[2] / "docs" / "exercises-lecturer.md"
    source = tmp_path / "source.py"
    source.write_text(guide.read_text(encoding="utf-8").split("```python")[1].split("```")[0])
    assert diagnose(source, seeds=1) == []


SOURCES = sorted(Path(__file__).parents[2].glob("exercises/source/*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_exercises_of_this_repository_are_sound(source):
    # Solved: full marks; unsolved: none; each misconception recognised; on three data sets.
    assert diagnose(source, seeds=2) == []
