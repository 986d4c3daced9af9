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
def test_the_most_specific_rule_decides_and_silence_denies(make, collected):
    report = evaluate_policy(make(ASKED.to_dict("list")), make(RULES.to_dict("list")))
    granted = [True, False, True, True, False, True, False]
    assert isinstance(report.leaks, make)
    assert collected(report.decisions).granted.tolist() == granted
    assert collected(report.leaks)[["role", "purpose"]].values.tolist() == [["partner", "resale"]]
    assert collected(report.blocks)[["role", "ktype"]].values.tolist() == [["partner", "about"]]
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


def test_a_rule_with_a_gap_fits_nothing_and_a_request_with_one_only_a_star():
    asked = ASKED.assign(ktype=None)
    gap = pd.DataFrame({"role": ["agent"], "ktype": [None], "purpose": ["*"], "allow": [True]})
    assert not evaluate_policy(asked, gap).decisions.granted.any()
    open_to_agents = gap.assign(ktype="*")
    granted = evaluate_policy(asked, open_to_agents).decisions.granted
    assert granted.tolist() == (asked.role == "agent").tolist()


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_the_decision_is_that_of_a_search_through_the_rules(seed):
    rng = np.random.RandomState(seed)
    drawn = {key: rng.choice(["*", "x", "y"], 6) for key in ("role", "ktype", "purpose")}
    rules = pd.DataFrame(drawn | {"allow": rng.rand(6) < 0.5})
    asked = pd.DataFrame({key: rng.choice(["x", "y"], 10) for key in drawn})
    granted = evaluate_policy(asked.assign(legitimate=True), rules).decisions.granted
    for one, answer in zip(asked.to_dict("records"), granted, strict=True):
        fitting = [
            (sum(rule[key] == "*" for key in drawn), rule["allow"])
            for rule in rules.to_dict("records")
            if all(rule[key] in ("*", one[key]) for key in drawn)
        ]
        assert answer == (min(fitting)[1] if fitting else False)


def test_numbers_and_texts_are_not_mixed_up():
    asked = pl.DataFrame(ASKED.assign(role=range(len(ASKED))).to_dict("list"))
    with pytest.raises(TypeError, match="'role' holds 'agent' in one place and 0 in the other"):
        evaluate_policy(asked, RULES)


def test_clear_errors():
    with pytest.raises(KeyError, match="legitimate"):
        evaluate_policy(ASKED.drop(columns="legitimate"), RULES)
    with pytest.raises(ValueError, match="'legitimate' must hold"):
        evaluate_policy(ASKED.assign(legitimate="maybe"), RULES)
    with pytest.raises(ValueError, match="no request"):
        evaluate_policy(ASKED.head(0), RULES)
