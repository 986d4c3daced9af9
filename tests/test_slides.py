"""Pictures in slide size: every one of a page, with what it says."""

import csv

import nbformat
import pytest

from ckmlab.cli import main
from ckmlab.slides import as_slide, export_slides
from ckmlab.views import picture

PAGE = """\
from ckmlab.views import picture
fig, ax = picture(title="All is well", alt="One bar.")
ax.bar(["a"], [1])
fig
"""


@pytest.fixture
def course(tmp_path):
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(PAGE)])
    (tmp_path / "course").mkdir()
    nbformat.write(page, tmp_path / "course" / "07-page.ipynb")
    return tmp_path / "course"


@pytest.mark.parametrize("size", [(8, 4.5), (8, 12), (16, 2)])
def test_any_shape_fills_the_slide_without_being_cut(size):
    from PIL import ImageChops

    fig, ax = picture(*size, title="A finding")
    ax.plot([0, 1])
    slide = as_slide(fig)
    assert slide.size == (1920, 1080)
    white = slide.copy()
    white.paste("white", (0, 0, *slide.size))
    left, top, right, bottom = ImageChops.difference(slide, white).getbbox()
    assert left >= 40
    assert top >= 40
    assert right <= 1880
    assert bottom <= 1040
    assert right - left > 1300 or bottom - top > 800


@pytest.mark.slow
def test_a_page_s_pictures_are_saved_with_their_words(course, tmp_path):
    written = export_slides(course, tmp_path / "slides")
    assert [path.name for path in written] == ["07-page-01.png"]
    with (tmp_path / "slides" / "pictures.csv").open(encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == [
            {"file": "07-page-01.png", "finding": "All is well", "alternative_text": "One bar."}
        ]


def test_an_unknown_page_is_named(tmp_path, capsys):
    assert main(["slides", str(tmp_path), "--only", "99"]) == 1
    assert "'99'" in capsys.readouterr().err
