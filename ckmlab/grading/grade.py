"""From what students handed in to marks and reports, for a whole class."""

import contextlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from ckmlab import __version__
from ckmlab.grading import sandbox
from ckmlab.grading.batch import run_batch
from ckmlab.grading.collect import collect
from ckmlab.grading.editions import SETUP_ID, fingerprint
from ckmlab.grading.exercise import read_exercise
from ckmlab.grading.forkserver import warm
from ckmlab.grading.key import held_out_seed, key_from_record, key_job, make_data, run_keys
from ckmlab.grading.marking import (
    held_out,
    mark_job,
    marks_from_record,
    offender,
    without_answer,
)
from ckmlab.grading.roster import safe_name
from ckmlab.grading.runner import Run
from ckmlab.grading.store import Store, digest
from ckmlab.grading.submission import Unreadable, read_submission

__all__ = ["Graded", "Outcome", "grade"]

ROUNDS = 3  # runs of a submission whose answers bring the kernel down one after the other
SEEDS = ("class", "student")


@dataclass(frozen=True)
class Graded:
    """One submission and its marks."""

    student: str
    exercise: str
    where: str
    submission: object
    marks: object
    notes: tuple = ()


@dataclass(frozen=True)
class Outcome:
    """What a run of :func:`grade` has come to.

    Attributes
    ----------
    exercises : list of Exercise
    graded : list of Graded
    problems : list of (str, str)
        Path and reason of everything that was not marked.
    sandbox : str
        The level of protection in force.
    remarks : list of str
        What was done in another way than asked for.
    """

    exercises: list
    graded: list
    problems: list
    sandbox: str
    remarks: list = field(default_factory=list)


def grade(submissions, sources, out, *, salt, roster=None, run=None, seeds="class"):
    """Mark everything that was handed in.

    Parameters
    ----------
    submissions : path-like
        A folder or a zip file, as :func:`ckmlab.grading.collect.collect` understands it.
    sources : list of path-like
        The exercises' sources.
    out : path-like
        Folder for the marks. What is there already is not marked again, unless the submission,
        the source, the salt or the limits have changed.
    salt : str
        The lecturer's secret; the same salt gives the same held-out data and the same marks.
    roster : Roster, optional
    run : Run, optional
        Full sandbox, one notebook at a time when left out.
    seeds : {"class", "student"}
        One held-out data set for the class, or one for each student.

    Returns
    -------
    Outcome

    Raises
    ------
    SandboxError
        If the sandbox asked for is not to be had.
    ExerciseError
        If a source is no exercise, or its solution fails.
    """
    if seeds not in SEEDS:
        raise ValueError(f"seeds must be one of {SEEDS}, not {seeds!r}")
    run = run or Run()
    sandbox.require(run.sandbox)  # the key is made here, wherever the submissions are marked
    exercises = [read_exercise(source) for source in sources]
    collected = collect(submissions, [exercise.name for exercise in exercises], roster)
    outcome = Outcome(exercises, [], list(collected.problems), run.sandbox)
    store = Store(Path(out) / "records")
    with contextlib.ExitStack() as stack:
        progress = stack.enter_context(_progress(len(collected.handed_in)))
        for exercise in exercises:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ckmlab-data-"))
            handed = [one for one in collected.handed_in if one.exercise == exercise.name]
            marker = _Marker(exercise, salt, run, seeds, Path(folder), store, progress)
            marker.mark(handed, outcome)
    outcome.graded.sort(key=lambda one: (one.exercise, one.student))
    return outcome


def _progress(total):
    from tqdm.auto import tqdm

    return tqdm(total=total, unit="submission", desc="marked")


class _Marker:
    """Marks the submissions of one exercise."""

    def __init__(self, exercise, salt, run, seeds, folder, store, progress):
        self.exercise, self.salt, self.run, self.seeds = exercise, salt, run, seeds
        self.folder, self.store, self.progress = folder, store, progress
        self.counts = {"from before": 0, "flagged": 0}

    def mark(self, handed, outcome):
        """Mark what has not been marked before; add all to the outcome."""
        waiting = {}
        for one in handed:
            submission = self._read(one, outcome.problems)
            if submission is None:
                continue
            marks = self.store.get(self.exercise.name, one.student, self._stamp(one))
            if marks is None:
                waiting[safe_name(one.student)] = (one, submission)
            else:
                self.counts["from before"] += 1
                self._finish(one, submission, marks, outcome)
        if waiting:
            with self._keys(waiting) as (keys, run):
                self._mark_all(run, waiting, keys, outcome)
            if run.slow_because:
                outcome.remarks.append(f"each kernel was started anew: {run.slow_because}")

    def _read(self, one, problems):
        known = [SETUP_ID, *(cell.id for cell in self.exercise.notebook.cells)]
        try:
            return read_submission(one.content, self.exercise.answer_ids, known_ids=known)
        except Unreadable as error:
            problems.append((one.where, str(error)))
            self.progress.update()
            return None

    def _stamp(self, one):
        settings = f"{self.run.sandbox} {self.run.limits} {self.seeds} {__version__}"
        return digest(one.content, fingerprint(self.exercise), self.salt, settings)

    @contextlib.contextmanager
    def _keys(self, waiting):
        """Key and data folder by name, and a run with what the solution imports."""
        if self.seeds == "class" or self.exercise.data is None:
            shared = held_out(self.exercise, self.salt, self.folder, self.run)
            with warm(self.run, shared[0].modules) as run:
                yield dict.fromkeys(waiting, shared), run
            return
        keys, jobs, seeds = {}, {}, {}
        for name, (one, _) in waiting.items():
            seeds[name] = held_out_seed(self.exercise.name, f"{self.salt}\0{one.student}")
            target = self.folder / name
            target.mkdir()
            jobs[name] = key_job(self.exercise, make_data(self.exercise, seeds[name], target))

        def done(name, record):
            key = key_from_record(self.exercise, record, seed=seeds[name])
            keys[name] = (key, jobs[name].data)

        self.progress.set_description("keys")
        with run_keys(jobs, self.run, done) as run:
            self.progress.set_description("marked")
            yield keys, run

    def _mark_all(self, run, waiting, keys, outcome):
        """Run the submissions; once more without the answer that brought a kernel down."""
        submissions = {name: submission for name, (_, submission) in waiting.items()}
        for number in range(1, ROUNDS + 1):
            last = number == ROUNDS
            submissions = self._round(run, submissions, waiting, keys, outcome, last=last)

    def _round(self, run, submissions, waiting, keys, outcome, *, last):
        """Run submissions; returns those to be run again."""
        again = {}

        def done(name, record):
            one, original = waiting[name]
            cell = None if last else offender(self.exercise, record)
            if cell is not None:
                again[name] = without_answer(submissions[name], cell, record["stopped"])
                return
            if not record["cells"]:  # not the student's fault, so no marks: it is tried next time
                outcome.problems.append((one.where, f"{record['stopped']}: run it again"))
                self.progress.update()
                return
            marks = marks_from_record(self.exercise, keys[name][0], submissions[name], record)
            self.store.put(self.exercise.name, one.student, self._stamp(one), marks)
            self._finish(one, original, marks, outcome)

        jobs = {
            name: mark_job(self.exercise, submission, *keys[name])
            for name, submission in submissions.items()
        }
        run_batch(jobs, run, done)
        return again

    def _finish(self, one, submission, marks, outcome):
        outcome.graded.append(
            Graded(one.student, self.exercise.name, one.where, submission, marks, one.notes)
        )
        self.counts["flagged"] += bool(marks.notes or one.notes)
        self.progress.update()
        self.progress.set_postfix(self.counts, refresh=False)
