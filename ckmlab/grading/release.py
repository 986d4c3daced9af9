"""One personal pack for each student of a class."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from ckmlab.grading.build import PUBLIC, public_seals
from ckmlab.grading.editions import student_edition
from ckmlab.grading.exercise import ExerciseError, read_exercise
from ckmlab.grading.key import key_from_record, key_job, make_data, make_key, run_keys
from ckmlab.grading.roster import safe_name
from ckmlab.grading.runner import TRUSTED

__all__ = ["practice_seed", "read_ledger", "release", "released_with"]

LEDGER = "lecturer-only.json"
ATTEMPTS = 20  # seeds tried for a student until no misconception equals the answer


def practice_seed(exercise, student, salt, attempt=0):
    """The seed of a student's own data to practise with.

    Parameters
    ----------
    exercise, student, salt : str
    attempt : int, default 0
        Another number gives another seed.

    Returns
    -------
    int
        Below 2**31.
    """
    text = f"{salt}\0{exercise}\0{student}\0practice\0{attempt}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1


def release(sources, out, *, salt, roster=None, run=TRUSTED):
    """Write the packs of a class, or one public edition.

    Parameters
    ----------
    sources : list of path-like
    out : path-like
        Folder for the packs: one folder a student, with the notebooks and the modules that make
        their data. Run again, it writes the same bytes.
    salt : str
        The lecturer's secret.
    roster : Roster, optional
        Without it, one public edition is written with the source's own seed.
    run : Run, optional
        How the solutions are run; how many at a time, above all.

    Returns
    -------
    str
        A line to print.

    Notes
    -----
    Beside the packs stands ``lecturer-only.json`` with the seeds and answers of every pack;
    ``ckmlab exercise grade --release`` reads it to notice answers that belong to another
    student's data. Do not hand it out.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    exercises = [read_exercise(source) for source in sources]
    if roster is None:
        for exercise in exercises:
            _write(exercise, out, student_edition(exercise, public_seals(exercise), salt=PUBLIC))
        return f"{len(exercises)} public editions in {out}"
    ledger = {}
    for exercise in exercises:
        for student, key in _keys(exercise, roster, salt, run).items():
            own_salt = hashlib.sha256(f"{salt}\0{student}\0seal".encode()).hexdigest()[:16]
            notebook = student_edition(
                exercise, key.seals(own_salt), salt=own_salt, seed=key.seed, student=student
            )
            _write(exercise, out / safe_name(student), notebook)
            answers = {label: answer.text for label, answer in key.answers.items()}
            ledger.setdefault(exercise.name, {})[student] = {"seed": key.seed, "answers": answers}
    text = json.dumps(ledger, indent=1, sort_keys=True, ensure_ascii=False)
    (out / LEDGER).write_text(text + "\n", encoding="utf-8")
    return f"{len(roster.students)} packs of {len(exercises)} exercises in {out}"


def read_ledger(folder):
    """Read what a release kept for the lecturer.

    Parameters
    ----------
    folder : path-like
        The packs' folder.

    Returns
    -------
    dict
        Seed and answers by exercise and student.
    """
    return json.loads(Path(folder, LEDGER).read_text(encoding="utf-8"))


def released_with(ledger, salt):
    """Say whether packs may have been released with a salt.

    Parameters
    ----------
    ledger : dict
        As :func:`read_ledger` returns it.
    salt : str

    Returns
    -------
    bool
        False when a pack's data cannot come from this salt.
    """
    return all(
        pack["seed"] is None
        or pack["seed"] in {practice_seed(exercise, student, salt, n) for n in range(ATTEMPTS)}
        for exercise, packs in ledger.items()
        for student, pack in packs.items()
    )


def _keys(exercise, roster, salt, run):
    """The key of each student's own data."""
    if exercise.data is None:  # nothing differs from student to student
        return dict.fromkeys(roster.students, make_key(exercise, run=run))
    names = {safe_name(student): student for student in roster.students}
    keys, attempts = {}, dict.fromkeys(names, 0)
    with tempfile.TemporaryDirectory(prefix="ckmlab-data-") as folder, _progress(exercise) as bar:
        bar.reset(len(names))
        while waiting := [name for name in names if name not in keys]:
            seeds = {
                name: practice_seed(exercise.name, names[name], salt, attempts[name])
                for name in waiting
            }
            found, failed = _try(exercise, seeds, Path(folder, f"{max(attempts.values())}"), run)
            keys |= found
            bar.update(len(found))
            for name, reason in failed.items():
                attempts[name] += 1
                if attempts[name] == ATTEMPTS or "equals the right" not in str(reason):
                    raise reason
    return {names[name]: keys[name] for name in names}


def _try(exercise, seeds, folder, run):
    """Run the solution on the data of each seed; returns keys, and errors, by name."""
    jobs, keys, failed = {}, {}, {}
    for name, seed in seeds.items():
        target = folder / name
        target.mkdir(parents=True)
        jobs[name] = key_job(exercise, make_data(exercise, seed, target))

    def done(name, record):
        try:
            keys[name] = key_from_record(exercise, record, seed=seeds[name])
        except ExerciseError as error:
            failed[name] = error

    with run_keys(jobs, run, done):
        return keys, failed


def _progress(exercise):
    from tqdm.auto import tqdm

    return tqdm(unit="pack", desc=exercise.name)


def _write(exercise, folder, notebook):
    import nbformat

    folder.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(notebook) + "\n"
    (folder / f"{exercise.name}.ipynb").write_text(text, encoding="utf-8", newline="\n")
    for module in _modules(exercise):
        shutil.copyfile(exercise.path.parent / module, folder / module)


def _modules(exercise):
    """Files beside the source that make or load the data."""
    if exercise.data is None:
        return set()
    names = [exercise.data.recipe, exercise.data.loader or ""]
    modules = {name.partition(":")[0] for name in names}
    return {module for module in modules if module.endswith(".py")}
