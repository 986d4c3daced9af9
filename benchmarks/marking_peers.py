"""What nbgrader and otter-grader take for the exercise of ``marking.py``, which calls this.

To be run by an interpreter that has nbgrader, otter-grader and pandas; prints the tool's name, CPU
seconds and seconds a submission. The notebook does the same work with the same data; its checks are
asserts, as these tools want them. CPU seconds are those of the tool and of the kernels that it
waits for.
"""

import argparse
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

LOAD = """import pickle
import numpy as np
swings = pickle.load(open({path!r}, "rb"))"""
TASKS = {
    "gravity": (
        "gravity = (4 * np.pi**2 * swings.length_m / swings.period_s**2).mean()",
        "assert round(gravity, 4) == {gravity!r}",
    ),
    "longest": (
        'by_bob = swings.groupby("bob").length_m.mean()',
        "assert by_bob.round(4).to_dict() == {longest!r}",
    ),
    "slowest": (
        "def slowest(frame):\n    return max(frame['period_s'])",
        "assert round(slowest(swings), 4) == {slowest!r}",
    ),
}


def make_data(path):
    rng = np.random.default_rng(1)
    length = rng.uniform(0.2, 2.0, 40).round(3)
    period = (2 * np.pi * np.sqrt(length / 9.81) * rng.normal(1, 0.01, 40)).round(4)
    bob = rng.choice(["brass", "lead", "wood"], 40)
    swings = pd.DataFrame({"length_m": length, "period_s": period, "bob": bob})
    path.write_bytes(pickle.dumps(swings))
    return {
        "gravity": float(round((4 * np.pi**2 * length / period**2).mean(), 4)),
        "longest": swings.groupby("bob").length_m.mean().round(4).to_dict(),
        "slowest": float(period.max()),
    }


def cpu(words, cwd):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # the tools call their own tools
    environment = {**os.environ, "PATH": path}
    finished = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if finished.returncode:
        raise SystemExit(f"{words} failed:\n{finished.stdout[-3000:]}{finished.stderr[-3000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def nbgrader(root, data, answers, number):
    def cell(source, name, **kind):
        made = new_code_cell(source)
        flags = {"grade": False, "solution": False, "locked": False, "task": False, **kind}
        made.metadata["nbgrader"] = {"grade_id": name, "schema_version": 3, **flags}
        return made

    cells = [cell(LOAD.format(path=str(data)), "load", locked=True)]
    for name, (solution, test) in TASKS.items():
        marked = f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
        cells.append(cell(marked, name, solution=True))
        cells.append(
            cell(test.format(**answers), f"test-{name}", grade=True, locked=True, points=1)
        )
    source = root / "source" / "ex"
    source.mkdir(parents=True)
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=spec), source / "ex.ipynb")
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.root = '.'\n")
    tool = [sys.executable, "-m", "nbgrader"]
    cpu([*tool, "generate_assignment", "ex"], root)
    solved = nbformat.read(source / "ex.ipynb", 4)
    for made in solved.cells:
        made.source = made.source.replace("### BEGIN SOLUTION\n", "").replace(
            "### END SOLUTION", ""
        )
    for student in range(number):
        folder = root / "submitted" / f"s{student:03}" / "ex"
        folder.mkdir(parents=True)
        nbformat.write(solved, folder / "ex.ipynb")
    return cpu([*tool, "autograde", "ex"], root)


OTTER_LOOP = """
import sys
from pathlib import Path
from otter import api
for path in sorted(Path("handed-in").glob("*.ipynb")):
    result = api.grade_submission(str(path), ag_path=sys.argv[1], quiet=True)
    assert result.total == result.possible, path
"""


def otter(root, data, answers, number):
    cells = [
        new_raw_cell("# ASSIGNMENT CONFIG\nname: ex\n"),
        new_code_cell(LOAD.format(path=str(data))),
    ]
    for name, (solution, test) in TASKS.items():
        cells += [
            new_raw_cell(f"# BEGIN QUESTION\nname: {name}\npoints: 1"),
            new_raw_cell("# BEGIN SOLUTION"),
            new_code_cell(solution),
            new_raw_cell("# END SOLUTION"),
            new_raw_cell("# BEGIN TESTS"),
            new_code_cell(test.format(**answers)),
            new_raw_cell("# END TESTS"),
            new_raw_cell("# END QUESTION"),
        ]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=spec), root / "ex.ipynb")
    words = [sys.executable, "-m", "otter", "assign", "--no-run-tests", "ex.ipynb", "dist"]
    cpu(words, root)
    (archive,) = (root / "dist" / "autograder").glob("*autograder*.zip")
    handed_in = root / "handed-in"
    handed_in.mkdir()
    student = nbformat.read(root / "dist" / "autograder" / "ex.ipynb", 4)  # the solved one
    for count in range(number):
        nbformat.write(student, handed_in / f"s{count:03}.ipynb")
    return cpu([sys.executable, "-c", OTTER_LOOP, str(archive)], root)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=100)
    number = parser.parse_args().submissions
    for tool in (nbgrader, otter):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder, "swings.pickle")
            answers, started = make_data(data), time.monotonic()
            seconds = tool(Path(folder), data, answers, number) / number
        wall = (time.monotonic() - started) / number
        print(tool.__name__, f"{seconds:.3f}", f"{wall:.3f}", sep="\t", flush=True)


if __name__ == "__main__":
    main()
