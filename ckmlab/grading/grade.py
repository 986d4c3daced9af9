"""Mark a folder of submissions and write the grade book."""

import csv
from pathlib import Path

from ckmlab.grading.exercise import read_exercise
from ckmlab.grading.marking import mark
from ckmlab.grading.submission import Unreadable, read_submission

__all__ = ["grade"]


def grade(submissions, source, out, *, salt):
    """Mark all notebooks of a folder.

    Parameters
    ----------
    submissions : path-like
        A folder with one notebook a student, named after the student.
    source : path-like
        The exercise's source.
    out : path-like
        Folder for ``gradebook.csv``.
    salt : str
        The lecturer's secret.

    Returns
    -------
    str
        One line to print.
    """
    exercise = read_exercise(source)
    ids = [cell.id for cell in exercise.notebook.cells]
    read, problems = {}, []
    for path in sorted(Path(submissions).glob("*.ipynb")):
        try:
            read[path.stem] = read_submission(path.read_bytes(), exercise.answer_ids, known_ids=ids)
        except Unreadable as error:
            problems.append((path.name, str(error)))
    marks = mark(exercise, read, salt=salt)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "gradebook.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["student", *exercise.tasks, "points", "notes"])
        for name, one in marks.items():
            points = ["" if task.earned is None else task.earned for task in one.tasks.values()]
            writer.writerow([name, *points, one.earned, "; ".join(one.notes)])
        writer.writerows([name, *[""] * len(exercise.tasks), "", why] for name, why in problems)
    return f"{len(marks)} marked, {len(problems)} unreadable: {out / 'gradebook.csv'}"
