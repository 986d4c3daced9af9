import pandas as pd
import pytest

from ckmlab import plots, transfer

# Simpson's paradox with round numbers: +10 points in either group, the reverse over all.
COUNTS = [("easy", 0, 90, 100), ("easy", 1, 10, 10), ("hard", 0, 2, 10), ("hard", 1, 30, 100)]
CASES = pd.DataFrame(
    [
        {"triage": triage, "used": used, "solved": int(case < solved)}
        for triage, used, solved, n in COUNTS
        for case in range(n)
    ]
)
TABLE = transfer.stratum_effects(CASES, outcome="solved", exposure="used", strata="triage")


def test_the_title_says_that_the_sign_turns():
    fig = plots.simpson_slopes(TABLE)
    assert "looks harmful over all (-47 points), yet helps in 2 of 2 groups" in fig.title
    assert "triage easy: 90 % of 100 without, 100 % of 10 with" in fig.alt


def test_a_standardised_effect_is_told_beside_the_crude_one():
    effect = transfer.standardised_effect(CASES, outcome="solved", exposure="used", strata="triage")
    fig = plots.simpson_slopes(TABLE, standardised=effect)
    assert fig.title.endswith("among like cases it is +10")


def test_without_the_crude_row_there_is_nothing_to_turn():
    with pytest.raises(ValueError, match='the row "all"'):
        plots.simpson_slopes(TABLE[TABLE["triage"] != "all"])
    with pytest.raises(KeyError, match="n_with"):
        plots.simpson_slopes(TABLE.drop(columns="n_with"))
