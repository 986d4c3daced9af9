"""Who is in the class, and how a student's name becomes a file name."""

import csv
import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Roster", "Student", "folded", "read_roster", "safe_name"]

# Headings in use: our own, Moodle's grading worksheet and participants list, Canvas's grade book.
ID = (
    "student",
    "student id",
    "id number",
    "sis user id",
    "username",
    "login",
    "sis login id",
    "id",
)
NAME = ("name", "full name", "student name", "fullname")
FIRST, LAST = ("first name", "firstname", "given name"), ("last name", "lastname", "surname")
EMAIL = ("email", "email address", "e-mail")
OTHERS = ("identifier", "id", "login", "username", "sis login id", "sis user id", "id number")


@dataclass(frozen=True)
class Student:
    """One student of the roster.

    Attributes
    ----------
    id : str
        What the course calls the student.
    name, email : str
        Empty when the roster does not say.
    aliases : tuple of str
        All else by which a learning platform may call the student.
    columns : dict of str to str
        The roster's own columns, for exports to where the roster came from.
    """

    id: str
    name: str = ""
    email: str = ""
    aliases: tuple = ()
    columns: dict = field(default_factory=dict)


class Roster:
    """A class list that finds a student by whatever a file happens to be called.

    Parameters
    ----------
    students : iterable of Student
    """

    def __init__(self, students):
        self.students = {student.id: student for student in students}
        self._by_word = {}
        for student in self.students.values():
            names = {student.id, student.name, student.email, student.email.partition("@")[0]}
            for word in names.union(student.aliases):
                self._by_word.setdefault(folded(word), set()).add(student.id)
        self._by_word.pop("", None)

    def find(self, word):
        """Find the one student whom a word names.

        Parameters
        ----------
        word : str

        Returns
        -------
        str or None
            The student's id; None when nobody or more than one is called so.
        """
        found = self._by_word.get(folded(word), set())
        return next(iter(found)) if len(found) == 1 else None


def folded(word):
    """A word without case, accents and punctuation, so that spellings of a name meet.

    Parameters
    ----------
    word : str

    Returns
    -------
    str

    Examples
    --------
    >>> folded("Müller, José") == folded("muller jose")
    True
    """
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() or word
    return "".join(character for character in plain.casefold() if character.isalnum())


def safe_name(word):
    """A name that is safe as a file name and as a part of a path, and different for each word.

    Parameters
    ----------
    word : str

    Returns
    -------
    str

    Examples
    --------
    >>> safe_name("s001")
    's001'
    >>> safe_name("../etc/passwd")
    'etc-passwd-7fef78f5'
    """
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", word):
        return word
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:40]
    digest = hashlib.sha256(word.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


def read_roster(path):
    """Read a class list from a CSV file.

    Parameters
    ----------
    path : path-like
        With a column ``student`` (or as in Moodle's and Canvas's exports: ``ID number``,
        ``Username``, ``SIS User ID``, …) and, if you have them, ``name`` and ``email``. Commas,
        semicolons and tabs are understood.

    Returns
    -------
    Roster

    Raises
    ------
    ValueError
        If the column is missing, or an id is empty or given twice; the message names the line.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp1252")
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    students, seen = [], {}
    for number, row in enumerate(rows, start=2):
        columns = {key.strip(): (value or "").strip() for key, value in row.items() if key}
        student = _student(columns, f"{path.name}, line {number}")
        if student is None:
            continue
        if student.id in seen:
            raise ValueError(
                f"{path.name}: student {student.id!r} stands in lines "
                f"{seen[student.id]} and {number}"
            )
        seen[student.id] = number
        students.append(student)
    if not students:
        raise ValueError(f"{path.name} lists no student")
    return Roster(students)


def _student(columns, where):
    row = {key.lower(): value for key, value in columns.items()}
    if not any(row.values()) or row.get("student", "").startswith("Points Possible"):
        return None  # an empty line; the second line of Canvas's export
    heading = next((name for name in ID if name in row), None)
    if heading is None:
        raise ValueError(f"{where}: no column 'student'; the columns are {sorted(row)}")
    if row.get("sis user id"):
        heading = "sis user id"  # in Canvas's export 'Student' is the name
    name = next((row[name] for name in NAME if row.get(name)), "")
    first = next((row[name] for name in FIRST if row.get(name)), "")
    last = next((row[name] for name in LAST if row.get(name)), "")
    name = name or f"{first} {last}".strip()
    if heading == "sis user id":
        name = name or row.get("student", "")
    if not row[heading]:
        raise ValueError(f"{where}: the column {heading!r} is empty")
    email = next((row[name] for name in EMAIL if row.get(name)), "")
    aliases = {row[key] for key in OTHERS if row.get(key)} | {_turned(name)}
    aliases |= {alias.removeprefix("Participant ") for alias in aliases}
    return Student(row[heading], name, email, tuple(sorted(aliases - {""})), columns)


def _turned(name):
    """Canvas names files by last name and first name."""
    last, comma, first = name.partition(",")
    if comma:
        return f"{first.strip()} {last.strip()}"
    first, space, last = name.rpartition(" ")
    return f"{last} {first}" if space else ""
