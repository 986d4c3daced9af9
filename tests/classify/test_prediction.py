import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.classify import prediction_powered_mix

LABELS = np.array(["about", "for", "from"])
TRUTH = np.array([0.45, 0.35, 0.20])
CONFUSION = np.array([[0.80, 0.12, 0.08], [0.10, 0.85, 0.05], [0.40, 0.10, 0.50]])


def sample(draw, items=3000, coded=200):
    truth = draw.choice(3, items, p=TRUTH)
    machine = (draw.random(items)[:, None] > CONFUSION[truth].cumsum(axis=1)).sum(axis=1).clip(0, 2)
    hand = LABELS[truth].astype(object)
    hand[draw.choice(items, items - coded, replace=False)] = None
    return pd.DataFrame({"predicted": LABELS[machine], "coded": hand})


def test_formula_by_hand():
    items = sample(np.random.default_rng(1))
    mix = prediction_powered_mix(items).set_index("ktype")
    coded = items.dropna()
    for label in LABELS:
        f, y = items["predicted"] == label, coded["coded"] == label
        bias = (y.astype(int) - (coded["predicted"] == label)).mean()
        assert mix.loc[label, "share"] == pytest.approx(f.mean() + bias)
        assert mix.loc[label, "hand_share"] == pytest.approx(y.mean())
    assert mix["share"].sum() == pytest.approx(1)


def test_interval_by_hand():
    # Three of four items coded, so that the uncoded quarter matters: with w the share of uncoded
    # items, the estimate is the mean of y − w f over coded plus w times the mean of f over uncoded.
    items = sample(np.random.default_rng(4), items=400, coded=300)
    row = prediction_powered_mix(items).iloc[1]
    coded = items.dropna()
    f, y = (items["predicted"] == "for"), (coded["coded"] == "for").astype(float)
    adds = y - 0.25 * f[coded.index]
    variance = adds.var() / 300 + 0.25**2 * f.mean() * (1 - f.mean()) / 100
    assert row["high"] - row["share"] == pytest.approx(1.959964 * variance**0.5)


def test_it_is_right_where_the_machine_is_not_and_surer_than_the_hand():
    draw = np.random.default_rng(7)
    mixes = [prediction_powered_mix(sample(draw)) for _ in range(200)]
    share = np.array([mix["share"] for mix in mixes])
    covered = [(mix["low"] <= TRUTH) & (mix["high"] >= TRUTH) for mix in mixes]
    assert share.mean(axis=0) == pytest.approx(TRUTH, abs=0.006)
    assert np.mean(covered) == pytest.approx(0.95, abs=0.025)
    machine = np.mean([mix["machine_share"] for mix in mixes], axis=0)
    assert abs(machine - TRUTH).max() > 0.04
    hand = np.array([mix["hand_share"] for mix in mixes])
    assert share.std(axis=0)[1] < 0.85 * hand.std(axis=0)[1]


def test_all_items_coded_leaves_the_hand_labels():
    items = sample(np.random.default_rng(2), items=300, coded=300)
    mix = prediction_powered_mix(items)
    assert mix["share"].to_numpy() == pytest.approx(mix["hand_share"].to_numpy())


def test_other_libraries_give_the_same():
    items = sample(np.random.default_rng(3), items=200, coded=50)
    pd.testing.assert_frame_equal(
        prediction_powered_mix(duckdb.from_df(items)), prediction_powered_mix(items)
    )


def test_clear_errors():
    items = sample(np.random.default_rng(3), items=50, coded=10)
    with pytest.raises(KeyError, match="hand"):
        prediction_powered_mix(items, coded="hand")
    with pytest.raises(ValueError, match=r"'predicted' holds the unknown labels \['For'\]"):
        prediction_powered_mix(items.replace({"predicted": {"for": "For"}}))
    with pytest.raises(ValueError, match=r"is empty for \d+ items"):
        prediction_powered_mix(items.assign(predicted=items["predicted"].replace("for", None)))
    with pytest.raises(ValueError, match="0 hand-given labels"):
        prediction_powered_mix(items.assign(coded=None))
    with pytest.raises(ValueError, match="both name the column"):
        prediction_powered_mix(items, coded="predicted")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from([*LABELS, None])), min_size=4))
def test_bounds(rows):
    items = pd.DataFrame(rows, columns=["predicted", "coded"]).astype(object)
    if items["coded"].notna().sum() < 2:
        return
    mix = prediction_powered_mix(items)
    assert mix["share"].between(0, 1).all()
    assert ((mix["low"] <= mix["share"]) & (mix["share"] <= mix["high"])).all()
    pd.testing.assert_frame_equal(prediction_powered_mix(items[::-1]), mix)
