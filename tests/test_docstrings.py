"""Public docstrings say what goes in, what comes out, and show it."""

import importlib
import inspect
import pkgutil
from enum import EnumType

import pytest
from numpydoc.validate import validate

import ckmlab

#: Missing docstring (GL08), parameter (PR01) or returned value (RT01); unknown parameter (PR02).
WANTED = {"GL08", "PR01", "PR02", "RT01"}


def rooms():
    yield ckmlab
    for found in pkgutil.walk_packages(ckmlab.__path__, "ckmlab."):
        if found.ispkg and "._" not in found.name:
            yield importlib.import_module(found.name)


def public_names():
    for room in rooms():
        for name in getattr(room, "__all__", []):
            thing = getattr(room, name)
            if callable(thing) and not isinstance(thing, EnumType):
                yield f"{room.__name__}.{name}", thing


NAMES = dict(public_names())
#: ``begin`` is called by a line that ``ckmlab exercise release`` writes; nobody types it.
FUNCTIONS = [n for n, thing in NAMES.items() if inspect.isfunction(thing) and "begin" not in n]


@pytest.mark.filterwarnings("ignore:Widget:DeprecationWarning")  # numpydoc looks at every attribute
@pytest.mark.parametrize("name", NAMES)
def test_a_public_docstring_is_complete(name):
    found = [f"{code} {text}" for code, text in validate(name)["errors"] if code in WANTED]
    assert found == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_shows_an_example(name):
    assert ">>>" in (NAMES[name].__doc__ or "")
