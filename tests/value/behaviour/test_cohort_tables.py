"""Cohorts: the same on every engine and as counted by hand."""

import numpy as np
import pandas as pd
import pytest

from ckmlab.datasets.generators import make_transactions
from ckmlab.value.behaviour import cohort_table, cohorts


@pytest.fixture(scope="module")
def log():
    made = make_transactions(300, seed=4, parameters={"r": 1.0}, acquisition_weeks=40)
    return made.sample(frac=1, random_state=1, ignore_index=True)


@pytest.mark.parametrize(
    "arguments",
    [{}, {"period": "week", "amount": None}, {"period": "quarter"}, {"period": "year"}],
)
def test_every_engine_gives_the_same(log, backend, collected, arguments):
    expected = collected(cohorts(log, **arguments))
    answer = collected(cohorts(backend(log), **arguments))
    answer["cohort"] = answer["cohort"].astype("datetime64[us]")
    pd.testing.assert_frame_equal(answer, expected, check_dtype=False)
    assert type(cohorts(backend(log))) is type(backend(log))


@pytest.mark.parametrize(
    ("period", "code"), [("week", "W-SUN"), ("month", "M"), ("quarter", "Q"), ("year", "Y")]
)
def test_counted_by_hand(log, period, code):
    when = log["date"].dt.to_period(code)
    first = when.groupby(log["customer_id"]).transform("min")
    age = pd.Series(when.astype("int64") - first.astype("int64"), name="age")
    start = first.dt.start_time.rename("cohort")
    hand = log.groupby([start, age]).agg(
        customers=("customer_id", "nunique"), revenue=("amount", "sum")
    )
    ours = cohorts(log, period=period).set_index(["cohort", "age"])
    matched = hand.reindex(ours.index).fillna(0)
    assert (ours["customers"] == matched["customers"]).all()
    np.testing.assert_allclose(ours["revenue"], matched["revenue"])
    assert len(hand) <= len(ours)
    assert ours["customers"].xs(0, level="age").sum() == log["customer_id"].nunique()
    np.testing.assert_allclose(ours["retention"] * ours["size"], ours["customers"])


def test_ages_without_a_purchase_are_zeros_not_gaps(log):
    triangle = cohort_table(cohorts(log), "customers")
    seen = triangle.notna().to_numpy()
    # Each row is known up to the end of the log, one age less for each later cohort.
    assert (np.diff(seen.astype(int), axis=1) <= 0).all()
    assert (np.diff(seen.sum(axis=1)) == -1).all()


def test_revenue_is_conserved(log):
    assert cohorts(log, period="week")["revenue"].sum() == pytest.approx(log["amount"].sum())


def test_bad_arguments(log):
    with pytest.raises(ValueError, match="period is 'decade'; choose one of"):
        cohorts(log, period="decade")
    with pytest.raises(ValueError, match="values is 'size'; choose one of"):
        cohort_table(cohorts(log), "size")
