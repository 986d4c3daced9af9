"""Pages: built from their sources, executed, and in step with them."""

import asyncio
from pathlib import Path

import nbformat
import pytest

from ckmlab import notebooks

ROOT = Path(__file__).parent.parent
PAGES = notebooks.pages(ROOT / "notebooks")
SOURCE = """\
# %% [markdown]
# # A page

# %% name="sum"
1 + 1

# %% tags=["shout"]
print("a")
"""


@pytest.fixture
def page(tmp_path):
    (tmp_path / "source").mkdir()
    source = tmp_path / "source" / "00-page.py"
    source.write_text(SOURCE)
    return source, tmp_path / "00-page.ipynb"


@pytest.mark.parametrize(("source", "target"), PAGES, ids=[s.stem for s, _ in PAGES])
def test_committed_pages_are_what_their_sources_say_and_were_run(source, target):
    assert notebooks.differences(source, target) == []


@pytest.mark.parametrize(("source", "target"), PAGES, ids=[s.stem for s, _ in PAGES])
def test_committed_pages_fetch_nothing(source, target):
    code = "".join(c.source for c in nbformat.read(target, 4).cells if c.cell_type == "code")
    assert "http" not in code


def test_a_built_page_has_outputs_and_stable_ids(page):
    source, target = page
    notebooks.build(source, target)
    built = nbformat.read(target, 4)
    assert built.cells[1].id == "sum"
    assert built.cells[1].outputs[0].data["text/plain"] == "2"
    assert notebooks.differences(source, target) == []
    first = [cell.id for cell in built.cells]
    source.write_text(SOURCE.replace("# %% name", "# %% [markdown]\n# new\n\n# %% name"))
    assert set(first) < {cell.id for cell in notebooks.read_source(source).cells}


def test_a_page_is_built_from_inside_an_event_loop_too(page):
    source, target = page

    async def inside():
        notebooks.build(source, target)

    asyncio.run(inside())
    assert notebooks.differences(source, target) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1 + 1", "1 + 2", "cell sum reads otherwise"),
        ('name="sum"', 'name="sum" tags=["x"]', "cell sum has other tags"),
        ('name="sum"', 'name="total"', "cell total is missing"),
    ],
)
def test_a_page_out_of_step_is_noticed(page, old, new, said):
    source, target = page
    notebooks.build(source, target)
    source.write_text(SOURCE.replace(old, new))
    assert said in "; ".join(notebooks.differences(source, target))


def test_a_page_never_run_is_noticed(page):
    source, target = page
    notebooks.write(notebooks.read_source(source), target)
    assert "cell sum was not executed" in notebooks.differences(source, target)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import warnings; warnings.warn('old habit')", "old habit"),
        ("import time; time.sleep(60)", "too long"),
    ],
)
def test_a_page_that_fails_leaves_the_old_one(page, code, said, monkeypatch):
    source, target = page
    target.write_text("the old page")
    source.write_text(SOURCE.replace("1 + 1", code))
    monkeypatch.setattr(
        notebooks.execute, "__kwdefaults__", {"cell_timeout": 3, "page_timeout": 20}
    )
    with pytest.raises(notebooks.PageError, match=said):
        notebooks.build(source, target)
    assert target.read_text() == "the old page"


def test_two_cells_of_one_name_are_refused(page):
    source, _ = page
    source.write_text(SOURCE + '\n# %% name="sum"\n2\n')
    with pytest.raises(notebooks.PageError, match="two cells are named 'sum'"):
        notebooks.read_source(source)


def test_the_command_builds_and_reports(page, capsys):
    source, target = page
    assert notebooks.main([str(target.parent)]) == 0
    source.write_text(SOURCE.replace("1 + 1", "1 / 0"))
    assert notebooks.main([str(target.parent), "--only", "00"]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
