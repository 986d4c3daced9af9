"""Run many notebooks, some at a time, and lose none to a crash."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from ckmlab.grading.runner import (
    pytest_environment,
    pytest_words,
    read_records,
    write_jobs,
)

__all__ = ["run_batch"]

CHUNK = 40  # notebooks a pytest run: enough to share its start, few enough to lay out quickly
PATIENCE = 60.0  # seconds beyond the notebooks' own limit before a silent run is given up
NOT_STARTED = "the kernel did not start"
NO_RECORD = {"cells": {}, "stopped": "the marker could not run it", "fatal": None, "seconds": 0.0}
LOOK = 0.3  # seconds between two looks for new records


def run_batch(jobs, run, done):
    """Run notebooks and hand out each record as soon as it is there.

    Parameters
    ----------
    jobs : dict of str to Job
        By a name that is safe as a file name.
    run : Run
    done : callable
        Called with the name and the record of each notebook, exactly once each. A notebook whose
        run brought the marker down is tried once more alone; if that fails as well, its record
        holds no cells and says so.
    """
    if run.dask:
        from ckmlab.grading.spread import spread

        return spread(jobs, run, done)
    names = list(jobs)
    for start in range(0, len(names), CHUNK):
        chunk = {name: jobs[name] for name in names[start : start + CHUNK]}
        seen = _run_chunk(chunk, run, done)
        for name in chunk.keys() - seen:
            if not _run_chunk({name: jobs[name]}, run, done):
                done(name, dict(NO_RECORD))
    return None


def _run_chunk(jobs, run, done):
    """Run a chunk; returns the names of those that have a record."""
    with tempfile.TemporaryDirectory(prefix="ckmlab-run-") as root:
        root = Path(root)
        write_jobs(root, jobs)
        process = subprocess.Popen(
            pytest_words(root, run),
            cwd=root,
            env=pytest_environment(root, run),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the marker, which then ends its runs itself
        )
        try:
            return _follow(process, root, run, done)
        finally:
            _end(process)


def _follow(process, root, run, done):
    seen, known, last = set(), set(), time.monotonic()
    while True:
        running = process.poll() is None
        fresh = read_records(root, known)
        for name, record in fresh.items():
            known.add(name)
            if record["stopped"] != NOT_STARTED:  # no fault of the notebook's
                seen.add(name)
                done(name, record)
        if fresh:
            last = time.monotonic()
        silent = time.monotonic() - last
        if not running or silent > run.limits.notebook_seconds + PATIENCE:
            return seen
        time.sleep(LOOK)


def _end(process):
    """End a run and all it has started; kernels in the sandbox die with it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
