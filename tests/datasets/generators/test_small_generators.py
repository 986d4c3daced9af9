"""Codings, channel lists, interviews, surveys, contracts: moments against theory and errors."""

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

from ckmlab.datasets.generators import (
    make_channel_lists,
    make_codings,
    make_contract_cohort,
    make_needs_interviews,
    make_survey,
)

ALL = [
    make_channel_lists,
    make_codings,
    make_contract_cohort,
    make_needs_interviews,
    make_survey,
]


@pytest.mark.parametrize("make", ALL)
def test_the_seed_decides_and_truth_changes_nothing(make):
    first, truth = make(80, seed=3, truth=True)
    pd.testing.assert_frame_equal(first, make(80, seed=3))
    assert not first.equals(make(80, seed=4))
    assert isinstance(truth, pd.DataFrame)


@pytest.mark.parametrize("make", ALL)
def test_asking_for_more_leaves_the_first_rows_unchanged(make):
    few, more = make(50, seed=3), make(500, seed=3)
    pd.testing.assert_frame_equal(few, more.head(len(few)))


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("bad", [{"seed": -1}, {"seed": 1.5}])
def test_impossible_seeds(make, bad):
    with pytest.raises(ValueError, match="seed is"):
        make(10, **bad)


@pytest.mark.parametrize("make", ALL)
def test_impossible_sizes(make):
    with pytest.raises(ValueError, match="is 0; it must be at least 1"):
        make(0, seed=1)


class TestCodings:
    def test_agreement_kappa_and_observed_mix(self):
        # Dossier, part 1.3: agreement .7701, kappa .6393, observed mix (.4470, .3475, .2055).
        wide = make_codings(40_000, seed=1).pivot(index="item_id", columns="coder", values="label")
        agreement = (wide["A"] == wide["B"]).mean()
        assert agreement == pytest.approx(0.7701, abs=0.009)
        mix_a, mix_b = (wide[coder].value_counts(normalize=True) for coder in "AB")
        by_chance = (mix_a * mix_b).sum()
        assert (agreement - by_chance) / (1 - by_chance) == pytest.approx(0.6393, abs=0.013)
        np.testing.assert_allclose(
            mix_a[["about", "for", "from"]], [0.4470, 0.3475, 0.2055], atol=0.01
        )

    def test_own_confusions_types_and_missing_codings(self):
        perfect, guessing = np.eye(2), np.full((2, 2), 0.5)
        codings, truth = make_codings(
            5000,
            seed=2,
            mix={"yes": 0.9, "no": 0.1},
            coders=["careful", "careless"],
            confusion={"careful": perfect, "careless": guessing},
            missing=0.2,
            truth=True,
        )
        right = codings.merge(truth, on="item_id")
        share = (right["label"] == right["ktype_true"]).groupby(right["coder"]).mean()
        assert share["careful"] == 1
        assert share["careless"] == pytest.approx(0.5, abs=0.035)
        assert len(codings) == pytest.approx(8000, abs=160)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"mix": {"about": 0.5, "for": 0.4}}, "mix sums to 0.9"),
            ({"confusion": np.eye(2)}, r"shape \(2, 2\).*\(3, 3\)"),
            ({"confusion": {"A": np.eye(3)}}, r"no matrix for coder \['B'\]"),
            ({"coders": ["A", "A"]}, "name of their own"),
            ({"missing": 2}, "missing is 2"),
        ],
    )
    def test_errors(self, arguments, message):
        with pytest.raises(ValueError, match=message):
            make_codings(10, seed=1, **arguments)


SHARES = {"phone": 0.3, "forum": 0.2, "survey": 0.25}


class TestChannelLists:
    def test_margins_and_odds_ratios_are_as_asked(self):
        _, cases = make_channel_lists(
            200_000, seed=1, odds_ratio={("forum", "phone"): 5.0}, truth=True
        )
        for channel, share in SHARES.items():
            assert cases[channel].mean() == pytest.approx(share, abs=0.005)
        for within in (True, False):  # the odds ratio given the third channel
            part = cases[cases["survey"] == within]
            table = pd.crosstab(part["phone"], part["forum"]).to_numpy()
            ratio = table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])
            assert np.log(ratio) == pytest.approx(np.log(5), abs=0.1)
        assert abs(np.corrcoef(cases["phone"], cases["survey"])[0, 1]) < 0.01

    def test_only_registered_cases_are_public(self):
        lists, cases = make_channel_lists(2000, seed=2, truth=True)
        assert len(cases) == 2000
        assert lists[list(SHARES)].any(axis=1).all()
        assert len(lists) == cases[list(SHARES)].any(axis=1).sum()

    @pytest.mark.parametrize(("ratio", "sign"), [(1.0, 0), (6.0, -1), (0.15, 1)])
    def test_two_list_estimate_is_off_in_the_known_direction(self, ratio, sign):
        lists = make_channel_lists(50_000, seed=3, odds_ratio=ratio)
        estimate = (
            lists["phone"].sum() * lists["forum"].sum() / (lists["phone"] & lists["forum"]).sum()
        )
        error = estimate / 50_000 - 1
        assert abs(error) < 0.05 if sign == 0 else np.sign(error) == sign and abs(error) > 0.2

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"channels": {"phone": 0.3}}, "give two to ten"),
            ({"channels": {"phone": 0.3, "chat": 1}}, r"channels\['chat'\] is 1"),
            ({"odds_ratio": -1}, "odds_ratio"),
            ({"odds_ratio": {("phone", "fax"): 2}}, "pair .*fax"),
        ],
    )
    def test_errors(self, arguments, message):
        with pytest.raises(ValueError, match=message):
            make_channel_lists(10, seed=1, **arguments)


class TestNeedsInterviews:
    @pytest.mark.parametrize("interviews", [5, 20, 30])
    def test_share_found_is_beta_binomial(self, interviews):
        heard = make_needs_interviews(interviews, seed=1, n_needs=20_000)
        expected = 1 - np.exp(special.betaln(1.45, 7.64 + interviews) - special.betaln(1.45, 7.64))
        assert heard["need_id"].nunique() / 20_000 == pytest.approx(expected, abs=0.012)

    def test_analysts_miss_independently(self):
        heard = make_needs_interviews(20, seed=2, n_needs=2000, analysts=2, detection=0.54)
        all_heard = make_needs_interviews(20, seed=2, n_needs=2000)
        # Two analysts at .54 find 78.8 % between them: 1 - .46^2.
        found = heard.drop_duplicates(["interview_id", "need_id"])
        assert len(found) / len(all_heard) == pytest.approx(1 - 0.46**2, abs=0.02)
        assert found.merge(all_heard, on=["interview_id", "need_id"]).shape[0] == len(found)


class TestContractCohort:
    @pytest.mark.parametrize(("alpha", "beta"), [(0.704, 1.182), (0.668, 3.806)])
    def test_survival_is_the_models(self, alpha, beta):
        cohort = make_contract_cohort(60_000, seed=1, alpha=alpha, beta=beta, periods=12)
        for t in (1, 4, 11):
            observed = ((cohort["duration"] > t) | ~cohort["churned"]).mean()
            expected = np.exp(special.betaln(alpha, beta + t) - special.betaln(alpha, beta))
            assert abs(observed - expected) < 4 * np.sqrt(0.25 / 60_000)

    def test_observation_cuts_the_lifetime(self):
        cohort, truth = make_contract_cohort(5000, seed=2, periods=5, truth=True)
        assert cohort["duration"].between(1, 5).all()
        assert (cohort["churned"] == (truth["lifetime"] <= 5)).all()
        assert stats.kstest(truth["churn_probability"], stats.beta(0.704, 1.182).cdf).pvalue > 1e-4

    def test_errors(self):
        with pytest.raises(ValueError, match="alpha is 0; it must be"):
            make_contract_cohort(10, seed=1, alpha=0)


class TestSurvey:
    @pytest.mark.parametrize("slope", [0.0, 0.75, -1.5])
    def test_response_rate_and_direction_of_the_bias(self, slope):
        answers, everybody = make_survey(50_000, seed=1, slope=slope, truth=True)
        assert answers["responded"].mean() == pytest.approx(0.25, abs=0.008)
        bias = answers["score"].mean() - everybody["score"].mean()
        assert abs(bias) < 0.06 if slope == 0 else np.sign(bias) == np.sign(slope)

    def test_following_up_mends_the_bias(self):
        answers, everybody = make_survey(50_000, seed=2, follow_up=0.2, truth=True)
        rate = answers["responded"].mean()
        mended = (
            rate * answers.loc[answers["responded"], "score"].mean()
            + (1 - rate) * answers.loc[answers["followed_up"], "score"].mean()
        )
        assert mended == pytest.approx(everybody["score"].mean(), abs=0.1)

    def test_who_is_silent_has_no_score(self):
        answers, everybody = make_survey(3000, seed=3, truth=True)
        assert (answers["score"].notna() == answers["responded"]).all()
        known = answers["responded"]
        assert (answers.loc[known, "score"] == everybody.loc[known, "score"]).all()
        assert answers["score"].dropna().between(0, 10).all()
        assert answers.loc[known, "response_day"].between(1, 21).all()

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"response_rate": 0}, "response_rate is 0"),
            ({"usage_correlation": 2}, "usage_correlation is 2"),
            ({"sd": 0}, "sd is 0"),
        ],
    )
    def test_errors(self, arguments, message):
        with pytest.raises(ValueError, match=message):
            make_survey(10, seed=1, **arguments)
