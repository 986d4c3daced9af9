import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ckmlab.cli import main

EXERCISE = Path(__file__).parent / "grading" / "exercise"


def test_the_command_starts_without_loading_the_heavy_rooms():
    code = (
        "import sys, ckmlab.cli as cli\n"
        "try: cli.main(['--version'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'nbformat', 'matplotlib'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("ckmlab ")


def test_a_command_is_needed(capsys):
    with pytest.raises(SystemExit) as stop:
        main([])
    assert stop.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_a_problem_is_one_line_and_no_traceback(tmp_path, capsys):
    words = ["exercise", "grade", str(tmp_path), "--source", str(tmp_path / "no.py")]
    assert main([*words, "--out", str(tmp_path), "--salt", "s"]) == 1
    assert "no.py cannot be read" in capsys.readouterr().err


def test_an_exercise_is_built_handed_in_and_graded(tmp_path, capsys):
    for folder in ("exercises/source", "exercises", "exercises/solved"):
        (tmp_path / folder).mkdir(exist_ok=True, parents=True)
        shutil.copy(EXERCISE / "pendulum_data.py", tmp_path / folder)
    source = Path(shutil.copy(EXERCISE / "pendulum.py", tmp_path / "exercises" / "source"))
    (source.parent / "pendulum_data.py").rename(source.parent / "pendulum_data.txt")
    assert main(["exercise", "build", str(tmp_path / "exercises")]) == 1
    assert "pendulum_data.py" in capsys.readouterr().err
    (source.parent / "pendulum_data.txt").rename(source.parent / "pendulum_data.py")
    assert main(["exercise", "build", str(tmp_path / "exercises"), "--only", "pendulum"]) == 0

    handed_in = tmp_path / "handed-in"
    handed_in.mkdir()
    shutil.copy(tmp_path / "exercises" / "solved" / "pendulum.ipynb", handed_in / "ann.ipynb")
    words = ["exercise", "grade", str(handed_in), "--source", str(source)]
    assert main([*words, "--out", str(tmp_path / "marks"), "--salt", "s", "--sandbox", "none"]) == 0
    with (tmp_path / "marks" / "gradebook.csv").open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert (row["student"], row["points"]) == ("ann", "5.0")
