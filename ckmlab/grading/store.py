"""What has been marked already, kept so that no crash loses it."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from ckmlab.grading.marking import Marks, TaskMark
from ckmlab.grading.roster import safe_name

__all__ = ["Store", "digest"]


def digest(*parts):
    """One digest of several texts or byte strings.

    Parameters
    ----------
    *parts : str or bytes

    Returns
    -------
    str

    Examples
    --------
    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    total = hashlib.sha256()
    for part in parts:
        part = part.encode() if isinstance(part, str) else part
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


class Store:
    """Marks by exercise and student, each in a file of its own.

    A file is written under another name first and then renamed, so that after a power cut it is
    there whole or not at all. It counts only as long as the submission and everything that
    decides about its marks are the same.

    Parameters
    ----------
    folder : path-like
    """

    def __init__(self, folder):
        self.folder = Path(folder)

    def _path(self, exercise, student):
        return self.folder / safe_name(exercise) / f"{safe_name(student)}.json"

    def get(self, exercise, student, stamp):
        """Marks of a submission that has been marked before.

        Parameters
        ----------
        exercise, student : str
        stamp : str
            Digest of the submission and of what decides about its marks.

        Returns
        -------
        Marks or None
        """
        try:
            kept = json.loads(self._path(exercise, student).read_text(encoding="utf-8"))
            if kept["stamp"] != stamp:
                return None
            tasks = {name: TaskMark(**task) for name, task in kept["marks"].pop("tasks").items()}
            return Marks(tasks, **kept["marks"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, exercise, student, stamp, marks):
        """Keep the marks of a submission.

        Parameters
        ----------
        exercise, student, stamp : str
        marks : Marks
        """
        path = self._path(exercise, student)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"student": student, "stamp": stamp, "marks": asdict(marks)}
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(content), encoding="utf-8")
        partial.replace(path)
