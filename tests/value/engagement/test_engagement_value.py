import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab import Estimate
from ckmlab.value.engagement import (
    engagement_value,
    influence_value,
    knowledge_value,
    referral_return,
    referral_value,
    waterfall,
)

IDEAS = pd.DataFrame(
    {
        "idea_id": [1, 1, 2, 3],
        "customer_id": [7, 9, 7, None],
        "value": [1000.0, 1000.0, 400.0, 50.0],
        "chance": [0.5, 0.5, 0.25, 1.0],
        "day": [2, 1, 1, 1],
        "effort": [3.0, 1.0, 1.0, 1.0],
    }
)


@pytest.mark.parametrize(
    ("rule", "extra", "expected"),
    [
        ("equal", {}, [250 + 100, 250]),
        ("first", {"order": "day"}, [100, 500]),
        ("last", {"order": "day"}, [500 + 100, 0]),
        ("share", {"share": "effort"}, [375 + 100, 125]),
    ],
)
def test_knowledge_value_by_hand(rule, extra, expected):
    table = knowledge_value(IDEAS, probability="chance", cost=10, rule=rule, **extra)
    assert table.index.tolist() == [7, 9]
    assert table["gross"].tolist() == expected
    assert table["cost"].tolist() == [20, 10]
    assert table["value"].tolist() == [expected[0] - 20, expected[1] - 10]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, unique=True))
def test_nothing_is_lost_or_counted_twice(pairs):
    frame = pd.DataFrame(pairs, columns=["idea_id", "customer_id"])
    frame["value"] = 10.0 * (1 + frame["idea_id"])
    whole = frame.drop_duplicates("idea_id")["value"].sum()
    for rule in ("equal", "first"):
        table = knowledge_value(frame, rule=rule, order="customer_id")
        assert table["gross"].sum() == pytest.approx(whole)


def test_rejected_ideas_need_no_value_adopted_ones_do():
    ideas = IDEAS.assign(adopted=[True, True, False, True], npv=[800.0, 800.0, np.nan, 5.0])
    table = knowledge_value(ideas, value="npv", probability="adopted")
    assert table["gross"].tolist() == [400, 400]
    with pytest.raises(ValueError, match="value is missing in 1 row"):
        knowledge_value(ideas.assign(adopted=True), value="npv", probability="adopted")


def test_kestrel_ideas_add_up_to_the_ledger():
    from ckmlab.datasets import make_company

    company = make_company(400, seed=1)
    table = knowledge_value(company.ideas, value="npv_realised", probability="adopted")
    by_customers = company.ideas[company.ideas["customer_id"].notna()]
    assert table["gross"].sum() == pytest.approx(by_customers["npv_realised"].sum())


def test_referral_value_by_hand():
    told = pd.DataFrame(
        {"referrer_id": [1, 1, 2], "referred_id": [5, 6, None], "paid": [25, 0, 25]}
    )
    table = referral_value(
        told, {5: 100.0, 6: 60.0}, reward="paid", anyway=0.5, acquisition_cost=40, fallback=80
    )
    assert table["gross"].tolist() == [70 + 50, 60]
    assert table["value"].tolist() == [95, 35]
    with pytest.raises(ValueError, match="1 referred customer"):
        referral_value(told, {5: 100.0, 6: 60.0})
    with pytest.raises(ValueError, match="refers itself"):
        referral_value(pd.DataFrame({"referrer_id": [1], "referred_id": [1]}), {1: 5.0})


def test_friends_of_whom_none_is_a_customer_are_worth_the_fallback():
    told = pd.DataFrame({"referrer_id": [1, 1], "referred_id": pd.array([None, None], "Int64")})
    assert referral_value(told, {5: 100.0}, fallback=80.5)["value"].tolist() == [161.0]


def test_return_on_a_referral_programme():
    """Schmitt, Skiera & Van den Bulte: 25 euros of reward, a gap of 40 euros: about 60 per cent."""
    assert float(referral_return(40, 25)) == pytest.approx(0.60)
    found = referral_return(Estimate(40, 30, 50, n=100), 25)
    assert (found.low, found.high, found.n) == (pytest.approx(0.2), pytest.approx(1.0), 100)


def test_influence_value_by_hand():
    seen = pd.DataFrame(
        {"purchase_id": [1, 1, 2], "customer_id": [7, 9, 7], "margin": [40.0, 40.0, 10.0]}
    )
    assert influence_value(seen, lift=0.5)["value"].tolist() == [15, 10]
    with pytest.raises(ValueError, match=r"lift holds 1\.5"):
        influence_value(seen, lift=1.5)


def test_parts_and_waterfall_add_up():
    knowledge = knowledge_value(IDEAS, probability="chance")
    values = engagement_value({7: 100.0, 8: 80.0}, referral={8: 55.0, 4: -5.0}, knowledge=knowledge)
    assert values.index.tolist() == [4, 7, 8, 9]
    assert values.columns.tolist() == ["lifetime", "referral", "knowledge", "total"]
    assert values.loc[9].tolist() == [0, 0, 250, 250]
    steps = waterfall(values)
    assert steps["part"].tolist() == ["lifetime", "referral", "knowledge", "total"]
    assert steps["end"].iloc[-1] == pytest.approx(values["total"].sum())
    assert steps["start"].iloc[1:3].tolist() == steps["end"].iloc[:2].tolist()


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (pd.Series([1.0, np.nan]), "missing value"),
        (pd.Series([1.0, 2.0], index=[3, 3]), "stands twice"),
    ],
)
def test_bad_parts(part, message):
    with pytest.raises(ValueError, match=message):
        engagement_value(part)


@pytest.mark.parametrize(
    ("change", "arguments", "message"),
    [
        ({"customer_id": 7}, {}, "stands twice"),
        ({"idea_id": None}, {}, "missing values"),
        ({}, {"rule": "share"}, "needs share"),
        ({}, {"rule": "share", "share": "zero"}, "all 0"),
        ({}, {"probability": 1.2}, "probability holds"),
        ({}, {"rule": "lottery"}, "choose one of"),
    ],
)
def test_bad_contributions(change, arguments, message):
    with pytest.raises(ValueError, match=message):
        knowledge_value(IDEAS.assign(zero=0.0, **change), **arguments)
