"""``import ckmlab`` opens no room that nobody asked for."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import ckmlab

SOURCE = Path(ckmlab.__file__).parent
HEAVY = ["pandas", "numpy", "matplotlib", "statsmodels", "scipy", "sklearn", "networkx", "IPython"]


def loaded_after(statement):
    program = f"import sys; {statement}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_import_loads_nothing_heavy():
    assert not loaded_after("import ckmlab") & set(HEAVY)


def test_a_room_opens_on_first_use():
    assert "pandas" in loaded_after("import ckmlab; ckmlab.concepts.comparison()")


@pytest.mark.parametrize("name", ckmlab.__all__)
def test_every_public_name_is_there(name):
    assert getattr(ckmlab, name) is not None


def test_an_unknown_name_is_told_what_there_is():
    with pytest.raises(AttributeError, match=r"no attribute 'clasify'.*'classify'"):
        ckmlab.clasify  # noqa: B018


@pytest.mark.parametrize("package", sorted(p.parent for p in SOURCE.rglob("__init__.py")), ids=str)
def test_no_public_name_is_shadowed_by_a_module_of_that_name(package):
    # Importing ckmlab/room/thing.py sets room.thing to the module, and room.thing() would fail.
    room = importlib.import_module(".".join(package.relative_to(SOURCE.parent).parts))
    modules = {path.stem for path in package.iterdir()} & set(getattr(room, "__all__", []))
    assert all(isinstance(getattr(room, name), ModuleType) for name in modules)
