from pathlib import Path

import nbformat
import pytest

from ckmlab.grading.build import build_folder, differences

EXERCISES = Path(__file__).parents[2] / "exercises"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A built folder with one tiny exercise."""
    folder = tmp_path_factory.mktemp("exercises")
    (folder / "source").mkdir()
    (folder / "source" / "01-tiny.py").write_text(
        "# %%\nimport ckmlab as ckm\n"
        '# %% tags=["data"]\n'
        'rng = ckm.grading.data("numpy.random:default_rng", seed=3)\n'
        '# %% name="draw" tags=["answer"]\n### BEGIN SOLUTION\nx = rng.random()\n### END SOLUTION\n'
        '# %% tags=["check"]\nckm.check("draw", x)\n'
    )
    assert build_folder(folder) == []
    return folder


def printed(path):
    cells = nbformat.read(path, as_version=4).cells
    return "".join(output.text for cell in cells for output in cell.get("outputs", []))


def test_both_editions_are_built_and_executed(folder):
    assert "nothing to check yet" in printed(folder / "01-tiny.ipynb")
    assert printed(folder / "solved" / "01-tiny.ipynb") == "draw: ✓ right.\n"
    assert differences(folder) == []


def test_a_changed_source_is_noticed(folder):
    source = folder / "source" / "01-tiny.py"
    before = source.read_text()
    try:
        source.write_text(before.replace("seed=3", "seed=4"))
        assert any("build it again" in sentence for sentence in differences(folder))
    finally:
        source.write_text(before)


def test_a_source_that_cannot_be_built_is_named_and_the_rest_is_built(folder):
    broken = folder / "source" / "00-broken.py"
    broken.write_text("# %%\nx = 1\n")
    try:
        (problem,) = build_folder(folder)
        assert problem.startswith("00-broken.py: ")
    finally:
        broken.unlink()


def test_the_exercises_of_this_repository_are_what_their_sources_say():
    assert differences(EXERCISES) == []
