"""A copy of the course to hand out: on a shared folder, a JupyterHub, Colab, or a stick."""

from importlib.resources import files
from pathlib import Path

import nbformat

__all__ = ["copy_course", "course_parts", "install_cell"]

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


def install_cell(requirement):
    """The code of a cell that installs ckmlab where it is missing.

    Parameters
    ----------
    requirement : str
        What ``pip install`` needs to find ckmlab: a name, a wheel's address, or
        ``"ckmlab @ git+https://…"``.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the requirement holds a quote, a line break or another character of the shell.

    Examples
    --------
    >>> print(install_cell("ckmlab==0.1.0"))
    # Installs ckmlab where it is missing, as on Colab; in the lab it does nothing.
    from importlib.util import find_spec
    <BLANKLINE>
    if find_spec("ckmlab") is None:
        %pip install --quiet "ckmlab==0.1.0"
    """
    if set(requirement) & set("\"'\n\r\\`$"):
        raise ValueError(f"{requirement!r}: give a requirement for pip, without quotes")
    return INSTALL.format(requirement=requirement)


def copy_course(folder, *, first_cell=None, lecturer=False):
    """Copy pages and exercises, for students without their sources and solutions.

    Parameters
    ----------
    folder : path-like
        Where to. Files that are there already are left as they are, since students may have
        worked in them.
    first_cell : str, optional
        Code that each notebook runs first, as :func:`install_cell` gives it.
    lecturer : bool, default False
        Copy the sources and the solved exercises too.

    Returns
    -------
    list of pathlib.Path
        The files written.
    """
    folder, written = Path(folder), []
    for page in _files(course_parts(), lecturer):
        target = folder / page.relative_to(course_parts())
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_edition(page, first_cell), encoding="utf-8")
        written.append(target)
    return written


def _files(course, lecturer):
    search = "rglob" if lecturer else "glob"
    for part in PARTS:
        for pattern in ["*.ipynb", "*.py"]:
            yield from sorted(getattr(course / part, search)(pattern))


def _edition(page, first_cell):
    text = page.read_text(encoding="utf-8")
    if first_cell is None or page.suffix != ".ipynb":
        return text
    notebook = nbformat.reads(text, as_version=4)
    first = nbformat.v4.new_code_cell(first_cell, id="install")
    where = next(i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    notebook.cells.insert(where, first)
    return nbformat.writes(notebook) + "\n"
