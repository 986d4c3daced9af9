"""The metrics against Kestrel's sealed truth: right where the company is honest, misled in the
documented direction where its traps are on.
"""

import numpy as np
import pandas as pd
import pytest

from ckmlab.capture import (
    chapman,
    dissatisfied,
    double_sampling,
    fit_saturation,
    incidence_table,
    lincoln_petersen,
    response_propensity,
    weighted_mean,
)
from ckmlab.classify import type_flow
from ckmlab.control import evaluate_policy, retention_breaches
from ckmlab.datasets import make_company
from ckmlab.organize import drift_scan, pair_scores, resolve, similar_pairs
from ckmlab.scorecard import captivity
from ckmlab.share import reinvention_rate
from ckmlab.transfer import crude_effect, normalised_gain, standardised_effect

SEEDS = range(6)


def companies(scenario):
    return [make_company(1500, seed=seed, scenario=scenario) for seed in SEEDS]


@pytest.fixture(scope="module")
def honest():
    return companies("honest")


@pytest.fixture(scope="module")
def classic():
    return companies("classic")


def yearly_lists(company):
    """Desk and survey of each year: sizes, overlap, and how many really had a problem."""
    problems = company.truth.table("problems")
    told = company.surveys[company.surveys.had_problem.fillna(False).astype(bool)]
    for year in range(1, 9):
        desk = set(company.complaints.customer_id[company.complaints.period == year])
        survey = set(told.customer_id[told.wave == year])
        truth = problems.customer_id[problems.period == year].nunique()
        yield (len(desk), len(survey), len(desk & survey)), truth


@pytest.mark.parametrize("estimator", [lincoln_petersen, chapman])
def test_two_lists_cover_the_number_of_problems_where_lists_are_independent(honest, estimator):
    hits = [estimator(*lists).covers(truth) for one in honest for lists, truth in yearly_lists(one)]
    assert np.mean(hits) > 0.88


def test_the_ladder_climbs_down_to_the_truth(honest):
    for company in honest:
        truth = company.truth
        rates = float(truth["articulation_rate"]), float(truth["registration_rate"])
        estimate = dissatisfied(int(truth["registered"]), *rates)
        assert estimate.value == pytest.approx(float(truth["dissatisfied"]))


def test_saturation_covers_the_number_of_needs(honest):
    fits = [fit_saturation(incidence_table(company.interviews)) for company in honest]
    hits = [fit.needs().covers(one.truth["needs"]) for fit, one in zip(fits, honest, strict=True)]
    assert np.mean(hits) > 0.6


def last_wave(company):
    truth = company.truth.table("survey_truth")[["wave", "customer_id", "nps"]]
    asked = company.surveys[company.surveys.wave == 8].merge(
        truth, on=["wave", "customer_id"], suffixes=("", "_true")
    )
    return asked[asked.invited].merge(company.customers, on="customer_id")


def test_weighting_leaves_the_bias_that_double_sampling_removes(classic):
    doubled, weighted = [], []
    for seed, company in zip(SEEDS, classic, strict=True):
        asked = last_wave(company)
        score, answered = asked.nps_true.astype(float), asked.responded.astype(bool)
        silent = score[~answered]
        followed = silent.sample(120, random_state=np.random.RandomState(seed))
        doubled.append(
            double_sampling(score[answered], followed, silent=len(silent)).covers(score.mean())
        )
        weight = 1 / response_propensity(asked, "responded", ["segment", "birth_year"])
        weighted.append(weighted_mean(score[answered], weight[answered]).low > score.mean())
    assert np.mean(doubled) > 0.6
    assert all(weighted)


def test_standardising_finds_the_effect_of_knowledge_that_the_crude_figure_reverses(classic):
    names = {"outcome": "resolved", "exposure": "used"}
    fair, crude = [], []
    for company in classic:
        cases = company.interactions.assign(used=company.interactions.kb_item_id.notna())
        truth = float(company.truth["kb_effect"])
        fair.append(standardised_effect(cases, strata="triage", **names).covers(truth))
        crude.append(crude_effect(cases, **names).high < 0 < truth)
    assert np.mean(fair) > 0.6
    assert all(crude)


def test_gain_covers_what_was_learned(honest):
    hits = [
        normalised_gain(one.quiz["pre"], one.quiz["post"]).covers(one.truth["learning_gain"])
        for one in honest
    ]
    assert np.mean(hits) > 0.6


def test_the_drift_of_year_five_is_dated(classic):
    names = {"period": "period", "category": "topic", "seed": 1, "permutations": 99}
    scans = [drift_scan(company.interactions, **names) for company in classic]
    assert {scan.period for scan in scans} == {5}
    assert all(scan.p_value == 0.01 for scan in scans)


def test_records_of_one_customer_are_found_again(classic):
    company = classic[0]
    how = {"name": "jaro_winkler", "postcode": "exact"}
    pairs = similar_pairs(
        company.identities, how, key="record_id", block="postcode", threshold=0.95
    )
    found = resolve(pairs, company.identities.record_id)
    truth = company.truth.table("identities").set_index("record_id").true_customer_id
    scores = pair_scores(found, truth)
    assert scores.precision.value > 0.9
    assert scores.recall.value > 0.6


def test_opened_against_the_rules_is_what_the_ledger_calls_a_breach(classic):
    company = classic[0]
    kinds = company.truth.table("knowledge_items")[["item_id", "ktype_true"]]
    log = company.access_log.merge(company.truth.table("access_log"), on="log_id")
    log = log.merge(kinds.rename(columns={"ktype_true": "ktype"}), on="item_id")
    report = evaluate_policy(
        log.assign(opened=log.action != "denied"), "opened", legitimate="allowed_by_policy"
    )
    assert len(report.leaks) == int(company.truth["breaches"])
    assert report.leaks.breach.all()
    rules = evaluate_policy(log, company.policies, legitimate="allowed_by_policy")
    assert rules.leak_rate.value == rules.block_rate.value == 0


def test_deletions_that_came_too_late_are_counted(classic):
    for company in classic:
        end = pd.Timestamp("2100-01-01")
        breaches = retention_breaches(company.exports, end, until="delete_by", deleted="deleted_on")
        # the ledger counts hours: a deletion late on the last day is late there, and not here
        assert int(company.truth["late_deletions"]) - len(breaches) in (0, 1)


def stayers(answers, company):
    """Answers of a year beside whether the customer then renewed, and what holds them in truth."""
    hold = company.truth.table("customers")[["customer_id", "locked_in"]]
    return (
        answers.dropna(subset=["cusa1"])
        .merge(company.contracts, left_on=["customer_id", "wave"],
               right_on=["customer_id", "renewal_no"])
        .merge(hold, on="customer_id")
    )  # fmt: skip


def test_captives_are_among_those_who_stay_unsatisfied(classic):
    for company in classic:
        everybody = stayers(company.truth.table("survey_truth"), company)
        index = captivity(everybody.cusa1, everybody.renewed)
        captive = float(company.truth["captive_share"])
        assert captive < index.value
        # of the unsatisfied who stay, those really held are the ledger's captives
        renewed = everybody[everybody.renewed.astype(bool)]
        held = captivity(renewed.cusa1[renewed.locked_in], np.ones(renewed.locked_in.sum()))
        assert held.value * renewed.locked_in.mean() == pytest.approx(captive, abs=0.012)
        # and since the unsatisfied keep silent, the survey shows fewer
        answered = stayers(company.surveys, company)
        assert captivity(answered.cusa1, answered.renewed).high < index.value


def test_captivity_covers_everybodys_where_silence_is_no_matter_of_mood(honest):
    hits = []
    for company in honest:
        truth = stayers(company.truth.table("survey_truth"), company)
        answered = stayers(company.surveys, company)
        share = captivity(truth.cusa1, truth.renewed).value
        hits.append(captivity(answered.cusa1, answered.renewed).covers(share))
        assert company.truth["captive_share"] == 0  # where nobody is held, it is an upper bound
    assert np.mean(hits) > 0.6


def test_reinvention_is_what_the_ledger_counts(classic):
    for company in classic:
        found = reinvention_rate(company.interactions)
        assert found.value == pytest.approx(company.truth["reinvention_rate"])


def test_the_flow_of_natures_counts_every_item_that_has_one(classic):
    items = classic[0].knowledge_items
    flow = type_flow(items, column="nature_coded")
    assert set(flow.ktype) == {"behavioural", "attitudinal"}
    assert flow.n.sum() == (items.ktype_coded != "for").sum()
    mined = flow[flow.origin == "database"].groupby("ktype").n.sum()
    assert mined["behavioural"] > 2 * mined["attitudinal"]
