"""Run notebooks through ``pytest --nbval`` in a process of its own, and collect the records."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from ckmlab.grading.sandbox import Limits
from ckmlab.grading.wire import FOLDER, MODE

__all__ = ["Job", "Run", "RunError", "run_notebooks"]

KERNEL = "ckmlab-marked"


class RunError(RuntimeError):
    """The run itself went wrong, not a student's notebook."""


@dataclass(frozen=True)
class Job:
    """One notebook to run.

    Attributes
    ----------
    notebook : nbformat.NotebookNode
        Its check cells hold the outputs to compare with, if any.
    mode : {"key", "mark", "practice"}
        What ``check`` prints: the answer and more for the key, the answer, or a tick.
    data : path-like or None
        Folder that ``data(...)`` reads instead of calling its recipe.
    folder : path-like or None
        The kernel's working folder; an empty one when None. Outside the sandbox only.
    """

    notebook: object
    mode: str
    data: object = None
    folder: object = None

    def environment(self):
        """Variables that tell the kernel what it is there for."""
        mode = {} if self.mode == "practice" else {MODE: self.mode}
        return mode | ({FOLDER: str(Path(self.data).resolve())} if self.data else {})


@dataclass(frozen=True)
class Run:
    """How notebooks are run.

    Attributes
    ----------
    sandbox : {"full", "partial", "limits", "none"}
    limits : Limits
    jobs : int
        Notebooks at a time.
    dask : str or None
        Address of the scheduler of a Dask cluster whose workers run the notebooks.
    fork : bool
        Whether kernels may be forked from a process that has imported what they need.
    preload : tuple of str
        Modules that such a process imports; see :func:`ckmlab.grading.forkserver.warm`.
    server : str or None
        Address of such a process when there is one.
    slow_because : str
        Why there is none although ``fork`` asks for it.
    """

    sandbox: str = "full"
    limits: Limits = field(default_factory=Limits)
    jobs: int = 1
    dask: str | None = None
    fork: bool = True
    preload: tuple = ()
    server: str | None = None
    slow_because: str = ""


TRUSTED = Run(sandbox="none")


def run_notebooks(jobs, run=TRUSTED):
    """Run notebooks and compare their check cells with the outputs they hold.

    Parameters
    ----------
    jobs : dict of str to Job
        By a name that is safe as a file name.
    run : Run, optional
        Without a sandbox when left out.

    Returns
    -------
    dict of str to dict
        The record of each notebook: ``cells`` by id, why the kernel ``stopped`` (None when it did
        not), and ``seconds``. A notebook whose run broke off has no record.
    """
    with tempfile.TemporaryDirectory(prefix="ckmlab-run-") as root:
        root = Path(root)
        write_jobs(root, jobs)
        finished = subprocess.run(
            pytest_words(root, run),
            cwd=root,
            env=pytest_environment(root, run),
            capture_output=True,
            text=True,
            errors="replace",
        )
        records = read_records(root)
    if jobs and not records:
        raise RunError(f"nothing was run:\n{finished.stdout[-3000:]}{finished.stderr[-3000:]}")
    return records


def write_jobs(root, jobs):
    """Lay the notebooks out for pytest, each in a folder of its own.

    Parameters
    ----------
    root : Path
    jobs : dict of str to Job
    """
    import nbformat

    (root / "records").mkdir()
    for name, job in jobs.items():
        folder = root / "pages" / name
        folder.mkdir(parents=True)
        nbformat.write(job.notebook, folder / f"{name}.ipynb")
        cwd = str(Path(job.folder).resolve()) if job.folder else None
        settings = {"cwd": cwd, "environment": job.environment()}
        (folder / "job.json").write_text(json.dumps(settings))


def read_records(root, known=()):
    """Read what the guard has written down.

    Parameters
    ----------
    root : Path
    known : container of str
        Names whose records are not wanted again.

    Returns
    -------
    dict of str to dict
    """
    files = [path for path in (root / "records").glob("*.json") if path.stem not in known]
    return {path.stem: json.loads(path.read_text()) for path in files}


def _write_kernelspec(root):
    folder = root / "jupyter" / "kernels" / KERNEL
    folder.mkdir(parents=True)
    provisioner = {"kernel_provisioner": {"provisioner_name": "ckmlab-sandbox"}}
    specification = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "marked",
        "language": "python",
        "interrupt_mode": "message",
        "env": {"PYTHONHASHSEED": "0"},
        "metadata": {} if os.name == "nt" else provisioner,  # Windows has no sockets that are files
    }
    (folder / "kernel.json").write_text(json.dumps(specification))


def pytest_words(root, run):
    """The command line that runs all notebooks laid out in a folder.

    Parameters
    ----------
    root : Path
    run : Run

    Returns
    -------
    list of str
    """
    _write_kernelspec(root)
    parallel = ["-p", "xdist", "-n", str(run.jobs), "--dist", "loadscope"] if run.jobs > 1 else []
    return [
        *(sys.executable, "-m", "pytest", "-q", "--noconftest", "--color=no", "--tb=no"),
        *("-c", os.devnull, "--rootdir", str(root), "-p", "no:cacheprovider"),
        *("-p", "ckmlab.grading.light", "-p", "nbval.plugin", "-p", "ckmlab.grading.guard"),
        *parallel,
        *("--nbval", "--nbval-kernel-name", KERNEL),
        *("--nbval-cell-timeout", str(run.limits.cell_seconds)),
        *("--mark-notebook-seconds", str(run.limits.notebook_seconds)),
        *("--mark-records", str(root / "records"), "--junitxml", str(root / "junit.xml")),
        str(root / "pages"),
    ]


def pytest_environment(root, run):
    """The environment of that command.

    Parameters
    ----------
    root : Path
    run : Run

    Returns
    -------
    dict of str to str
    """
    settings = {"level": run.sandbox, "limits": run.limits.as_dict(), "server": run.server}
    return {
        **os.environ,
        "CKMLAB_SANDBOX": json.dumps(settings),
        "JUPYTER_PATH": str(root / "jupyter"),
        "PYTEST_ADDOPTS": "",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "TMPDIR": str(root),  # a killed run leaves nothing behind that the marker does not remove
    }
