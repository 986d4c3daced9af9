"""The answer key: what the lecturer's own solution answers on given data."""

import contextlib
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from nbformat.v4 import new_code_cell

from ckmlab.grading.batch import run_batch
from ckmlab.grading.digests import seal
from ckmlab.grading.editions import CARRY, carrying, key_edition
from ckmlab.grading.exercise import ExerciseError, check_label, tags
from ckmlab.grading.forkserver import warm
from ckmlab.grading.runner import TRUSTED, Job, RunError

__all__ = ["Answer", "Key", "held_out_seed", "make_data", "make_key"]

MODULES = "exercise-modules"
SHOW_MODULES = "from ckmlab.grading.live import show_modules\n\nshow_modules()"
EDGE = 0.01  # units of the last digit; nearer to a rounding edge, noise could flip the digit


@dataclass(frozen=True)
class Answer:
    """The right answer to one check, and the classic wrong ones.

    Attributes
    ----------
    cell : str
        Id of the check cell.
    kind, text : str
        Kind and canonical text of the right answer.
    printed : str
        What the check cell prints for it.
    edge : float
        Distance from a rounding edge.
    hidden : bool
        Whether only marking runs this check.
    misconceptions : list of dict
        With ``text``, ``hint`` and ``credit``.
    """

    cell: str
    kind: str
    text: str
    printed: str
    edge: float
    hidden: bool = False
    misconceptions: list = field(default_factory=list)


@dataclass(frozen=True)
class Key:
    """The key of an exercise for the data of one seed.

    Attributes
    ----------
    seed : int or None
    answers : dict of str to Answer
        By the check's label.
    carried : dict of str to str
        Packed values that later tasks go on with, by the id of the check cell.
    modules : list of str
        What the solution has imported, in order.
    """

    seed: int | None
    answers: dict
    carried: dict = field(default_factory=dict)
    modules: list = field(default_factory=list)

    def seals(self, salt):
        """Digests of all answers that students may check while they work.

        Parameters
        ----------
        salt : str

        Returns
        -------
        dict of str to Seal
        """
        return {
            label: seal(
                answer.kind,
                answer.text,
                [(wrong["text"], wrong["hint"]) for wrong in answer.misconceptions],
                salt=salt + label,
            )
            for label, answer in self.answers.items()
            if not answer.hidden
        }

    @property
    def shaky(self):
        """Labels of the numbers that lie too near to a rounding edge."""
        return [
            label
            for label, answer in self.answers.items()
            if answer.kind == "a number" and answer.edge < EDGE
        ]


def held_out_seed(exercise, salt, attempt=0):
    """A seed that nobody has seen, and that is the same whenever the salt is.

    Parameters
    ----------
    exercise : str
        The exercise's name.
    salt : str
        The lecturer's secret.
    attempt : int, default 0
        Another number gives another seed.

    Returns
    -------
    int
        Below 2**48.

    Examples
    --------
    >>> held_out_seed("01", "secret") == held_out_seed("01", "secret")
    True
    """
    text = f"{salt}\0{exercise}\0held-out\0{attempt}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def make_data(exercise, seed, folder):
    """Write an exercise's data for one seed.

    Parameters
    ----------
    exercise : Exercise
    seed : int
    folder : path-like
        An existing folder.

    Returns
    -------
    Path or None
        The folder; None when the exercise has no data cell.
    """
    call = exercise.data
    if call is None:
        return None
    from ckmlab.grading.live import write_data  # numpy comes with it, only when data are made

    recipe = call.recipe
    if recipe.partition(":")[0].endswith(".py"):  # a file beside the source
        recipe = str(exercise.path.parent / recipe)
    write_data(folder, recipe, seed=seed, loader=call.loader, **call.arguments)
    _let_everybody_read(Path(folder))
    return Path(folder)


def _let_everybody_read(folder):
    """The code that reads the data runs under a user id of its own."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def make_key(exercise, *, seed=None, data=None, run=TRUSTED):
    """Run the lecturer's solution and note its answers.

    Parameters
    ----------
    exercise : Exercise
    seed : int, optional
        Seed of the data, for the record.
    data : path-like, optional
        Folder with the data.
    run : Run, optional

    Returns
    -------
    Key

    Raises
    ------
    ExerciseError
        If the solution raises, or an answer cannot be compared.
    """
    found = {}
    run_batch({"key": key_job(exercise, data)}, run, found.__setitem__)
    return key_from_record(exercise, found["key"], seed=seed)


def key_job(exercise, data=None):
    """The run from which a key is read.

    Parameters
    ----------
    exercise : Exercise
    data : path-like, optional

    Returns
    -------
    Job
    """
    notebook = key_edition(exercise)
    notebook.cells.append(new_code_cell(SHOW_MODULES, id=MODULES))
    return Job(notebook, "key", data)


@contextlib.contextmanager
def run_keys(jobs, run, done):
    """Run the lecturer's solution on many data sets, and stay warm for what comes next.

    The first run says what the solution imports; the others, and whatever is run while the
    ``with`` statement lasts, can be forked from a process that has imported it.

    Parameters
    ----------
    jobs : dict of str to Job
        As :func:`key_job` makes them.
    run : Run
    done : callable
        Called with the name and the record of each.

    Yields
    ------
    Run
    """
    (first, job), *others = jobs.items()
    modules = []

    def note(name, record):
        modules.extend(imported(record))
        done(name, record)

    run_batch({first: job}, run, note)
    with warm(run, modules) as warmed:
        if others:
            run_batch(dict(others), warmed, done)
        yield warmed


def imported(record):
    """Modules that the solution had imported at its end.

    Parameters
    ----------
    record : dict
        Of a run for the key.

    Returns
    -------
    list of str
        Empty when the run did not come to its end.
    """
    shown = record["cells"].get(MODULES, {"key": []})["key"]
    return [name for content in shown for name in content["modules"]]


def key_from_record(exercise, record, *, seed=None):
    """Read the key from the record of its run.

    Parameters
    ----------
    exercise : Exercise
    record : dict
    seed : int, optional

    Returns
    -------
    Key

    Raises
    ------
    ExerciseError
        If the solution raises, or an answer cannot be compared.
    RunError
        If it could not be run at all.
    """
    cells, found = key_edition(exercise).cells, record["cells"]
    if not found:
        raise RunError(f"{exercise.path.name}: the solution could not be run: {record['stopped']}")
    for cell in cells:
        if cell.id in found and not found[cell.id]["passed"]:
            raise ExerciseError(
                f"{exercise.path.name}: the solution fails in cell {cell.id!r}: "
                f"{found[cell.id]['error']}"
            )
    answers = {}
    for cell in cells:
        if "check" in tags(cell):
            label = check_label(cell)
            answers[label] = _answer(exercise, cell, label, found[cell.id])
    for cell in cells:
        if "misconception" in tags(cell):
            _add_misconceptions(exercise, cell, found[cell.id]["key"], answers)
    carried = {
        cell.id: record["carried"]
        for cell in carrying(exercise.notebook)
        for record in found[f"{cell.id}{CARRY}"]["key"]
    }
    return Key(seed, answers, carried, imported(record))


def _answer(exercise, cell, label, found):
    shown = [record for record in found["key"] if record["task"] == label]
    if len(shown) != 1:
        raise ExerciseError(
            f"{exercise.path.name}: check cell {cell.id!r} has no answer to compare; "
            f"it printed {found['printed']!r}"
        )
    (record,) = shown
    hidden = "hidden" in tags(cell)
    return Answer(cell.id, record["kind"], record["text"], found["printed"], record["edge"], hidden)


def _add_misconceptions(exercise, cell, shown, answers):
    for record in shown:
        if record["task"] not in answers:
            raise ExerciseError(
                f"{exercise.path.name}: cell {cell.id!r} names a misconception of "
                f"{record['task']!r}; the checks are {sorted(answers)}"
            )
        answer = answers[record["task"]]
        if record["text"] == answer.text:
            raise ExerciseError(
                f"{exercise.path.name}: the misconception in cell {cell.id!r} equals the right "
                f"answer to {record['task']!r} on these data; choose data where they differ"
            )
        answer.misconceptions.append(record)
