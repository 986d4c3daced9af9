"""What each student is told: their code, verdicts, hints; nothing of the lecturer's, no key."""

import re
from html import escape
from pathlib import Path

from ckmlab.grading.exercise import tags
from ckmlab.grading.gradebook import total
from ckmlab.grading.page import page, prose, table
from ckmlab.grading.roster import safe_name

__all__ = ["write_feedback"]

TIME_OUT = re.compile(r"Timeout of ([\d.]+) seconds")
WRONG = {"misconception", "wrong", "error"}
SAID = {
    "right": "✓ right",
    "partly right": "◐ partly right",
    "misconception": "✗ not right, but we know this one",
    "wrong": "✗ not right",
    "error": "✗ your code did not come to its end",
    "missing": "– no answer",
    "by hand": "marked by a person",
}


def write_feedback(folder, outcome, given, roster=None):
    """Write one page a student.

    Parameters
    ----------
    folder : path-like
    outcome : Outcome
    given : dict
        Points given by hand.
    roster : Roster, optional
        Knows the students' names.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    exercises = {exercise.name: exercise for exercise in outcome.exercises}
    for student in sorted({one.student for one in outcome.graded}):
        own = [one for one in outcome.graded if one.student == student]
        parts = [_overview(own, exercises, given)] if len(own) > 1 else []
        parts += [_exercise(one, exercises[one.exercise], given) for one in own]
        text = page(f"Feedback for {called(student, roster)}", "\n".join(parts))
        partial = folder / f"{safe_name(student)}.partial"
        partial.write_text(text, encoding="utf-8", errors="replace")
        partial.replace(folder / f"{safe_name(student)}.html")


def called(student, roster):
    """A student's name, if it is known, and what the marks are kept under.

    Parameters
    ----------
    student : str
    roster : Roster or None

    Returns
    -------
    str
    """
    person = roster.students.get(student) if roster else None
    return f"{person.name} ({student})" if person and person.name else student


def _overview(own, exercises, given):
    rows = [[one.exercise, total(one, given), exercises[one.exercise].maximum] for one in own]
    sums = [sum(row[place] for row in rows) for place in (1, 2)]
    return table(["exercise", "points", "of"], [*rows, ["together", *sums]])


def _exercise(one, exercise, given):
    parts = [
        f"<h2>{escape(exercise.name)}: {total(one, given):g} of {exercise.maximum:g} points</h2>"
    ]
    parts += [_task(one, exercise, task, given) for task in exercise.tasks.values()]
    if one.marks.notes:
        notes = "".join(f"<li>{escape(note)}</li>" for note in one.marks.notes)
        parts.append(f"<h3>About your notebook</h3><ul>{notes}</ul>")
    return "\n".join(parts)


def _task(one, exercise, task, given):
    mark = one.marks.tasks[task.name]
    points, comment = given.get((one.student, one.exercise, task.name), (mark.earned, ""))
    earned = "not yet marked" if points is None else f"{points:g} of {task.maximum:g} points"
    look = "right" if mark.verdict == "right" else "wrong" if mark.verdict in WRONG else ""
    parts = [
        f"<h3>{escape(task.name)}: {earned}</h3>",
        f'<p class="{look}">{SAID[mark.verdict]}</p>',
    ]
    parts += [f'<p class="hint">{prose(text)}</p>' for text in [*mark.hints, comment] if text]
    if mark.error:
        parts.append(f"<p>{_ended(mark.error, exercise, task)}</p>")
    code = [text for cell in task.answers for text in one.submission.answers.get(cell, [])]
    code = [text for text in code if text.strip()]
    parts += ["<p>What you wrote:</p>"] if code else []
    parts += [f"<pre>{escape(text)}</pre>" for text in code]
    return "\n".join(parts)


def _ended(error, exercise, task):
    """How an answer ended, in a sentence."""
    slow = TIME_OUT.search(error)
    if slow:
        return f"It had not finished after {slow[1]} seconds, so it was stopped."
    return f"It ended with: <code>{escape(_error(error, exercise, task))}</code>"


def _error(error, exercise, task):
    """An error's text; its kind alone where it might tell of a check that students do not see."""
    order = [cell.id for cell in exercise.notebook.cells]
    hidden = [cell.id for cell in exercise.notebook.cells if {"check", "hidden"} <= tags(cell)]
    last = max(order.index(cell) for cell in (*task.points, *task.answers))
    if not hidden or last < order.index(hidden[0]):
        return error[:300]
    kind = error.partition(":")[0]
    return kind if re.fullmatch(r"[A-Za-z][A-Za-z ]{0,40}", kind) else "an error"
