"""Survival against published curves, and gaps between purchases."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import special

from ckmlab.datasets.generators import make_contract_cohort, make_transactions
from ckmlab.datasets.published import load_contract_retention
from ckmlab.value.behaviour import purchase_gaps, survival, survival_difference

# Weeks of remission in the trial of Freireich et al. (1963), the textbook example of the method.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
CONTROL = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


@pytest.fixture(scope="module")
def trial():
    rows = [
        (float(entry.rstrip("+")), not entry.endswith("+"), group)
        for group, text in (("treated", TREATED), ("control", CONTROL))
        for entry in text.split()
    ]
    return pd.DataFrame(rows, columns=["duration", "churned", "group"])


def test_textbook_curve(trial):
    curve = survival(trial[trial["group"] == "treated"]).set_index("time")
    printed = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    for week, share in printed.items():
        assert curve.loc[week, "survival"] == pytest.approx(share, abs=5e-4)
    assert curve.loc[10, "at_risk"] == 15
    # Log-minus-log limits of R's survival package for the same data at week 10: .503, .889.
    assert curve.loc[10, ["low", "high"]].tolist() == pytest.approx([0.503, 0.889], abs=5e-4)


def test_textbook_log_rank(trial):
    test = survival_difference(trial, group="group")
    assert test.statistic == pytest.approx(16.79, abs=0.005)
    assert test.degrees_of_freedom == 1
    assert test.pvalue < 1e-4


def test_groups_are_separate_curves(trial, backend, collected):
    both = collected(survival(backend(trial), group="group"))
    alone = survival(trial[trial["group"] == "control"])
    part = both[both["group"].astype(str) == "control"].reset_index(drop=True)
    np.testing.assert_allclose(part[alone.columns], alone)


def test_contract_data_give_the_printed_retention_back():
    # Fader & Hardie (2007), regular customers, as a thousand subscribers.
    table = load_contract_retention()
    left = (10 * table["regular"]).round().astype(int).to_numpy()
    lost = pd.DataFrame({"duration": np.repeat(table["year"][1:], -np.diff(left)), "churned": True})
    stayed = pd.DataFrame({"duration": [12] * left[-1], "churned": False})
    curve = survival(pd.concat([lost, stayed]))
    np.testing.assert_allclose(curve["survival"], left / 1000)
    np.testing.assert_allclose(curve["retention"][1:], left[1:] / left[:-1])


def test_intervals_cover_the_models_survival():
    # Pointwise 95 % intervals of the sBG model's S(3), over 200 seeds.
    truth = np.exp(special.betaln(0.704, 1.182 + 3) - special.betaln(0.704, 1.182))
    covered = 0
    for seed in range(200):
        curve = survival(make_contract_cohort(150, seed=seed)).set_index("time").loc[3]
        covered += curve["low"] <= truth <= curve["high"]
    assert 180 <= covered <= 199


def test_the_callers_table_is_not_changed(trial):
    before = trial.copy(deep=True)
    survival(trial, group="group")
    pd.testing.assert_frame_equal(trial, before)


def test_nobody_lost_and_everybody_lost():
    stay = survival(pd.DataFrame({"duration": [3, 4], "churned": [False, False]}))
    assert stay["survival"].tolist() == [1.0]
    gone = survival(pd.DataFrame({"duration": [3, 3], "churned": [True, True]}))
    assert gone["survival"].tolist() == [1.0, 0.0]
    assert gone.iloc[-1][["low", "high"]].isna().all()


@pytest.mark.parametrize(
    ("columns", "error", "message"),
    [
        ({"duration": [-1, 2]}, ValueError, "'duration' holds -1; give times of at least 0"),
        ({"duration": [np.nan, 2]}, ValueError, r"\['duration'\] has missing values"),
        ({"churned": [2, 0]}, ValueError, "'churned' holds 2; give True"),
    ],
)
def test_bad_tables(columns, error, message):
    table = pd.DataFrame({"duration": [1, 2], "churned": [True, False]}).assign(**columns)
    with pytest.raises(error, match=message):
        survival(table)


def test_empty_and_one_group():
    table = pd.DataFrame({"duration": [1, 2], "churned": [True, False], "plan": "a"})
    with pytest.raises(ValueError, match="the table is empty"):
        survival(table.iloc[:0])
    with pytest.raises(ValueError, match="'plan' has one group"):
        survival_difference(table, group="plan")
    with pytest.raises(KeyError, match="survival needs the column"):
        survival(table, duration="months")


def test_gaps_are_those_of_a_loop(backend, collected):
    log = make_transactions(60, seed=5, parameters={"r": 2.0}, spend=None)
    expected = []
    for customer, part in log.groupby("customer_id"):
        days = sorted(set(part["date"].dt.floor("D")))
        expected += [
            [customer, number, (later - earlier).days]
            for number, (earlier, later) in enumerate(pairwise(days), start=1)
        ]
    shuffled = backend(log.sample(frac=1, random_state=1, ignore_index=True))
    assert collected(purchase_gaps(shuffled)).to_numpy().tolist() == expected
