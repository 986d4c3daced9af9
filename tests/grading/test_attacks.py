"""The attacks, each a real submission through the whole path, all in one run: once with kernels
started one by one, once with kernels forked from a warm process."""

import importlib.util
import json
import re
import socket
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import psutil
import pytest

from ckmlab.grading.editions import student_edition
from ckmlab.grading.exercise import read_exercise
from ckmlab.grading.grade import grade
from ckmlab.grading.report import write_report
from ckmlab.grading.runner import Run
from ckmlab.grading.sandbox import Limits, probe

LEVEL, WHY = probe()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.sandbox,
    pytest.mark.skipif(LEVEL != "full", reason=f"needs the package 'bubblewrap': {WHY}"),
]
HERE = Path(__file__).parent
LIMITS = Limits(cell_seconds=3, notebook_seconds=60, memory=2**30)


def load_attacks():
    spec = importlib.util.spec_from_file_location("attacks", HERE / "attacks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


attacks = load_attacks()
EXPECTED = {name: points for name, (points, _) in (attacks.ATTACKS | attacks.MANGLED).items()}


@pytest.fixture(scope="module")
def spies():
    """A server that notes who calls."""
    with socket.create_server(("127.0.0.1", 0)) as tcp:
        port = tcp.getsockname()[1]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.bind(("127.0.0.1", port))
            yield tcp, udp


@pytest.fixture(scope="module", params=[False, True], ids=["started", "forked"])
def battle(request, exercise, hand_in, tmp_path_factory, spies):
    """All attacks in one batch; returns what came of it."""
    root = tmp_path_factory.mktemp("battle")
    handed_in = root / "handed-in"
    handed_in.mkdir()
    fill = {
        "{public}": "9.81",
        "{outside}": str(root / "outside"),
        "{exercises}": str(HERE.parents[1] / "exercises"),
        "{port}": str(spies[0].getsockname()[1]),
    }
    for name, (_, answers) in attacks.ATTACKS.items():
        text = hand_in(answers).decode()
        for word, value in fill.items():
            text = text.replace(word, value)
        (handed_in / f"{name}.ipynb").write_text(text)
    for name, (_, mangle) in attacks.MANGLED.items():
        notebook = json.loads(hand_in(attacks.EVERYTHING))
        mangle(notebook)
        (handed_in / f"{name}.ipynb").write_text(json.dumps(notebook))
    picture = draw_the_wrong_picture()
    (handed_in / "11-wrong-picture.ipynb").write_text(picture)
    started, before = time.monotonic(), own_processes()
    sources = [HERE / "exercise" / name for name in ("pendulum.py", "picture.py")]
    run = Run("full", LIMITS, 2, fork=request.param)
    outcome = grade(handed_in, sources, root / "marks", salt="war", run=run)
    write_report(root / "marks", outcome)
    return {
        "marks": {one.student: one.marks for one in outcome.graded},
        "seconds": time.monotonic() - started,
        "root": root,
        "left": own_processes() - before,
        "outcome": outcome,
    }


def own_processes():
    return {process.pid for process in psutil.Process().children(recursive=True)}


def draw_the_wrong_picture():
    notebook = student_edition(read_exercise(HERE / "exercise" / "picture.py"), {}, salt="s")
    for cell in notebook.cells:
        if cell.id == "bars":
            cell.source = "figure, axes = plt.subplots()\naxes.bar(range(10), range(10))"
    return nbformat.writes(notebook)


@pytest.mark.parametrize("name", EXPECTED)
def test_no_attack_gains_a_mark_or_costs_another_task(battle, name):
    assert battle["marks"][name].earned == EXPECTED[name], battle["marks"][name]


def test_a_wrong_picture_earns_nothing(battle):
    assert battle["marks"]["11-wrong-picture"].tasks["bars"].verdict == "wrong"


def test_all_are_marked_in_bounded_time_and_nothing_is_left_running(battle):
    assert len(battle["marks"]) == len(EXPECTED) + 1
    assert battle["outcome"].problems == []
    assert battle["outcome"].remarks == []  # none was started anew that should have been forked
    assert battle["seconds"] < 240
    assert battle["left"] == set()


def test_nothing_outside_was_written(battle):
    root = battle["root"]
    assert sorted(path.name for path in root.iterdir()) == ["handed-in", "marks"]
    for place in ("/tmp/ckmlab-was-here", "/var/tmp/x", "/usr/x", "/etc/x", "/opt/x"):
        assert not Path(place).exists()
    for folder in (Path.cwd(), Path.home(), Path("/tmp")):
        assert not (folder / "pytest.ini").exists()


def test_nobody_called_home(battle, spies):
    for spy in spies:
        spy.setblocking(False)
        with pytest.raises(BlockingIOError):
            spy.accept() if spy.type == socket.SOCK_STREAM else spy.recv(1)


def test_inside_there_is_nothing_to_see(battle):
    error = battle["marks"]["99-witness"].tasks["gravity"].error
    assert error == "ValueError: (False, [], [], [])"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("14-exit", "the kernel died"),
        ("16-loop", "Timeout"),
        ("17-ignores-interrupts", "could not be interrupted"),
        ("19-memory", "emory"),
        ("19-memory-by-many", "too much memory"),
        ("23-file-beside-sockets", "folder of its sockets"),
        ("26-input", "StdinNotImplementedError"),
    ],
)
def test_the_reason_is_given(battle, name, reason):
    assert re.search(reason, battle["marks"][name].tasks["gravity"].error)


@pytest.mark.parametrize("name", ["29-copied-cell", "29-split-cell", "31-deleted-cell"])
def test_what_may_be_innocent_is_flagged_for_review(battle, name):
    assert battle["marks"][name].notes


def test_reports_hold_no_odd_characters(battle):
    folder = battle["root"] / "marks"
    ET.parse(folder / "junit.xml")
    assert not set("\x00\x1b") & set((folder / "gradebook.csv").read_text(encoding="utf-8-sig"))
