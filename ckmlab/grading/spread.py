"""Spread submissions over the workers of a Dask cluster."""

import tempfile
from dataclasses import replace
from pathlib import Path

from ckmlab.grading import sandbox
from ckmlab.grading.forkserver import warm
from ckmlab.grading.runner import run_notebooks

__all__ = ["spread"]

TOGETHER = 4  # notebooks a task: they share the start of a pytest
TRIES = 3  # a task whose worker is lost goes to another one this often


def spread(jobs, run, done):
    """Run notebooks on a Dask cluster and hand out each record as soon as it is there.

    Each worker makes its own sandbox and must have ckmlab installed. Data travel along.

    Parameters
    ----------
    jobs : dict of str to Job
    run : Run
        ``run.dask`` is the scheduler's address.
    done : callable
        Called with the name and the record of each notebook, exactly once each.

    Raises
    ------
    SandboxError
        If a worker cannot give the protection asked for.
    ValueError
        If there is no scheduler at the address.
    """
    from distributed import Client, as_completed

    names = list(jobs)
    try:
        client = Client(run.dask, timeout="20s")
    except OSError as error:
        raise ValueError(f"no Dask scheduler answers at {run.dask}: {error}") from error
    with client:
        folders = {str(job.data) for job in jobs.values() if job.data}
        # Tasks, not scattered data: those would be gone with the worker that holds them.
        data = {folder: client.submit(dict, _packed(folder), pure=False) for folder in folders}
        alone = replace(run, jobs=1, dask=None)
        waiting = {}
        for start in range(0, len(names), TOGETHER):
            part = {name: jobs[name] for name in names[start : start + TOGETHER]}
            needed = {str(job.data): data[str(job.data)] for job in part.values() if job.data}
            future = client.submit(_run_part, part, needed, alone, pure=False, retries=TRIES)
            waiting[future] = list(part)
        for future in as_completed(waiting):
            for name, record in future.result().items():
                done(name, record)


def _packed(folder):
    folder = Path(folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _run_part(jobs, data, run):
    """Run a few notebooks on the machine of a worker."""
    sandbox.require(run.sandbox)
    with tempfile.TemporaryDirectory(prefix="ckmlab-data-") as root:
        folders = {}
        for number, (folder, files) in enumerate(data.items()):
            folders[folder] = Path(root, str(number))
            for name, content in files.items():
                path = folders[folder] / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        moved = {
            name: replace(job, data=folders[str(job.data)] if job.data else None)
            for name, job in jobs.items()
        }
        with warm(run, run.preload) as warmed:
            return run_notebooks(moved, warmed)
