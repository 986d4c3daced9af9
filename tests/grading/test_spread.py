"""Two workers, one of them killed in mid-run: every submission is marked exactly once."""

import os
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from ckmlab.grading import batch
from ckmlab.grading.grade import grade
from ckmlab.grading.runner import Run
from ckmlab.grading.sandbox import Limits, probe

distributed = pytest.importorskip("distributed")
SOURCE = Path(__file__).parent / "exercise" / "pendulum.py"
STUDENTS = 12


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_killed_worker_loses_nothing(cluster, hand_in, answers, tmp_path, monkeypatch):
    handed_in = tmp_path / "handed-in"
    handed_in.mkdir()
    for number in range(STUDENTS):
        given = answers if number % 2 else {}
        (handed_in / f"s{number:02}.ipynb").write_bytes(hand_in(given))
    times = Counter()
    run_batch = batch.run_batch

    def counted(jobs, run, done):
        def count(name, record):
            times[name] += 1
            done(name, record)

        run_batch(jobs, run, count)

    monkeypatch.setattr("ckmlab.grading.grade.run_batch", counted)
    killer = threading.Thread(target=kill_one_when_busy, args=(cluster,))
    killer.start()
    level = probe()[0]
    run = Run(level, Limits(cell_seconds=30), dask=cluster.scheduler_address)
    outcome = grade(handed_in, [SOURCE], tmp_path / "marks", salt="s", run=run)
    killer.join()
    assert {one.student: one.marks.earned for one in outcome.graded} == {
        f"s{number:02}": 5 * (number % 2) for number in range(STUDENTS)
    }
    assert times == dict.fromkeys(times, 1)
    assert len(times) == STUDENTS


def kill_one_when_busy(cluster):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for worker in list(cluster.scheduler.workers.values()):
            if worker.processing:
                time.sleep(1)
                pid = cluster.workers[worker.name].process.pid
                os.kill(pid, signal.SIGKILL)
                return
        time.sleep(0.05)
