"""CPU time of marking a class: ckmlab in its sandbox against plain nbval, nbclient and the peers.

``python benchmarks/marking.py --submissions 100 --peers PYTHON``: nbgrader and otter pin other
versions, so they live in an environment of their own, whose interpreter is PYTHON; without it they
are left out. The exercise is the same for all: pandas, four code cells, three checks. CPU seconds
are those of the tool and of every kernel it starts, per submission; ratios are to plain nbval.
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
from ckmlab.grading.forkserver import warm
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
    before = children()
    finished = subprocess.run(words, capture_output=True, text=True, **options)
    if finished.returncode:
        raise SystemExit(f"{words[:4]} failed:\n{finished.stdout[-2000:]}{finished.stderr[-2000:]}")
    return children() - before


def children():
    """CPU seconds of all that this process has started and waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ours(root, jobs, level, modules=()):
    """The marker; with modules, kernels are forked from a process that has imported them."""
    write_jobs(root, jobs)
    before = children()
    with warm(Run(level), modules) as run:
        assert bool(run.server) == bool(modules), run.slow_because
        cpu(pytest_words(root, run), cwd=root, env=pytest_environment(root, run))
    seconds = children() - before
    records = read_records(root)
    assert len(records) == len(jobs)
    assert all(cell["passed"] for record in records.values() for cell in record["cells"].values())
    # Kernels started in the sandbox are reaped inside it; their time is in the records only.
    inside = sum(one["cpu_seconds"] for one in records.values() if not one["forked"])
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
        before = children()
        subprocess.run(
            words, cwd=root, env=pytest_environment(Path(root), run), capture_output=True
        )
    return children() - before


def peers(python, number):
    """Seconds of CPU and wall a submission, by tool."""
    words = [python, str(Path(__file__).with_name("marking_peers.py"))]
    said = subprocess.run(
        [*words, "--submissions", str(number)], stdout=subprocess.PIPE, text=True, check=True
    )
    for line in said.stdout.splitlines():
        name, *figures = line.split("\t")
        yield name, *map(float, figures)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--peers", help="an interpreter that has nbgrader, otter-grader, pandas")
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
            tools["ckmlab, full sandbox, forked"] = lambda root: ours(
                root, jobs, "full", key.modules
            )
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
            show(name, seconds, (time.monotonic() - started) / number, first)
        for name, seconds, wall in peers(options.peers, number) if options.peers else []:
            show(name, seconds, wall, first)


def show(name, seconds, wall, first):
    """One line of the table."""
    ratio = f"{seconds / first:5.2f} × nbval"
    print(f"{name:30} {seconds:6.2f} CPU-s  {ratio}  {wall:6.2f} s", flush=True)


if __name__ == "__main__":
    main()
