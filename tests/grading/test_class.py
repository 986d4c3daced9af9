"""A small class from release to report: packs, marks, hand marks, pages, and running it again."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import psutil
import pytest

from ckmlab.cli import main
from ckmlab.grading.batch import NO_RECORD
from ckmlab.grading.grade import grade
from ckmlab.grading.release import read_ledger, release, released_with
from ckmlab.grading.report import write_report
from ckmlab.grading.roster import Roster, Student
from ckmlab.grading.runner import Run
from ckmlab.grading.sandbox import Limits
from ckmlab.grading.validate import validate

SOURCE = Path(__file__).parent / "exercise" / "pendulum.py"
NAMES = ("ann", "bob", "cem", "=dan()", "eve")
CLASS = Roster([Student(name, f"{name} Surname") for name in NAMES])
RUN = Run("none", Limits(cell_seconds=20), jobs=2)


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    out = tmp_path_factory.mktemp("packs")
    release([SOURCE], out, salt="secret", roster=CLASS, run=RUN)
    return out


def pack(packs, name):
    folder = next(path for path in packs.iterdir() if path.name.startswith(name))
    return folder / "pendulum.ipynb"


def solve(path, answers):
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def handed_in(packs, answers, tmp_path_factory):
    """Ann is right, Bob misconceives, Cem copies Ann's number, Dan and Eve share their code."""
    folder = tmp_path_factory.mktemp("handed-in")
    ann = read_ledger(packs)["pendulum"]["ann"]["answers"]["gravity"]
    shared = "# the way that Eve does it, step by step, line by line\n" + "\n".join(
        f"step_{number} = {number} * 17 + {number}  # as we agreed" for number in range(9)
    )
    for name, given in {
        "ann": answers,
        "bob": {"gravity": "gravity = (2*np.pi * swings.length_m / swings.period_s**2).mean()"},
        "cem": {"gravity": f"gravity = {ann}"},
        "dan": {"gravity": f"{shared}\ngravity = 1"},
        "eve": {
            "gravity": f"{shared}\ngravity =  1",
            "why": "<script>alert(1)</script><img src=x onerror=alert(1)>",
            "slowest": "raise ValueError('<script>alert(2)</script>')",
        },
    }.items():
        place = pack(packs, name)
        target = folder / ("=dan().ipynb" if name == "dan" else f"{name}.ipynb")
        target.write_text(solve(place, given))
    return folder


@pytest.fixture(scope="module")
def marks(packs, handed_in, tmp_path_factory):
    out = tmp_path_factory.mktemp("marks")
    outcome = grade(handed_in, [SOURCE], out, salt="secret", roster=CLASS, run=RUN)
    write_report(out, outcome, CLASS, read_ledger(packs))
    return out, outcome


def rows(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_student_gets_a_pack_with_data_of_their_own(packs):
    seeds = {row["seed"] for row in read_ledger(packs)["pendulum"].values()}
    assert len(seeds) == len(NAMES)
    assert (pack(packs, "ann").parent / "pendulum_data.py").exists()
    assert all("/" not in path.name and "=" not in path.name for path in packs.iterdir())


def test_packs_of_another_salt_are_noticed(packs):
    ledger = read_ledger(packs)
    assert released_with(ledger, "secret")
    assert not released_with(ledger, "sekret")


def test_no_pack_holds_an_answer_or_a_line_of_the_lecturer_s(packs):
    ledger = read_ledger(packs)["pendulum"]
    for name in ("ann", "bob"):
        text = pack(packs, name).read_text()
        assert ledger[name]["answers"]["gravity"] not in text
        assert "misconception" not in text
        assert "SECRET-NOTE" not in text


def test_a_release_run_again_writes_the_same_bytes(packs, tmp_path):
    two = Roster([Student("ann"), Student("bob")])
    release([SOURCE], tmp_path, salt="secret", roster=two, run=RUN)
    assert pack(tmp_path, "ann").read_bytes() == pack(packs, "ann").read_bytes()
    release([SOURCE], tmp_path / "other", salt="other", roster=two, run=RUN)
    assert pack(tmp_path / "other", "ann").read_bytes() != pack(packs, "ann").read_bytes()


def test_a_student_s_own_validation_says_what_the_marker_would(packs, answers, tmp_path):
    (tmp_path / "pendulum_data.py").write_bytes(
        (pack(packs, "ann").parent / "pendulum_data.py").read_bytes()
    )
    path = tmp_path / "mine.ipynb"
    path.write_text(solve(pack(packs, "ann"), answers | {"longest": "by_bob = 1"}))
    verdict = validate(path)
    assert verdict["gravity"] == verdict["slowest"] == "✓ right."
    assert verdict["mean length by bob"].startswith("✗ not yet. This is a number.")


def test_the_grade_book_lists_everybody(marks):
    out, _ = marks
    book = {row["student"]: row for row in rows(out / "gradebook.csv")}
    assert {name: float(row["points"]) for name, row in book.items()} == {
        "ann": 5,
        "bob": 1,
        "cem": 0,
        "'=dan()": 0,
        "eve": 0,
    }
    assert float(book["ann"]["maximum"]) == 8


def test_learning_platforms_get_their_columns(marks):
    out, _ = marks
    assert rows(out / "moodle.csv")[0].keys() == {"ID number", "Email address", "pendulum"}
    canvas = rows(out / "canvas.csv")
    assert canvas[0]["Student"] == "Points Possible"
    assert {row["SIS User ID"]: row["pendulum"] for row in canvas}["ann"] == "5.0"


def test_points_given_by_hand_are_merged_and_kept(marks, tmp_path):
    out, outcome = Path(shutil.copytree(marks[0], tmp_path / "marks")), marks[1]
    path = out / "by-hand.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("ann,pendulum,why,3.0,,", "ann,pendulum,why,3.0,2.5,well said"))
    for _ in range(2):
        write_report(out, outcome, CLASS)
        book = {row["student"]: row for row in rows(out / "gradebook.csv")}
        assert float(book["ann"]["points"]) == 7.5
    assert "well said" in (out / "feedback" / "ann.html").read_text()
    path.write_text(text.replace("ann,pendulum,why,3.0,,", "ann,pendulum,why,3.0,4,"))
    with pytest.raises(ValueError, match="line 3: points must lie between 0 and 3"):
        write_report(out, outcome, CLASS)


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_nothing_that_a_student_wrote_runs_in_a_page(marks):
    out, _ = marks
    for path in [out / "class.html", *(out / "feedback").iterdir()]:
        found = Elements(path.read_text())
        assert "script" not in found.tags
        assert not any(name.startswith("on") for name in found.attributes)
        assert "default-src 'none'" in path.read_text()
    assert "&lt;script&gt;alert(1)" in (out / "feedback" / "eve.html").read_text()


def test_feedback_holds_code_verdict_and_hint_but_nothing_of_the_lecturer_s(marks):
    out, outcome = marks
    text = (out / "feedback" / "bob.html").read_text()
    assert "The factor 2π stands inside the square." in text
    assert "swings.length_m / swings.period_s**2" in text
    for path in (out / "feedback").iterdir():
        page = path.read_text()
        assert "SECRET-NOTE" not in page
        assert "slowest of ten" not in page
        assert "4 * np.pi**2 * swings[" not in page
    (right,) = [one.marks.said["gravity"] for one in outcome.graded if one.student == "ann"]
    assert len(right) > 4
    assert right not in (out / "feedback" / "cem.html").read_text()


def test_an_error_after_a_hidden_check_is_named_but_not_quoted(exercise, marks):
    from ckmlab.grading.feedback import _error

    task = exercise.tasks["bobs"]
    assert _error("ValueError: source of a hidden check", exercise, task) == "ValueError"
    assert _error("ValueError: mine", exercise, exercise.tasks["gravity"]) == "ValueError: mine"


def test_the_class_page_shows_what_was_misunderstood_and_what_to_look_at(marks):
    text = (marks[0] / "class.html").read_text()
    assert "The factor 2π stands inside the square." in text
    cells = re.sub(r"<td[^>]*>", "<td>", text)
    copied = "<td>cem Surname (cem)</td><td>pendulum</td><td>gravity</td><td>ann Surname (ann)</td>"
    assert copied in cells
    assert "all but the same" in text
    assert text.count("<img alt=") == 2


def test_a_second_run_marks_nothing_again_and_says_the_same(handed_in, marks):
    out, outcome = marks
    before = time.monotonic()
    again = grade(handed_in, [SOURCE], out, salt="secret", roster=CLASS, run=RUN)
    assert time.monotonic() - before < 1.5  # no kernel was started
    assert [one.marks for one in again.graded] == [one.marks for one in outcome.graded]


def test_a_seed_for_each_student_gives_the_same_marks(packs, answers, tmp_path):
    for name in ("ann", "bob"):
        (tmp_path / f"{name}.ipynb").write_text(solve(pack(packs, name), answers))
    own = grade(tmp_path, [SOURCE], tmp_path / "m", salt="s", run=RUN, seeds="student").graded
    assert [one.marks.earned for one in own] == [5, 5]
    assert len({one.marks.said["gravity"] for one in own}) == 2


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill -9"])
def test_a_stopped_run_goes_on_where_it_was(handed_in, tmp_path, number):
    words = [sys.executable, "-m", "ckmlab", "exercise", "grade", str(handed_in)]
    words += ["--source", str(SOURCE), "--out", str(tmp_path), "--salt", "kill"]
    words += ["--sandbox", "none"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    records = tmp_path / "records" / "pendulum"
    deadline = time.monotonic() + 60
    while not list(records.glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    started = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    if number == signal.SIGINT:
        assert "Traceback" not in said
        assert "run the same command again to mark the rest" in said
    _, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []
    kept = {path.name: path.stat().st_mtime_ns for path in records.iterdir()}
    assert 0 < len(kept) < len(NAMES)
    for name in kept:
        assert json.loads((records / name).read_text())["marks"]
    outcome = grade(handed_in, [SOURCE], tmp_path, salt="kill", run=Run("none"))
    assert len(outcome.graded) == len({one.student for one in outcome.graded}) == len(NAMES)
    after = {path.name: path.stat().st_mtime_ns for path in records.iterdir()}
    assert len(after) == len(NAMES)
    assert kept.items() <= after.items()  # marked once, and not again


def test_when_nothing_could_be_marked_the_reason_is_printed(tmp_path, capsys):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK no zip")
    words = ["exercise", "grade", str(broken), "--source", str(SOURCE), "--salt", "s"]
    assert main([*words, "--out", str(tmp_path / "m"), "--sandbox", "none"]) == 1
    assert "broken.zip: no archive that can be read" in capsys.readouterr().out
    assert main([*words, "--out", str(tmp_path / "m"), "--roster", "no.csv"]) == 1
    assert "there is nothing at no.csv" in capsys.readouterr().err


def test_what_the_marker_could_not_run_is_a_problem_and_tried_again(
    handed_in, tmp_path, monkeypatch
):
    def fail(jobs, run, done):
        for name in jobs:
            done(name, dict(NO_RECORD))

    monkeypatch.setattr("ckmlab.grading.grade.run_batch", fail)
    outcome = grade(handed_in, [SOURCE], tmp_path, salt="s", run=Run("none"))
    assert outcome.graded == []
    assert len(outcome.problems) == len(NAMES)
    assert not list(tmp_path.glob("records/**/*.json"))
