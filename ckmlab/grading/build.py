"""Build a folder's exercises: the student's edition and the solved one, both executed."""

import tempfile
from pathlib import Path

from ckmlab.grading.digests import unpack
from ckmlab.grading.editions import SETUP_ID, fingerprint, solved_edition, student_edition
from ckmlab.grading.exercise import read_exercise
from ckmlab.grading.key import make_data, make_key

__all__ = ["build", "build_folder", "differences", "public_seals"]

PUBLIC = "public"  # the salt of the edition that everybody may see


def public_seals(exercise, *, seed=None, salt=PUBLIC):
    """Run the solution on the practice data and seal its answers.

    Parameters
    ----------
    exercise : Exercise
    seed : int, optional
        The source's own when left out.
    salt : str

    Returns
    -------
    dict of str to Seal
    """
    if seed is None and exercise.data:
        seed = exercise.data.seed
    with tempfile.TemporaryDirectory(prefix="ckmlab-data-") as folder:
        data = make_data(exercise, seed, folder)
        return make_key(exercise, seed=seed, data=data).seals(salt)


def build(source, target, solved):
    """Build one exercise.

    Parameters
    ----------
    source : path-like
        The script or notebook with the solutions.
    target, solved : path-like
        The student's edition and the solved one to write, both executed on the source's own seed.

    Raises
    ------
    ExerciseError
        If the source is no exercise, or its solution fails.
    ckmlab.notebooks.PageError
        If an edition does not run from top to bottom.
    """
    from ckmlab.notebooks import execute, write

    exercise = read_exercise(source)
    seals = public_seals(exercise)
    for edition, path in ((student_edition, target), (solved_edition, solved)):
        notebook = edition(exercise, seals, salt=PUBLIC)
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        execute(notebook, path.parent)
        write(notebook, path)


def _pairs(folder):
    folder = Path(folder)
    for source in sorted((folder / "source").glob("*.py")):
        if "# %%" not in source.read_text(encoding="utf-8"):
            continue  # a module that makes data
        yield source, folder / f"{source.stem}.ipynb", folder / "solved" / f"{source.stem}.ipynb"


def build_folder(folder, only=""):
    """Build all exercises of a folder, from ``folder/source`` into it.

    Parameters
    ----------
    folder : path-like
    only : str, optional
        Build the exercises whose name contains this.

    Returns
    -------
    list of str
        What went wrong, one sentence an exercise; empty when nothing did.
    """
    from tqdm.auto import tqdm

    problems = []
    wanted = [paths for paths in _pairs(folder) if only in paths[0].stem]
    for source, target, solved in tqdm(wanted, unit="exercise"):
        try:
            build(source, target, solved)
        except (ValueError, RuntimeError) as error:
            problems.append(f"{source.name}: {error}")
    return problems


def differences(folder):
    """Say where a folder's built exercises and their sources are out of step.

    Parameters
    ----------
    folder : path-like

    Returns
    -------
    list of str
        One sentence a difference; empty when all is built from what the sources say.
    """
    import nbformat

    from ckmlab.notebooks import compare

    found = []
    for source, *editions in _pairs(folder):
        exercise = read_exercise(source)
        for make, path in zip((student_edition, solved_edition), editions, strict=True):
            if not path.exists():
                found.append(f"{path} has not been built")
                continue
            committed = nbformat.read(path, as_version=4)
            setup = next((cell for cell in committed.cells if cell.id == SETUP_ID), None)
            expected = make(exercise, {}, salt=PUBLIC)
            if setup is None or _source_of(setup) != fingerprint(exercise):
                found.append(f"{path} was built from another {source.name}: build it again")
            committed.cells = [cell for cell in committed.cells if cell.id != SETUP_ID]
            expected.cells = [cell for cell in expected.cells if cell.id != SETUP_ID]
            found += [f"{path}: {sentence}" for sentence in compare(expected, committed)]
    return found


def _source_of(setup):
    line = setup.source.splitlines()[-2].strip().strip("'\"")
    return unpack(line)["source"]
