"""Find what students handed in: folders, archives, and what learning platforms make of them."""

import re
import stat
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from ckmlab.grading.submission import LARGEST, Unreadable, read_facts

__all__ = ["Collected", "HandedIn", "collect"]

MEMBERS = 20_000  # files in one archive
TOTAL = 2_000_000_000  # bytes unpacked from one archive
MOODLE = re.compile(
    r"^(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)$"
)
CANVAS = re.compile(r"^(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d+)_(?P<submission>\d+)_(?P<file>.+)$")


@dataclass(frozen=True)
class HandedIn:
    """One notebook, and whose it is.

    Attributes
    ----------
    student, exercise : str
    content : bytes
    where : str
        Path within what was collected.
    when : float
        Seconds since 1970.
    notes : tuple of str
    """

    student: str
    exercise: str
    content: bytes
    where: str
    when: float
    notes: tuple = ()


@dataclass(frozen=True)
class Collected:
    """What was found.

    Attributes
    ----------
    handed_in : list of HandedIn
        One a student and exercise, the latest.
    problems : list of (str, str)
        Path and reason of everything that is not marked.
    """

    handed_in: list
    problems: list


def collect(path, exercises, roster=None):
    """Collect notebooks and find out whose they are.

    Parameters
    ----------
    path : path-like
        A folder or a zip file: one notebook a student, one folder a student, the download of
        Moodle or Canvas, or nbgrader's ``submitted/student/assignment``. Archives in it are opened.
    exercises : iterable of str
        Names of the exercises to be marked.
    roster : Roster, optional
        With it, whoever is not listed is a stranger; without it, names are taken as they are.

    Returns
    -------
    Collected
        Nothing is dropped in silence: what is not marked stands among the problems.

    Raises
    ------
    ValueError
        If there is nothing at the path.
    """
    path = Path(path)
    if not path.exists():
        raise ValueError(f"there is nothing at {path}")
    exercises, problems, latest = list(exercises), [], {}
    for where, when, content in _files(path, problems):
        try:
            one = _assign(where, when, content, exercises, roster)
        except Unreadable as error:
            problems.append((where, str(error)))
            continue
        latest[one.student, one.exercise] = _later(latest.get((one.student, one.exercise)), one)
    return Collected(list(latest.values()), problems)


def _later(old, new):
    if old is None:
        return new
    first, last = sorted([old, new], key=lambda one: (one.when, one.where))
    note = f"handed in more than once; {last.where} is the latest, {first.where} is not marked"
    return HandedIn(
        last.student, last.exercise, last.content, last.where, last.when, (*last.notes, note)
    )


def _files(path, problems):
    """Yield place, time and content of every notebook, in the order of their names."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            where = file.relative_to(path).as_posix()
            if file.is_symlink():
                problems.append((where, "a link, which is not followed"))
            elif file.is_file():
                yield from _opened(where, file, file.stat().st_mtime, problems)
    else:
        yield from _opened(path.name, path, path.stat().st_mtime, problems, top=True)


def _opened(where, file, when, problems, *, top=False):
    kind = PurePosixPath(where).suffix.lower()
    if _is_noise(where):
        return
    if kind == ".zip":
        yield from _members("" if top else where.removesuffix(".zip") + "/", file, problems)
    elif kind == ".ipynb":
        if file.stat().st_size > LARGEST:
            problems.append((where, f"larger than {LARGEST // 1_000_000} MB"))
        else:
            yield where, when, file.read_bytes()
    else:
        problems.append((where, "no notebook"))


def _is_noise(where):
    parts = PurePosixPath(where).parts
    return any(part in {".ipynb_checkpoints", "__MACOSX", ".DS_Store"} for part in parts)


def _members(prefix, file, problems):
    """Read an archive's notebooks in memory; nothing is ever unpacked to the disk."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, RecursionError) as error:
        problems.append((prefix.rstrip("/") or str(file), f"no archive that can be read: {error}"))
        return
    with archive:
        members, total = archive.infolist(), 0
        if len(members) > MEMBERS:
            problems.append((prefix or archive.filename, f"more than {MEMBERS} files"))
            return
        for member in sorted(members, key=lambda member: member.filename):
            where = prefix + member.filename
            reason = _refused(member)
            if reason:
                problems.append((where, reason))
            elif not member.is_dir() and not _is_noise(where):
                content = _unpacked(archive, member, problems, where)
                total += len(content or b"")
                if total > TOTAL:
                    problems.append((where, "the archive unpacks to more than 2 GB"))
                    return
                if content is not None:
                    yield where, _when(member), content


def _refused(member):
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    if ".." in parts or member.filename.startswith(("/", "\\")) or ":" in member.filename[:3]:
        return "a path that leads out of the archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link, which is not followed"
    if member.is_dir() or _is_noise(member.filename):
        return None
    if not member.filename.lower().endswith(".ipynb"):
        return "no notebook"
    return None


def _unpacked(archive, member, problems, where):
    try:
        with archive.open(member) as stream:
            content = stream.read(LARGEST + 1)  # what the archive says of the size may be a lie
    except (
        zipfile.BadZipFile,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
    ) as error:
        problems.append((where, f"cannot be unpacked: {error}"))
        return None
    except Exception as error:  # zlib.error, lzma's and bz2's own: damaged in yet another way
        problems.append((where, f"cannot be unpacked: {type(error).__name__}"))
        return None
    if len(content) > LARGEST:
        problems.append((where, f"larger than {LARGEST // 1_000_000} MB"))
        return None
    return content


def _when(member):
    try:
        return datetime(*member.date_time).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _assign(where, when, content, exercises, roster):
    facts = read_facts(content)
    exercise = _exercise(where, facts, exercises)
    words = _words(where, exercises)
    claimed = facts.get("student")
    if roster is None:
        student = words[0] if words else claimed
        if student is None:
            student = PurePosixPath(where).stem
        return HandedIn(student, exercise, content, where, when, _claims(student, claimed, None))
    student = next((found for word in words if (found := roster.find(word))), None)
    if student is None and claimed is not None:
        student = roster.find(claimed)
    if student is None:
        raise Unreadable(f"a stranger: nobody on the roster is called {_listed(words, claimed)}")
    return HandedIn(student, exercise, content, where, when, _claims(student, claimed, roster))


def _listed(words, claimed):
    return " or ".join(repr(word) for word in [*words, *([claimed] if claimed else [])]) or "so"


def _claims(student, claimed, roster):
    maker = roster.find(claimed) if roster and claimed else claimed
    if claimed and maker != student:
        return (f"the notebook was made for {claimed!r}",)
    return ()


def _exercise(where, facts, exercises):
    named = facts.get("exercise")
    if named in exercises:
        return named
    if named is not None:
        raise Unreadable(f"another exercise: {named!r}; to be marked are {', '.join(exercises)}")
    in_path = [name for name in exercises if name.casefold() in where.casefold()]
    if len(in_path) == 1:
        return in_path[0]
    if len(exercises) == 1:
        return exercises[0]
    raise Unreadable("neither the notebook nor its name says which exercise it is")


def _words(where, exercises):
    """Words of a path that may name the student, the most telling first."""
    path = PurePosixPath(where)
    words = []
    for part in [*path.parts[:-1], path.stem]:
        found = MOODLE.match(part) or CANVAS.match(part)
        if found:
            words += [found["name"], found["id"]]
        elif not _names_exercise(part, exercises):
            words.append(part)
    return [word for word in words if word.casefold() not in {"submitted", "submissions"}]


def _names_exercise(part, exercises):
    """Whether a word is an exercise's name, as it is or as a browser renames a second download."""
    plain = re.sub(r"([ _-]?(\(\d+\)|copy\d*|-Copy\d+))+$", "", part, flags=re.IGNORECASE)
    return plain.casefold() in {name.casefold() for name in exercises}
