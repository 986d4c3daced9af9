"""What every small generator promises: seeds, first rows that stay, clear errors."""

import pandas as pd
import pytest

from ckmlab.datasets.generators import (
    make_channel_lists,
    make_codings,
    make_contract_cohort,
    make_needs_interviews,
    make_survey,
)

ALL = [
    make_channel_lists,
    make_codings,
    make_contract_cohort,
    make_needs_interviews,
    make_survey,
]


@pytest.mark.parametrize("make", ALL)
def test_the_seed_decides_and_truth_changes_nothing(make):
    first, truth = make(80, seed=3, truth=True)
    pd.testing.assert_frame_equal(first, make(80, seed=3))
    assert not first.equals(make(80, seed=4))
    assert isinstance(truth, pd.DataFrame)


@pytest.mark.parametrize("make", ALL)
def test_asking_for_more_leaves_the_first_rows_unchanged(make):
    few, more = make(50, seed=3), make(500, seed=3)
    pd.testing.assert_frame_equal(few, more.head(len(few)))


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("bad", [{"seed": -1}, {"seed": 1.5}])
def test_impossible_seeds(make, bad):
    with pytest.raises(ValueError, match="seed is"):
        make(10, **bad)


@pytest.mark.parametrize("make", ALL)
def test_impossible_sizes(make):
    with pytest.raises(ValueError, match="is 0; it must be at least 1"):
        make(0, seed=1)
