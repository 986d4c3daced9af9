"""Traps: naive estimates miss where the trap is set, in the documented direction; remedies hit.

The estimators are those that ``benchmarks/company_traps.py`` runs over many seeds; here each runs
once. An estimate is right if it lies within four standard errors.
"""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from ckmlab.datasets import Company, Scenario, make_company, scenarios
from ckmlab.datasets.traps import TRAPS


def benchmark(name):
    path = Path(__file__).parents[2] / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ESTIMATORS = benchmark("trap_estimators").ESTIMATORS | {"drift": benchmark("trap_drift").drift}

# Which way the naive estimate goes wrong.
DIRECTION = {
    "nonresponse": +1,
    "silent_complaints": +1,
    "channel_dependence": -1,
    "survivorship": -1,
    "confounding": -1,
    "vocal_minority": -1,
    "targeting": +1,
    "coder_error": -1,
    "mixed_identity": +1,
    "regression_to_mean": +1,
    "drift": +1,
}
# 26 times the registered complaints is wrong in any world; the remedy is the textbook's ladder.
WRONG_ANYWHERE = {"silent_complaints"}


class Study(Company):
    def elsewhere(self):
        return make_company(self.n_customers, seed=self.seed + 10_000, scenario=self.scenario)


@pytest.fixture(scope="module")
def studies():
    made = {}
    for scenario in ("honest", "classic"):
        company = make_company(6000, seed=11, scenario=scenario)
        made[scenario] = Study(company.tables, company._recipe, sealed=company._sealed)
    return made


def standard_errors(truth, estimate):
    """How many standard errors an estimate is off; without an interval, of 5 % of the truth."""
    value, low, high = estimate
    error = 0.05 * abs(truth) if np.isnan(low) else (high - low) / (2 * 1.96)
    return (value - truth) / error if error else 0.0


@pytest.mark.parametrize("name", ESTIMATORS)
def test_in_classic_the_naive_estimate_misses_and_the_remedy_hits(studies, name):
    truth, naive, remedy = ESTIMATORS[name](studies["classic"])
    assert DIRECTION[name] * standard_errors(truth, naive) > 1.5
    assert abs(standard_errors(truth, remedy)) < 4


@pytest.mark.parametrize("name", ESTIMATORS)
def test_in_honest_the_textbook_estimate_hits(studies, name):
    truth, naive, remedy = ESTIMATORS[name](studies["honest"])
    assert abs(standard_errors(truth, remedy if name in WRONG_ANYWHERE else naive)) < 4


def test_weighting_by_what_is_seen_does_not_cure_nonresponse(studies):
    """Segment and region are observed; the mood that decides about answering is not."""
    company = studies["classic"]
    wave = company.surveys.query("wave == 1").merge(company.customers, on="customer_id")
    rate = wave.groupby(["segment", "region"])["responded"].transform("mean")
    weight = (1 / rate)[wave["responded"]]
    score = wave.loc[wave["responded"], "nps"].astype(float)
    weighted = 100 * np.average((score >= 9).astype(float) - (score <= 6), weights=weight)
    assert weighted - company.truth["nps_1"] > 20


def test_drift_changes_the_words_of_the_app_from_year_five():
    for drift in (True, False):
        company = make_company(2000, seed=2, drift=drift)
        app = company.interactions.query("topic == 'app'")
        new = app["text"].str.contains("MyKestrel")
        assert not new[app["period"] < 5].any()
        assert new[app["period"] >= 5].mean() > 0.5 if drift else not new.any()


def test_switching_the_dependence_moves_the_overlap_of_the_lists():
    shares = {}
    for strength in (0.0, 1.8):
        company = make_company(6000, seed=2, dependence_strength=strength)
        problems = company.truth.table("problems").query("period == 1 and voiced")
        shares[strength] = np.corrcoef(problems["severity"], problems["registered"])[0, 1]
    assert abs(shares[0.0]) < 0.06 < 0.2 < shares[1.8]


def test_every_trap_is_documented_and_switchable():
    assert set(TRAPS) == {name for name in TRAPS if hasattr(Scenario(), name)}
    assert set(DIRECTION) == set(ESTIMATORS) == set(TRAPS)
    assert scenarios["honest"].traps_set == ()
    assert set(scenarios["classic"].traps_set) == set(TRAPS)
    described = Scenario.traps()
    assert described.index.tolist() == list(TRAPS)
    assert (described.map(len) > 30).all(axis=None)
