"""CPU time of marking a class: ckmlab in its sandbox against plain nbval, nbclient and the peers.

``python benchmarks/marking.py --submissions 100``; nbgrader and otter are measured when they are
installed (in an environment of their own, ``--peers PYTHON``, since they pin other versions). The
notebooks are the same for all: a pandas exercise of four code cells. CPU seconds are those of the
tool and of every kernel it starts, per submission; ratios are to plain nbval.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ckmlab.grading.light  # noqa: F401
from ckmlab.grading.exercise import read_exercise
from ckmlab.grading.key import make_data, make_key
from ckmlab.grading.marking import mark_job
from ckmlab.grading.runner import Run, pytest_environment, pytest_words, read_records, write_jobs
from ckmlab.grading.sandbox import probe
from ckmlab.grading.submission import Submission

EXERCISE = Path(__file__).parents[1] / "tests" / "grading" / "exercise" / "pendulum.py"
ANSWERS = {
    "gravity": ["gravity = (4 * np.pi**2 * swings.length_m / swings.period_s**2).mean()"],
    "longest": ['by_bob = swings.groupby("bob").length_m.mean()'],
    "slowest": ["def slowest(frame):\n    return max(frame['period_s'])"],
}


def cpu(words, **options):
    """CPU seconds of a command and all its children that it waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = subprocess.run(words, capture_output=True, text=True, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if finished.returncode:
        raise SystemExit(f"{words[:4]} failed:\n{finished.stdout[-2000:]}{finished.stderr[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(root, jobs, level):
    """The marker; kernels in the sandbox are reaped inside, so their time is in the records."""
    run = Run(level)
    write_jobs(root, jobs)
    seconds = cpu(pytest_words(root, run), cwd=root, env=pytest_environment(root, run))
    records = read_records(root)
    assert len(records) == len(jobs)
    assert all(cell["passed"] for record in records.values() for cell in record["cells"].values())
    inside = sum(record["cpu_seconds"] for record in records.values())
    return seconds + inside if level == "full" else seconds


def plain(root, jobs, python):
    """``pytest --nbval`` on the same notebooks, as anybody would call it."""
    import nbformat

    environment = dict(os.environ)
    for name, job in jobs.items():
        nbformat.write(job.notebook, root / f"{name}.ipynb")
        environment |= job.environment()
    words = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    words += ["-c", os.devnull, "--rootdir", str(root), "--nbval", "--nbval-current-env"]
    return cpu([*words, str(root)], cwd=root, env=environment)


NBCLIENT = """
import sys, pathlib, nbformat
from nbclient import NotebookClient
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.ipynb")):
    NotebookClient(nbformat.read(path, 4), kernel_name="python3").execute()
"""


def nbclient(root, jobs, python):
    """Execution alone, nothing compared."""
    import nbformat

    environment = dict(os.environ)
    for name, job in jobs.items():
        nbformat.write(job.notebook, root / f"{name}.ipynb")
        environment |= job.environment()
    return cpu([python, "-c", NBCLIENT, str(root)], cwd=root, env=environment)


def start_up():
    """CPU seconds until the marker's pytest is ready, with nothing to mark."""
    with tempfile.TemporaryDirectory() as root:
        run = Run("none")
        write_jobs(Path(root), {})
        (Path(root) / "pages").mkdir()
        words = pytest_words(Path(root), run)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            words, cwd=root, env=pytest_environment(Path(root), run), capture_output=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=100)
    options = parser.parse_args()
    exercise, number = read_exercise(EXERCISE), options.submissions
    with tempfile.TemporaryDirectory() as folder:
        data = make_data(exercise, 1, folder)
        key = make_key(exercise, data=data)
        submission = Submission(exercise.name, None, ANSWERS)
        jobs = {f"s{i:03}": mark_job(exercise, submission, key, data) for i in range(number)}
        level, why = probe()
        tools = {
            "nbval, plain": lambda root: plain(root, jobs, sys.executable),
            "ckmlab, no sandbox": lambda root: ours(root, jobs, "none"),
            "nbclient, nothing compared": lambda root: nbclient(root, jobs, sys.executable),
        }
        if level == "full":
            tools["ckmlab, full sandbox"] = lambda root: ours(root, jobs, "full")
        else:
            print(f"no full sandbox here: {why}", file=sys.stderr)
        print(f"marker's start-up: {start_up():.2f} CPU-s")
        first = None
        for name, measure in tools.items():
            root = Path(tempfile.mkdtemp())
            started = time.monotonic()
            seconds = measure(root) / number
            shutil.rmtree(root)
            first = first or seconds
            wall = (time.monotonic() - started) / number
            print(f"{name:28} {seconds:6.2f} CPU-s  {seconds / first:5.2f} × nbval  {wall:6.2f} s")


if __name__ == "__main__":
    main()
