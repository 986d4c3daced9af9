"""Build the course for JupyterLite, which runs in the browser alone: ``make lite``.

A taster, not the lab: the numeric packages come from Pyodide's own distribution at other versions
than ours, the outputs have not been verified there, and nothing is marked.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from ckmlab.course import copy_course

ROOT = Path(__file__).parent.parent
WORK = ROOT / "docs" / "_build" / "lite-source"
SITE = ROOT / "docs" / "_build" / "lite"
# What ckmlab needs to compute and draw; what it needs to serve and to mark cannot run there.
FIRST_CELL = """\
# The browser's own Python begins empty; this takes a minute.
%pip install --quiet --no-deps ckmlab
%pip install --quiet formulaic ipywidgets matplotlib narwhals networkx pandas pillow rapidfuzz
%pip install --quiet scikit-learn scipy statsmodels tqdm"""


def main():
    """Write the site into ``docs/_build/lite``."""
    for folder in [WORK, SITE]:
        shutil.rmtree(folder, ignore_errors=True)
    copy_course(WORK / "course", first_cell=FIRST_CELL)
    wheel = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*wheel, "--directory", WORK / "pypi"], cwd=ROOT, check=True)
    build = [sys.executable, "-m", "jupyter", "lite", "build", "--lite-dir", WORK]
    build += ["--contents", WORK / "course", "--output-dir", SITE]
    subprocess.run(build, check=True)
    print(f"Serve it with: python -m http.server --directory {SITE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
