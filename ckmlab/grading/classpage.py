"""One page for the lecturer: how the class did, what it misunderstood, what to look at."""

from collections import Counter
from html import escape
from pathlib import Path

from ckmlab.grading.feedback import TIME_OUT, called
from ckmlab.grading.gradebook import total
from ckmlab.grading.items import analyse_items
from ckmlab.grading.page import page, table
from ckmlab.grading.sandbox import LEVELS

__all__ = ["write_class_page"]

APART = 1.96 * 2**0.5  # standard errors of measurement between two sums that differ, 19 in 20 times


def write_class_page(path, outcome, given, foreign=(), alike=(), roster=None):
    """Write the class page.

    Parameters
    ----------
    path : path-like
    outcome : Outcome
    given : dict
        Points given by hand.
    foreign, alike : list
        What :mod:`ckmlab.grading.signals` has found.
    roster : Roster, optional
        Knows the students' names, and who handed in nothing.
    """
    parts = [_summary(outcome, roster)]
    for exercise in outcome.exercises:
        graded = [one for one in outcome.graded if one.exercise == exercise.name]
        parts.append(f"<h2>{escape(exercise.name)}</h2>")
        parts += _exercise(exercise, graded, given) if graded else ["<p>Nobody handed it in.</p>"]
    parts += _to_look_at(outcome, foreign, alike, roster)
    text = page("The class at a glance", "\n".join(parts))
    Path(path).write_text(text, encoding="utf-8", errors="replace")


def _summary(outcome, roster):
    students = {one.student for one in outcome.graded}
    said = f"{len(outcome.graded)} submissions of {len(students)} students marked."
    if roster:
        absent = [called(one, roster) for one in roster.students if one not in students]
        said += f" Nothing came from {_listed(absent)}." if absent else " Everybody handed in."
    remarks = "".join(f" {remark}." for remark in outcome.remarks)
    return (
        f"<p>{escape(said)}</p><p>Sandbox: <b>{outcome.sandbox}</b> "
        f"({escape(LEVELS[outcome.sandbox])}).{escape(remarks)}</p>"
    )


def _listed(names, most=60):
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def _exercise(exercise, graded, given):
    points = {name: [_earned(one, name, given) for one in graded] for name in exercise.tasks}
    maxima = {name: task.maximum for name, task in exercise.tasks.items()}
    items = analyse_items(points, maxima)
    totals = [total(one, given) for one in graded]
    return [
        _distribution(totals, exercise.maximum).to_html(),
        _item_figure(items).to_html(),
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
    import numpy as np
    from matplotlib.ticker import MaxNLocator

    from ckmlab.views import COLOURS, INK, picture

    middle, low, high = np.percentile(totals, [50, 25, 75])
    fig, axes = picture(
        8,
        3,
        title=f"Half of the class has {middle:g} of {maximum:g} points or more",
        alt=f"Histogram of points of {len(totals)} students: median {middle:g} of {maximum:g}; "
        f"the middle half lies between {low:g} and {high:g}.",
    )
    bins = min(20, max(4, round(maximum)))
    axes.hist(
        totals, bins=bins, range=(0, maximum), color=COLOURS["blue"], edgecolor="white", zorder=1
    )
    axes.axvline(middle, color=COLOURS["vermilion"], marker="", zorder=2)
    axes.set_ylim(0, 1.18 * axes.get_ylim()[1])  # room for the label
    axes.annotate(
        f"median {middle:g}",
        (middle, axes.get_ylim()[1]),
        xytext=(5, -2),
        textcoords="offset points",
        color=INK,
        va="top",
    )
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel="points", ylabel="students", xlim=(0, maximum))
    return fig


def _item_figure(items):
    from ckmlab.views import COLOURS, QUIET, picture

    names = list(items.difficulty)
    hardest = min(names, key=lambda name: items.difficulty[name])
    alt = "; ".join(
        f"{name}: {items.difficulty[name]:.0%} of the points earned, discrimination "
        f"{items.discrimination[name]:.2f}"
        for name in names
    )
    fig, (left, right) = picture(
        8,
        1.4 + 0.36 * len(names),
        title=f"Hardest was “{hardest}”: {items.difficulty[hardest]:.0%} of its points were earned",
        alt=f"Two rows of bars. {alt}.",
        caption="Discrimination: how the points of a task correlate with those of all other tasks. "
        "Near zero or below, read the task again.",
        columns=2,
        sharey=True,
    )
    places = range(len(names))
    shares = [100 * items.difficulty[name] for name in names]
    left.barh(places, shares, color=COLOURS["blue"])
    right.barh(places, [items.discrimination[name] for name in names], color=COLOURS["orange"])
    right.axvline(0, color=QUIET, linewidth=1, marker="")
    left.set(xlim=(0, 100), xlabel="points earned, %")
    right.set(xlim=(-1, 1), xlabel="discrimination")
    left.set_yticks(places, names)
    left.invert_yaxis()
    return fig


def _reliability(items):
    if items.alpha != items.alpha:  # not a number
        return "<p>Too few tasks or students for a reliability.</p>"
    return (
        f"<p>Reliability of the sum (Cronbach's alpha): <b>{items.alpha:.2f}</b>. Two students "
        f"less than {APART * items.error:.1f} points apart may well be equally good "
        "(95% limit of the error of measurement).</p>"
    )


def _task_table(exercise, graded, items):
    header = ["task", "share earned", "discrimination"]
    header += ["right", "partly", "misconception", "wrong", "error", "no answer", "by hand"]
    keys = ("right", "partly right", "misconception", "wrong", "error", "missing", "by hand")
    rows = []
    for name in exercise.tasks:
        verdicts = Counter(one.marks.tasks[name].verdict for one in graded)
        counts = [verdicts[key] for key in keys]
        rows.append([name, f"{items.difficulty[name]:.0%}", items.discrimination[name], *counts])
    used = [place for place in range(len(header)) if place < 3 or any(row[place] for row in rows)]
    return table(
        [header[place] for place in used], [[row[place] for place in used] for row in rows]
    )


def _misconceptions(exercise, graded):
    counts = Counter(
        (name, hint)
        for one in graded
        for name in exercise.tasks
        for hint in one.marks.tasks[name].hints
    )
    if not counts:
        return "<p>None of the known ones was seen.</p>"
    rows = [[name, n, f"{n / len(graded):.0%}", hint] for (name, hint), n in counts.most_common()]
    return table(["task", "students", "of the class", "what they were told"], rows)


def _time_outs(one):
    found = {
        name: TIME_OUT.search(mark.error) for name, mark in one.marks.tasks.items() if mark.error
    }
    return [f"{name}: not finished after {slow[1]} seconds" for name, slow in found.items() if slow]


def _to_look_at(outcome, foreign, alike, roster):
    flagged = {}
    for one in outcome.graded:
        for note in (*one.notes, *one.marks.notes, *_time_outs(one)):
            flagged.setdefault((note, one.exercise), []).append(called(one.student, roster))
    parts = ["<h2>To look at</h2>"]
    if flagged:
        often = sorted(flagged.items(), key=lambda item: -len(item[1]))
        rows = [[why, where, len(who), _listed(who)] for (why, where), who in often]
        parts += ["<h3>Flags</h3>", table(["why", "exercise", "how many", "students"], rows)]
    if outcome.problems:
        parts += ["<h3>Not marked</h3>", table(["file", "why"], outcome.problems)]
    if foreign:
        rows = [
            [called(who, roster), where, what, called(owner, roster)]
            for who, where, what, owner in foreign
        ]
        parts += [
            "<h3>Answers that are right for other data</h3>",
            "<p>A number copied instead of computed; from whose practice data it came.</p>",
            table(["student", "exercise", "check", "the answer is that of"], rows),
        ]
    if alike:
        rows = [
            [where, called(one, roster), called(other, roster), f"{score:.0%}"]
            for where, one, other, score in alike
        ]
        parts += [
            "<h3>Code that is all but the same</h3>",
            "<p>A reason to read both, not a proof of anything.</p>",
            table(["exercise", "student", "student", "similarity"], rows),
        ]
    return parts if len(parts) > 1 else [*parts, "<p>Nothing.</p>"]
