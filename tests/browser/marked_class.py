"""A class of forty as a marker meets it: nobody ran anything, only the reports are real."""

import random
from pathlib import Path

from ckmlab.grading.exercise import calls, read_exercise, tags
from ckmlab.grading.grade import Graded, Outcome
from ckmlab.grading.marking import Marks, TaskMark
from ckmlab.grading.roster import Roster, Student
from ckmlab.grading.submission import Submission

__all__ = ["make_class"]

SOURCES = Path(__file__).parents[2] / "exercises" / "source"
NAMES = """
Ana Brandt, Bo Chen, Carla Díaz, Dmitri Evdokimov, Élodie Faure, Femi Gbadamosi, Greta Hahn,
Hiroshi Ito, Ines Jurić, Jamal Khan, Katarzyna Lis, Liam Murphy, Mei Nakamura, Noah Okafor, Olga
Petrova, Priya Raman, Quentin Roux, Rosa Sánchez, Sven Thorsen, Tuğba Uçar, Uma Verma, Viktor
Wagner, Wen Xu, Ximena Ybarra, Yusuf Zaman, Zoë Adams, Anton Becker, Beatriz Costa, Cem Demir,
Dana Eriksen, Emil Fischer, Fatima Ghali, Gustav Holm, Hanna Iversen, Ivan Jovanović, Julia
Kowalska, Karim Lahlou, Lena Meyer, Marek Novák, Nora Olsen""".replace("\n", " ").split(", ")
RIGHT = (
    "share = (items['ktype'] == 'from').mean()  # how much of it comes from customers themselves"
)


def make_class(seed=40, exercises=("01-classify", "04-iceberg")):
    """Outcome, roster and ledger of a class with all that a class has.

    Misconceptions, errors, time-outs, tasks nobody tried, a student twice, two who share their
    code, one who copied another's number, strangers, files that cannot be read.
    """
    rng = random.Random(seed)
    roster = Roster([Student(f"s{n:03}", name, f"s{n:03}@uni.example") for n, name in _numbered()])
    known = [read_exercise(SOURCES / f"{name}.py") for name in exercises]
    outcome = Outcome(known, [], [], "full")
    ledger = {}
    for exercise in known:
        hints = _hints(exercise)
        answers = {label: f"0.{rng.randrange(10**5, 10**6)}" for label in exercise.tasks}
        packs = {s: _pack(exercise, rng) for s in roster.students}
        ledger[exercise.name] = packs
        for number, student in enumerate(roster.students):
            if number % 13 == 12:
                continue  # handed in nothing
            ability = rng.gauss(0.3, 1.0)
            outcome.graded.append(_graded(exercise, student, ability, hints, answers, packs, rng))
    outcome.problems.extend(
        [
            ("Moodle/Quentin Roux_4711_assignsubmission_file/essay.docx", "it is no notebook"),
            (
                "Moodle/Anon_1_assignsubmission_file/01-classify.ipynb",
                "nobody on the roster is 'anon'",
            ),
            ("Moodle/Lena Meyer_4712_assignsubmission_file/01-classify.ipynb", "the file is empty"),
        ]
    )
    return outcome, roster, ledger


def _numbered():
    return enumerate((name.strip() for name in NAMES), start=1)


def _pack(exercise, rng):
    answers = {label: f"0.{rng.randrange(10**5, 10**6)}" for label in exercise.tasks}
    return {"seed": rng.randrange(2**31), "answers": answers}


def _hints(exercise):
    hints = {}
    for cell in exercise.notebook.cells:
        if "misconception" in tags(cell):
            for call in calls(cell, "misconception"):
                words = {word.arg: word.value for word in call.keywords}
                hints.setdefault(call.args[0].value, []).append(words["hint"].value)
    return hints


def _graded(exercise, student, ability, hints, answers, packs, rng):
    tasks, said, code, notes, also = {}, {}, {}, [], ()
    for place, (name, task) in enumerate(exercise.tasks.items()):
        mark, text = _mark(task, ability - 0.45 * place + rng.gauss(0, 0.6), hints.get(name), rng)
        if student == "s014" and place == 0:  # copied Bo's number
            mark, said[name] = TaskMark(0.0, task.maximum, "wrong"), packs["s002"]["answers"][name]
        elif mark.verdict == "right":
            said[name] = answers[name]
        else:
            said[name] = f"0.{rng.randrange(10**5, 10**6)}"
        if student in {"s020", "s031"} and place == 1:
            text = "\n".join(
                f"step_{n} = {n} * 17 + {n}  # as we agreed on Tuesday" for n in range(9)
            )
        if mark.error and "too long" in mark.error:
            notes.append(f"answer cell {task.answers[0]!r} stopped the kernel ({mark.error})")
        tasks[name] = mark
        code |= {cell: [text] for cell in task.answers}
    if student == "s008":
        also = ("two files; the later one was marked",)
    if student == "s023":
        notes.append("answer cell 'kappa' was split or copied: all its pieces were run")
    submission = Submission(exercise.name, student, code)
    where = f"Moodle/{student}/{exercise.name}.ipynb"
    marks = Marks(tasks, notes, 1.0, said)
    return Graded(student, exercise.name, where, submission, marks, also)


def _mark(task, level, hints, rng):
    if task.rubric is not None:
        return TaskMark(None, task.maximum, "by hand"), "I think it depends on the office."
    if level > 0:
        return TaskMark(task.maximum, task.maximum, "right"), RIGHT
    if level > -0.9 and hints:
        hint = hints[0 if rng.random() < 0.7 else -1]
        return (
            TaskMark(task.maximum * rng.choice((0, 0.5)), task.maximum, "misconception", [hint]),
            "share = len(items) / len(company.customers)",
        )
    kind = rng.choice(("wrong", "error", "missing", "timeout"))
    if kind == "timeout":
        error = "the cell took too long: Timeout of 30 seconds exceeded executing cell"
        return TaskMark(0.0, task.maximum, "error", [], error), "while True:\n    pass"
    if kind == "error":
        error = "KeyError: 'knowledge_type'"
        return TaskMark(0.0, task.maximum, "error", [], error), "items['knowledge_type']"
    if kind == "missing":
        return TaskMark(0.0, task.maximum, "missing"), ""
    return TaskMark(0.0, task.maximum, "wrong"), "share = 0.5  # <b>a guess</b>"
