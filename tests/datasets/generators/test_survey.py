"""Surveys: response rate, the direction of the bias, and its remedy."""

import numpy as np
import pytest

from ckmlab.datasets.generators import make_survey


@pytest.mark.parametrize("slope", [0.0, 0.75, -1.5])
def test_response_rate_and_direction_of_the_bias(slope):
    answers, everybody = make_survey(50_000, seed=1, slope=slope, truth=True)
    assert answers["responded"].mean() == pytest.approx(0.25, abs=0.008)
    bias = answers["score"].mean() - everybody["score"].mean()
    assert abs(bias) < 0.06 if slope == 0 else np.sign(bias) == np.sign(slope)


def test_following_up_mends_the_bias():
    answers, everybody = make_survey(50_000, seed=2, follow_up=0.2, truth=True)
    rate = answers["responded"].mean()
    mended = (
        rate * answers.loc[answers["responded"], "score"].mean()
        + (1 - rate) * answers.loc[answers["followed_up"], "score"].mean()
    )
    assert mended == pytest.approx(everybody["score"].mean(), abs=0.1)


def test_who_is_silent_has_no_score():
    answers, everybody = make_survey(3000, seed=3, truth=True)
    assert (answers["score"].notna() == answers["responded"]).all()
    known = answers["responded"]
    assert (answers.loc[known, "score"] == everybody.loc[known, "score"]).all()
    assert answers["score"].dropna().between(0, 10).all()
    assert answers.loc[known, "response_day"].between(1, 21).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"response_rate": 0}, "response_rate is 0"),
        ({"usage_correlation": 2}, "usage_correlation is 2"),
        ({"sd": 0}, "sd is 0"),
    ],
)
def test_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        make_survey(10, seed=1, **arguments)
