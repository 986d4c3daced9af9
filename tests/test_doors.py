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


def test_a_guide_s_short_cut_ends_in_time_and_leaves_what_the_page_leaves(labs):
    for stem in labs:
        source = (ROOT / "notebooks" / "source" / f"{stem}.py").read_text("utf-8")
        minutes, leave = re.search(
            r"\*Only (\d+) minutes\? Run the cells of sections? (.*?), but do not stop", source
        ).groups()
        guide = (ROOT / "docs" / "guides" / f"{stem}.md").read_text("utf-8")
        cut = guide.partition(f"\n## The {minutes}-minute cut\n")[2].partition("\n## ")[0]
        rows = re.findall(r"^\| (\d+)–(\d+) \| (\d+|–) \|", cut, re.MULTILINE)
        starts, ends, sections = zip(*rows, strict=True)
        assert (*starts, minutes) == ("0", *ends), f"{stem}: the cut's minutes do not join up"
        assert not set(sections) & set(re.findall(r"\d+", leave)), f"{stem}: the page leaves these"
