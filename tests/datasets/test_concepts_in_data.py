"""Every concept leaves a trace: what the tables must show for the notebooks to have a story."""

import numpy as np
import pandas as pd
import pytest

from ckmlab.datasets import make_company


@pytest.fixture(scope="module")
def company():
    return make_company(6000, seed=33)


def test_each_skill_group_has_its_own_best_version(company):
    articles = company.articles.assign(rate=company.articles["success"] / company.articles["views"])
    rates = articles.groupby(["skill_group", "version"])["rate"].mean().unstack()
    assert rates.idxmax(axis=1).to_dict() == {"low": 1, "middle": 2, "high": 3}


def test_readers_learn_a_share_of_what_they_did_not_know(company):
    quiz = company.quiz
    assert quiz["pre"].max() < 1
    # Of the class: the mean of single gains would suffer from those who knew nearly everything.
    gain = (quiz["post"].mean() - quiz["pre"].mean()) / (1 - quiz["pre"].mean())
    assert gain == pytest.approx(company.truth["learning_gain"], abs=0.04)


def test_talking_brings_views_closer(company):
    """Spearman's rho of six ranks, before and after the conversation."""
    ranks = company.need_rankings
    squares = (ranks["rank_employee"] - ranks["rank_customer"]) ** 2
    rho = 1 - 6 * squares.groupby([ranks["pair_id"], ranks["moment"]]).sum() / (6 * 35)
    means = rho.groupby("moment").mean()
    assert 0.3 < means["before"] < means["after"] - 0.1 < 0.8


def test_whoever_is_far_from_customers_sees_them_rosier(company):
    beliefs = company.beliefs.merge(company.truth.table("beliefs"), on=["employee_id", "period"])
    gap = beliefs["satisfaction"] - beliefs["satisfaction_true"]
    means = gap.groupby(beliefs["near_customers"]).mean()
    assert means[False] > means[True] + 0.2 > 0.2
    heard = (beliefs["complainants_per_100"] / beliefs["complainants_true"]).groupby(
        beliefs["near_customers"]
    )
    assert heard.mean()[False] == pytest.approx(0.5, abs=0.07)
    assert heard.mean()[True] == pytest.approx(0.8, abs=0.07)
    first = company.truth.table("survey_truth").query("wave == 1")["cusa1"].mean()
    assert beliefs.loc[beliefs["period"] == 1, "satisfaction_true"].iloc[0] == pytest.approx(
        first, abs=1e-4
    )


def test_customers_ideas_are_adopted_less_at_equal_quality(company):
    ideas = company.ideas.merge(company.truth.table("ideas"), on="idea_id")
    by_origin = ideas.groupby("origin")
    assert (
        by_origin["reply_days"].mean()["customer"] > 2 * by_origin["reply_days"].mean()["employee"]
    )
    good = ideas[ideas["blind_score"].between(45, 75)].groupby("origin")["adopted"].mean()
    assert good["customer"] < good["employee"]
    npv = ideas.groupby("lead_user")["npv_true"].median()
    assert npv[True] > 1.5 * npv[False]  # three times in truth
    assert ideas.loc[~ideas["adopted"], "npv_realised"].isna().all()


def test_a_few_write_most_of_the_forum(company):
    posts = company.forum["author_id"].value_counts()
    assert posts.iloc[:60].sum() > 0.25 * posts.sum()
    assert len(posts) < 0.6 * 6000
    replies = company.forum.dropna(subset="reply_to").merge(
        company.forum, left_on="reply_to", right_on="post_id", suffixes=("", "_parent")
    )
    assert (replies["ts"] >= replies["ts_parent"]).all()
    assert (replies["thread_id"] == replies["thread_id_parent"]).all()


def test_access_is_judged_by_the_policy_and_the_true_type(company):
    log = company.access_log.merge(company.truth.table("access_log"), on="log_id").merge(
        company.truth.table("knowledge_items")[["item_id", "ktype_true"]], on="item_id"
    )
    judged = log.merge(
        company.policies, left_on=["role", "ktype_true", "purpose"],
        right_on=["role", "ktype", "purpose"], how="left", validate="many_to_one",
    )  # fmt: skip
    assert (judged["allow"] == judged["allowed_by_policy"]).all()
    breach = ~judged["allow"] & (judged["action"] != "denied")
    assert breach.sum() == company.truth["breaches"] > 0
    outside = judged["employee_id"].isna()
    assert set(judged.loc[outside, "role"]) == {"partner", "customer"}
    assert not (judged["action"] == "denied")[~outside].any()


def test_extracts_outlive_their_term_as_the_truth_says(company):
    late = company.exports["deleted_on"] > company.exports["delete_by"]
    assert late.sum() == company.truth["late_deletions"] > 0


def test_interviews_name_needs_that_customers_have(company):
    needs = company.truth.table("needs").set_index("need_label")["mention_probability"]
    assert company.interviews["need_label"].isin(needs.index).all()
    heard = company.interviews.groupby("need_label")["interview_id"].nunique()
    share = heard.reindex(needs.index, fill_value=0) / company.interviews["interview_id"].nunique()
    assert np.corrcoef(share, needs)[0, 1] > 0.8
    assert company.interviews["need_label"].nunique() < company.truth["needs"] == 200


def test_notes_keep_most_of_what_matters(company):
    turns = company.transcripts.merge(company.truth.table("transcripts"), on="turn_id")
    kept = turns.groupby("relevant")["kept"].mean()
    assert kept[True] == pytest.approx(0.74, abs=0.07) and kept[False] < 0.3
    first = turns.groupby("fact_id")["novel"].sum()
    assert (first == 1).all()


def test_initiatives_of_a_style_resemble_each_other(company):
    initiatives = company.initiatives.merge(company.truth.table("initiatives"), on="initiative_id")
    assert initiatives["style_true"].value_counts().unique().tolist() == [6]
    features = initiatives.select_dtypes("number").drop(columns="initiative_id")
    features = np.log1p(features)
    within = features.groupby(initiatives["style_true"]).transform("var").mean()
    assert (within < 0.6 * features.var()).all()


def test_queries_are_answered_by_items_written_for_customers(company):
    answers = (
        company.truth.table("knowledge_items").set_index("item_id").loc[company.queries["item_id"]]
    )
    assert (answers["ktype_true"] == "for").all()


def test_the_model_ranks_leads_better_than_agents(company):
    leads = company.leads
    means = leads.groupby("converted")[["score_model", "score_agent"]].agg(["mean", "std"])
    gap = {
        score: (means.loc[True, (score, "mean")] - means.loc[False, (score, "mean")])
        / means[score, "std"].mean()
        for score in ("score_model", "score_agent")
    }
    assert gap["score_model"] > gap["score_agent"] > 0.2


def test_other_books_misspell_and_the_links_are_the_true_ones(company):
    records = company.identities.merge(company.truth.table("identities"), on="record_id")
    linked = records.dropna(subset="customer_id")
    assert (linked["customer_id"] == linked["true_customer_id"]).all()
    assert records.loc[records["book"] == "crm", "customer_id"].notna().all()
    crm = records[records["book"] == "crm"].set_index("true_customer_id")["name"]
    other = records[records["book"] != "crm"]
    wrong = other["name"].to_numpy() != crm.loc[other["true_customer_id"]].to_numpy()
    assert wrong.mean() == pytest.approx(0.15, abs=0.03)


def test_processes_mostly_follow_the_matrix(company):
    latent = company.truth.table("knowledge_items").set_index("item_id")["ktype_true"]
    items = company.knowledge_items.set_index("item_id")
    flow = pd.crosstab(latent, items["created_process"], normalize="index")
    assert flow.loc["for", "rnd"] > 0.9
    assert flow.loc["about", ["offer", "service", "complaint", "contract", "lead"]].sum() > 0.9
    assert flow.loc["from", ["offer", "service", "complaint", "contract"]].sum() > 0.9
    used = pd.crosstab(latent, items["used_process"], normalize="index")
    assert used.loc["about", ["campaign", "service"]].sum() > 0.75


def test_nothing_is_sold_before_its_launch_and_the_catalogue_ages(company):
    sold = company.transactions.merge(company.products, on="product_id", validate="many_to_one")
    assert (sold["launched"] <= sold["date"]).all()
    revenue = (sold["units"] * sold["price"]).groupby(sold["date"].dt.year)
    young = (sold["date"] - sold["launched"]).dt.days < 3 * 365.25
    vitality = (sold["units"] * sold["price"] * young).groupby(sold["date"].dt.year).sum()
    vitality = vitality / revenue.sum()
    assert vitality[2016] > 0.3 > vitality[2018] > 0
    assert (vitality[2019:] == 0).all()


def test_attitudes_pass_for_behaviour_more_often_than_the_reverse(company):
    items = company.knowledge_items.merge(company.truth.table("knowledge_items"), on="item_id")
    assert (items["nature_coded"].isna() == (items["ktype_coded"] == "for")).all()
    assert (items["nature_true"].isna() == (items["ktype_true"] == "for")).all()
    both = items.dropna(subset=["nature_coded", "nature_true"])
    coded = pd.crosstab(both["nature_true"], both["nature_coded"], normalize="index")
    assert coded.loc["attitudinal", "behavioural"] == pytest.approx(0.22, abs=0.05)
    assert coded.loc["behavioural", "attitudinal"] == pytest.approx(0.06, abs=0.03)
    truly = items["nature_true"].dropna() == "attitudinal"
    assert company.truth["share_attitudinal"] == pytest.approx(truly.mean())


def test_the_nature_is_what_the_sentence_says(company):
    items = company.knowledge_items.merge(company.truth.table("knowledge_items"), on="item_id")
    clear = items[items["clarity"] == "clear"].set_index("text")["nature_true"]
    said = {"My idea: sell": "attitudinal", "I wrote a small script": "behavioural",
            "Two late payments": "behavioural", "Very unhappy": "attitudinal"}  # fmt: skip
    for words, nature in said.items():
        found = clear[clear.index.str.startswith(words)]
        assert len(found) > 3 and set(found) == {nature}, words


def test_an_answer_existed_exactly_when_a_valid_item_on_the_need_lay_there():
    """Recounted contact by contact, from the public tables and the sealed needs."""
    company = make_company(500, seed=5)
    hidden = company.truth.table("knowledge_items")
    items = company.knowledge_items.merge(hidden, on="item_id")
    items = items[(items["ktype_true"] != "about") & items["correct"]]
    contacts = company.interactions.merge(
        company.truth.table("interactions"), on="interaction_id", validate="one_to_one"
    )
    pairs = contacts.merge(items, on="need_id", suffixes=("", "_item"))
    # The item's last day counts as a whole.
    there = (pairs["created_at"] <= pairs["ts"]) & (
        pairs["ts"] < pairs["valid_until"] + pd.Timedelta(days=1)
    )
    found = contacts["interaction_id"].isin(pairs.loc[there, "interaction_id"])
    # Minutes are cut off when times are written, so that a tie may go either way.
    assert (found == contacts["item_existed"]).mean() > 0.999


def test_sharing_lowers_reinvention_and_publishing_raises_what_exists(company):
    def existing(one):
        return one.interactions["item_existed"].mean()

    assert 0.2 < company.truth["reinvention_rate"] < 0.5
    shared = company.counterfactual(share=0.95)
    assert shared.truth["reinvention_rate"] < company.truth["reinvention_rate"] - 0.02
    assert existing(company.counterfactual(publish=0.9)) > existing(company) + 0.05


def test_a_post_tells_of_the_author_s_contract_year(company):
    posts = company.forum.merge(
        company.customers, left_on="author_id", right_on="customer_id", validate="many_to_one"
    )
    year = 1 + ((posts["ts"] - posts["tenure_start"]).dt.days // 365.25)
    assert (posts["period"] - year).abs().max() <= 1
    # Some posts about a problem come a few days after the year in which it was met.
    assert (posts["period"] == year).mean() > 0.99
