import pytest

from ckmlab import Estimate, plots
from ckmlab.capture import response_bounds

SURVEY, CALLS = Estimate(29, 19, 39), Estimate(-6, -19, 7)
BOUNDS = response_bounds([100, 0, None, None], lowest=-100, highest=100)


def test_intervals_that_miss_the_truth_are_marked():
    fig = plots.compare_estimates({"survey": SURVEY, "calls": CALLS, "guess": 3.5}, truth=-5)
    marks = [line.get_marker() for line in fig.axes[0].lines[1:6:2]]
    assert marks == ["X", "o", "X"]
    assert fig.title == "Of 2 intervals 1 contains the truth, -5: calls"
    assert "guess: 3.5." in fig.alt and "calls: -6, interval -19 to 7" in fig.alt


def test_bounds_have_no_middle():
    fig = plots.compare_estimates({"bounds": BOUNDS}, truth=0)
    assert "bounds: -25 to 75" in fig.alt
    assert "0 contain" not in fig.title and fig.title.endswith("0: bounds")


@pytest.mark.parametrize(
    ("estimates", "truth", "title"),
    [
        ({"a": SURVEY, "b": BOUNDS}, None, "2 answers to one question reach from -25 to 75"),
        ({"a": SURVEY, "b": SURVEY}, 0, "Of 2 intervals none contain the truth, 0"),
        ({"a": SURVEY, "b": SURVEY, "c": SURVEY}, 30, "Of 3 intervals 3 contain the truth, 30"),
    ],
)
def test_the_title_counts(estimates, truth, title):
    assert plots.compare_estimates(estimates, truth=truth).title == title


def test_large_numbers_are_written_out():
    assert "12,346 to 20,000" in plots.compare_estimates({"a": Estimate(15_000, 12_345.6, 2e4)}).alt


def test_nothing_to_compare_is_refused():
    with pytest.raises(ValueError, match="no estimate"):
        plots.compare_estimates({})
