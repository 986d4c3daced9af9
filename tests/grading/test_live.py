import numpy as np
import pandas as pd
import pytest

from ckmlab.grading import live, wire
from ckmlab.grading.digests import pack, seal


@pytest.fixture
def says(monkeypatch, capsys):
    """Work on an exercise whose one answer is 1/3; returns what a check prints."""
    seals = {"third": seal("a number", "0.333333", [("3", "Turn it over.")], salt="saltthird")}
    monkeypatch.setattr(live, "_exercise", None)
    live.begin(pack("thirds", "salt", seals))

    def run(*arguments, **options):
        live.check(*arguments, **options)
        return capsys.readouterr().out

    return run


def test_right_answers_of_any_type_get_a_tick(says):
    for value in (1 / 3, np.float64(1 / 3), np.array(1 / 3), "0.333333"):
        assert says("third", value) == "third: ✓ right.\n"


def test_a_value_next_to_a_rounding_edge_is_still_recognised(monkeypatch, capsys):
    monkeypatch.setattr(live, "_exercise", None)
    seals = {"edge": seal("a number", "0.123457", [], salt="saltedge")}
    live.begin(pack("edges", "salt", seals))
    live.check("edge", 0.1234565 - 1e-12)
    assert "✓" in capsys.readouterr().out


def test_a_misconception_gets_its_hint_and_never_the_answer(says):
    assert says("third", 3.0) == "third: ✗ not yet. Turn it over.\n"
    assert says("third", 0.5) == "third: ✗ not yet.\n"


def test_another_kind_of_value_is_told_what_is_expected(says):
    said = says("third", pd.DataFrame({"x": [1]}))
    assert said == "third: ✗ not yet. This is a table. The answer is a number.\n"


class Hostile:
    def __float__(self):
        raise RuntimeError("no")

    def __repr__(self):
        raise RuntimeError("no")

    def tolist(self):
        return [self]


@pytest.mark.parametrize(
    "value", [lambda: 1, object(), Hostile(), [Hostile()], 1j, type, {1: object()}, iter([])]
)
def test_no_value_makes_a_check_raise(says, value):
    assert "The answer is a number." in says("third", value)


def test_a_list_that_contains_itself_does_not_raise(says):
    loop = []
    loop.append(loop)
    assert "cannot be read" in says("third", loop)


def test_an_untouched_gap_and_an_unknown_task_are_told_apart(says):
    assert says("third", ...) == f"third: {wire.UNANSWERED}\n"
    assert "there are third" in says("fourth", 1)


def test_in_marking_the_answer_is_shown_in_canonical_form(says, monkeypatch):
    monkeypatch.setenv(wire.MODE, "mark")
    assert says("third", 1 / 3) == "third: 0.333333\n"


def test_a_line_changed_by_hand_is_refused_with_the_mend():
    with pytest.raises(ValueError, match="copy it again"):
        live.begin("nonsense")


def test_data_come_from_the_marker_s_folder_when_there_is_one(tmp_path, monkeypatch):
    live.write_data(tmp_path, "numpy.random:default_rng", seed=5)
    monkeypatch.setenv(wire.FOLDER, str(tmp_path))
    drawn = live.data("numpy.random:default_rng", seed=1).random()
    assert drawn == np.random.default_rng(5).random()


def test_a_loader_reads_what_the_recipe_s_result_saves(tmp_path, monkeypatch):
    (tmp_path / "course.py").write_text(
        "from pathlib import Path\n"
        "class Made:\n"
        "    def __init__(self, seed): self.seed = seed\n"
        "    def save(self, folder): Path(folder, 'x').write_text(str(self.seed))\n"
        "def load(folder): return int(Path(folder, 'x').read_text())\n"
    )
    monkeypatch.chdir(tmp_path)
    assert live.data("course.py:Made", seed=3, loader="course.py:load") == 3


def test_a_recipe_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="'nowhere:make'"):
        live.find("nowhere:make")
