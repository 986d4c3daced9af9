"""Open the course in JupyterLab."""

import os
from pathlib import Path

from ckmlab.course import copy_course, course_parts

__all__ = ["course_folder", "open_lab"]

FIRST_PAGE = Path("notebooks", "00-start-here.ipynb")


def course_folder(copy_to="ckmlab-course"):
    """Find the course, or put a copy of it here.

    In a checkout of the repository this is the repository itself. After an installation from a
    wheel the course is copied into the working folder once; what is there already is never
    overwritten, so that nobody's work is lost.

    Parameters
    ----------
    copy_to : path-like, default "ckmlab-course"
        Where the copy goes.

    Returns
    -------
    pathlib.Path
        The folder that holds ``notebooks`` and ``exercises``.
    """
    course = course_parts()
    if (course / "pyproject.toml").exists():
        return course
    copy_to = Path(copy_to).resolve()
    copy_course(copy_to)
    return copy_to


def open_lab(*, browser=True, port=8888):
    """Start JupyterLab on the first notebook; returns when the server is stopped.

    Parameters
    ----------
    browser : bool, default True
        Open a browser. The address is printed in any case.
    port : int, default 8888
        Where to listen; if it is taken, the next free one.
    """
    from jupyterlab.labapp import LabApp

    folder = course_folder()
    options = [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST_PAGE.as_posix()}",
        f"--port={port}",
        "--log-level=ERROR",  # the address is printed at any level, the rest is noise
    ]
    if not browser:
        options.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # a container; the server listens to this machine only
    print(f"Starting JupyterLab in {folder}; Ctrl-C twice ends it.")
    LabApp.launch_instance(argv=options)
