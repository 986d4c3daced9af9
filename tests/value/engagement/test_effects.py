import numpy as np
import pandas as pd
import pytest

from ckmlab.value.engagement import compare_effects, treatment_effect

ROLES = {"outcome": "y", "treatment": "t"}


def confounded(n, seed, *, effect=2.0, bent_treatment=False, bent_outcome=False):
    """z drives both; the bends break the logistic or the linear model, one at a time."""
    rng = np.random.default_rng(seed)
    z, group = rng.standard_normal(n), rng.choice(["a", "b"], n)
    push = 1.2 * z + 0.8 * (group == "b")
    push = push - 0.9 * z**2 if bent_treatment else push
    t = rng.random(n) < 1 / (1 + np.exp(-np.clip(push, -3, 3)))
    y = effect * t + 1.5 * z + (group == "b") + rng.standard_normal(n)
    y = y + 1.5 * z**2 if bent_outcome else y
    return pd.DataFrame({"y": y, "t": t, "z": z, "group": group})


def test_only_the_naive_estimate_is_fooled():
    table = compare_effects(confounded(8000, 1), **ROLES, covariates=["z", "group"])
    assert table.loc["naive", "low"] > 2.5
    # Fifths of z leave a little confounding within each stratum: nearer, not there.
    assert abs(table.loc["stratified", "value"] - 2) < 0.25
    for method in ("weighted", "doubly robust"):
        assert table.loc[method, "low"] < 2 < table.loc[method, "high"]


@pytest.mark.parametrize("bend", ["bent_treatment", "bent_outcome"])
def test_doubly_robust_survives_one_wrong_model(bend):
    frame = confounded(20_000, 2, **{bend: True})
    robust = treatment_effect(frame, **ROLES, covariates=["z", "group"])
    assert abs(robust.error(2.0)) < 0.12
    if bend == "bent_treatment":
        weighted = treatment_effect(frame, **ROLES, covariates=["z", "group"], method="weighted")
        assert abs(weighted.error(2.0)) > abs(robust.error(2.0))


@pytest.mark.parametrize("method", ["weighted", "doubly robust"])
def test_intervals_cover_as_often_as_they_claim(method):
    covered = [
        treatment_effect(
            confounded(600, seed), **ROLES, covariates=["z", "group"], method=method
        ).covers(2.0)
        for seed in range(100)
    ]
    assert 0.88 <= np.mean(covered) <= 0.99


def test_naive_is_the_difference_with_welch_variance():
    frame = confounded(300, 4)
    found = treatment_effect(frame, **ROLES, method="naive")
    groups = [frame.loc[frame["t"] == side, "y"] for side in (True, False)]
    error = np.sqrt(sum(g.var() / len(g) for g in groups))
    assert float(found) == pytest.approx(groups[0].mean() - groups[1].mean())
    assert found.high - found.value == pytest.approx(1.959964 * error)


def test_with_one_binary_covariate_all_adjustments_agree():
    """A saturated model: strata, weights and regression are the same estimator."""
    rng = np.random.default_rng(5)
    hard = rng.random(4000) < 0.45
    used = rng.random(4000) < np.where(hard, 0.75, 0.25)
    solved = rng.random(4000) < np.where(hard, 0.35, 0.80) + 0.08 * used
    frame = pd.DataFrame({"hard": hard, "t": used, "y": solved})
    table = compare_effects(frame, **ROLES, covariates=["hard"])
    assert table.loc["naive", "value"] < 0 < table.loc["stratified", "low"]
    assert np.ptp(table["value"].iloc[1:]) < 1e-6
    assert np.ptp(table["high"].iloc[1:]) < 2e-3


def test_knowledge_base_at_kestrel():
    """Simpson's trap of the synthetic company, against its sealed truth."""
    from ckmlab.datasets import make_company

    company = make_company(1500, seed=3)
    contacts = company.interactions.assign(t=company.interactions["kb_item_id"].notna())
    roles = {"outcome": "resolved", "treatment": "t"}
    naive = treatment_effect(contacts, **roles, method="naive")
    adjusted = treatment_effect(contacts, **roles, covariates=["triage"])
    assert naive.high < 0
    assert adjusted.covers(company.truth["kb_effect"])


def test_other_libraries():
    pl = pytest.importorskip("polars")
    frame = confounded(500, 6)
    one = treatment_effect(frame, **ROLES, covariates=["z", "group"])
    other = treatment_effect(pl.from_pandas(frame).lazy(), **ROLES, covariates=["z", "group"])
    assert float(one) == pytest.approx(float(other))


def test_what_cannot_be_compared_is_said():
    frame = confounded(400, 7)
    odd = pd.DataFrame({"y": [0.0, 1], "t": [True, True], "z": 0.0, "group": "only treated"})
    found = treatment_effect(
        pd.concat([frame, odd]), **ROLES, covariates=["group"], method="stratified"
    )
    assert found.n == 400 and "2 of 402" in found.notes[0]
    separated = frame.assign(z=np.where(frame["t"], 5.0, -5.0))
    with pytest.raises(ValueError, match="no overlap"):
        treatment_effect(separated, **ROLES, covariates=["z"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"t": 1}, "both groups need"),
        ({"t": 0.5}, "give True and False"),
        ({"z": np.nan}, "missing values"),
    ],
)
def test_bad_frames(change, message):
    with pytest.raises(ValueError, match=message):
        treatment_effect(confounded(50, 8).assign(**change), **ROLES, covariates=["z"])


def test_bad_arguments():
    frame = confounded(50, 8)
    with pytest.raises(ValueError, match="needs covariates"):
        treatment_effect(frame, **ROLES)
    with pytest.raises(ValueError, match="choose one of"):
        treatment_effect(frame, **ROLES, method="magic")
    with pytest.raises(KeyError, match="wealth"):
        treatment_effect(frame, **ROLES, covariates=["wealth"])


@pytest.mark.parametrize("method", ["weighted", "doubly robust"])
def test_columns_that_repeat_each_other_change_nothing(method):
    frame = confounded(800, 5)
    twin = frame.assign(again=frame["group"].map({"a": "x", "b": "y"}), twice=2 * frame["z"] + 1)
    covariates = ["z", "group"]
    plain = treatment_effect(frame, **ROLES, covariates=covariates, method=method)
    doubled = treatment_effect(
        twin, **ROLES, covariates=[*covariates, "again", "twice"], method=method
    )
    assert doubled.value == pytest.approx(plain.value)
    assert doubled.low == pytest.approx(plain.low)
