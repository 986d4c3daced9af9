"""An exercise as the lecturer wrote it: cells, tasks, points, data."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

from ckmlab.grading.placeholder import BEGIN, END, has_solution

__all__ = ["DataCall", "Exercise", "ExerciseError", "Task", "read_exercise", "tags"]

ROLES = ("answer", "check", "data", "hidden", "manual", "misconception")


class ExerciseError(ValueError):
    """A source that cannot be used; the message names the cell and the mend."""


@dataclass(frozen=True)
class Task:
    """One task: what is asked, where it is answered and checked, what it is worth.

    Attributes
    ----------
    name : str
    points : dict of str to float
        Points by the id of the check cell (of the manual cell) that earns them.
    answers : tuple of str
        Ids of the cells in which the student writes.
    labels : tuple of str
        First arguments of the task's check calls.
    rubric : str or None
        What a lecturer looks for, for a task marked by hand; None for all others.
    """

    name: str
    points: dict
    answers: tuple
    labels: tuple = ()
    rubric: str | None = None

    @property
    def maximum(self):
        """Points that the task is worth in all."""
        return sum(self.points.values())


@dataclass(frozen=True)
class DataCall:
    """The call of ``data`` in a source: where the data come from, and with which seed."""

    cell: str
    recipe: str
    seed: int
    loader: str | None = None
    arguments: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Exercise:
    """A source notebook, understood.

    Attributes
    ----------
    name : str
        The file's name without its ending.
    path : Path
    notebook : nbformat.NotebookNode
        The source with solutions, without outputs.
    tasks : dict of str to Task
        In the order of the page.
    data : DataCall or None
    """

    name: str
    path: Path
    notebook: object
    tasks: dict
    data: DataCall | None

    @property
    def maximum(self):
        """Points that the exercise is worth in all."""
        return sum(task.maximum for task in self.tasks.values())

    @property
    def answer_ids(self):
        """Ids of all cells in which the student writes, in order."""
        return [cell.id for cell in self.notebook.cells if tags(cell) & {"answer", "manual"}]


def tags(cell):
    """Tags of a cell, as a set.

    Parameters
    ----------
    cell : nbformat.NotebookNode

    Returns
    -------
    set of str
    """
    return set(cell.metadata.get("tags", []))


def read_exercise(path):
    """Read an exercise from its source.

    Parameters
    ----------
    path : path-like
        A py:percent script or an ``.ipynb`` with the tags that :mod:`ckmlab.grading` describes.

    Returns
    -------
    Exercise

    Raises
    ------
    ExerciseError
        If the source is no exercise; the message names the cell and the mend.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> source = '''
    ... # %% name="sum" tags=["answer"]
    ... ### BEGIN SOLUTION
    ... total = 1 + 1
    ... ### END SOLUTION
    ... # %% tags=["check"] points=2
    ... check("sum", total)
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "adding.py"
    ...     _ = path.write_text(source)
    ...     exercise = read_exercise(path)
    >>> exercise.maximum
    2.0
    """
    from ckmlab.notebooks import PageError, read_source

    path = Path(path)
    try:
        notebook = read_source(path)
    except PageError as error:
        raise ExerciseError(str(error)) from error
    tasks = _tasks(notebook)
    if not tasks:
        raise ExerciseError(f"{path.name} has no cell tagged 'check' or 'manual'")
    return Exercise(path.stem, path, notebook, tasks, _data_call(notebook))


def _tasks(notebook):
    tasks, waiting = {}, []
    for cell in notebook.cells:
        if "answer" in tags(cell):
            _require_solution(cell)
            waiting.append(cell.id)
        elif "manual" in tags(cell):
            name = cell.metadata.get("task", cell.id)
            rubric = cell.metadata.get("rubric", "")
            tasks[name] = Task(name, {cell.id: _points(cell)}, (cell.id,), rubric=rubric)
        elif "check" in tags(cell):
            _add_check(tasks, cell, tuple(waiting))
            waiting = []
    if waiting:
        raise ExerciseError(f"answer cell {waiting[0]!r} has no check cell below it")
    return tasks


def _add_check(tasks, cell, answers):
    label = check_label(cell)
    name = cell.metadata.get("task", label)
    taken = {known for task in tasks.values() for known in task.labels}
    if label in taken:
        raise ExerciseError(f"two checks are called {label!r}; give each a name of its own")
    old = tasks.get(name, Task(name, {}, ()))
    if old.rubric is not None:
        raise ExerciseError(f"task {name!r} is marked by hand and checked as well; rename one")
    answers = old.answers + answers
    if not answers and "hidden" not in tags(cell):
        raise ExerciseError(f"check cell {cell.id!r} ({label!r}) has no answer cell above it")
    carried = cell.metadata.get("carry", [])
    if not isinstance(carried, list) or not all(str(name).isidentifier() for name in carried):
        raise ExerciseError(f"cell {cell.id!r}: carry must list names, not {carried!r}")
    points = {**old.points, cell.id: _points(cell)}
    tasks[name] = Task(name, points, answers, (*old.labels, label))


def _require_solution(cell):
    if cell.cell_type != "code":
        raise ExerciseError(f"answer cell {cell.id!r} is no code cell; tag free text 'manual'")
    if not has_solution(cell.source):
        raise ExerciseError(f"answer cell {cell.id!r} lacks the lines '{BEGIN}' and '{END}'")


def _points(cell):
    points = cell.metadata.get("points", 1)
    if isinstance(points, bool) or not isinstance(points, int | float) or points < 0:
        raise ExerciseError(f"cell {cell.id!r}: points must be a number ≥ 0, not {points!r}")
    return float(points)


def check_label(cell):
    """Read the task's name from a check cell.

    Parameters
    ----------
    cell : nbformat.NotebookNode

    Returns
    -------
    str

    Raises
    ------
    ExerciseError
        If the cell does not call ``check`` exactly once with a name written out.
    """
    found = calls(cell, "check")
    if len(found) != 1 or not found[0].args or not _is_text(found[0].args[0]):
        raise ExerciseError(
            f'check cell {cell.id!r} must call check("task\'s name", value) exactly once'
        )
    return found[0].args[0].value


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def calls(cell, function):
    """Find the calls of a function in a cell, whichever way the function was imported.

    Parameters
    ----------
    cell : nbformat.NotebookNode
    function : str

    Returns
    -------
    list of ast.Call
    """
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        raise ExerciseError(f"cell {cell.id!r} is no plain Python: {error}") from None
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) == function
    ]


def data_node(cell):
    """Find the call of ``data`` in a data cell.

    Parameters
    ----------
    cell : nbformat.NotebookNode

    Returns
    -------
    ast.Call

    Raises
    ------
    ExerciseError
        If there is not exactly one.
    """
    found = calls(cell, "data")
    if len(found) != 1:
        raise ExerciseError(f"data cell {cell.id!r} must call data(...) exactly once")
    return found[0]


def _data_call(notebook):
    cells = [cell for cell in notebook.cells if "data" in tags(cell)]
    if not cells:
        return None
    if len(cells) > 1:
        raise ExerciseError(f"one data cell is enough; there are {[cell.id for cell in cells]}")
    cell = cells[0]
    node = data_node(cell)
    try:
        arguments = {word.arg: ast.literal_eval(word.value) for word in node.keywords}
        (recipe,) = [ast.literal_eval(argument) for argument in node.args]
        seed = arguments.pop("seed")
    except (ValueError, KeyError):
        raise ExerciseError(
            f'data cell {cell.id!r}: write data("module:function", seed=1, …) with plain values'
        ) from None
    return DataCall(cell.id, recipe, seed, arguments.pop("loader", None), arguments)
