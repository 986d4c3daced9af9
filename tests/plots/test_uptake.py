import pandas as pd
import pytest

from ckmlab import plots, share

# By hand: of the old items two of four are read by day 2; of the new one in four, at day 40.
WAITS = pd.DataFrame(
    {"days": [1, 2, 9, 30, 40, 50, 60, 60], "observed": [1, 1, 1, 1, 1, 0, 0, 0]}
    | {"age": ["old"] * 4 + ["new"] * 4}
)


def test_the_title_says_when_half_were_read():
    fig = plots.first_readers(share.uptake_curve(WAITS.query("age == 'old'")))
    assert fig.title == "Half of the items found a first reader within 2 days"
    assert "4 items, half in 2 days, 100 % by day 365" in fig.alt


def test_groups_are_set_side_by_side():
    twice = pd.concat([WAITS.query("age == 'old'"), WAITS.assign(days=WAITS.days * 3, age="new")])
    fig = plots.first_readers(share.uptake_curve(twice, by="age"), by="age")
    assert fig.title.endswith("2 days (old), or only within 90 days (new)")


def test_a_group_that_never_got_to_the_half_is_named():
    fig = plots.first_readers(share.uptake_curve(WAITS, by="age"), by="age", up_to=60)
    assert fig.title == "After 60 days only 25 % of new had found a reader"
    assert "new: 4 items, fewer than half ever read, 25 % by day 60" in fig.alt


def test_too_many_groups_are_refused():
    many = pd.concat(WAITS.assign(age=name) for name in "abcde")
    with pytest.raises(ValueError, match="up to 4 groups, not more"):
        plots.first_readers(share.uptake_curve(many, by="age"), by="age")
