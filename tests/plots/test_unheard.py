import numpy as np
import pytest

from ckmlab import plots
from ckmlab.datasets import make_survey


def test_bars_and_words_count_the_same_people():
    answers, everybody = make_survey(600, seed=3, truth=True)
    fig = plots.silence(everybody["score"], answers["responded"])
    heights = np.array([bar.get_height() for bar in fig.axes[0].patches])
    assert heights[:11].sum() == 600
    assert heights[11:].sum() == answers["responded"].sum()
    ten = everybody["score"] == 10
    assert f"10: {(ten & answers['responded']).sum()} of {ten.sum()}." in fig.alt


def test_a_survey_without_answers_is_refused():
    with pytest.raises(ValueError, match="nobody answered"):
        plots.silence([1, 2], [False, False])
    with pytest.raises(ValueError, match="2 scores but 1 responded"):
        plots.silence([1, 2], [True])
