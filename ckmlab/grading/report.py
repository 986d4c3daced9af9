"""Everything that is written once a class is marked."""

import json
from pathlib import Path

from ckmlab import __version__
from ckmlab.grading.classpage import write_class_page
from ckmlab.grading.feedback import write_feedback
from ckmlab.grading.gradebook import (
    read_hand_marks,
    write_gradebook,
    write_junit,
    write_problems,
    write_rubric,
)
from ckmlab.grading.sandbox import LEVELS
from ckmlab.grading.signals import foreign_answers, similar_code

__all__ = ["write_report"]


SHOWN = 5  # problems that are printed at once


def write_report(out, outcome, roster=None, ledger=None):
    """Write grade book, rubric, imports for learning platforms, feedback and the class page.

    Parameters
    ----------
    out : path-like
        Folder for the marks.
    outcome : Outcome
    roster : Roster, optional
    ledger : dict, optional
        Answers to the practice data, as ``ckmlab exercise release`` kept them.

    Returns
    -------
    str
        A few lines to print.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    given = read_hand_marks(out / "by-hand.csv", outcome.exercises)
    missing = write_rubric(out / "by-hand.csv", outcome, given)
    write_gradebook(out, outcome, given, roster)
    write_problems(out / "problems.csv", outcome.problems)
    write_junit(out / "junit.xml", outcome)
    write_feedback(out / "feedback", outcome, given, roster)
    foreign, alike = foreign_answers(outcome.graded, ledger or {}), similar_code(outcome.graded)
    write_class_page(out / "class.html", outcome, given, foreign, alike, roster=roster)
    flagged = sum(bool(one.notes or one.marks.notes) for one in outcome.graded)
    facts = {
        "ckmlab": __version__,
        "sandbox": outcome.sandbox,
        "protection": LEVELS[outcome.sandbox],
        "remarks": outcome.remarks,
        "marked": len(outcome.graded),
        "flagged for review": flagged,
        "not marked": len(outcome.problems),
        "to be marked by hand": missing,
    }
    (out / "report.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return _summary(out, facts, outcome.problems)


def _summary(out, facts, problems):
    lines = [f"{facts['marked']} marked in {out} (sandbox: {facts['sandbox']})"]
    lines += facts["remarks"]
    if facts["flagged for review"]:
        lines.append(f"{facts['flagged for review']} flagged for review: see gradebook.csv")
    if problems:
        lines.append(f"{len(problems)} files not marked: see problems.csv")
        lines += [f"  {file}: {why}" for file, why in problems[:SHOWN]]
    if facts["to be marked by hand"]:
        lines.append(
            f"{facts['to be marked by hand']} answers to be marked by hand: fill in points in "
            "by-hand.csv and run the same command again"
        )
    return "\n".join(lines)
