"""Mutated notebooks and archives: read, or listed with a reason; never a crash."""

import io
import json
import zipfile

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckmlab.grading.collect import collect
from ckmlab.grading.submission import Unreadable, read_facts, read_submission, splice

GENTLE = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(value, path=()):
    """Every place in a JSON value."""
    yield path
    inner = {}
    if isinstance(value, dict | list):
        inner = value if isinstance(value, dict) else dict(enumerate(value))
    for key, part in inner.items():
        yield from places(part, (*path, key))


def replaced(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@given(draw=st.data())
@GENTLE
def test_any_value_in_any_place_of_a_notebook(exercise, hand_in, answers, draw):
    notebook = json.loads(hand_in(answers))
    for _ in range(draw.draw(st.integers(1, 3))):
        path = draw.draw(st.sampled_from(list(places(notebook))))
        notebook = replaced(notebook, path, draw.draw(JSON))
        if not isinstance(notebook, dict | list):
            break
    content = json.dumps(notebook).encode()
    try:
        submission = read_submission(content, exercise.answer_ids)
    except Unreadable:
        return
    spliced = splice(exercise, submission)
    nbformat.validate(spliced)
    nbformat.writes(spliced).encode()  # it can be written to a file
    # What is checked, and how, is the lecturer's whatever was handed in.
    checks = [cell.source for cell in spliced.cells if "check" in cell.metadata.get("tags", [])]
    assert checks == [
        cell.source for cell in exercise.notebook.cells if "check" in cell.metadata.get("tags", [])
    ]


@given(
    cut=st.integers(0, 4000),
    flips=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=4),
)
@GENTLE
def test_any_broken_byte_of_a_notebook(hand_in, answers, cut, flips):
    content = bytearray(hand_in(answers))
    for place, value in flips:
        content[place % len(content)] = value
    content = bytes(content[: len(content) - cut % len(content)])
    try:
        facts = read_facts(content)
    except Unreadable as error:
        assert str(error)
    else:
        assert all(isinstance(value, str) for value in facts.values())


@pytest.fixture(scope="module")
def download(hand_in, answers):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in ("ann", "bob"):
            zipped.writestr(f"{name}/pendulum.ipynb", hand_in(answers))
    return buffer.getvalue()


@given(
    flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6)
)
@GENTLE
def test_any_broken_byte_of_an_archive(tmp_path, download, flips):
    content = bytearray(download)
    for place, value in flips:
        content[place % len(content)] = value
    path = tmp_path / "download.zip"
    path.write_bytes(bytes(content))
    found = collect(path, ["pendulum"])
    assert len(found.handed_in) <= 2
    assert all(why for _, why in found.problems)
    assert [item.name for item in tmp_path.iterdir()] == ["download.zip"]
