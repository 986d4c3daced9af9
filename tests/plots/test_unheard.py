import numpy as np
import pandas as pd
import pytest

from ckmlab import Estimate, plots
from ckmlab.datasets import make_survey
from ckmlab.value.attitude import nps


def test_bars_and_words_count_the_same_people():
    answers, everybody = make_survey(600, seed=3, truth=True)
    scores, responded = everybody["score"], answers["responded"]
    given = {"heard": nps(scores[responded]), "everybody": nps(scores)}
    fig = plots.silence(scores, responded, **given)
    heights = np.array([bar.get_height() for bar in fig.axes[0].patches])
    assert heights[:11].sum() == 600
    assert heights[11:].sum() == answers["responded"].sum()
    ten = everybody["score"] == 10
    assert f"10: {(ten & answers['responded']).sum()} of {ten.sum()}." in fig.alt


def test_a_survey_without_answers_is_refused():
    given = {"heard": Estimate(0), "everybody": Estimate(0)}
    with pytest.raises(ValueError, match="nobody answered"):
        plots.silence([1, 2], [False, False], **given)
    with pytest.raises(ValueError, match="2 scores but 1 responded"):
        plots.silence([1, 2], [True], **given)


def test_the_silent_stand_beside_what_was_answered():
    answers = pd.Series([10, 10, 3, None, None], dtype="Int64")
    fig = plots.survey_answers(answers, nps(answers))
    heights = [bar.get_height() for bar in fig.axes[0].patches]
    assert heights == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 2]
    assert fig.title == "3 of 5 answered and give an NPS of +33; 2 said nothing"
    assert "No answer: 2" in fig.alt
    with pytest.raises(ValueError, match="no value at all"):
        plots.survey_answers([None, None], Estimate(0))


def test_without_silence_there_is_no_grey_bar():
    fig = plots.survey_answers([10, 3], Estimate(0))
    assert len(fig.axes[0].patches) == 11
    assert "0 said nothing" in fig.title
