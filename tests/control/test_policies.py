import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.control import evaluate_policy

RULES = pd.DataFrame(
    [
        ("agent", "*", "service", True),
        ("agent", "about", "campaign", False),
        ("agent", "*", "campaign", True),
        ("partner", "for", "*", True),
        ("*", "for", "service", True),
    ],
    columns=["role", "ktype", "purpose", "allow"],
)
ASKED = pd.DataFrame(
    [
        ("agent", "about", "service", True),
        ("agent", "about", "campaign", False),
        ("agent", "from", "campaign", True),
        ("partner", "for", "resale", False),
        ("partner", "about", "service", True),
        ("stranger", "for", "service", True),
        ("stranger", "from", "service", False),
    ],
    columns=["role", "ktype", "purpose", "legitimate"],
)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_the_most_specific_rule_decides_and_silence_denies(make):
    report = evaluate_policy(make(ASKED.to_dict("list")), make(RULES.to_dict("list")))
    granted = [True, False, True, True, False, True, False]
    assert report.decisions.granted.tolist() == granted
    assert report.leaks[["role", "purpose"]].values.tolist() == [["partner", "resale"]]
    assert report.blocks[["role", "ktype"]].values.tolist() == [["partner", "about"]]
    assert report.leak_rate.value == pytest.approx(1 / 3)
    assert report.block_rate.value == pytest.approx(1 / 4)
    assert report.precision.value == report.recall.value == pytest.approx(3 / 4)


def test_of_equal_rules_the_prohibition_wins():
    rules = pd.DataFrame(
        {"role": ["a", "*"], "ktype": ["*", "x"], "purpose": ["*", "*"], "allow": [True, False]}
    )
    asked = pd.DataFrame({"role": ["a"], "ktype": ["x"], "purpose": ["p"], "legitimate": [True]})
    assert len(evaluate_policy(asked, rules).blocks) == 1


def test_what_was_really_granted_can_be_judged():
    report = evaluate_policy(ASKED.assign(done=True), "done")
    assert report.leak_rate.value == 1
    assert report.block_rate.value == 0


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_everything_open_leaks_all_and_everything_closed_blocks_all(seed):
    asked = ASKED.sample(30, replace=True, random_state=np.random.RandomState(seed))
    everything = {"role": ["*"], "ktype": ["*"], "purpose": ["*"]}
    opened = evaluate_policy(asked, pd.DataFrame(everything | {"allow": [True]}))
    closed = evaluate_policy(asked, pd.DataFrame(everything | {"allow": [False]}))
    assert len(opened.leaks) == (~asked.legitimate).sum()
    assert len(closed.blocks) == asked.legitimate.sum()
    assert len(opened.blocks) == len(closed.leaks) == 0


def test_clear_errors():
    with pytest.raises(KeyError, match="legitimate"):
        evaluate_policy(ASKED.drop(columns="legitimate"), RULES)
    with pytest.raises(ValueError, match="'legitimate' must hold"):
        evaluate_policy(ASKED.assign(legitimate="maybe"), RULES)
    with pytest.raises(ValueError, match="no request"):
        evaluate_policy(ASKED.head(0), RULES)
