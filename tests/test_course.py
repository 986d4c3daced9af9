"""The course to hand out: complete, without solutions, and safe on a machine without ckmlab."""

import subprocess
import sys

import nbformat
import pytest

from ckmlab.cli import main
from ckmlab.course import copy_course, course_parts, install_cell


def test_students_get_every_page_and_no_solution(tmp_path):
    written = {path.relative_to(tmp_path).as_posix() for path in copy_course(tmp_path)}
    shipped = {
        path.relative_to(course_parts()).as_posix()
        for part in ["notebooks", "exercises"]
        for path in (course_parts() / part).glob("*.ipynb")
    }
    assert written == shipped
    assert not list(tmp_path.rglob("solved"))
    assert not list(tmp_path.rglob("*.py"))


def test_lecturers_get_sources_and_solutions_too(tmp_path):
    copy_course(tmp_path, lecturer=True)
    assert (tmp_path / "exercises" / "source" / "04-iceberg.py").exists()
    assert (tmp_path / "exercises" / "solved" / "04-iceberg.ipynb").exists()


def test_nobody_s_work_is_overwritten(tmp_path, capsys):
    mine = tmp_path / "notebooks" / "00-start-here.ipynb"
    mine.parent.mkdir()
    mine.write_text("my notes")
    assert main(["course", str(tmp_path)]) == 0
    assert mine.read_text() == "my notes"
    assert main(["course", str(tmp_path)]) == 0
    assert "wrote 0 files" in capsys.readouterr().out


def test_the_first_cell_installs_only_where_ckmlab_is_missing(tmp_path):
    copy_course(tmp_path, first_cell=install_cell("ckmlab==0.1.0"))
    page = nbformat.read(tmp_path / "notebooks" / "00-start-here.ipynb", as_version=4)
    nbformat.validate(page)
    first = next(cell for cell in page.cells if cell.cell_type == "code")
    assert first.id == "install"
    # IPython turns the magic into a call; here it would fail, and so must not be reached.
    code = first.source.replace('%pip install --quiet "ckmlab==0.1.0"', "1 / 0")
    assert code != first.source
    subprocess.run([sys.executable, "-c", code], check=True)
    alone = subprocess.run([sys.executable, "-S", "-c", code], cwd=tmp_path, capture_output=True)
    assert b"ZeroDivisionError" in alone.stderr


@pytest.mark.parametrize("bad", ['a" && rm -rf ~', "two\nlines", "$(boom)"])
def test_a_requirement_that_could_run_something_is_refused(tmp_path, bad, capsys):
    assert main(["course", str(tmp_path), "--install", bad]) == 1
    assert "without quotes" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
