"""The room itself: who one is inside, what is seen, and what happens where it is not to be had."""

import os
import subprocess
import sys

import pytest

from ckmlab.grading import landlock, sandbox
from ckmlab.grading.grade import grade
from ckmlab.grading.marking import mark
from ckmlab.grading.runner import Run

LEVEL, WHY = sandbox.probe()
needs_bubblewrap = [
    pytest.mark.sandbox,
    pytest.mark.skipif(LEVEL != "full", reason=f"needs the package 'bubblewrap': {WHY}"),
]


def inside(code, **more):
    words = sandbox.command([sys.executable, "-c", code], sandbox.Limits(), **more)
    done = subprocess.run(words, capture_output=True, text=True, env=sandbox.environment())
    return done.stdout.strip() or done.stderr.strip()


class TestInside:
    pytestmark = needs_bubblewrap

    def test_nobody_is_root(self):
        assert inside("import os; print(os.getuid() == 0, os.getgroups() == [0])") == "False False"

    def test_no_capability_is_left(self):
        code = "print([l.split()[1] for l in open('/proc/self/status') if l.startswith('Cap')])"
        assert set(inside(code)) <= set("[]', 0")

    def test_no_further_name_space_can_be_made(self):
        code = "import ctypes; print(ctypes.CDLL(None).unshare(0x10000000))"
        assert inside(code) == "-1"

    @pytest.mark.parametrize("place", ["/", "/usr", "/dev", "/proc/sys/kernel", sys.prefix])
    def test_the_system_is_read_only(self, place):
        assert "Error" in inside(f"open({place!r} + '/x', 'w')")

    def test_private_folders_are_small(self):
        code = "for name in 'ab':\n    open('/tmp/' + name, 'wb').write(bytes(20_000_000))"
        assert "No space left" in inside(code)

    def test_no_variable_of_the_lecturer_s_is_seen(self, monkeypatch):
        monkeypatch.setenv("SECRET", "salt")
        assert inside("import os; print(os.environ.get('SECRET'))") == "None"

    def test_data_are_seen_and_cannot_be_changed(self, tmp_path):
        (tmp_path / "x").write_text("42")
        tmp_path.chmod(0o755)
        assert inside("print(open('/data/x').read())", data=tmp_path) == "42"
        assert "Read-only" in inside("open('/data/x', 'w')", data=tmp_path)

    def test_there_is_no_network(self):
        code = "import socket; print([name for _, name in socket.if_nameindex()])"
        assert inside(code) == "['lo']"


def test_without_bubblewrap_marking_stops_and_names_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(sandbox.SandboxError, match="package 'bubblewrap'"):
        grade(tmp_path, [], tmp_path / "marks", salt="s", run=Run("full"))


def test_a_weaker_level_must_be_asked_for_and_root_gets_no_half_measures(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert sandbox.probe()[0] == "none"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    for version, level in ((0, "limits"), (3, "limits"), (4, "partial")):
        monkeypatch.setattr(landlock, "version", lambda version=version: version)
        assert sandbox.probe()[0] == level
        sandbox.require(level)
        with pytest.raises(sandbox.SandboxError, match=f"--sandbox {level}"):
            sandbox.require("full")


def test_elsewhere_than_on_linux_there_is_no_sandbox(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    level, why = sandbox.probe()
    assert level == "none"
    assert "container" in why


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is Linux's")
def test_limits_alone_still_mark_rightly(exercise, submit, answers):
    marks = mark(exercise, {"ann": submit(answers)}, salt="s", run=Run("limits"))["ann"]
    assert marks.earned == 5


def test_an_unknown_level_is_refused():
    with pytest.raises(sandbox.SandboxError, match="there are full, partial, limits, none"):
        sandbox.require("strict")
