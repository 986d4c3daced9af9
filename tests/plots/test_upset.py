"""The picture of three and more lists: bars are the numbers of people, nobody gets lost."""

import math

import pytest
from matplotlib.patches import Rectangle

from ckmlab import Estimate, capture, plots

LISTS = {"ticket": range(60), "forum": range(40, 100), "survey": range(30, 120, 2)}
PEOPLE = capture.histories(LISTS)


def heights(fig):
    return [bar.get_height() for bar in fig.axes[0].patches if isinstance(bar, Rectangle)]


def test_bars_are_as_high_as_people_are_many_and_the_last_is_the_estimate():
    estimate = capture.loglinear(LISTS, interactions=[])
    fig = plots.lists_upset(PEOPLE, estimate, truth=170)
    *seen, hidden = heights(fig)
    assert seen == sorted(PEOPLE.people, reverse=True)
    assert hidden == pytest.approx(float(estimate) - 110)
    line = max(fig.axes[0].lines, key=lambda line: len(set(line.get_ydata())))
    assert list(line.get_ydata()) == pytest.approx([estimate.low - 110, estimate.high - 110])


def test_the_words_hold_every_number_of_the_picture():
    fig = plots.lists_upset(PEOPLE, Estimate(160, 130, 210), truth=170)
    assert "Lists: ticket 60, forum 60 and survey 45 people" in fig.alt
    assert "10 on ticket, forum and survey" in fig.alt and "35 on ticket only" in fig.alt
    assert "50 (interval 20 to 100). Truly on no list: 60." in fig.alt


def test_with_many_lists_the_small_combinations_share_a_bar():
    # bit i of a person's number says whether they are on list i: all 31 combinations exist
    lists = {f"list {i}": [n for n in range(1, 64) if n >> i & 1] for i in range(5)}
    people = capture.histories(lists)
    fig = plots.lists_upset(people, Estimate(people.people.sum() + 30.0))
    assert len(heights(fig)) == 15 + 1
    assert sum(heights(fig)) == pytest.approx(people.people.sum() + 30)
    assert "on other combinations" in fig.alt and "interval" not in fig.alt


def test_an_endless_interval_is_said_to_be_endless():
    fig = plots.lists_upset(PEOPLE, Estimate(160, 130, math.inf))
    assert "(interval 20 to no limit)" in fig.alt


@pytest.mark.parametrize(
    ("people", "estimate", "error", "said"),
    [
        (PEOPLE, 90, ValueError, "the estimate is 90, but 110 people are known"),
        (PEOPLE[["ticket", "people"]], 200, ValueError, "at least two"),
        (PEOPLE.assign(people=0), 200, ValueError, "nobody stands"),
        (PEOPLE.drop(columns="people"), 200, KeyError, "people"),
    ],
)
def test_what_cannot_be_drawn_is_refused(people, estimate, error, said):
    with pytest.raises(error, match=said):
        plots.lists_upset(people, Estimate(estimate))
