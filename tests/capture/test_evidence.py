import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab import Estimate
from ckmlab.capture import dissatisfied, evidence_table, ladder
from ckmlab.intervals import proportion

RUNGS = {"experienced": 1000, "front line": 500, "headquarters": 40}


def test_goodmans_two_denominators():
    # Goodman 2005: half tell the front line, .08 of those reach headquarters: .50 × .08 = .04
    table = ladder(RUNGS)
    assert table.of_previous.tolist()[1:] == [0.5, 0.08]
    assert table.of_first.tolist()[-1] == 0.04


def test_inverting_the_ladder_returns_to_the_first_rung():
    assert dissatisfied(40, 0.5, 0.08).value == pytest.approx(1000)


def test_the_wrong_rung_exceeds_the_customer_base():
    # research notes 7.3: registered × 26 is more than all customers
    estimate = dissatisfied(800, 0.04, population=6000)
    assert "another rung" in estimate.notes[0]
    assert estimate.value > 6000


def test_frames_and_ids_count_each_person_once():
    complaints = pl.DataFrame({"customer_id": [1, 1, 2]})
    table = ladder({"voiced": [1, 2, 3, 3], "registered": complaints})
    assert table.people.tolist() == [3, 2]


def test_segments_have_rates_of_their_own():
    customers = pd.DataFrame({"customer_id": range(6), "segment": ["basic"] * 4 + ["business"] * 2})
    table = ladder(
        {"problem": list(range(6)), "voiced": [0, 1, 4]}, customers=customers, by="segment"
    )
    voiced = table[table.rung == "voiced"].set_index("segment").of_previous
    assert voiced.to_dict() == {"basic": 0.5, "business": 0.5}


def test_pooling_segments_is_biased_and_segment_rates_are_not():
    # consumers .5, business .75 speak up; the desk sees mostly business
    by_segment = dissatisfied(
        {"consumer": 310, "business": 465}, {"consumer": 0.5, "business": 0.75}, 0.62
    )
    assert by_segment.value == pytest.approx(2000)
    assert dissatisfied(775, 0.5, 0.62).value > 2400


def test_parts_add_up():
    table = evidence_table({"consumer": 31, "business": 46}, 0.5, 0.62)
    assert (table.unvoiced + table.hidden + table.observed).tolist() == pytest.approx(
        table.dissatisfied.tolist()
    )


def test_uncertain_rates_widen_the_interval():
    known, guessed = dissatisfied(100, 0.5), dissatisfied(100, proportion(20, 40))
    assert guessed.value == known.value
    assert guessed.high - guessed.low > known.high - known.low


def test_interval_covers_at_its_level():
    rng, hits = np.random.default_rng(8), 0
    for _ in range(400):
        registered = rng.binomial(1000, 0.5 * 0.62)
        asked = rng.binomial(200, 0.5)
        hits += dissatisfied(registered, proportion(asked, 200), 0.62).covers(1000)
    assert 0.92 < hits / 400 < 0.98


@settings(max_examples=40)
@given(st.integers(1, 500), st.floats(0.05, 1), st.floats(0.05, 1))
def test_never_below_what_is_known(count, a, g):
    estimate = dissatisfied(count, a, g)
    assert count - 1e-6 <= estimate.low <= estimate.value + 1e-9 <= estimate.high + 2e-9


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ladder({"a": 10, "b": 20}), ValueError, "widest to the narrowest"),
        (lambda: ladder({"a": 10}), TypeError, "at least two"),
        (lambda: dissatisfied(10), ValueError, "at least one rate"),
        (lambda: dissatisfied(10, 0), ValueError, "rate is 0"),
        (lambda: dissatisfied(10, 50), ValueError, "did you mean"),
        (lambda: dissatisfied({"a": 1}, {"b": 0.5}), ValueError, "segment 'a'"),
        (lambda: dissatisfied(0, 0.5), ValueError, "nothing was observed"),
        (lambda: dissatisfied(5, Estimate(0.1, 0, 0.2)), ValueError, "cannot be told from 0"),
    ],
)
def test_clear_errors(call, error, message):
    with pytest.raises(error, match=message):
        call()
