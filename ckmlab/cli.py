"""The ``ckmlab`` command: thin; each sub-command imports its room when it is called."""

import argparse
import sys
from pathlib import Path

__all__ = ["main"]


def main(arguments=None):
    """Run the command line.

    Parameters
    ----------
    arguments : list of str, optional
        The words after ``ckmlab``; those of the process when left out.

    Returns
    -------
    int
        0 when all went well, 1 for a problem that the message explains, 130 after Ctrl-C.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except FileNotFoundError as error:
        print(f"ckmlab: there is nothing at {error.filename or error}", file=sys.stderr)
        return 1
    except (ValueError, RuntimeError, OSError) as error:
        print(f"ckmlab: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as stop:
        print(f"\nckmlab: {stop or 'stopped'}", file=sys.stderr)
        return 130


def _parser():
    from ckmlab import __version__

    parser = argparse.ArgumentParser(
        prog="ckmlab", description="A laboratory for Customer Knowledge Management."
    )
    parser.add_argument("--version", action="version", version=f"ckmlab {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_lab(commands)
    _add_course(commands)
    _add_slides(commands)
    _add_company(commands)
    _add_exercise(commands)
    _add_study(commands)
    return parser


def _add_lab(commands):
    lab = commands.add_parser("lab", help="open JupyterLab on the first notebook")
    lab.add_argument("--no-browser", action="store_true", help="print the address only")
    lab.add_argument("--port", type=int, default=8888, help="where to listen")
    lab.set_defaults(run=_lab)


def _lab(options):
    from ckmlab.lab import open_lab

    open_lab(browser=not options.no_browser, port=options.port)


def _add_course(commands):
    course = commands.add_parser("course", help="copy the pages and exercises for students")
    course.add_argument("out", type=Path, help="folder to write; nothing in it is overwritten")
    course.add_argument(
        "--install",
        metavar="REQUIREMENT",
        help="what pip needs to find ckmlab; each notebook then installs it where it is missing",
    )
    course.add_argument(
        "--lecturer", action="store_true", help="with the sources and the solved exercises"
    )
    course.set_defaults(run=_course)


def _course(options):
    from ckmlab.course import copy_course, install_cell

    first = install_cell(options.install) if options.install else None
    written = copy_course(options.out, first_cell=first, lecturer=options.lecturer)
    print(f"wrote {len(written)} files to {options.out}")


def _add_slides(commands):
    slides = commands.add_parser("slides", help="save the course's pictures in slide size")
    slides.add_argument("out", type=Path, help="folder to write")
    slides.add_argument("--only", default="", help="the pages whose name contains this")
    slides.set_defaults(run=_slides)


def _slides(options):
    from ckmlab.course import course_parts
    from ckmlab.slides import export_slides

    written = export_slides(course_parts() / "notebooks", options.out, only=options.only)
    print(f"wrote {len(written)} slides to {options.out}")


def _add_company(commands):
    company = commands.add_parser("company", help="write a synthetic company's tables")
    company.add_argument("out", type=Path, help="folder to write")
    company.add_argument("--customers", type=int, default=6000)
    company.add_argument("--seed", type=int, default=2002)
    company.add_argument("--scenario", default="classic")
    company.set_defaults(run=_company)


def _company(options):
    from ckmlab.datasets import make_company

    company = make_company(options.customers, seed=options.seed, scenario=options.scenario)
    company.save(options.out)
    print(f"wrote {options.out}")


def _add_study(commands):
    study = commands.add_parser("study", help="re-run a published study")
    study.add_argument("name", nargs="?", help="a study, or your own .py; without it, all names")
    study.add_argument("--out", type=Path, help="folder for notebook, BibTeX entry and CSV")
    study.set_defaults(run=_study)


def _study(options):
    from ckmlab import studies

    if options.name is None:
        print("\n".join(studies.available()))
        return
    own = options.name.endswith(".py")
    if not own and options.name not in studies.available():
        raise ValueError(f"no study {options.name!r}; there are {', '.join(studies.available())}")
    study = studies.load_study(options.name) if own else getattr(studies, options.name)
    print(studies.report(study))
    if options.out is not None:
        print(*[f"wrote {path}" for path in studies.supplement(study, options.out)], sep="\n")


def _add_exercise(commands):
    exercise = commands.add_parser("exercise", help="exercises that mark themselves")
    steps = exercise.add_subparsers(required=True, metavar="STEP")

    check = steps.add_parser("check", help="look for mistakes in an exercise's source")
    check.add_argument("source", type=Path, nargs="+")
    check.set_defaults(run=_check)

    release = steps.add_parser("release", help="write one pack a student")
    release.add_argument("source", type=Path, nargs="+")
    release.add_argument("--out", type=Path, required=True, help="folder for the packs")
    release.add_argument("--roster", type=Path, help="class list (CSV); without it, one edition")
    release.add_argument("--salt", help="your secret; needed with a roster")
    release.add_argument("--jobs", type=int, default=1, help="packs at a time")
    release.set_defaults(run=_release)

    validate = steps.add_parser("validate", help="check your own notebook before handing it in")
    validate.add_argument("notebook", type=Path)
    validate.set_defaults(run=_validate)

    build = steps.add_parser("build", help="build a folder's exercises from folder/source")
    build.add_argument("folder", type=Path)
    build.add_argument("--only", default="", help="those whose name contains this")
    build.set_defaults(run=_build)

    grade = steps.add_parser("grade", help="mark what students handed in")
    grade.add_argument("submissions", type=Path, help="a folder or a zip file")
    grade.add_argument("--source", type=Path, nargs="+", required=True, help="exercise sources")
    grade.add_argument("--out", type=Path, required=True, help="folder for the marks")
    grade.add_argument("--salt", required=True, help="your secret; the same salt, the same marks")
    grade.add_argument("--roster", type=Path, help="class list (CSV)")
    grade.add_argument("--release", type=Path, help="the packs' folder, to notice copied answers")
    grade.add_argument("--jobs", type=int, default=1, help="submissions at a time")
    grade.add_argument("--dask", metavar="ADDRESS", help="a Dask scheduler's address")
    grade.add_argument(
        "--seeds",
        choices=["class", "student"],
        default="class",
        help="one held-out data set for all, or one for each student",
    )
    grade.add_argument(
        "--fork-server",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="fork kernels from a process that has imported what the solution imports (faster)",
    )
    grade.add_argument("--cell-seconds", type=float, default=30.0, help="time for one cell")
    grade.add_argument("--notebook-seconds", type=float, default=300.0, help="for a notebook")
    grade.add_argument(
        "--sandbox",
        choices=["full", "partial", "limits", "none"],
        default="full",
        help="anything but full is for submissions that you trust",
    )
    grade.set_defaults(run=_grade)


def _light():
    import ckmlab.grading.light  # noqa: F401  (before anything imports nbformat)


def _build(options):
    _light()
    from ckmlab.grading.build import build_folder

    problems = build_folder(options.folder, options.only)
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


def _check(options):
    _light()
    from ckmlab.grading.diagnose import diagnose

    found = [f"{source.name}: {text}" for source in options.source for text in diagnose(source)]
    print("\n".join(found) or "no mistakes found")
    return 1 if found else 0


def _release(options):
    _light()
    from ckmlab.grading.release import release
    from ckmlab.grading.roster import read_roster
    from ckmlab.grading.runner import Run

    if options.roster and not options.salt:
        raise ValueError("--salt is needed with a roster: it keeps the students' seeds yours")
    roster = read_roster(options.roster) if options.roster else None
    run = Run("none", jobs=options.jobs)  # the lecturer's own solutions
    print(release(options.source, options.out, salt=options.salt, roster=roster, run=run))


def _validate(options):
    _light()
    from ckmlab.grading.validate import validate

    verdict = validate(options.notebook)
    print(verdict)
    return 0 if all(said.startswith("✓") for said in verdict.values()) else 1


def _grade(options):
    _light()
    from ckmlab.grading.grade import grade
    from ckmlab.grading.release import read_ledger, released_with
    from ckmlab.grading.report import write_report
    from ckmlab.grading.roster import read_roster
    from ckmlab.grading.runner import Run
    from ckmlab.grading.sandbox import Limits

    limits = Limits(options.cell_seconds, options.notebook_seconds)
    roster = read_roster(options.roster) if options.roster else None
    ledger = read_ledger(options.release) if options.release else None
    if ledger and not released_with(ledger, options.salt):
        print(
            f"ckmlab: the packs in {options.release} were released with another salt. If this is "
            "no re-sit, stop here (Ctrl-C) and give the same one: other salts, other held-out data",
            file=sys.stderr,
        )
    run = Run(options.sandbox, limits, options.jobs, options.dask, options.fork_server)
    try:
        outcome = grade(
            options.submissions,
            options.source,
            options.out,
            salt=options.salt,
            roster=roster,
            run=run,
            seeds=options.seeds,
        )
    except KeyboardInterrupt:
        kept = len(list(options.out.glob("records/*/*.json")))
        raise KeyboardInterrupt(
            f"stopped. What is marked so far ({kept}) is kept in {options.out / 'records'}; run "
            "the same command again to mark the rest and to get the reports"
        ) from None
    print(write_report(options.out, outcome, roster, ledger))
    return 0 if outcome.graded else 1
