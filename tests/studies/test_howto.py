"""The how-to's code runs as it stands, and every public name is what it says."""

import re
from pathlib import Path

import pytest

HOWTO = Path(__file__).parents[2] / "docs" / "studies-howto.md"


def test_every_block_runs(tmp_path, monkeypatch):
    from ckmlab import studies

    monkeypatch.chdir(tmp_path)
    studies.template("doe2020.py")
    text = HOWTO.read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.S)
    assert len(blocks) == 4
    space = {}
    for block in blocks:
        small = block.replace("range(200)", "range(2)").replace("workers=-1", "workers=1")
        exec(small, space)
    wrong = space["report"].query("verdict == 'impossible'")["figure"].tolist()
    assert "mean of use" in wrong and "CR of service quality" in wrong
    assert space["result"].summary["rounds"].tolist() == [2, 2]


@pytest.mark.parametrize("name", re.findall(r"[|`,] ?`(\w+)\(", HOWTO.read_text(encoding="utf-8")))
def test_every_call_named_in_the_tables_exists(name):
    from ckmlab import studies

    assert callable(getattr(studies, name))


def test_no_module_hides_a_function_of_its_name():
    import importlib
    import inspect
    from pkgutil import iter_modules

    from ckmlab import studies

    for module in iter_modules(studies.__path__):
        importlib.import_module(f"ckmlab.studies.{module.name}")
    modules = {name for name in dir(studies) if inspect.ismodule(getattr(studies, name))}
    assert modules == set(studies.available())
