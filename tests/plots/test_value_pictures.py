"""Waterfall, frequency and recency, retention, scorecard: what is drawn is what is said."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from ckmlab import plots, share
from ckmlab.scorecard import scorecard
from ckmlab.value.engagement import engagement_value, waterfall
from ckmlab.value.lifetime import ShiftedBetaGeometric


def test_every_step_of_the_waterfall_starts_where_the_last_one_ended():
    values = engagement_value({1: 100.0, 2: 80.0}, referral={2: 55.0}, knowledge={1: -20.0})
    fig = plots.engagement_waterfall(waterfall(values), money="€")
    bars = fig.axes[0].patches
    ends = [bar.get_y() + bar.get_height() for bar in bars]
    assert ends == [180.0, 235.0, 215.0, 215.0]
    assert "knowledge -20, total 215" in fig.alt.replace(" and", ",")


def test_the_map_of_frequency_and_recency_says_its_corners():
    matrix = pd.DataFrame(
        [[1.0, 0.1, 0.0], [np.nan, 0.5, 0.02], [np.nan, 0.8, 0.97]], [0, 19, 38], [0, 1, 9]
    )
    fig = plots.frequency_recency(matrix)
    assert fig.title.startswith("Many purchases, long ago, are a bad sign: 9 of them")
    assert "9 purchases, the last at 38: 97 %; the last at 19: 2 %" in fig.alt
    counts = plots.frequency_recency(5 * matrix, what="purchases expected")
    assert "purchases expected is 0.10" in counts.title
    with pytest.raises(ValueError, match="empty"):
        plots.frequency_recency(matrix.iloc[:0])


def test_retention_rises_with_the_published_figures():
    # Fader & Hardie (2007), regular customers: .631 stay in year 1, .241 / .262 = .920 in year 7;
    # their fit, alpha .704 and beta 1.182, has .627 and .911.
    survivors = [1000, 631, 468, 382, 326, 289, 262, 241]
    fit = ShiftedBetaGeometric(survivors).fit()
    fig = plots.retention_mixture(fit)
    assert "from 63 % to 91 %" in fig.title
    assert float(fit.retention_rate(1).iloc[0]) == pytest.approx(1.182 / (0.704 + 1.182), abs=0.001)


def test_the_scorecard_says_which_goal_is_weakest_and_what_is_missing():
    ideas = pd.DataFrame({"origin": ["customer"] * 3 + ["employee"], "adopted": [1, 0, 0, 1]})
    card = scorecard({"ideas": ideas.astype({"adopted": bool})})
    fig = plots.scorecard(card)
    assert fig.title.startswith("Development is the weakest goal (0.50)")
    assert "transparency unknown" in fig.alt
    assert f"{len(card.not_computed)} could not be computed" in fig.caption
    with pytest.raises(ValueError, match="no goal has a measure"):
        plots.scorecard(scorecard({}))


def test_the_lorenz_picture_says_what_the_richest_hold():
    # Gini .5507 for (120, 60, 30, 10, 5, 5): a worked number of the course.
    values = [120, 60, 30, 10, 5, 5]
    fig = plots.lorenz(share.lorenz(values), gini=share.gini(values), top=0.5)
    assert fig.title == "50 % of the people hold 91 % of what is shared"
    assert "Gini coefficient 0.55" in fig.alt
    label = fig.axes[0].texts[-1]  # outside the axes, so that it cannot lie on the diagonal
    assert label.get_text() == "the last\n50 % hold\n91 %" and label.xy[0] == 1


def test_tracking_says_how_far_off_the_model_is():
    table = pd.DataFrame(
        {"actual": [10, 10], "expected": [10.0, 15.0]}
        | {"actual_cumulative": [10, 20], "expected_cumulative": [10.0, 25.0]},
        index=[1.0, 2.0],
    )
    fig = plots.tracking(table, calibration=1)
    assert "expects 25 repeat purchases; 20 were made (+25 %)" in fig.title
    assert "has seen the first 1 weeks" in fig.alt
    with pytest.raises(KeyError, match="expected"):
        plots.tracking(table.drop(columns="expected"))


def test_lines_of_customers_grow_thin_as_they_leave_and_never_touch():
    # Fader & Hardie (2007), high-end customers: alike enough for lines close to each other.
    survivors = [1000, 869, 743, 653, 593, 551, 517, 491]
    fig = plots.retention_mixture(ShiftedBetaGeometric(survivors).fit())
    lines = [ribbon.get_paths()[0].vertices for ribbon in fig.axes[0].collections]
    for line in lines:
        at_start, at_end = (np.ptp(line[line[:, 0] == x][:, 1]) for x in (1, 7))
        own = line[:, 1].mean()
        assert at_end / at_start == pytest.approx(own**6, rel=0.02)
    spans = sorted((line[:, 1].min(), line[:, 1].max()) for line in lines)
    assert all(high < low for (_, high), (low, _) in pairwise(spans))


def test_many_purchases_long_ago_are_a_bad_sign_only_where_the_map_says_so():
    matrix = pd.DataFrame([[1.0, 0.1, 0.2], [np.nan, 0.5, 0.6]], [0, 38], [0, 1, 9])
    assert "are no bad sign" in plots.frequency_recency(matrix).title
