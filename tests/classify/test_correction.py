import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.classify import confusion_table, correct_mix, type_mix

LABELS = ["about", "for", "from"]
# Research dossier 1.3: the confusion that turns (.45, .35, .20) into (.4470, .3475, .2055).
CONFUSION = np.array([[0.88, 0.05, 0.07], [0.06, 0.90, 0.04], [0.15, 0.05, 0.80]])
TRUTH = np.array([0.45, 0.35, 0.20])
OBSERVED = [0.4470, 0.3475, 0.2055]


def test_worked_example_inverts_exactly():
    assert pytest.approx(OBSERVED) == CONFUSION.T @ TRUTH
    mix = correct_mix(OBSERVED, CONFUSION)
    assert mix["ktype"].tolist() == LABELS
    assert mix["share"].to_numpy() == pytest.approx(TRUTH, abs=1e-12)
    assert mix["low"].isna().all()
    assert not mix["clipped"].any()


def test_two_coders_with_that_confusion():
    # Research dossier 1.3: two independent coders agree 0.7701, kappa 0.6393.
    joint = CONFUSION.T @ np.diag(TRUTH) @ CONFUSION
    margin = joint.sum(axis=0)
    agreed, chance = np.trace(joint), margin @ margin
    assert agreed == pytest.approx(0.7701, abs=5e-5)
    assert (agreed - chance) / (1 - chance) == pytest.approx(0.6393, abs=5e-5)


@pytest.mark.parametrize(
    "observed",
    [
        pd.Series(OBSERVED, index=LABELS),
        dict(zip(LABELS, OBSERVED, strict=True)),
        pd.Series(OBSERVED, index=LABELS)[["from", "about", "for"]],
        [8940, 6950, 4110],
    ],
    ids=["series", "mapping", "other order", "counts"],
)
def test_all_ways_to_give_a_mix(observed):
    confusion = pd.DataFrame(CONFUSION, index=LABELS, columns=LABELS)
    assert correct_mix(observed, confusion)["share"].to_numpy() == pytest.approx(TRUTH)


@pytest.mark.parametrize("library", [pd.DataFrame, pl.DataFrame])
def test_a_type_mix_brings_its_number_of_items(library):
    items = library({"ktype_coded": np.repeat(LABELS, [894, 695, 411])})
    mix = correct_mix(type_mix(items), CONFUSION)
    assert mix["share"].to_numpy() == pytest.approx(TRUTH)
    assert (mix["low"] < mix["share"]).all()
    assert (mix["share"] < mix["high"]).all()


def test_rounded_shares_are_scaled_to_add_up_to_one():
    mix = correct_mix([0.448, 0.348, 0.206], CONFUSION)
    assert mix["observed"].sum() == pytest.approx(1)
    assert mix["share"].sum() == pytest.approx(1)


def test_doubt_about_the_confusion_widens_the_interval():
    counts = (CONFUSION * 100).round().astype(int)
    sure = correct_mix([894, 695, 411], CONFUSION)
    unsure = correct_mix([894, 695, 411], counts)
    assert unsure["share"].to_numpy() == pytest.approx(sure["share"].to_numpy())
    assert (unsure["high"] - unsure["low"] > sure["high"] - sure["low"]).all()


def test_intervals_cover_at_the_nominal_rate_when_both_samples_are_drawn():
    draw = np.random.default_rng(11)
    covered = []
    for _ in range(300):
        observed = draw.multinomial(1500, CONFUSION.T @ TRUTH)
        checked = np.array([draw.multinomial(120, row) for row in CONFUSION])
        mix = correct_mix(observed, checked)
        covered.append((mix["low"].to_numpy() <= TRUTH) & (mix["high"].to_numpy() >= TRUTH))
    assert (np.mean(covered, axis=0) > 0.91).all()
    assert (np.mean(covered, axis=0) < 0.99).all()


def test_a_share_below_zero_is_clipped_and_said_so():
    mix = correct_mix([0.95, 0.04, 0.01], CONFUSION)
    assert mix["clipped"].any()
    assert (mix["share"] >= 0).all()
    assert mix["share"].sum() == pytest.approx(1)


def test_a_confusion_table_of_a_checked_sample_fits(coders):
    truth, coder = coders
    table = confusion_table(truth, coder)
    mix = correct_mix(table.sum(axis=0), table)
    assert mix["share"].to_numpy() == pytest.approx(table.sum(axis=1).to_numpy() / 120)


@pytest.mark.parametrize(
    ("observed", "confusion", "message"),
    [
        (OBSERVED, CONFUSION[:2], r"shape \(2, 3\); it must be square"),
        (OBSERVED[:2], CONFUSION, "2 shares and the confusion matrix 3 types"),
        (OBSERVED, CONFUSION.T, "transpose yours"),
        (OBSERVED, CONFUSION * 2, "must add up to 1"),
        (OBSERVED, CONFUSION - 0.1, "negative or missing"),
        ([0.5, 0.4, 0.2], CONFUSION, "observed shares add up to 1.1"),
        ([0.5, 0.6, -0.1], CONFUSION, "negative or missing"),
        ([np.nan, 0.6, 0.4], CONFUSION, "negative or missing"),
        ([0, 0, 0], CONFUSION, "negative or missing"),
        (
            OBSERVED,
            [[0.5, 0.3, 0.2], [0.5, 0.3, 0.2], [0.1, 0.1, 0.8]],
            "singular.*'about' and 'for'",
        ),
        (
            {"a": 0.5, "b": 0.3, "c": 0.2},
            pd.DataFrame(CONFUSION, LABELS, LABELS),
            "must be the same",
        ),
        (OBSERVED, pd.DataFrame(CONFUSION, LABELS[::-1], LABELS), "bring both into one order"),
    ],
)
def test_clear_errors(observed, confusion, message):
    with pytest.raises(ValueError, match=message):
        correct_mix(observed, confusion)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(0.05, 1), min_size=3, max_size=3),
    st.lists(st.floats(0, 0.3), min_size=3, max_size=3),
)
def test_inverting_undoes_any_coder_who_is_mostly_right(mix, errors):
    truth = np.array(mix) / sum(mix)
    confusion = np.array([np.roll([1 - e, e / 3, 2 * e / 3], i) for i, e in enumerate(errors)])
    corrected = correct_mix(confusion.T @ truth, confusion)
    assert corrected["share"].to_numpy() == pytest.approx(truth, abs=1e-9)
