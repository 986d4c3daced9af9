"""A copy of the course to hand out: on a shared folder, a JupyterHub, Colab, or a stick."""

from importlib.resources import files
from pathlib import Path

import nbformat

__all__ = ["copy_course", "course_parts"]

PARTS = ["notebooks", "exercises"]
INSTALL = """\
# Installs ckmlab where it is missing, as on Colab; in the lab it does nothing.
from importlib.util import find_spec

if find_spec("ckmlab") is None:
    %pip install --quiet "{requirement}\""""


def course_parts():
    """Where the course lies: beside the package in a checkout, inside it after an installation.

    Returns
    -------
    pathlib.Path
        The folder that holds ``notebooks`` and ``exercises``.

    Examples
    --------
    >>> (course_parts() / "notebooks" / "00-start-here.ipynb").exists()
    True
    """
    package = Path(str(files("ckmlab")))
    beside = package.parent
    return beside if (beside / "notebooks" / "source").exists() else package / "_shipped"


def copy_course(folder, *, install=None, lecturer=False):
    """Copy pages and exercises, for students without their sources and solutions.

    Parameters
    ----------
    folder : path-like
        Where to. Files that are there already are left as they are, since students may have
        worked in them.
    install : str, optional
        What ``pip install`` needs to find ckmlab: a name, a wheel's address, or
        ``"ckmlab @ git+https://…"``. Each notebook then begins with a cell that installs it where
        it is missing.
    lecturer : bool, default False
        Copy the sources and the solved exercises too.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    ValueError
        If ``install`` holds a quote or a line break.
    """
    if install is not None and set(install) & set("\"'\n\r\\`$"):
        raise ValueError(f"install={install!r}: give a requirement for pip, without quotes")
    folder, written = Path(folder), []
    for page in _files(course_parts(), lecturer):
        target = folder / page.relative_to(course_parts())
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_edition(page, install), encoding="utf-8")
        written.append(target)
    return written


def _files(course, lecturer):
    search = "rglob" if lecturer else "glob"
    for part in PARTS:
        for pattern in ["*.ipynb", "*.py"]:
            yield from sorted(getattr(course / part, search)(pattern))


def _edition(page, install):
    text = page.read_text(encoding="utf-8")
    if install is None or page.suffix != ".ipynb":
        return text
    notebook = nbformat.reads(text, as_version=4)
    first = nbformat.v4.new_code_cell(INSTALL.format(requirement=install), id="install")
    where = next(i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    notebook.cells.insert(where, first)
    return nbformat.writes(notebook) + "\n"
