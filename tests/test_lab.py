"""``ckmlab lab`` serves the course, from a checkout and from an installed wheel."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from ckmlab import lab

ROOT = Path(__file__).parent.parent


def test_in_a_checkout_the_course_is_the_repository():
    assert lab.course_folder() == ROOT


def test_an_installed_course_is_copied_once_and_never_overwritten(tmp_path, monkeypatch):
    shipped = tmp_path / "site" / "ckmlab" / "_shipped"
    for part in ["notebooks", "exercises"]:
        (shipped / part).mkdir(parents=True)
    (shipped / lab.FIRST_PAGE).write_text("as shipped")
    monkeypatch.setattr(lab, "course_parts", lambda: shipped)
    monkeypatch.setattr("ckmlab.course.course_parts", lambda: shipped)
    course = lab.course_folder(tmp_path / "mine")
    assert (course / lab.FIRST_PAGE).read_text() == "as shipped"
    (course / lab.FIRST_PAGE).write_text("my notes")
    assert (lab.course_folder(tmp_path / "mine") / lab.FIRST_PAGE).read_text() == "my notes"


@pytest.mark.slow
def test_the_lab_prints_its_address_and_serves(tmp_path):
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "ckmlab", "lab", "--no-browser", "--port", "0"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        address = next(found for found in map(local_address, server.stdout) if found)
        page = address.replace("/lab/tree/", "/api/contents/")
        assert b'"type": "notebook"' in answer(page)
    finally:
        server.terminate()
        server.communicate(timeout=30)


def answer(address, seconds=60):
    """What the server says, which prints its address a moment before it listens."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as page:
                return page.read()
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def local_address(line):
    found = re.search(r"http://(localhost|127\.0\.0\.1):\d+/lab/tree/\S+token=\w+", line)
    return found and found.group()
