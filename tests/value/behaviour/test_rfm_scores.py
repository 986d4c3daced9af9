"""Scores: the same on every engine and for every row order, and right where ties are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.datasets.generators import make_transactions
from ckmlab.value.behaviour import rfm


@pytest.fixture(scope="module")
def log():
    return make_transactions(400, seed=3, parameters={"r": 1.5})


@pytest.mark.parametrize("arguments", [{}, {"ties": "customer", "groups": 4, "end": "2024-12-31"}])
def test_every_engine_gives_the_same_segments(log, backend, collected, arguments):
    expected = collected(rfm(log, **arguments))
    answer = collected(rfm(backend(log.sample(frac=1, random_state=5)), **arguments))
    assert answer["segment"].astype(str).tolist() == expected["segment"].tolist()
    columns = [name for name in expected if name != "segment"]
    pd.testing.assert_frame_equal(answer[columns], expected[columns], check_dtype=False)
    assert type(rfm(backend(log))) is type(backend(log))


def test_values_are_what_they_are_called(log):
    scored = rfm(log, end="2025-06-30").set_index("customer_id")
    one = log[log["customer_id"] == 17]
    days = one["date"].dt.floor("D")
    assert scored.loc[17, "recency"] == (pd.Timestamp("2025-06-30") - days.max()).days
    assert scored.loc[17, "frequency"] == days.nunique()
    assert scored.loc[17, "monetary"] == pytest.approx(one["amount"].sum())


def test_best_customers_score_highest(log):
    scored = rfm(log)
    for score, value, sign in (("r", "recency", -1), ("f", "frequency", 1), ("m", "monetary", 1)):
        middle = (sign * scored[value]).groupby(scored[score]).median()
        assert middle.is_monotonic_increasing
        assert scored[score].between(1, 5).all()


def test_equal_values_get_equal_scores(log):
    scored = rfm(log)
    assert (scored.groupby("frequency")["f"].nunique() == 1).all()


def test_breaking_ties_by_customer_makes_equal_groups(log):
    scored = rfm(log, ties="customer")
    for score in "rfm":
        assert scored[score].value_counts().tolist() == [80] * 5
    # Within one frequency the smaller id never scores higher.
    for _, part in scored.groupby("frequency"):
        assert part.sort_values("customer_id")["f"].is_monotonic_increasing


def test_untied_values_are_cut_as_by_pandas():
    amounts = np.random.default_rng(1).permutation(np.arange(1.0, 1001.0))
    log = pd.DataFrame({"customer_id": range(1000), "amount": amounts})
    log["date"] = pd.Timestamp("2024-01-01")
    expected = pd.qcut(log["amount"], 5, labels=False) + 1
    for ties in ("value", "customer"):
        assert (rfm(log, ties=ties)["m"].to_numpy() == expected).all()


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.integers(0, 4), min_size=1), groups=st.integers(2, 9))
def test_score_of_a_tied_value_is_that_of_its_middle(values, groups):
    log = pd.DataFrame({"customer_id": range(len(values)), "amount": values})
    log["date"] = pd.Timestamp("2024-01-01")
    by_value = rfm(log, groups=groups)
    by_customer = rfm(log, groups=groups, ties="customer")
    for amount, part in by_customer.groupby("monetary"):
        ordered = part["m"].sort_values()
        low, high = ordered.iloc[(len(part) - 1) // 2], ordered.iloc[len(part) // 2]
        scores = by_value.loc[by_value["monetary"] == amount, "m"]
        assert scores.nunique() == 1
        assert low <= scores.iloc[0] <= high


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"groups": 1}, "groups is 1"),
        ({"groups": 10}, "give 2 to 9"),
        ({"ties": "row"}, "ties is 'row'; choose one of"),
        ({"end": "2000-01-01"}, "later than end = 2000-01-01"),
    ],
)
def test_bad_arguments(log, arguments, message):
    with pytest.raises(ValueError, match=message):
        rfm(log, **arguments)
