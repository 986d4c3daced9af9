"""Every layout in which submissions arrive, and every file that should not be there."""

import io
import json
import os
import stat
import zipfile

import pytest

from ckmlab.grading.collect import collect
from ckmlab.grading.roster import Roster, Student, read_roster, safe_name
from ckmlab.grading.submission import Unreadable, read_submission
from ckmlab.grading.tables import harmless

CLASS = Roster(
    [
        Student("s001", "Ann Müller", "ann@example.org", ("1234567", "Müller Ann")),
        Student("s002", "Bob Ray", "bob@example.org", ("987",)),
    ]
)


def notebook(exercise="01-classify", student=None, **more):
    facts = {"exercise": exercise} | ({"student": student} if student else {})
    facts = facts if exercise else {}
    return json.dumps({"cells": [], "metadata": {"ckmlab": facts}, **more}).encode()


def lay_out(folder, files):
    for place, content in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def archive(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


LAYOUTS = {
    "one file a student": "ann@example.org.ipynb",
    "one folder a student": "s001/01-classify.ipynb",
    "a browser's second download": "s001/01-classify (1).ipynb",
    "Moodle, in folders": "Ann Müller_1234567_assignsubmission_file_/my notebook.ipynb",
    "Moodle, flat": "Ann Muller_1234567_assignsubmission_file_01-classify.ipynb",
    "Canvas": "mullerann_1234567_555_01-classify.ipynb",
    "Canvas, late": "mullerann_LATE_1234567_555_01-classify-1.ipynb",
    "nbgrader": "submitted/s001/01-classify/01-classify.ipynb",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_students_are_found_in_every_layout(tmp_path, layout):
    lay_out(tmp_path, {LAYOUTS[layout]: notebook()})
    (found,) = collect(tmp_path, ["01-classify"], CLASS).handed_in
    assert (found.student, found.exercise) == ("s001", "01-classify")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_zip_is_read_like_a_folder(tmp_path, layout):
    path = tmp_path / "download.zip"
    path.write_bytes(archive({LAYOUTS[layout]: notebook()}))
    assert collect(path, ["01-classify"], CLASS).handed_in[0].student == "s001"


def test_an_archive_that_a_student_uploaded_is_opened(tmp_path):
    lay_out(tmp_path, {"s002/homework.zip": archive({"deep/01-classify.ipynb": notebook()})})
    assert collect(tmp_path, ["01-classify"], CLASS).handed_in[0].student == "s002"


def test_metadata_help_when_the_path_does_not(tmp_path):
    lay_out(tmp_path, {"01-classify.ipynb": notebook(student="s002")})
    assert collect(tmp_path, ["01-classify"], CLASS).handed_in[0].student == "s002"


def test_a_notebook_made_for_somebody_else_is_flagged(tmp_path):
    lay_out(tmp_path, {"s001/01-classify.ipynb": notebook(student="s002")})
    (found,) = collect(tmp_path, ["01-classify"], CLASS).handed_in
    assert found.student == "s001"
    assert found.notes == ("the notebook was made for 's002'",)


def test_of_two_submissions_the_latest_counts_with_a_note(tmp_path):
    lay_out(tmp_path, {"s001/a.ipynb": notebook(), "s001/b.ipynb": notebook(nbformat=4)})
    os.utime(tmp_path / "s001/a.ipynb", (2e9, 2e9))
    (found,) = collect(tmp_path, ["01-classify"], CLASS).handed_in
    assert found.where == "s001/a.ipynb"
    assert "s001/b.ipynb is not marked" in found.notes[0]


@pytest.mark.parametrize(
    ("place", "content", "why"),
    [
        ("zoe.ipynb", notebook(), "nobody on the roster is called 'zoe'"),
        ("s001.ipynb", notebook("02-other"), "another exercise: '02-other'"),
        ("s001.ipynb", b"", "empty"),
        ("s001.ipynb", b"{", "no JSON"),
        ("s001.ipynb", b"[" * 100_000, "nested too deeply"),
        ("s001.ipynb", b'{"cells":' * 100_000, "nested too deeply"),
        ("s001.ipynb", b"[]", "no object"),
        ("s001.ipynb", b'{"cells": 5}', "no list of cells"),
        ("s001.ipynb", b'{"worksheets": []}', "format 3"),
        ("s001.ipynb", b"\xff\xfe\x00\xd8{", "no JSON"),
        ("s001.docx", b"", "no notebook"),
        ("s001.zip", b"PK\x03\x04broken", "no archive"),
    ],
)
def test_what_is_not_marked_is_listed_with_the_reason(tmp_path, place, content, why):
    lay_out(tmp_path, {place: content})
    found = collect(tmp_path, ["01-classify"], CLASS)
    assert found.handed_in == []
    ((where, reason),) = found.problems
    assert where.startswith(place.removesuffix(".zip"))
    assert why in reason


def test_other_encodings_of_json_are_understood(tmp_path):
    text = notebook().decode()
    lay_out(tmp_path, {"s001.ipynb": text.encode("utf-16"), "s002.ipynb": text.encode("utf-8-sig")})
    assert len(collect(tmp_path, ["01-classify"], CLASS).handed_in) == 2


def test_a_link_is_not_followed(tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(notebook())
    folder = tmp_path / "handed-in"
    folder.mkdir()
    (folder / "s001.ipynb").symlink_to(secret)
    found = collect(folder, ["01-classify"], CLASS)
    assert (found.handed_in, found.problems) == (
        [],
        [("s001.ipynb", "a link, which is not followed")],
    )


def test_an_archive_can_neither_climb_out_nor_link(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        zipped.writestr("../../s001.ipynb", notebook())
        zipped.writestr("/tmp/s001.ipynb", notebook())
        zipped.writestr("..\\s001.ipynb", notebook())
        link = zipfile.ZipInfo("s002.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(link, "/etc/passwd")
    path = tmp_path / "download.zip"
    path.write_bytes(buffer.getvalue())
    found = collect(path, ["01-classify"], CLASS)
    assert found.handed_in == []
    assert len(found.problems) == 4
    assert sorted(item.name for item in tmp_path.iterdir()) == ["download.zip"]


def test_a_zip_bomb_is_refused_before_it_goes_off(tmp_path):
    path = tmp_path / "bomb.zip"
    path.write_bytes(archive({"s001.ipynb": bytes(120_000_000), "s002.ipynb": notebook()}))
    assert path.stat().st_size < 300_000
    found = collect(path, ["01-classify"], CLASS)
    assert [one.student for one in found.handed_in] == ["s002"]
    assert found.problems == [("s001.ipynb", "larger than 50 MB")]


def test_an_encrypted_archive_is_listed(tmp_path):
    content = bytearray(archive({"s001.ipynb": notebook()}))
    content[6] |= 1  # the flag of encryption, in both headers
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    ((_, reason),) = collect(tmp_path, ["01-classify"], CLASS).problems
    assert "cannot be unpacked" in reason


def test_names_never_become_paths():
    for name in ("../../x", "a/b", "C:\\x", "x\x00y", ".", "..", "", "=cmd()", "名前", "a" * 300):
        safe = safe_name(name)
        assert safe
        assert not set(safe) & set("/\\:.\x00=")
        assert len(safe) < 80
    assert safe_name("a/b") != safe_name("a-b")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@sum", "\t=1", "\r=1", " =1", "＝1", "|x"])
def test_no_text_becomes_a_formula(cell):
    assert harmless(cell).startswith("'")


def test_rosters_of_platforms_are_understood(tmp_path):
    moodle = tmp_path / "moodle.csv"
    moodle.write_text(
        "\ufeffIdentifier;Full name;ID number;Email address\nParticipant 77;Zoë Li;s9;z@x.org\n"
    )
    assert read_roster(moodle).find("77") == "s9"
    assert read_roster(moodle).find("zoe li") == "s9"
    canvas = tmp_path / "canvas.csv"
    canvas.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
        '"Li, Zoë",4711,s9,zli,A\n'
    )
    assert read_roster(canvas).find("4711") == "s9"
    assert read_roster(canvas).find("zoeli") == "s9"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("who\nx\n", "no column 'student'"),
        ("student\na\na\n", "stands in lines 2 and 3"),
        ("student,name\n,Ann\n", "is empty"),
        ("student\n", "lists no student"),
    ],
)
def test_mistakes_in_a_roster_are_named(tmp_path, text, message):
    path = tmp_path / "class.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        read_roster(path)


def test_cells_of_any_shape_are_read_without_an_error():
    cells = [None, 3, {}, {"id": 5}, {"source": {"a": 1}}, {"metadata": [], "source": [1, "x"]}]
    content = json.dumps({"cells": cells, "metadata": []}).encode()
    assert read_submission(content, ["a"]).notes == ["answer cell 'a' is missing"]


def test_an_empty_file_is_unreadable():
    with pytest.raises(Unreadable, match="empty"):
        read_submission(b" \n", [])
