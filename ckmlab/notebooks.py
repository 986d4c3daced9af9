"""From a readable source to an executed page, and back to the question whether they agree.

A page is written as a py:percent script in ``notebooks/source/`` and committed twice: as that
script, which people edit and review, and as the executed notebook beside the ``source`` folder,
which people read. ``python -m ckmlab.notebooks notebooks`` builds the second from the first.
"""

import argparse
import asyncio
import hashlib
import os
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

__all__ = ["build", "differences", "execute", "pages", "read_source"]

CELL_TIMEOUT = 120  # seconds; nbclient itself would wait for ever
PAGE_TIMEOUT = 600  # seconds; widget pages can hang between cells (nbclient issue 312)
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
COLOUR_CODE = re.compile(r"\x1b\[[0-9;]*m")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class PageError(RuntimeError):
    """A page could not be built; the message names the page, the cell and the reason."""


def read_source(path):
    """Read a page's source, with cell ids that stay the same from build to build.

    Parameters
    ----------
    path : path-like
        A py:percent script, or a notebook (``.ipynb``).

    Returns
    -------
    nbformat.NotebookNode
        Version 4.5, without outputs. A cell's id is its ``name`` in the source
        (``# %% name="type-mix"``); a cell without a name gets one from its content, so that
        inserting a cell leaves the ids of the others alone. Ids that stand in a notebook are kept.

    Raises
    ------
    PageError
        If the file cannot be read as a notebook, or two cells bear the same name.
    """
    import jupytext

    path = Path(path)
    try:
        notebook = jupytext.read(path)
    except Exception as error:
        raise PageError(f"{path.name} cannot be read as a notebook source: {error}") from error
    ids_in_file = path.suffix == ".ipynb"
    taken = Counter()
    for cell in notebook.cells:
        identity = _cell_id(cell, keep=ids_in_file)
        taken[identity] += 1
        if taken[identity] > 1 and "name" in cell.metadata:
            raise PageError(f"{path.name}: two cells are named {identity!r}; rename one of them")
        cell["id"] = identity if taken[identity] == 1 else f"{identity}-{taken[identity]}"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata = nbformat.from_dict(
        {
            **{key: value for key, value in notebook.metadata.items() if key == "ckmlab"},
            "kernelspec": KERNEL,
            "language_info": {"name": "python"},
        }
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _cell_id(cell, *, keep):
    if "name" in cell.metadata:
        name = cell.metadata["name"]
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
            raise PageError(f"cell name {name!r}: use up to 64 letters, digits, '-' and '_'")
        return name
    if keep and cell.get("id"):
        return cell["id"]
    return hashlib.sha1(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]


def execute(notebook, folder, *, cell_timeout=CELL_TIMEOUT, page_timeout=PAGE_TIMEOUT):
    """Run a notebook from top to bottom in a fresh kernel, in place.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The page.
    folder : path-like
        The kernel's working folder.
    cell_timeout, page_timeout : int
        Limits in seconds for one cell and for the whole page.

    Returns
    -------
    nbformat.NotebookNode
        The same notebook, with outputs that hold nothing of this machine or moment.

    Raises
    ------
    PageError
        If a cell raises, warns (writes to the error stream), or takes too long.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    os.environ["PYTHONHASHSEED"] = "0"  # sets print in the same order everywhere
    client = NotebookClient(
        notebook,
        timeout=cell_timeout,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],
    )
    try:
        _wait_for(client.async_execute, page_timeout)
    except CellExecutionError as error:
        traceback = COLOUR_CODE.sub("", str(error))
        raise PageError(f"a cell raised {error.ename}: {error.evalue}\n{traceback}") from None
    except (CellTimeoutError, TimeoutError) as error:
        raise PageError(f"the page took too long: {error or f'{page_timeout} s'}") from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            _refuse_warnings(cell)
            _scrub(cell)
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def _wait_for(task, seconds):
    """Run a coroutine to its end in a thread, since the caller may be inside an event loop."""

    async def limited():
        await asyncio.wait_for(task(), seconds)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, limited()).result()


def _refuse_warnings(cell):
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            raise PageError(f"cell {cell.id} wrote a warning or error text:\n{output.text}")


def _scrub(cell):
    """Drop what differs from run to run: time stamps, and widget models that live in a kernel."""
    cell.metadata.pop("execution", None)
    for output in cell.outputs:
        if "data" in output:
            output.data.pop(WIDGET_VIEW, None)


def build(source, target):
    """Build an executed page from its source.

    Parameters
    ----------
    source, target : path-like
        The script and the notebook to write; the notebook is replaced only on success.

    Raises
    ------
    PageError
        If the page cannot be read or run.
    """
    source, target = Path(source), Path(target)
    notebook = read_source(source)
    try:
        execute(notebook, target.parent)
    except PageError as error:
        raise PageError(f"{source.name}: {error}") from None
    write(notebook, target)


def write(notebook, target):
    """Write a notebook whole or not at all.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The page.
    target : path-like
        Where to; an older file is replaced.
    """
    target = Path(target)
    nbformat.validate(notebook)
    partial = target.with_suffix(".partial")
    partial.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    partial.replace(target)


def differences(source, target):
    """Say where a committed page and its source are out of step.

    Parameters
    ----------
    source, target : path-like
        The script and the notebook.

    Returns
    -------
    list of str
        One sentence a difference; empty when the page is what its source says, and was run.
    """
    expected = read_source(source)
    if not Path(target).exists():
        return [f"{Path(target).name} has not been built"]
    committed = nbformat.read(target, as_version=4)
    return compare(expected, committed)


def compare(expected, committed):
    """Compare two notebooks cell by cell, outputs aside.

    Parameters
    ----------
    expected, committed : nbformat.NotebookNode
        What the source says and what the file holds.

    Returns
    -------
    list of str
        One sentence a difference.
    """
    theirs = {cell.id: cell for cell in committed.cells}
    ours = {cell.id: cell for cell in expected.cells}
    found = [f"cell {key} is missing from the notebook" for key in ours if key not in theirs]
    found += [f"cell {key} is not in the source" for key in theirs if key not in ours]
    for key in ours.keys() & theirs.keys():
        found += _cell_differences(ours[key], theirs[key])
    if not found and [*ours] != [*theirs]:
        found.append("the cells stand in another order")
    return found


def _cell_differences(ours, theirs):
    found = []
    if (ours.cell_type, ours.source) != (theirs.cell_type, theirs.source):
        found.append(f"cell {ours.id} reads otherwise in the source")
    if ours.metadata.get("tags", []) != theirs.metadata.get("tags", []):
        found.append(f"cell {ours.id} has other tags in the source")
    if theirs.cell_type == "code" and theirs.source and theirs.execution_count is None:
        found.append(f"cell {ours.id} was not executed")
    return found


def pages(folder):
    """List the pages of a folder.

    Parameters
    ----------
    folder : path-like
        A folder with a ``source`` folder in it.

    Returns
    -------
    list of tuple of Path
        Source and notebook of each page, in order of their names.
    """
    folder = Path(folder)
    sources = sorted((folder / "source").glob("*.py"))
    return [(source, folder / f"{source.stem}.ipynb") for source in sources]


def main(arguments=None):
    """Build the pages of a folder, or only some of them.

    Parameters
    ----------
    arguments : list of str, optional
        The command line's words.

    Returns
    -------
    int
        0 when all went well, 1 otherwise.
    """
    from tqdm import tqdm

    parser = argparse.ArgumentParser(prog="python -m ckmlab.notebooks", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="a folder with a 'source' folder in it")
    parser.add_argument("--only", default="", help="build the pages whose name contains this")
    options = parser.parse_args(arguments)
    failed = 0
    wanted = [page for page in pages(options.folder) if options.only in page[0].stem]
    for source, target in (bar := tqdm(wanted, unit="page")):
        bar.set_postfix_str(source.stem)
        try:
            build(source, target)
        except PageError as error:
            failed += 1
            bar.write(str(error), file=sys.stderr)
    return 1 if failed or not wanted else 0


if __name__ == "__main__":
    raise SystemExit(main())
