"""A pytest plugin that makes nbval fit for marking strangers' code.

nbval runs the cells and compares their outputs; this plugin sees to it that nothing the student
wrote decides how: markers in the student's text count for nothing, every wait has an end, a dead
kernel is noticed at once, and no output is large enough to hurt. What happened is written down
cell by cell, one file a notebook.

``pytest -p ckmlab.grading.light -p nbval.plugin -p ckmlab.grading.guard --nbval …``
"""

import json
import os
import subprocess
import tempfile
import time
from collections import deque
from importlib.metadata import EntryPoint
from pathlib import Path
from queue import Empty

import nbval.plugin as nbval_plugin
import pytest
import zmq
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from nbval.kernel import NbvalKernelspecManager, RunningKernel

from ckmlab.grading.wire import key_record

__all__ = ["GuardedCell", "GuardedFile", "GuardedKernel"]

MARKER = os.getppid()  # who has started this run; another one adopts it when the marker dies
JOB = "job.json"  # beside each notebook: where its kernel works, with which environment
SLICE = 0.2  # seconds between two looks at the clock and at the kernel's pulse
GRACE = 3.0  # seconds in which an interrupted cell may give up by itself
STORED = 2_000_000  # characters of output kept of one cell
FLOOD = 20_000_000  # characters of output of one notebook after which its kernel is stopped
LARGEST_MESSAGE = 8_000_000  # bytes; zmq refuses a larger message before it takes up memory
COMPARED = 20_000  # characters; the key never comes near


class KernelStopped(RuntimeError):
    """The kernel is gone: it died, or it had to be stopped."""


class GuardedKernel(RunningKernel):
    """nbval's kernel with an absolute deadline, a pulse check and bounded outputs."""

    def __init__(self, kernel_name, cwd=None, startup_timeout=60):
        job = json.loads(Path(cwd, JOB).read_text())
        # An empty folder instead of the notebook's own, in which the key lies.
        self._folder = tempfile.TemporaryDirectory(prefix="ckmlab-work-")
        self._waiting = deque()
        self._received = self._stored = 0
        self.stopped_because = None
        self.km = KernelManager(
            kernel_name=kernel_name, kernel_spec_manager=NbvalKernelspecManager()
        )
        self.km.start_kernel(
            cwd=job["cwd"] or self._folder.name,
            env=os.environ | job["environment"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.kc = self.km.client()
        self.kc.context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
        self.kc.start_channels()
        self.forked = getattr(self.km.provisioner, "forked", False)
        self.arm(startup_timeout)
        try:
            self.kc.wait_for_ready(timeout=startup_timeout)
            self._ensure_iopub_up()
        except RuntimeError:
            self.stop("it did not start")
            raise

    def arm(self, seconds):
        """Set the moment after which no wait goes on."""
        self._deadline = time.monotonic() + seconds

    def execute_cell_input(self, cell_input, allow_stdin=None):
        """Send a cell off; what an earlier cell still had to say is thrown away."""
        self._waiting.clear()
        self._stored = 0
        return super().execute_cell_input(cell_input, allow_stdin=allow_stdin)

    def await_reply(self, msg_id, timeout=None):
        """Wait for a cell's reply, taking in its outputs meanwhile so that none pile up."""
        while True:
            self._take_in_outputs()
            message = self._poll("shell")
            if message and message["parent_header"].get("msg_id") == msg_id:
                return

    def get_message(self, stream, timeout=None):
        """Give out the next message; Empty when none came in time or the deadline has passed."""
        end = time.monotonic() + (timeout or 0)
        while True:
            if stream == "iopub" and self._waiting:
                return self._waiting.popleft()
            message = self._poll(stream)
            if message and stream != "iopub":
                return message
            if message:
                self._keep(message)
            elif time.monotonic() >= end:
                raise Empty

    def _poll(self, stream, wait=SLICE):
        """One message or None; Empty once the deadline has passed; an error once it is dead."""
        if not self.is_alive():
            self.stop("the kernel died")
            raise KernelStopped(self.stopped_because)
        if time.monotonic() >= self._deadline:
            raise Empty
        get = self.kc.get_iopub_msg if stream == "iopub" else self.kc.get_shell_msg
        try:
            return get(timeout=wait)
        except Empty:
            if wait:
                self._watch()
            return None

    def _watch(self):
        """Look, whenever nothing else happens, at what no system limit covers."""
        if os.getppid() != MARKER:
            pytest.exit("the marker is gone")
        overstepped = getattr(self.km.provisioner, "overstepped", lambda: None)()
        if overstepped:
            self.stop(overstepped)
            raise KernelStopped(overstepped)

    def _take_in_outputs(self):
        while message := self._poll("iopub", wait=0):
            self._keep(message)

    def _keep(self, message):
        size = len(str(message["content"]))
        self._received += size
        if self._received > FLOOD:
            self.stop("too much output")
            raise KernelStopped(self.stopped_because)
        if message["msg_type"] == "status" or self._stored + size <= STORED:
            self._stored += size
            self._waiting.append(message)

    def cpu_seconds(self):
        """CPU time used inside so far; 0 when the kernel is gone."""
        measure = getattr(self.km.provisioner, "cpu_seconds", float) if self.is_alive() else float
        return measure()

    def interrupt(self):
        """Interrupt the running cell and give it a moment to give up."""
        super().interrupt()
        self.arm(GRACE)

    def stop(self, reason="the kernel could not be interrupted"):
        """Kill the kernel, once."""
        if hasattr(self, "km"):
            self.stopped_because = reason
            super().stop()
            self._folder.cleanup()


class GuardedFile(nbval_plugin.IPyNbFile):
    """A notebook whose cells are written down as they end."""

    def collect(self):
        """Collect nbval's cells, guarded."""
        for item in super().collect():
            yield GuardedCell.from_parent(
                self, name=item.name, cell_num=item.cell_num, cell=item.cell, options={}
            )

    def setup(self):
        """Start the kernel."""
        self.cells, self.fatal, self.started = {}, None, time.monotonic()
        super().setup()

    def cell_seconds(self):
        """Seconds that the next cell may take, within those of the whole notebook."""
        option = self.config.option
        left = option.mark_notebook_seconds - (time.monotonic() - self.started)
        if left <= 0:
            self.kernel.stop("the notebook took too long")
        return min(option.nbval_cell_timeout, left)

    def teardown(self):
        """Stop the kernel and write the record, whole or not at all."""
        stopped = self.kernel.stopped_because if self.kernel else "the kernel did not start"
        used = self.kernel.cpu_seconds() if self.kernel else 0.0
        forked = bool(self.kernel) and self.kernel.forked
        super().teardown()
        record = {
            "cells": self.cells,
            "stopped": stopped,
            "fatal": self.fatal,
            "seconds": round(time.monotonic() - self.started, 2),
            "cpu_seconds": round(used, 2),
            "forked": forked,
        }
        target = Path(self.config.option.mark_records, f"{self.path.stem}.json")
        partial = target.with_suffix(".partial")
        partial.write_text(json.dumps(record), encoding="utf-8")
        partial.replace(target)


class GuardedCell(nbval_plugin.IPyNbCell):
    """A cell that is compared when the lecturer's tags say so, whatever its text says."""

    def __init__(self, name, parent, cell_num, cell, options):
        tags = cell.metadata.get("tags", [])
        checked = "check" in tags and cell.execution_count is not None
        super().__init__(
            name,
            parent,
            cell_num,
            cell,
            {"skip": False, "check": checked, "check_exception": False},
        )
        self.output_timeout = GRACE
        points = cell.metadata.get("points", 1) if "check" in tags else 0
        self.user_properties += [("cell", cell.id), ("points", points)]

    def setup(self):
        """Nothing is expected to fail because a cell before it did."""

    def runtest(self):
        """Run the cell within its time."""
        self.parent.timed_out = False
        if self.parent.kernel.is_alive():
            self.parent.kernel.arm(self.parent.cell_seconds())
        if self.parent.kernel.stopped_because:
            raise KernelStopped(self.parent.kernel.stopped_because)
        try:
            super().runtest()
        finally:
            if self.parent.kernel.stopped_because:
                self.parent.fatal = self.cell.id

    def compare_outputs(self, test, ref, skip_compare=None):
        """Compare what was printed; warnings, pictures and the like are no answers."""
        test, ref = _printed(test), _printed(ref)
        if sum(len(output.text) for output in test) > COMPARED:
            self.comparison_traceback = ["far more output than the key has"]
            return False
        return super().compare_outputs(test, ref, skip_compare)

    def repr_failure(self, excinfo):
        """Say in one line why the cell failed; the key is not for reports."""
        return _reason(excinfo.value, self.test_outputs)


def _printed(outputs):
    return [
        output
        for output in outputs or []
        if output.output_type == "stream" and output.name == "stdout"
    ]


def _reason(error, outputs):
    raised = [output for output in outputs or [] if output.output_type == "error"]
    if raised and not str(error).startswith("Timeout"):
        return f"{raised[-1].ename}: {raised[-1].evalue}"[:500]
    return str(error)[:500]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Write down how a cell ended."""
    report = yield
    if isinstance(item, GuardedCell) and (report.when == "call" or report.failed):
        outputs = item.test_outputs or []
        item.parent.cells[item.cell.id] = {
            "passed": report.passed,
            "error": None if report.passed else str(report.longrepr)[:500],
            "printed": "".join(output.text for output in _printed(outputs))[:COMPARED],
            "key": [record for output in outputs if (record := key_record(output))],
            "seconds": round(report.duration, 2),
        }
    return report


def pytest_addoption(parser):
    """Add the options of marking."""
    group = parser.getgroup("marking", "Marking of notebooks")
    group.addoption("--mark-records", help="Folder for one record a notebook.")
    group.addoption(
        "--mark-notebook-seconds", type=float, default=300, help="Time for a whole notebook."
    )


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Guard the notebooks that nbval collects."""
    collected = yield
    return [
        GuardedFile.from_parent(parent, path=file_path)
        if isinstance(found, nbval_plugin.IPyNbFile)
        else found
        for found in collected
    ]


def pytest_configure(config):
    """Put the guarded kernel in the place of nbval's, which is looked up by name."""
    nbval_plugin.RunningKernel = GuardedKernel
    entry = EntryPoint(
        "ckmlab-sandbox",
        "ckmlab.grading.provisioner:SandboxProvisioner",
        KernelProvisionerFactory.GROUP_NAME,
    )
    KernelProvisionerFactory.instance().provisioners[entry.name] = entry
