import pytest

from ckmlab import plots, widgets
from ckmlab.datasets import make_company
from ckmlab.scorecard import scorecard


@pytest.fixture(scope="module")
def company():
    return make_company(400, seed=3)


def test_gains_are_those_of_the_counterfactual(company):
    board = widgets.PolicyWhatIf(company)
    assert set(board.state.gains().values()) == {0.0}
    assert board.picture().title.startswith("Nothing changed yet")
    board.set(capture=0.95, share=0.9)
    other = company.counterfactual(capture=0.95, share=0.9)
    assert board.state.gains()["margin"] == other.truth["value"] - company.truth["value"]
    assert board.state.staying()["after"].iloc[-1] == other.truth["survival_8"]
    assert "Capture 62 → 95 %" in board.picture().title


def test_going_back_brings_back_the_company_as_it_is(company):
    board = widgets.PolicyWhatIf(company)
    board.set(transfer=0.9)
    board.set(transfer=company.scenario.transfer)
    assert set(board.state.gains().values()) == {0.0}


def test_the_scorecard_is_that_of_the_other_company(company):
    board = widgets.PolicyScorecard(company)
    before = board.picture().alt
    board.set(capture=0.95, organize=0.95)
    other = company.counterfactual(capture=0.95, organize=0.95)
    assert board.picture().alt == plots.scorecard(scorecard(other)).alt != before
