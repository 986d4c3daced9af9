"""environment.yml says what pyproject.toml says, and the lock pins what both name."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# conda-forge's names where they differ; matplotlib-base is matplotlib without a Qt window.
CONDA_NAMES = {"matplotlib": "matplotlib-base", "duckdb": "python-duckdb"}


def bounds(specs):
    """Package name → version specifier, for a list of requirement strings."""
    parsed = [Requirement(spec) for spec in specs]
    return {canonicalize_name(one.name): str(one.specifier) for one in parsed}


def conda_specs():
    entries = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    return [entry for entry in entries if isinstance(entry, str)]


def test_environment_names_the_same_packages_and_bounds():
    expected = {CONDA_NAMES.get(k, k): v for k, v in bounds(PROJECT["dependencies"]).items()}
    found = bounds(conda_specs())
    assert found.pop("python") == PROJECT["requires-python"]
    assert found.pop("pip") == ""
    assert found == expected


def test_every_dependency_is_pinned():
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    wanted = {name for group in groups for name in bounds(group)}
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {canonicalize_name(Requirement(line).name) for line in lines if "==" in line}
    assert wanted <= pinned


@pytest.mark.parametrize("forbidden", ["://", "@ ", "--index", "--find-links"])
def test_constraints_hold_no_address(forbidden):
    assert forbidden not in (ROOT / "constraints.txt").read_text("utf-8")


def test_makefile_offers_the_targets_the_readme_names():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"make ([a-z]+)  ", (ROOT / "README.md").read_text("utf-8")))
    assert {"lab", "test"} <= named <= targets
