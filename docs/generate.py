"""Pages of the site that are made from the project itself; ``conf.py`` calls :func:`generate`."""

import ast
import csv
import importlib
import shutil
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
MADE = HERE / "generated"
LEVELS = ["remember", "understand", "apply", "analyse", "evaluate", "create"]
#: Room → its public modules; a room's own names come first.
ROOMS = {
    "concepts": [],
    "datasets": [],
    "classify": [],
    "capture": [],
    "organize": [],
    "share": [],
    "transfer": [],
    "control": [],
    "value": ["behaviour", "attitude", "lifetime", "engagement"],
    "scorecard": [],
    "studies": [],
    "plots": [],
    "widgets": [],
    "grading": [],
    "results": [],
    "frames": [],
    "views": [],
    "course": [],
    "slides": [],
    "notebooks": [],
}


def generate():
    """Write all made pages, the course's notebooks among them."""
    shutil.rmtree(MADE, ignore_errors=True)
    for part in ["course", "api", "data"]:
        (MADE / part).mkdir(parents=True)
    for page in sorted((ROOT / "notebooks").glob("*.ipynb")):
        shutil.copy(page, MADE / "course")
    (MADE / "outcomes.md").write_text(outcomes(), encoding="utf-8")
    for room, modules in ROOMS.items():
        (MADE / "api" / f"{room}.md").write_text(api_page(room, modules), encoding="utf-8")
    for card in ["kestrel", "published"]:
        shutil.copy(ROOT / "datasets" / card / "README.md", MADE / "data" / f"{card}.md")
    (MADE / "data" / "dictionary.md").write_text(dictionary(), encoding="utf-8")
    (MADE / "data" / "truth.md").write_text(truth(), encoding="utf-8")


def outcomes():
    """The matrix of outcomes, labs and exercise tasks with their Bloom levels."""
    labs = tomllib.loads((HERE / "outcomes.toml").read_text("utf-8"))
    rows = [
        [_lab_link(stem), _numbered(lab["outcomes"]), _tasks(stem)] for stem, lab in labs.items()
    ]
    levels = {stem: [one["bloom"] for one in _exercise(stem)] for stem in labs}
    counts = [
        [_lab_link(stem), *[str(found.count(level) or "") for level in LEVELS]]
        for stem, found in levels.items()
    ]
    return "\n".join(
        [
            "# Outcomes, labs, exercises",
            "",
            "After a lab a student can do what stands in the second column; the exercise's tasks "
            "test it. Points and levels come from the exercises themselves; the levels are those "
            "of the revision of Bloom's taxonomy by Anderson and Krathwohl (2001).",
            "",
            *_table(["lab", "a student can", "exercise: task (points, level)"], rows),
            "",
            "## Tasks by level",
            "",
            *_table(["lab", *LEVELS], counts),
            "",
        ]
    )


def _lab_link(stem):
    return f"[{stem}](course/{stem}.ipynb)"


def _numbered(stated):
    return "<br>".join(f"{one['text']} (*{one['bloom']}*)" for one in stated)


def _tasks(stem):
    return "<br>".join(f"{t['name']} ({t['points']:g}, *{t['bloom']}*)" for t in _exercise(stem))


def _exercise(stem):
    """The tasks of an exercise: name, points and level, in their order."""
    from ckmlab.grading.exercise import read_exercise

    source = ROOT / "exercises" / "source" / f"{stem}.py"
    if not source.exists():
        return []
    exercise = read_exercise(source)
    checks = {cell.id: cell.metadata.get("bloom", "–") for cell in exercise.notebook.cells}
    return [
        {
            "name": task.name,
            "points": sum(task.points.values()),
            "bloom": next(checks[cell] for cell in task.points),
        }
        for task in exercise.tasks.values()
    ]


def api_page(room, modules):
    """A room's page: what its docstring says, then a table of its names with a page each."""
    parts = [f"# ckmlab.{room}", "", _first_lines(f"ckmlab.{room}"), ""]
    if not modules:
        parts += _summary(f"ckmlab.{room}")
    for module in modules:
        parts += [f"## {room}.{module}", "", _first_lines(f"ckmlab.{room}.{module}"), ""]
        parts += _summary(f"ckmlab.{room}.{module}")
    return "\n".join(parts)


def _first_lines(module):
    return ast.get_docstring(ast.parse(_source(module))) or ""


def _source(module):
    return Path(importlib.import_module(module).__file__).read_text("utf-8")


def _summary(module):
    names = importlib.import_module(module).__all__
    return [
        "```{eval-rst}",
        f".. currentmodule:: {module}",
        "",
        ".. autosummary::",
        "   :toctree: names",
        "",
        *[f"   {name}" for name in names],
        "```",
        "",
    ]


def dictionary():
    """Every column of Kestrel's tables."""
    with (ROOT / "ckmlab" / "datasets" / "dictionary.csv").open(encoding="utf-8") as file:
        columns = [row for row in csv.DictReader(file) if row["sealed"] == "no"]
    parts = [
        "# Every column of Kestrel",
        "",
        "The same, for a company at hand: `company.dictionary`.",
        "",
    ]
    for table in dict.fromkeys(row["table"] for row in columns):
        rows = [
            [
                f"`{row['column']}`",
                row["type"],
                row["unit"],
                row["range"],
                row["meaning"],
                row["key"],
            ]
            for row in columns
            if row["table"] == table
        ]
        parts += [f"## {table}", ""]
        parts += _table(["column", "type", "unit", "range", "meaning", "key"], rows)
        parts.append("")
    return "\n".join(parts)


def truth():
    """The answer sheet's names, without an answer."""
    with (ROOT / "ckmlab" / "datasets" / "answers.csv").open(encoding="utf-8") as file:
        rows = [[f"`{r['name']}`", r["unit"], r["meaning"]] for r in csv.DictReader(file)]
    return "\n".join(
        [
            "# What the sealed truth knows",
            "",
            'Ask for an answer by its name: `company.truth["dissatisfied"]`. '
            "It stands in no table and no file.",
            "",
            *_table(["name", "unit", "meaning"], rows),
            "",
        ]
    )


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
