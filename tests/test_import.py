"""``import ckmlab`` opens no room that nobody asked for."""

import subprocess
import sys

import pytest

import ckmlab

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
