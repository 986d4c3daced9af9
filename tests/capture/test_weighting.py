import numpy as np
import pandas as pd
import polars as pl
import pytest
from statsmodels.stats.weightstats import DescrStatsW

from ckmlab.capture import rake, response_propensity, weighted_mean


def survey(seed, n=4000, own_answer=0.0):
    """Young people answer less and like us less; ``own_answer`` makes silence depend on it."""
    rng = np.random.default_rng(seed)
    young = rng.random(n) < 0.5
    score = rng.normal(7 - 2 * young, 1)
    chance = 1 / (1 + np.exp(-(0.5 - 1.5 * young + own_answer * (score - 6))))
    return pd.DataFrame({"young": young, "score": score, "answered": rng.random(n) < chance})


def test_weighting_repairs_what_the_covariates_explain():
    people = survey(1)
    there = people.answered
    weights = 1 / response_propensity(people, "answered", ["young"])
    repaired = weighted_mean(people.score[there], weights[there])
    assert people.score[there].mean() > people.score.mean() + 0.3
    assert repaired.covers(people.score.mean())


def test_weighting_fails_when_silence_depends_on_the_answer():
    people = survey(2, own_answer=1.0)
    there = people.answered
    weights = 1 / response_propensity(people, "answered", ["young"])
    assert weighted_mean(people.score[there], weights[there]).low > people.score.mean()


def test_one_binary_covariate_gives_the_response_rates():
    people = survey(3)
    chance = response_propensity(pl.from_pandas(people), "answered", ["young"])
    expected = people.groupby("young").answered.transform("mean")
    assert chance.to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-6)


def test_weighted_mean_equals_statsmodels():
    values, weights = [3.0, 5.0, 8.0, 9.0], [1.0, 2.0, 2.0, 0.5]
    assert weighted_mean(values, weights).value == pytest.approx(DescrStatsW(values, weights).mean)


def test_equal_weights_are_the_ordinary_mean_and_interval():
    values = [3.0, 5.0, 8.0, 9.0]
    estimate, peer = weighted_mean(values, [7] * 4), DescrStatsW(values).tconfint_mean()
    assert (estimate.low, estimate.high) == pytest.approx(peer)
    assert "effective sample size 4.0" in estimate.notes[0]


def test_raking_meets_all_margins():
    rng = np.random.default_rng(5)
    people = pd.DataFrame(
        {"sex": rng.choice(["f", "m"], 300, p=[0.7, 0.3]), "age": rng.choice([1, 2, 3], 300)}
    )
    targets = {"sex": {"f": 0.5, "m": 0.5}, "age": {1: 20, 2: 30, 3: 50}}
    weight = rake(people, targets)
    assert weight.mean() == pytest.approx(1)
    assert (weight.groupby(people.sex).sum() / 300).tolist() == pytest.approx([0.5, 0.5])
    assert (weight.groupby(people.age).sum() / 300).tolist() == pytest.approx([0.2, 0.3, 0.5])


def test_clear_errors():
    people = pd.DataFrame({"a": ["x", "x", "y"], "answered": [1, 1, 0]})
    with pytest.raises(ValueError, match="for certain"):
        response_propensity(people, "answered", ["a"])
    with pytest.raises(ValueError, match="everybody or nobody"):
        response_propensity(people.assign(answered=1), "answered", ["a"])
    with pytest.raises(ValueError, match="missing values"):
        response_propensity(people.assign(a=["x", None, "y"]), "answered", ["a"])
    with pytest.raises(ValueError, match=r"\['z'\] are on one side"):
        rake(people, {"a": {"x": 1, "y": 1, "z": 1}})
    with pytest.raises(ValueError, match="not all 0"):
        weighted_mean([1, 2], [0, 0])
    both = pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"]})
    with pytest.raises(ValueError, match="cannot be met together"):
        rake(both, {"a": {"x": 1, "y": 1}, "b": {"x": 1, "y": 3}})
