"""The attacks, each a real submission through the whole path, all in one run."""

import importlib.util
import socket
import time
from pathlib import Path

import psutil
import pytest

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
LIMITS = Limits(cell_seconds=4, notebook_seconds=60, memory=2**30)


def attacks():
    spec = importlib.util.spec_from_file_location("attacks", HERE / "attacks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ATTACKS


ATTACKS = attacks()


@pytest.fixture(scope="module")
def spies():
    """A server that notes who calls."""
    with socket.create_server(("127.0.0.1", 0)) as tcp:
        port = tcp.getsockname()[1]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.bind(("127.0.0.1", port))
            yield tcp, udp


@pytest.fixture(scope="module")
def battle(exercise, hand_in, tmp_path_factory, spies):
    """All attacks in one batch; returns what came of it."""
    root = tmp_path_factory.mktemp("battle")
    handed_in = root / "handed-in"
    handed_in.mkdir()
    fill = {
        "{public}": "9.81",
        "{outside}": str(root / "outside"),
        "{port}": str(spies[0].getsockname()[1]),
    }
    for name, (_, answers) in ATTACKS.items():
        text = hand_in(answers).decode()
        for word, value in fill.items():
            text = text.replace(word, value)
        (handed_in / f"{name}.ipynb").write_text(text)
    started, before = time.monotonic(), own_processes()
    source = HERE / "exercise" / "pendulum.py"
    outcome = grade(handed_in, [source], root / "marks", salt="war", run=Run("full", LIMITS, 2))
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


@pytest.mark.parametrize("name", ATTACKS)
def test_no_attack_gains_a_mark_or_costs_another_task(battle, name):
    assert battle["marks"][name].earned == ATTACKS[name][0], battle["marks"][name]
