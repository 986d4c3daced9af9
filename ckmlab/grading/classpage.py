"""One page for the lecturer: how the class did, what it misunderstood, what to look at."""

from collections import Counter
from html import escape
from pathlib import Path

from ckmlab.grading.gradebook import total
from ckmlab.grading.items import analyse_items
from ckmlab.grading.page import figure, page, table
from ckmlab.grading.sandbox import LEVELS

__all__ = ["write_class_page"]

BLUE, ORANGE = "#0072b2", "#d55e00"  # Okabe and Ito's, told apart by everybody


def write_class_page(path, outcome, given, foreign=(), alike=()):
    """Write the class page.

    Parameters
    ----------
    path : path-like
    outcome : Outcome
    given : dict
        Points given by hand.
    foreign, alike : list
        What :mod:`ckmlab.grading.signals` has found.
    """
    parts = [
        f"<p>{len(outcome.graded)} submissions marked. Sandbox: <b>{outcome.sandbox}</b> "
        f"({escape(LEVELS[outcome.sandbox])}).</p>"
    ]
    for exercise in outcome.exercises:
        graded = [one for one in outcome.graded if one.exercise == exercise.name]
        parts.append(f"<h2>{escape(exercise.name)}</h2>")
        parts += _exercise(exercise, graded, given) if graded else ["<p>Nobody handed it in.</p>"]
    parts += _to_look_at(outcome, foreign, alike)
    text = page("The class at a glance", "\n".join(parts))
    Path(path).write_text(text, encoding="utf-8", errors="replace")


def _exercise(exercise, graded, given):
    points = {name: [_earned(one, name, given) for one in graded] for name in exercise.tasks}
    maxima = {name: task.maximum for name, task in exercise.tasks.items()}
    items = analyse_items(points, maxima)
    totals = [total(one, given) for one in graded]
    return [
        _distribution(totals, exercise.maximum),
        _item_figure(items),
        _reliability(items),
        "<h3>Task by task</h3>",
        _task_table(exercise, graded, items),
        "<h3>Misconceptions</h3>",
        _misconceptions(exercise, graded),
    ]


def _earned(one, name, given):
    mark = one.marks.tasks[name]
    if mark.earned is not None:
        return mark.earned
    return given.get((one.student, one.exercise, name), (0.0, ""))[0]


def _distribution(totals, maximum):
    from matplotlib.figure import Figure

    picture = Figure(figsize=(7, 2.8), layout="constrained", facecolor="white")
    axes = picture.subplots()
    bins = min(20, max(4, round(maximum)))
    counts, _, _ = axes.hist(totals, bins=bins, range=(0, maximum), color=BLUE, edgecolor="white")
    middle = sorted(totals)[len(totals) // 2]
    axes.axvline(middle, color=ORANGE)
    axes.annotate(f"median {middle:g}", (middle, max(counts)), color=ORANGE, ha="left", va="bottom")
    axes.set(xlabel="points", ylabel="students")
    alt = f"Histogram of points: median {middle:g} of {maximum:g}, {len(totals)} students."
    return figure(picture, alt, f"Half of the class has {middle:g} of {maximum:g} points or more.")


def _item_figure(items):
    from matplotlib.figure import Figure

    names = list(items.difficulty)
    height = 0.8 + 0.35 * len(names)
    picture = Figure(figsize=(7, height), layout="constrained", facecolor="white")
    left, right = picture.subplots(1, 2, sharey=True)
    places = range(len(names))
    left.barh(places, [items.difficulty[name] for name in names], color=BLUE)
    right.barh(places, [items.discrimination[name] for name in names], color=ORANGE)
    left.set(xlim=(0, 1), xlabel="share of the points earned")
    right.set(xlim=(-1, 1), xlabel="correlation with the other tasks")
    left.set_yticks(places, names)
    left.invert_yaxis()
    hardest = min(names, key=lambda name: items.difficulty[name])
    alt = "; ".join(
        f"{name}: {items.difficulty[name]:.2f} earned, discrimination "
        f"{items.discrimination[name]:.2f}"
        for name in names
    )
    return figure(picture, alt, f"The hardest task was “{hardest}”.")


def _reliability(items):
    if items.alpha != items.alpha:  # not a number
        return "<p>Too few tasks or students for a reliability.</p>"
    return (
        f"<p>Reliability of the sum (Cronbach's alpha): <b>{items.alpha:.2f}</b>; two students "
        f"differ reliably when they are some {2 * items.error:.1f} points apart.</p>"
    )


def _task_table(exercise, graded, items):
    header = ["task", "share earned", "discrimination", "right", "misconception", "error", "none"]
    rows = []
    for name in exercise.tasks:
        verdicts = Counter(one.marks.tasks[name].verdict for one in graded)
        counts = [verdicts[key] for key in ("right", "misconception", "error", "missing")]
        rows.append([name, items.difficulty[name], items.discrimination[name], *counts])
    return table(header, rows)


def _misconceptions(exercise, graded):
    counts = Counter(
        (name, hint)
        for one in graded
        for name in exercise.tasks
        for hint in one.marks.tasks[name].hints
    )
    if not counts:
        return "<p>None of the known ones was seen.</p>"
    rows = [[name, n, hint] for (name, hint), n in counts.most_common()]
    return table(["task", "students", "what they were told"], rows)


def _to_look_at(outcome, foreign, alike):
    flagged = [
        [one.student, one.exercise, note]
        for one in outcome.graded
        for note in (*one.notes, *one.marks.notes)
    ]
    parts = ["<h2>To look at</h2>"]
    if flagged:
        parts += ["<h3>Flags</h3>", table(["student", "exercise", "why"], flagged)]
    if outcome.problems:
        parts += ["<h3>Not marked</h3>", table(["file", "why"], outcome.problems)]
    if foreign:
        parts += [
            "<h3>Answers that are right for other data</h3>",
            "<p>A number copied instead of computed; from whose practice data it came.</p>",
            table(["student", "exercise", "check", "the answer is that of"], foreign),
        ]
    if alike:
        parts += [
            "<h3>Code that is all but the same</h3>",
            "<p>A reason to read both, not a proof of anything.</p>",
            table(["exercise", "student", "student", "similarity"], alike),
        ]
    return parts if len(parts) > 1 else [*parts, "<p>Nothing.</p>"]
