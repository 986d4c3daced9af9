"""What is left to a process that has given up all files but some."""

import os
import socket
import subprocess
import sys

import pytest

from ckmlab.grading import landlock, sandbox
from ckmlab.grading.marking import mark
from ckmlab.grading.runner import Run
from ckmlab.grading.sandbox import Limits

FOUND = landlock.version()
pytestmark = pytest.mark.skipif(
    FOUND < landlock.ENOUGH, reason=f"this kernel's Landlock is of version {FOUND}"
)


@pytest.fixture
def inside(tmp_path):
    """Run code with a home, sockets and data of its own."""
    folders = {name: tmp_path / name for name in ("home", "connection", "data")}
    for folder in folders.values():
        folder.mkdir()
    (folders["data"] / "x").write_text("42")
    (tmp_path / "key").write_text("the answer")

    def run(code):
        words = sandbox.partial_words(sandbox.places(**folders))
        code = f"from pathlib import Path; at = Path({str(tmp_path)!r})\n{code}"
        words += [sys.executable, "-c", code]
        done = subprocess.run(
            words,
            capture_output=True,
            text=True,
            env=sandbox.environment(HOME=str(folders["home"])),
            cwd=folders["home"],
        )
        return done.stdout.strip() or done.stderr.strip().splitlines()[-1]

    return run


def test_data_can_be_read_and_not_changed(inside):
    assert inside("print((at / 'data' / 'x').read_text())") == "42"
    assert "PermissionError" in inside("(at / 'data' / 'x').write_text('43')")


def test_its_own_home_can_be_written(inside):
    assert inside("Path('y').write_text('1'); print(Path('y').read_text())") == "1"


@pytest.mark.parametrize("place", ["/etc/passwd", "/proc/1/cmdline", "/proc/self/environ"])
def test_other_files_cannot_be_read(inside, place):
    assert "PermissionError" in inside(f"print(Path({place!r}).read_text())")


def test_neither_key_nor_folders_outside_can_be_seen(inside):
    assert "PermissionError" in inside("print((at / 'key').read_text())")
    assert "PermissionError" in inside("print(list(at.iterdir()))")
    assert "PermissionError" in inside("(at / 'new').write_text('x')")


def test_nobody_can_be_called(inside):
    with socket.create_server(("127.0.0.1", 0)) as spy:
        port = spy.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}))"
        assert "PermissionError" in inside(code)


@pytest.mark.skipif(landlock.SIGNALS > FOUND, reason="this kernel's Landlock leaves signals alone")
def test_nobody_can_be_killed(inside):
    assert "PermissionError" in inside(f"import os; os.kill({os.getpid()}, 15)")


def test_libraries_work_as_ever(inside):
    code = "import numpy, pandas, matplotlib.pyplot as p; p.figure().savefig('x.png'); print('ok')"
    assert inside(code) == "ok"


@pytest.mark.parametrize("fork", [False, True], ids=["started", "forked"])
def test_it_marks_rightly_and_keeps_the_key_to_itself(exercise, submit, answers, fork):
    spy = "import os\nseen = os.listdir('..')\ngravity = 1"
    submissions = {"ann": submit(answers), "spy": submit(answers | {"gravity": spy})}
    run = Run("partial", Limits(cell_seconds=20), fork=fork)
    marks = mark(exercise, submissions, salt="s", run=run)
    assert marks["ann"].earned == 5
    assert marks["spy"].earned == 3
    assert marks["spy"].tasks["gravity"].error.startswith("PermissionError")
