"""What an exercise calls from inside its notebook: data, check, misconception.

The same calls do different things in different places. While someone works, ``check`` gives a
tick or a hint. In marking (the environment variable ``CKMLAB_GRADING`` says so) it prints the
answer in canonical form, and the comparison happens elsewhere, out of the kernel's reach.
"""

import base64
import importlib
import importlib.util
import os
import pickle
import sys
import tempfile
from pathlib import Path

from ckmlab.grading.canonical import DIGITS, NotComparable, canonical
from ckmlab.grading.digests import recognise, unpack
from ckmlab.grading.wire import FOLDER, KEY_MIME, MODE, UNANSWERED

__all__ = [
    "begin",
    "check",
    "data",
    "find",
    "hand_over",
    "misconception",
    "show_modules",
    "take_over",
]

PICKLE = "data.pickle"
CARRIED = 1_000_000  # characters

_exercise = None  # what the first cell of a student's edition has set up
_folders = []  # folders of loaded data live as long as the kernel: loaders may read late


def begin(line):
    """Set an exercise up: the first cell of a student's edition calls this.

    Parameters
    ----------
    line : str
        Digests of the answers, written by ``ckmlab exercise release``; no answer is in it.
    """
    global _exercise
    _exercise = unpack(line)


def data(recipe, *, seed, loader=None, **arguments):
    """Hand out the exercise's data.

    While working, the recipe makes them with the seed; in marking they are read from a folder
    whose seed nobody has seen. Nothing else differs.

    Parameters
    ----------
    recipe : str
        ``"module:function"`` of a function that takes ``seed`` and the arguments.
    seed : int
        Seed of the data to practise with.
    loader : str, optional
        ``"module:function"`` of a function that reads the folder which the recipe's result
        writes with ``.save(folder)``. Without it the result is pickled.
    **arguments
        Handed to the recipe.

    Returns
    -------
    object
        What the loader returns, or the recipe's result.

    Examples
    --------
    >>> int(data("numpy.random:default_rng", seed=1).integers(100))
    47
    """
    folder = os.environ.get(FOLDER)
    if folder is None:
        # Through files here as well, so that marking meets the very same types and columns.
        holder = tempfile.TemporaryDirectory(prefix="ckmlab-")
        _folders.append(holder)
        folder = holder.name
        write_data(folder, recipe, seed=seed, loader=loader, **arguments)
    if loader is not None:
        return find(loader)(folder)
    return pickle.loads(Path(folder, PICKLE).read_bytes())


def write_data(folder, recipe, *, seed, loader=None, **arguments):
    """Make an exercise's data and write them where :func:`data` reads them.

    Parameters
    ----------
    folder : path-like
    recipe, seed, loader, **arguments
        As for :func:`data`.
    """
    made = find(recipe)(seed=seed, **arguments)
    if loader is not None:
        made.save(folder)
    else:
        Path(folder, PICKLE).write_bytes(pickle.dumps(made))


def find(name):
    """Import a function by its name.

    Parameters
    ----------
    name : str
        ``"module:function"``; the module may be a file (``"recipe.py:make"``).

    Returns
    -------
    callable

    Raises
    ------
    ValueError
        If there is no such module or function.

    Examples
    --------
    >>> find("math:sqrt")(9)
    3.0
    """
    module_name, _, function = name.partition(":")
    try:
        if module_name.endswith(".py"):
            spec = importlib.util.spec_from_file_location(Path(module_name).stem, module_name)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
        else:
            module = importlib.import_module(module_name)
        return getattr(module, function)
    except (ImportError, AttributeError, FileNotFoundError) as error:
        raise ValueError(f"{name!r} is no 'module:function' that can be found: {error}") from error


def check(task, value, digits=DIGITS):
    """Check an answer: a tick, a hint for a classic mistake, or "not yet"; never the answer.

    Parameters
    ----------
    task : str
        The task's name.
    value : object
        The answer: a number, a list, a table, a figure, …
    digits : int, default 6
        Significant digits that count.

    Examples
    --------
    >>> check("share", ...)
    share: nothing to check yet. Put your answer in place of the dots.
    """
    try:
        print(f"{task}: {_verdict(str(task), value, digits)}")
    except Exception as error:  # whatever a student hands in, the notebook goes on
        print(f"{task}: this value cannot be read ({type(error).__name__}). {_expected(task)}")


def _verdict(task, value, digits):
    if value is ...:
        return UNANSWERED
    mode = os.environ.get(MODE)
    try:
        answer = canonical(value, digits)
    except NotComparable as error:
        return f"this is {error}, which cannot be compared. {_expected(task)}".rstrip()
    if mode == "key":
        _show_key({"task": task, "kind": answer.kind, "text": answer.text, "edge": answer.edge})
    if mode in {"key", "mark"}:
        return answer.text
    if _exercise is None:
        return (
            f"read as {answer.text}. "
            "Nothing to compare it with: run the first cell of the exercise."
        )
    if task not in _exercise["seals"]:
        return f"no task of this exercise has this name; there are {', '.join(_exercise['seals'])}."
    return _compared(task, value, answer, digits)


def _compared(task, value, answer, digits):
    sealed, salt = _exercise["seals"][task], _exercise["salt"] + task
    for text in _near_texts(value, answer, digits):
        right, hint = recognise(text, sealed, salt=salt)
        if right:
            return "✓ right."
        if hint is not None:
            return f"✗ not yet. {hint}"
    if answer.kind != sealed.kind:
        return f"✗ not yet. This is {answer.kind}. {_expected(task)}"
    return "✗ not yet."


def _near_texts(value, answer, digits):
    """The answer's text, and the neighbour's when rounding might have gone the other way."""
    yield answer.text
    if answer.kind == "a number" and answer.edge < 0.01:
        for nudge in (1 + 10.0**-digits / 20, 1 - 10.0**-digits / 20):
            text = canonical(float(value) * nudge, digits).text
            if text != answer.text:
                yield text


def _expected(task):
    if _exercise is None or task not in _exercise["seals"]:
        return ""
    return f"The answer is {_exercise['seals'][task].kind}."


def misconception(task, value, *, hint, credit=0.0, digits=DIGITS):
    """Name a classic wrong answer to a task (lecturer only).

    Parameters
    ----------
    task : str
        The task's name, as in its ``check``.
    value : object
        The wrong answer, computed from the data at hand.
    hint : str
        What to tell someone who hands in this value. It must not tell the answer.
    credit : float, default 0
        The part of the points that this answer earns.
    digits : int, default 6
        As in the task's ``check``.

    Examples
    --------
    >>> misconception("share", 1.5, hint="A share is at most one.")
    share: 1.5 is recognised. A share is at most one.
    """
    answer = canonical(value, digits)
    if os.environ.get(MODE) == "key":
        _show_key({"task": task, "text": answer.text, "hint": hint, "credit": credit})
    else:
        print(f"{task}: {answer.text} is recognised. {hint}")


def _show_key(content):
    from IPython.display import display

    display({KEY_MIME: content}, raw=True)


def hand_over(**values):
    """Show the lecturer's values of names that later tasks go on with (lecturer's run only).

    Parameters
    ----------
    **values
        What can be pickled, up to a megabyte.

    Raises
    ------
    ValueError
        If it is more.
    """
    packed = base64.b85encode(pickle.dumps(values)).decode()
    if len(packed) > CARRIED:
        raise ValueError(f"{', '.join(values)}: too large to carry on ({len(packed):,} characters)")
    _show_key({"task": None, "carried": packed})


def show_modules():
    """Show what the lecturer's solution has imported by now (lecturer's run only)."""
    names = [name for name, module in sys.modules.items() if getattr(module, "__spec__", None)]
    _show_key({"task": None, "modules": names})


def take_over(packed):
    """Unpack the values that :func:`hand_over` has shown.

    Parameters
    ----------
    packed : str

    Returns
    -------
    dict
    """
    return pickle.loads(base64.b85decode(packed))
