"""Every board, moved by keyboard in JupyterLab: the readout and the picture follow."""

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="pip install 'ckmlab[dev]'").expect

SETUP = """\
import pandas as pd
from ckmlab import widgets
from ckmlab.control import bands, hidden
from ckmlab.datasets import make_company
from ckmlab.organize import SuccessModel
people = pd.DataFrame({"born": [1983, 1985, 1991, 1994], "sex": ["f", "m", "f", "f"]})
names = ["const", "ease_per_skill", "precision"]
model = SuccessModel(pd.Series([-6.0, 2.0, 8.0], names), pd.Series(0.1, names), 500)
texts = pd.DataFrame({"ease": [0.9, 0.2], "precision": [0.2, 0.7]}, ["short", "full"])
ideas = pd.DataFrame({"customer_id": [1], "idea_id": [7], "value": [400.0]})
"""
BOARDS = [
    ("Coarsen born", 'widgets.Generalisation(people, {"born": [bands(10), hidden]}, k=2)'),
    ("Complaints on file", "widgets.Iceberg()"),
    ("Wanted share of needs", "widgets.InterviewFan()"),
    ("Share of the first label", "widgets.KappaParadox()"),
    ("Dependence (odds ratio)", "widgets.ListOverlap()"),
    ("The happy answer more", "widgets.NonResponse()"),
    ("Problems registered", "widgets.PolicyWhatIf(make_company(300, seed=1))"),
    ("Items shared", "widgets.PolicyScorecard(make_company(300, seed=1))"),
    ("Leave each period", "widgets.RetentionMixture(1000)"),
    (
        "An idea is carried out",
        "widgets.EngagementWaterfall(pd.Series({1: 100.0}), ideas=ideas)",
    ),
    ("Skill of the reader", "widgets.Comprehension(model, texts)"),
]


@pytest.fixture(scope="module")
def page(open_cells):
    page = open_cells("boards.ipynb", [SETUP, *(board for _, board in BOARDS)])
    # JupyterLab draws cells only when they are in sight, so all of them must be.
    page.tab.set_viewport_size({"width": 1280, "height": 12_000})
    page.run_all()
    return page


@pytest.mark.parametrize("place", range(len(BOARDS)), ids=[label for label, _ in BOARDS])
def test_a_board_follows_the_keyboard(page, place):
    label = BOARDS[place][0]
    board = page.tab.locator(".jp-CodeCell").nth(place + 1)
    slider = board.locator(".widget-slider").filter(has_text=label)
    picture = board.locator("figure img")
    readout = slider.locator(".widget-readout")
    number, words = readout.inner_text(), picture.get_attribute("alt")
    slider.locator(".noUi-handle").focus()
    page.tab.keyboard.press("ArrowRight")
    page.tab.keyboard.press("End")  # a single step may be too small to change a rounded number
    expect(picture).not_to_have_attribute("alt", words, timeout=20_000)
    assert readout.inner_text() != number


def test_no_board_failed_or_asked_elsewhere(page):
    assert page.problems() == []
    assert page.strayed == []
