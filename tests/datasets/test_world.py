"""The simulation: rates where the data card says they are, causes that work, luck that stays."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.datasets import make_company, scenarios
from ckmlab.datasets.kestrel.lexicon import frames, lexicon
from ckmlab.datasets.kestrel.surveys import ITEMS
from ckmlab.datasets.scenario import POLICY
from ckmlab.datasets.traps import TRAPS


@pytest.fixture(scope="module")
def company():
    return make_company(6000, seed=21)


def near(value, target, tolerance):
    assert value == pytest.approx(target, abs=tolerance)


def test_rates_of_problems_and_complaints(company):
    """Poisson(exp(-.55 - .45 sat)) gives 44.5 % with one; voice .42 and .64; escalation .04."""
    truth, problems = company.truth, company.truth.table("problems")
    near(truth["dissatisfied"] / 6000, 0.445, 0.03)
    business = problems["customer_id"].map(
        company.customers.set_index("customer_id")["segment"].eq("business")
    )
    near(problems.loc[~business, "voiced"].mean(), 0.42, 0.02)
    near(problems.loc[business, "voiced"].mean(), 0.65, 0.04)
    near(problems.loc[problems["voiced"], "registered"].mean(), 0.62, 0.02)
    near(truth["escalated"] / truth["dissatisfied"], 0.04, 0.012)


def test_retention_follows_the_shifted_beta_geometric(company):
    """Prototype of the research: retention .735 rising to .932, survival .339 after 8 years."""
    near(company.truth["retention_1"], 0.75, 0.02)
    near(company.truth["retention_8"], 0.93, 0.025)
    near(company.truth["survival_8"], 0.339, 0.02)
    near(company.truth["satisfaction_of_the_rest_8"], 0.235, 0.06)


def test_recommendation_scores(company):
    """Prototype: -1.8 over all customers, +33 among the 24 % who answer."""
    near(company.truth["nps_1"], -1.8, 3.5)
    wave = company.surveys.query("wave == 1")
    near(wave["responded"].mean(), 0.24, 0.02)


def test_types_of_knowledge(company):
    for ktype, share in (("about", 0.45), ("for", 0.35), ("from", 0.20)):
        near(company.truth[f"share_{ktype}"], share, 0.035)


def test_two_coders_agree_as_in_the_worked_example(company):
    """Confusion of research part 1.3: agreement .7701, kappa .6393."""
    labels = company.codings.pivot(index="item_id", columns="coder", values="label")
    table = pd.crosstab(labels["A"], labels["B"], normalize=True).to_numpy()
    agreed, chance = np.trace(table), table.sum(axis=1) @ table.sum(axis=0)
    near((agreed - chance) / (1 - chance), 0.6393, 0.07)


def test_attitudes_have_the_published_correlations(company):
    """European Customer Satisfaction Index, mobile operator, N = 250 (Tenenhaus et al. 2005)."""
    r = company.truth.table("customers")[["image", "quality", "satisfaction", "loyalty"]].corr()
    near(r.loc["image", "quality"], 0.7489, 0.03)
    near(r.loc["quality", "satisfaction"], 0.7947, 0.03)
    near(r.loc["satisfaction", "loyalty"], 0.6563, 0.03)


def test_survey_items_have_the_published_moments(company):
    """Means (SD): CUSA1 7.99 (1.23), CUSA2 7.13 (1.77), CUSA3 7.32 (1.75), CUSL2 4.99 (2.84)."""
    first = company.truth.table("survey_truth").query("wave == 1")
    for item, mean, deviation in (
        ("cusa1", 7.99, 1.23),
        ("cusa2", 7.13, 1.77),
        ("cusl2", 4.99, 2.84),
    ):
        near(first[item].mean(), mean, 0.15)
        near(first[item].std(), deviation, 0.35)
    weak, strong = (first[name] for name in ("cusl2", "cusl3"))
    anchor = first["cusl1"]
    assert np.corrcoef(weak, anchor)[0, 1] < 0.35 < np.corrcoef(strong, anchor)[0, 1]
    assert len(ITEMS) == 24


def test_silence_means_no_answers(company):
    silent = company.surveys[~company.surveys["responded"]]
    for column in ("response_day", "had_problem", "comment", "nps", *ITEMS):
        assert silent[column].isna().all(), column
    assert company.surveys.loc[company.surveys["responded"], list(ITEMS)].notna().all(axis=None)


def test_nothing_happens_to_those_who_have_left(company):
    stays = company.contracts.groupby("customer_id")["end"].max()
    for table, when, who in (
        ("interactions", "ts", "customer_id"),
        ("transactions", "date", "customer_id"),
        ("forum", "ts", "author_id"),
        ("referrals", "ts", "referrer_id"),
    ):
        rows = company.tables[table]
        # A post about a problem may come up to three days late.
        late = rows[when].to_numpy() - stays.loc[rows[who]].to_numpy()
        assert (late < np.timedelta64(5, "D")).all(), table


def test_looked_up_items_existed_already(company):
    used = company.interactions.dropna(subset="kb_item_id")
    created = company.knowledge_items.set_index("item_id")["created_at"]
    assert (created.loc[used["kb_item_id"]].to_numpy() <= used["ts"].to_numpy()).all()
    assert (used["ts"].notna()).all() and len(used) > 10_000


def test_duplicates_point_to_an_earlier_original(company):
    latent = company.truth.table("knowledge_items").set_index("item_id")
    copies = latent.dropna(subset="duplicate_of")
    assert (copies["duplicate_of"] < copies.index).all()
    originals = latent.loc[copies["duplicate_of"]]
    assert originals["duplicate_of"].isna().all()
    assert (originals["ktype_true"].to_numpy() == copies["ktype_true"].to_numpy()).all()
    assert (originals["need_id"].to_numpy() == copies["need_id"].to_numpy()).all()


def test_referrers_came_before_those_they_brought(company):
    start = company.customers.set_index("customer_id")["tenure_start"]
    brought = company.customers.dropna(subset="referrer_id")
    assert (start.loc[brought["referrer_id"]].to_numpy() < brought["tenure_start"].to_numpy()).all()
    assert (brought["acquisition"] == "referral").all()


def test_satisfied_customers_renew_and_recommend_more(company):
    latent = company.truth.table("customers").set_index("customer_id")
    happy = latent["satisfaction"] > 0.5
    stays = company.contracts.groupby("customer_id").size()
    assert stays[happy].mean() > 1.15 * stays[~happy].mean()
    referred = company.referrals["referrer_id"].value_counts().reindex(latent.index, fill_value=0)
    assert referred[happy].mean() > 1.5 * referred[~happy].mean()


@pytest.fixture(scope="module")
def more(company):
    return company.counterfactual(capture=company.scenario.capture + 0.2)


class TestCounterfactual:
    def test_customers_are_the_same(self, company, more):
        for table in ("customers", "employees", "leads", "offers", "identities"):
            columns = [c for c in company.tables[table] if c not in ("training", "trained_on")]
            pd.testing.assert_frame_equal(
                more.tables[table][columns], company.tables[table][columns]
            )

    def test_luck_is_the_same(self, company, more):
        """A purchase that happens in both worlds is the same purchase; likewise what was said."""
        keys = ["customer_id", "date", "product_id", "units", "price"]
        both = company.transactions[keys].merge(more.transactions[keys])
        assert len(both) > 0.99 * len(company.transactions)
        keys = ["customer_id", "ts", "channel", "duration_min"]
        said = company.interactions.merge(more.interactions, on=keys, suffixes=("", "_more"))
        assert len(said) > 0.98 * len(company.interactions)
        routine = said["process"] == said["process_more"]
        assert (said["text"] == said["text_more"])[routine].all()

    def test_nobody_is_harmed_by_chance(self, company, more):
        """Registering more never makes a given customer leave earlier in the first year."""
        first = [
            world.contracts.query("renewal_no == 0").set_index("customer_id")["renewed"]
            for world in (company, more)
        ]
        assert (first[1] >= first[0]).all() and (first[1] > first[0]).any()

    def test_more_capture_is_worth_something_with_little_noise(self, company, more):
        gain = more.truth["customer_years"] - company.truth["customer_years"]
        assert 50 < gain < 600
        assert company.truth["effect_capture_years"] == gain
        gain = more.truth["value"] - company.truth["value"]
        assert company.truth["effect_capture_value"] == pytest.approx(gain)

    def test_each_link_of_the_chain_of_causes(self):
        company = make_company(6000, seed=22)

        def contacts(world):
            return world.interactions.assign(used=world.interactions["kb_item_id"].notna())

        ready = company.counterfactual(organize=0.95, share=0.95)
        assert contacts(ready)["used"].mean() > contacts(company)["used"].mean() + 0.03
        solved = [contacts(w).groupby("triage")["resolved"].mean() for w in (company, ready)]
        assert (solved[1] > solved[0]).all()
        published = company.counterfactual(publish=0.9)
        assert published.truth["problems"] < 0.95 * company.truth["problems"]
        heard = company.counterfactual(capture=0.9)
        assert heard.truth["registration_rate"] > company.truth["registration_rate"] + 0.15
        assert heard.truth["nps_1"] > company.truth["nps_1"]
        trained = company.counterfactual(transfer=1.0)
        assert trained.truth["kb_effect"] == pytest.approx(0.12)

    @pytest.mark.parametrize("lever", ["capture", "organize", "share", "transfer", "publish"])
    def test_every_lever_works(self, lever):
        company = make_company(2000, seed=21)
        low, high = (company.counterfactual(**{lever: level}) for level in (0.1, 0.9))
        assert high.truth["customer_years"] > low.truth["customer_years"]


@pytest.mark.parametrize("scenario", scenarios)
@pytest.mark.parametrize("n", [1, 7, 60])
def test_tiny_companies_of_every_scenario_hold_together(scenario, n):
    company = make_company(n, seed=n, scenario=scenario)
    assert len(company.customers) == n
    assert all(np.isfinite(company.truth[name]) for name in company.truth if "effect" not in name)


@given(
    n=st.integers(1, 60),
    seed=st.integers(0, 2**64 - 1),
    policy=st.fixed_dictionaries({lever: st.floats(0, 1) for lever in POLICY}),
    traps=st.fixed_dictionaries({name: st.booleans() for name in TRAPS}),
)
@settings(max_examples=15, deadline=None)
def test_any_world_is_referentially_sound(n, seed, policy, traps):
    company = make_company(n, seed=seed, **policy, **traps)
    for row in company.dictionary.itertuples():
        values = company.tables[row.table][row.column]
        assert row.nullable or values.notna().all(), (row.table, row.column)
        if "." in row.key:
            target, column = row.key.removeprefix("primary; ").split(".")
            assert values.dropna().isin(company.tables[target][column]).all(), (
                row.table,
                row.column,
            )
    truth = company.truth
    assert truth["dissatisfied"] >= truth["voiced"] >= truth["registered"] >= truth["escalated"]


def test_extreme_policies_are_possible():
    for level in (0, 1):
        policy = dict.fromkeys(("capture", "organize", "share", "transfer", "publish"), level)
        company = make_company(300, seed=1, **policy)
        assert (len(company.complaints) == 0) == (level == 0)


def test_donors_give_and_have_no_contract():
    company = make_company(2000, seed=1, scenario="nonprofit")
    assert len(company.contracts) == 0
    gifts = company.transactions.groupby(["customer_id", company.transactions["date"].dt.year])
    assert gifts.size().max() <= 2  # one a contract year, which spans two calendar years
    assert company.truth["campaign_lift"] == 0
    assert (company.transactions["margin"] > 0).all()


def test_texts_are_varied_and_complete(company):
    texts = pd.concat([company.interactions["text"], company.knowledge_items["text"]])
    assert not texts.str.contains("[{}]").any()
    assert texts.nunique() > 0.5 * len(texts)
    assert (texts.str.len() > 8).all()
    assert len(lexicon().need_labels) == len(set(lexicon().need_labels)) == 200
    assert set(frames()["about"]) == {"employee", "database"}


def test_a_bag_of_words_is_good_but_not_perfect(company):
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.metrics import f1_score
    from sklearn.naive_bayes import MultinomialNB

    kinds = company.truth.table("knowledge_items")["ktype_true"]
    words = CountVectorizer(ngram_range=(1, 2)).fit_transform(company.knowledge_items["text"])
    half = np.arange(len(kinds)) % 2 == 0
    model = MultinomialNB().fit(words[half], kinds[half])
    assert 0.75 < f1_score(kinds[~half], model.predict(words[~half]), average="macro") < 0.97
