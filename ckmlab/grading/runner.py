"""Run notebooks through ``pytest --nbval`` in a process of its own, and collect the records."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat

from ckmlab.grading.live import FOLDER, MODE

__all__ = ["Limits", "RunError", "run_notebooks"]

KERNEL = "ckmlab-marked"


class RunError(RuntimeError):
    """The run itself went wrong, not a student's notebook."""


@dataclass(frozen=True)
class Limits:
    """What one notebook may use up.

    Attributes
    ----------
    cell_seconds, notebook_seconds : float
        Time for a cell and for the whole notebook.
    """

    cell_seconds: float = 30.0
    notebook_seconds: float = 300.0


def run_notebooks(notebooks, *, mode, data=None, limits=None, jobs=1):
    """Run notebooks and compare their check cells with the outputs they hold.

    Parameters
    ----------
    notebooks : dict of str to nbformat.NotebookNode
        By a name that is safe as a file name.
    mode : {"key", "mark"}
        Whether ``check`` says more than the answer's canonical form.
    data : path-like, optional
        Folder with the data that ``data(...)`` reads.
    limits : Limits, optional
    jobs : int, default 1
        Notebooks at a time.

    Returns
    -------
    dict of str to dict
        The record of each notebook: ``cells`` by id, why the kernel ``stopped`` (None when it did
        not), and ``seconds``.

    Raises
    ------
    RunError
        If a notebook has no record.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="ckmlab-run-") as root:
        root = Path(root)
        pages, records = root / "pages", root / "records"
        pages.mkdir()
        records.mkdir()
        for name, notebook in notebooks.items():
            nbformat.write(notebook, pages / f"{name}.ipynb")
        environment = {MODE: mode, **({FOLDER: str(Path(data).resolve())} if data else {})}
        _write_kernelspec(root, environment)
        finished = subprocess.run(
            _command(root, limits, jobs),
            cwd=root,
            env=_own_environment(root),
            capture_output=True,
            text=True,
            errors="replace",
        )
        read = {path.stem: json.loads(path.read_text()) for path in records.glob("*.json")}
    missing = sorted(set(notebooks) - set(read))
    if missing:
        raise RunError(
            f"no record of {missing}:\n{finished.stdout[-3000:]}{finished.stderr[-3000:]}"
        )
    return {name: read[name] for name in notebooks}


def _write_kernelspec(root, environment):
    folder = root / "jupyter" / "kernels" / KERNEL
    folder.mkdir(parents=True)
    specification = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "marked",
        "language": "python",
        "env": {"PYTHONHASHSEED": "0", "MPLBACKEND": "agg", **environment},
    }
    (folder / "kernel.json").write_text(json.dumps(specification))


def _command(root, limits, jobs):
    parallel = ["-p", "xdist", "-n", str(jobs), "--dist", "loadscope"] if jobs > 1 else []
    return [
        *(sys.executable, "-m", "pytest", "-q", "--noconftest", "--color=no", "--tb=no"),
        *("-c", os.devnull, "--rootdir", str(root), "-p", "no:cacheprovider"),
        *(
            "-p",
            "ckmlab.grading.light",
            "-p",
            "ckmlab.grading.guard",
            "-p",
            "nbval.plugin",
            *parallel,
        ),
        *("--nbval", "--nbval-kernel-name", KERNEL),
        *("--nbval-cell-timeout", str(limits.cell_seconds)),
        *("--mark-notebook-seconds", str(limits.notebook_seconds)),
        *("--mark-records", str(root / "records"), str(root / "pages")),
    ]


def _own_environment(root):
    return {
        **os.environ,
        "JUPYTER_PATH": str(root / "jupyter"),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_ADDOPTS": "",
    }
