import nbformat
import pytest

from ckmlab.grading.editions import key_edition, marking_edition, solved_edition, student_edition
from ckmlab.grading.exercise import ExerciseError, read_exercise
from ckmlab.grading.placeholder import with_gaps

HEAD = '# %% tags=["answer"]\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n'
CHECK = '# %% tags=["check"]\nckm.check("x", x)\n'


def sources(notebook):
    return {cell.id: cell.source for cell in notebook.cells}


def test_the_student_s_edition_holds_no_solution_and_nothing_of_the_lecturer_s(student):
    text = nbformat.writes(student)
    for secret in ("4 * np.pi", "groupby", "SECRET-NOTE", "misconception", "slowest of ten"):
        assert secret not in text
    assert "rubric" not in text
    assert "9.8" not in text  # the answer itself


def test_gaps_name_what_later_cells_use(student):
    assert sources(student)["gravity"].endswith("gravity = ...  # your answer")
    assert "each" not in sources(student)["gravity"]
    assert "    return ...  # your answer" in sources(student)["slowest"]


def test_the_seed_is_written_into_the_data_cell_alone(exercise, seals):
    edition = student_edition(exercise, seals, salt="s", seed=12345)
    assert 'data("pendulum_data.py:make", n=40, seed=12345)' in edition.cells[3].source


def test_the_solved_edition_is_the_student_s_with_answers(exercise, seals, student):
    solved = sources(solved_edition(exercise, seals, salt="public"))
    assert solved.keys() == sources(student).keys()
    changed = {key for key, text in solved.items() if text != sources(student)[key]}
    assert changed == {"gravity", "longest", "slowest", "why"}
    assert "SOLUTION" not in "".join(solved.values())


def test_marking_runs_hidden_checks_but_no_notes_and_no_misconceptions(exercise):
    text = "".join(sources(marking_edition(exercise)).values())
    assert "slowest of ten" in text
    assert "SECRET-NOTE" not in text
    assert "misconception" not in text
    assert "misconception" in "".join(sources(key_edition(exercise)).values())


@pytest.mark.parametrize(
    ("solution", "gap"),
    [
        ("a, b = 1, 2", "a = ...  # your answer\nb = ...  # your answer"),
        ("    y: int = 1", "    y = ...  # your answer"),
        ("def f(a, *, b=1):\n    '''Doc.'''\n    return a", 'def f(a, *, b=1):\n    """Doc."""\n'
         "    return ...  # your answer"),
        ("    return 3", "    return ...  # your answer"),
        ("%matplotlib inline", "...  # your answer"),
        ("", "...  # your answer"),
        ("frame.plot()", "...  # your answer"),
    ],
)  # fmt: skip
def test_gaps(solution, gap):
    assert with_gaps(f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION") == gap


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("# %%\nx = 1\n", "no cell tagged"),
        (HEAD, "no check cell below"),
        (CHECK, "has no answer cell above"),
        (HEAD.replace("### END", "### THE END") + CHECK, "lacks the lines"),
        (HEAD + CHECK + HEAD + CHECK, "two checks are called 'x'"),
        (HEAD + CHECK.replace('"x"', "name"), "exactly once"),
        (HEAD + CHECK.replace("]\n", '] points="two"\n'), "points must be a number"),
        (HEAD + CHECK + '# %% tags=["data"]\nd = data("a:b", seed=n)\n', "plain values"),
        (HEAD + CHECK + '# %% tags=["data"]\nd = 1\n', "must call data"),
        (HEAD + CHECK.replace("x)", "x"), "no plain Python"),
    ],
)
def test_mistakes_of_an_author_are_named(tmp_path, source, message):
    path = tmp_path / "source.py"
    path.write_text(source)
    with pytest.raises(ExerciseError, match=message):
        read_exercise(path)
