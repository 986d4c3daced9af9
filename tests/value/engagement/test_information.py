import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.value.engagement import expected_value_of_information, value_of_sample

PAYOFFS = pd.DataFrame({"wanted": [100, 0], "unwanted": [-60, 0]}, index=["launch", "keep"])
SURVEY = pd.DataFrame({"wanted": [0.8, 0.2], "unwanted": [0.3, 0.7]}, index=["yes", "no"])


def test_by_hand():
    worth = expected_value_of_information(PAYOFFS, [0.4, 0.6], likelihood=SURVEY, cost=5)
    assert worth.value == pytest.approx(4)  # .4 · 100 − .6 · 60
    assert worth.perfect == pytest.approx(0.4 * 100 - 4)
    # Yes (.5): launch for .32 · 100 − .18 · 60 = 21.2; no: keep for 0.
    assert worth.sample == pytest.approx(21.2 - 4)
    assert worth.net == pytest.approx(12.2) and worth.worthwhile
    assert worth.strategy["action"].tolist() == ["launch", "keep"]
    assert worth.strategy["probability"].tolist() == pytest.approx([0.5, 0.5])
    assert worth.strategy.loc["yes", "value"] == pytest.approx(42.4)


@pytest.mark.parametrize(
    "prior", [{"unwanted": 0.6, "wanted": 0.4}, pd.Series({"unwanted": 0.6, "wanted": 0.4})]
)
def test_states_are_matched_by_name_not_by_place(prior):
    worth = expected_value_of_information(PAYOFFS, prior, likelihood=SURVEY.iloc[:, ::-1])
    assert worth.perfect == pytest.approx(36) and worth.sample == pytest.approx(17.2)


def test_states_of_other_names_are_refused():
    with pytest.raises(ValueError, match=r"prior speaks of the states \['good', 'bad'\]"):
        expected_value_of_information(PAYOFFS, {"good": 0.4, "bad": 0.6})
    with pytest.raises(ValueError, match="likelihood speaks of the states"):
        expected_value_of_information(
            PAYOFFS, [0.4, 0.6], likelihood=SURVEY.rename(columns={"wanted": "good"})
        )
    # A plain series says nothing of names; neither does a plain table.
    worth = expected_value_of_information(PAYOFFS, pd.Series([0.4, 0.6]), likelihood=SURVEY)
    assert worth.sample == pytest.approx(17.2)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_study_is_worth_something_but_never_more_than_perfection(seed):
    rng = np.random.default_rng(seed)
    payoffs, prior = rng.normal(size=(3, 4)), rng.dirichlet(np.ones(4))
    likelihood = rng.dirichlet(np.ones(5), size=4).T
    worth = expected_value_of_information(payoffs, prior, likelihood=likelihood)
    assert 0 <= worth.sample <= worth.perfect + 1e-12
    perfect = expected_value_of_information(payoffs, prior, likelihood=np.eye(4))
    assert perfect.sample == pytest.approx(perfect.perfect)
    useless = expected_value_of_information(payoffs, prior, likelihood=np.full((2, 4), 0.5))
    assert useless.sample == pytest.approx(0, abs=1e-12)


def test_value_of_sample_agrees_with_simulation():
    prior_mean, prior_sd, sd, n = -0.4, 1.5, 8.0, 50
    rng = np.random.default_rng(9)
    theta = rng.normal(prior_mean, prior_sd, 400_000)
    heard = theta + sd / np.sqrt(n) * rng.standard_normal(len(theta))
    weight = n * prior_sd**2 / (n * prior_sd**2 + sd**2)
    believed = prior_mean + weight * (heard - prior_mean)
    gain = np.where(believed > 0, theta, 0).mean() - max(prior_mean, 0)
    ceiling = np.maximum(theta, 0).mean() - max(prior_mean, 0)
    row = value_of_sample(prior_mean, prior_sd, sd, n).loc[n]
    assert row["evsi"] == pytest.approx(gain, rel=0.02)
    assert row["evpi"] == pytest.approx(ceiling, rel=0.02)


def test_value_of_sample_grows_to_the_ceiling_and_costs_cut_it():
    table = value_of_sample(0.5, 2.0, 10.0, [0, 1, 100, 10**9], stake=10, cost_per_answer=1e-3)
    assert table["evsi"].iloc[0] == 0 and table["net"].iloc[0] == 0
    assert table["evsi"].is_monotonic_increasing
    assert table["evsi"].iloc[-1] == pytest.approx(table["evpi"].iloc[-1], rel=1e-6)
    assert table["net"].iloc[-1] < 0


@pytest.mark.parametrize(
    ("prior", "likelihood", "message"),
    [
        ([0.4, 0.7], None, "adds up to 1.1"),
        ([1.0], None, "1 probabilities for 2 states"),
        ([0.4, 0.6], SURVEY * 2, "likelihood of 'wanted' adds up to 2"),
        ([0.4, 0.6], np.ones((1, 3)), "3 columns for 2 states"),
    ],
)
def test_bad_probabilities(prior, likelihood, message):
    with pytest.raises(ValueError, match=message):
        expected_value_of_information(PAYOFFS, prior, likelihood=likelihood)


def test_bad_numbers():
    with pytest.raises(ValueError, match="missing or infinite"):
        expected_value_of_information([[1, np.nan], [0, 0]], [0.5, 0.5])
    with pytest.raises(ValueError, match="whole numbers"):
        value_of_sample(0, 1, 1, [1.5])
