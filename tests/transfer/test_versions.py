import pandas as pd
import pytest

from ckmlab import Estimate
from ckmlab.transfer import interaction, refinement_gain, success_by_version

TRIALS = pd.DataFrame(
    {
        "article": [1, 1, 2, 2, 1, 1, 2, 2],
        "version": [1, 2] * 4,
        "skill": ["low"] * 4 + ["high"] * 4,
    }
    | {"views": [40, 50, 60, 50, 50, 50, 50, 50], "success": [20, 10, 40, 10, 20, 40, 30, 40]}
)


def test_counts_of_a_version_are_added_up_within_groups():
    table = success_by_version(TRIALS, "skill")
    assert table[["skill", "version"]].values.tolist() == [
        ["high", 1], ["high", 2], ["low", 1], ["low", 2]
    ]  # fmt: skip
    assert table["readers"].tolist() == [100, 100, 100, 100]
    assert table["share"].tolist() == [0.5, 0.8, 0.6, 0.2]
    # Wilson's interval for 50 of 100, by hand: .5 ± 1.96 sqrt(.25 / (100 + 1.96²)) = .5 ± .0962
    assert table.loc[0, ["low", "high"]].tolist() == pytest.approx([0.4038, 0.5962], abs=1e-4)


def test_without_groups_all_readers_are_one():
    table = success_by_version(TRIALS)
    assert table["share"].tolist() == [0.55, 0.5]


def test_a_version_with_more_successes_than_readers_is_refused():
    with pytest.raises(ValueError, match="a part exceeds its whole"):
        success_by_version(TRIALS.assign(views=1))


def test_of_symmetric_intervals_the_errors_add_as_variances():
    # 3-4-5: half-widths 3 and 4 join to 5.
    joined = interaction(Estimate(10, 7, 13, n=5), Estimate(2, -2, 6, n=7))
    assert (joined.value, joined.low, joined.high, joined.n) == (8, 3, 13, 12)


def test_two_shares_give_newcombe_s_own_interval():
    # Newcombe (1998), table II, example (a): 56/70 - 48/80, method 10: .0524 to .3339
    from ckmlab.intervals import proportion

    joined = interaction(proportion(56, 70), proportion(48, 80))
    assert [joined.low, joined.high] == pytest.approx([0.0524, 0.3339], abs=5e-5)
    whole = refinement_gain(56, 70, 48, 80)
    assert [joined.low, joined.high] == pytest.approx([whole.low, whole.high])


def test_an_effect_without_interval_cannot_be_compared():
    with pytest.raises(ValueError, match="same level"):
        interaction(Estimate(1.0), Estimate(0.5, 0.4, 0.6))
    with pytest.raises(ValueError, match="same level"):
        interaction(Estimate(1, 0, 2, level=0.9), Estimate(0.5, 0.4, 0.6))
