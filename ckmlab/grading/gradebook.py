"""The grade book, the rubric to fill in, and what learning platforms import."""

import csv
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from ckmlab.grading.tables import restored, write_table

__all__ = ["read_hand_marks", "write_gradebook", "write_junit", "write_problems", "write_rubric"]

RUBRIC = ["student", "exercise", "task", "maximum", "points", "comment", "rubric", "answer"]
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_hand_marks(path, exercises):
    """Read points given by hand.

    Parameters
    ----------
    path : path-like
        The rubric file, as :func:`write_rubric` wrote it and a lecturer filled it in.
    exercises : list of Exercise

    Returns
    -------
    dict of (str, str, str) to (float, str)
        Points and comment by student, exercise and task.

    Raises
    ------
    ValueError
        If points are no number, or outside 0 to the maximum; the message names the line.
    """
    path = Path(path)
    if not path.exists():
        return {}
    maxima = {
        (exercise.name, task.name): task.maximum
        for exercise in exercises
        for task in exercise.tasks.values()
    }
    given = {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            text = (row.get("points") or "").strip().replace(",", ".")
            if not text:
                continue
            who = tuple(restored(row[column]) for column in ("student", "exercise", "task"))
            points = _points(text, maxima.get(who[1:]), f"{path.name}, line {number}")
            given[who] = points, row.get("comment") or ""
    return given


def _points(text, maximum, where):
    try:
        points = float(text)
    except ValueError:
        raise ValueError(f"{where}: points must be a number, not {text!r}") from None
    if maximum is not None and not 0 <= points <= maximum:
        raise ValueError(f"{where}: points must lie between 0 and {maximum:g}, not {text}")
    return points


def write_rubric(path, outcome, given):
    """Write the list of tasks to be marked by hand; what is filled in stays.

    Parameters
    ----------
    path : path-like
    outcome : Outcome
    given : dict
        As :func:`read_hand_marks` returns it.

    Returns
    -------
    int
        How many rows still lack points.
    """
    exercises = {exercise.name: exercise for exercise in outcome.exercises}
    rows, missing = [], 0
    for one in outcome.graded:
        for task in exercises[one.exercise].tasks.values():
            if task.rubric is None:
                continue
            points, comment = given.get((one.student, one.exercise, task.name), ("", ""))
            missing += points == ""
            texts = [text for cell in task.answers for text in one.submission.answers.get(cell, [])]
            answer = "\n".join(texts)
            worth = [task.maximum, points, comment, task.rubric]
            rows.append([one.student, one.exercise, task.name, *worth, answer])
    if rows:
        write_table(path, RUBRIC, rows)
    return missing


def total(one, given):
    """Points of a submission, those given by hand included.

    Parameters
    ----------
    one : Graded
    given : dict

    Returns
    -------
    float
    """
    by_hand = [
        given.get((one.student, one.exercise, name), (0.0, ""))[0] for name in one.marks.tasks
    ]
    return one.marks.earned + sum(by_hand)


def write_gradebook(folder, outcome, given, roster=None):
    """Write ``gradebook.csv``, ``moodle.csv`` and ``canvas.csv``.

    Parameters
    ----------
    folder : path-like
    outcome : Outcome
    given : dict
        Points given by hand.
    roster : Roster, optional
        With it, whoever handed in nothing is listed with nothing.
    """
    folder = Path(folder)
    tasks = [(ex.name, task) for ex in outcome.exercises for task in ex.tasks.values()]
    graded = {(one.student, one.exercise): one for one in outcome.graded}
    known = roster.students if roster else {}
    students = sorted({*known, *(student for student, _ in graded)})
    header = ["student", "name"]
    header += [f"{exercise}: {task.name} [{task.maximum:g}]" for exercise, task in tasks]
    header += ["points", "maximum", "handed in", "notes"]
    write_table(
        folder / "gradebook.csv",
        header,
        [_row(student, known, outcome.exercises, tasks, graded, given) for student in students],
    )
    _write_platforms(folder, outcome, graded, given, students, known)


def _row(student, known, exercises, tasks, graded, given):
    cells, notes = [], []
    for exercise, task in tasks:
        one = graded.get((student, exercise))
        earned = one.marks.tasks[task.name].earned if one else None
        if one and earned is None:
            earned = given.get((student, exercise, task.name), ("", ""))[0]
        cells.append("" if earned is None else earned)
    handed = [graded[student, ex.name] for ex in exercises if (student, ex.name) in graded]
    for one in handed:
        notes += [*one.notes, *one.marks.notes]
    points = sum(total(one, given) for one in handed)
    maximum = sum(exercise.maximum for exercise in exercises)
    name = known[student].name if student in known else ""
    files = "; ".join(one.where for one in handed)
    return [student, name, *cells, points, maximum, files, "; ".join(notes)]


def _write_platforms(folder, outcome, graded, given, students, known):
    """One column an exercise, beside what the platform knows its students by."""
    names = [exercise.name for exercise in outcome.exercises]

    def points(student):
        found = [graded.get((student, name)) for name in names]
        return ["" if one is None else total(one, given) for one in found]

    moodle, canvas = [], []
    for student in students:
        person = known.get(student)
        columns = person.columns if person else {}
        name, email = (person.name, person.email) if person else ("", "")
        moodle.append([student, email, *points(student)])
        own = [columns.get(key, "") for key in ("ID", "SIS User ID", "SIS Login ID", "Section")]
        own[1] = own[1] or student
        canvas.append([columns.get("Student", name), *own, *points(student)])
    write_table(folder / "moodle.csv", ["ID number", "Email address", *names], moodle)
    heading = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]
    possible = ["Points Possible", "", "", "", "", *(ex.maximum for ex in outcome.exercises)]
    write_table(folder / "canvas.csv", heading, [possible, *canvas])


def write_problems(path, problems):
    """List what was not marked, and why.

    Parameters
    ----------
    path : path-like
    problems : list of (str, str)
    """
    write_table(path, ["file", "why it was not marked"], [list(row) for row in problems])


def write_junit(path, outcome):
    """Write the marks as JUnit XML, one test case a task.

    Parameters
    ----------
    path : path-like
    outcome : Outcome
    """
    suites = ET.Element("testsuites")
    for one in outcome.graded:
        suite = ET.SubElement(suites, "testsuite", name=_clean(f"{one.exercise}: {one.student}"))
        for name, task in one.marks.tasks.items():
            case = ET.SubElement(
                suite, "testcase", classname=_clean(one.exercise), name=_clean(name)
            )
            properties = ET.SubElement(case, "properties")
            for key, value in (("earned", task.earned), ("maximum", task.maximum)):
                ET.SubElement(properties, "property", name=key, value=str(value))
            if task.verdict == "by hand":
                ET.SubElement(case, "skipped", message="marked by hand")
            elif task.verdict != "right":
                ET.SubElement(case, "failure", message=_clean(task.error or task.verdict))
        suite.set("tests", str(len(one.marks.tasks)))
    ET.ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def _clean(text):
    return NOT_IN_XML.sub("�", text)
