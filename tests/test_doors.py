"""Other ways in: Binder, a development container, and what the site is made from."""

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_binder_has_a_python_that_the_package_runs_on():
    entries = yaml.safe_load((ROOT / ".binder" / "environment.yml").read_text("utf-8"))
    python = next(e for e in entries["dependencies"] if e.startswith("python="))
    assert python.removeprefix("python=") + ".0" in SpecifierSet(PROJECT["requires-python"])


def test_binder_installs_the_pinned_versions():
    script = ROOT / ".binder" / "postBuild"
    assert os.access(script, os.X_OK)
    assert "--constraint constraints.txt --editable ." in script.read_text("utf-8")


def test_the_container_makes_the_environment_that_its_editor_uses():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    target = container["postCreateCommand"].removeprefix("make ")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert f"\n{target.replace('.venv', '$(VENV)')}:" in makefile
    editor = container["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert editor.endswith("/.venv/bin/python")


@pytest.fixture(scope="module")
def labs():
    return tomllib.loads((ROOT / "docs" / "outcomes.toml").read_text("utf-8"))


def test_every_lab_has_outcomes_a_page_and_a_guide(labs):
    stems = {page.stem for page in (ROOT / "notebooks").glob("*.ipynb")}
    guides = {guide.stem for guide in (ROOT / "docs" / "guides").glob("[0-9]*.md")}
    assert set(labs) == stems == guides


def test_a_lab_s_minutes_are_those_of_its_page(labs):
    for stem, lab in labs.items():
        source = (ROOT / "notebooks" / "source" / f"{stem}.py").read_text("utf-8")
        said = re.search(r"\*\*In (\d+) minutes", source)
        assert said, f"{stem}: the page does not say its minutes"
        assert int(said[1]) == lab["minutes"], stem
