"""Signs that answers were passed on: a reason to look, never a verdict."""

from collections import Counter

__all__ = ["foreign_answers", "similar_code"]

ENOUGH = 5  # characters; shorter answers coincide by chance
LONG_ENOUGH = 200  # characters of code; shorter answers are alike because they are right
ALIKE = 0.95  # similarity from which two texts are reported
COMMON = 0.1  # share of the class that may write the same before it counts as common knowledge


def foreign_answers(graded, ledger):
    """Find answers that are right, but for somebody's practice data.

    Parameters
    ----------
    graded : list of Graded
    ledger : dict
        What ``ckmlab exercise release`` kept: answers by exercise and student.

    Returns
    -------
    list of (str, str, str, str)
        Student, exercise, check, and the student whose practice data the answer belongs to (the
        student's own name for a number copied from the own notebook into the code).
    """
    found = []
    for one in graded:
        packs = ledger.get(one.exercise, {})
        for label, text in one.marks.said.items():
            owners = [who for who, pack in packs.items() if pack["answers"].get(label) == text]
            if len(text) >= ENOUGH and len(owners) == 1 and not _right(one, label):
                found.append((one.student, one.exercise, label, owners[0]))
    return found


def _right(one, label):
    """Whether the check may have been passed: then the answer was computed."""
    task = one.marks.tasks.get(label)
    return task is not None and task.verdict == "right"


def similar_code(graded):
    """Find pairs of students whose code is all but the same, comments and names included.

    What many students write alike is left out: short right answers look the same.

    Parameters
    ----------
    graded : list of Graded

    Returns
    -------
    list of (str, str, str, float)
        Exercise, the two students, and the similarity from 0 to 1, the most similar first.
    """
    texts = {}
    for one in graded:
        for cell, pieces in one.submission.answers.items():
            texts.setdefault((one.exercise, cell), {})[one.student] = "\n".join(pieces)
    best = {}
    for (exercise, _), by_student in texts.items():
        for first, second, score in _alike(by_student):
            pair = (exercise, *sorted((first, second)))
            best[pair] = max(score, best.get(pair, 0))
    return sorted(((*pair, score) for pair, score in best.items()), key=lambda row: -row[3])


def _alike(texts):
    """Pairs of students whose text for one cell is all but the same."""
    from rapidfuzz import fuzz, process

    counts = Counter(texts.values())
    limit = max(2, COMMON * len(texts))
    kept = {
        who: text
        for who, text in texts.items()
        if len(text) >= LONG_ENOUGH and counts[text] <= limit
    }
    names = list(kept)
    scores = process.cdist(kept.values(), kept.values(), scorer=fuzz.ratio, workers=1)
    for i, first in enumerate(names):
        for j, second in enumerate(names[:i]):
            if scores[i, j] >= 100 * ALIKE:
                yield first, second, round(float(scores[i, j]) / 100, 3)
