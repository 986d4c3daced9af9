import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from ckmlab.classify import cluster_styles, style_agreement, style_features
from ckmlab.classify.styles import SIGNATURES
from ckmlab.concepts import Style
from ckmlab.datasets import make_company

STYLES = list(SIGNATURES.values())


def contributions(seed, initiatives=8, rows=40, sharpness=0.7):
    """A log in which each initiative leans towards the signature of its style."""
    draw = np.random.default_rng(seed)
    logs = []
    for number in range(5 * initiatives):
        style = STYLES[number % 5]

        def leans(to, style=style):
            return sharpness if style == to else 0.1

        customers = 4 if style == Style.MUTUAL_INNOVATION else 25
        log = pd.DataFrame({"customer_id": draw.integers(0, customers, rows)})
        log["initiative_id"] = f"{number:02}"
        log["given"] = str(style)
        log["in_production"] = draw.random(rows) < leans(Style.PROSUMERISM)
        log["team_id"] = np.where(draw.random(rows) < leans(Style.CO_LEARNING), 1.0, np.nan)
        log["reply_to"] = np.where(draw.random(rows) < leans(Style.COMMUNITIES), 99.0, np.nan)
        log["value"] = draw.gamma(2, 500 if style == Style.MUTUAL_INNOVATION else 50, rows)
        log["revenue_share"] = draw.beta(2, 6, rows) * leans(Style.JOINT_OWNERSHIP)
        logs.append(log)
    return pd.concat(logs, ignore_index=True)


def test_one_signature_per_style():
    assert sorted(STYLES) == sorted(Style)


def test_features_by_hand():
    log = pd.DataFrame(
        {
            "initiative_id": ["a", "a", "a", "a", "b"],
            "customer_id": [1, 1, 2, 2, 7],
            "in_production": [True, False, False, False, False],
            "team_id": ["t", "t", None, None, None],
            "reply_to": [None, 1, 1, 1, None],
            "value": [100.0, 0, 0, 100, 0],
            "revenue_share": [0.0, 0.0, 0.2, 0.2, 1.0],
        }
    )
    features = style_features(log)
    assert features.columns.tolist() == list(SIGNATURES)
    # Customer 1 answering herself is no exchange between customers.
    assert features.loc["a"].tolist() == pytest.approx([0.25, 0.5, np.log(101), 0.5, 0.1])
    assert features.loc["b"].tolist() == pytest.approx([0, 0, 0, 0, 1])


def test_clusters_find_and_name_the_styles():
    log = contributions(seed=1)
    given = log.groupby("initiative_id")["given"].first()
    found = cluster_styles(style_features(log), seed=3)
    assert found.index.equals(given.index)
    assert set(found["cluster"]) == {1, 2, 3, 4, 5}
    assert style_agreement(given, found["cluster"]).value > 0.9
    assert (found["style"] == given).mean() > 0.9
    pd.testing.assert_frame_equal(found, cluster_styles(style_features(log), seed=3))


def test_without_signatures_the_styles_are_not_found():
    log = contributions(seed=1).assign(
        initiative_id=lambda log: log["initiative_id"].sample(frac=1, random_state=5).to_numpy()
    )
    given = log.groupby("initiative_id")["given"].first()
    found = cluster_styles(style_features(log), seed=3)
    assert style_agreement(given, found["cluster"]).low < 0.1


def test_more_clusters_than_styles_stay_nameless():
    found = cluster_styles(style_features(contributions(seed=2)), n_clusters=7, seed=1)
    assert found.loc[found["style"].isna(), "cluster"].nunique() == 2
    few = cluster_styles(style_features(contributions(seed=2)), n_clusters=2, seed=1)
    assert few["style"].nunique() == 2


def test_other_signatures_group_too_and_name_only_what_they_mark_out():
    company = make_company(600, seed=8)
    given = company.truth.table("initiatives")["style_true"]
    marks = ["customers", "contacts_per_month", "expert_share", "reply_share", "revenue_share"]
    found = cluster_styles(company.initiatives, seed=1, signatures=marks)
    assert found["style"].isna().all()
    assert style_agreement(given, found["cluster"]).value > 0.9
    named = cluster_styles(
        company.initiatives,
        seed=1,
        signatures={"reply_share": "communities of creation", "revenue_share": "joint IP"},
    )
    of_style = given[(named["style"] == "communities of creation").to_numpy()]
    assert (of_style == "communities of creation").mean() > 0.9
    with pytest.raises(KeyError, match="loyalty"):
        cluster_styles(company.initiatives, seed=1, signatures=["loyalty"])


def test_clear_errors():
    log = contributions(seed=2, initiatives=1)
    with pytest.raises(KeyError, match="team_id"):
        style_features(log.drop(columns="team_id"))
    with pytest.raises(ValueError, match="no contribution"):
        style_features(log.head(0))
    with pytest.raises(ValueError, match="'value' holds -1"):
        style_features(log.assign(value=-1.0))
    with pytest.raises(ValueError, match=r"'revenue_share' holds 20.*from 0 to 1"):
        style_features(log.assign(revenue_share=20.0))
    features = style_features(log)
    with pytest.raises(ValueError, match="5 different initiatives cannot make 6 clusters"):
        cluster_styles(features, n_clusters=6, seed=1)
    with pytest.raises(ValueError, match="cannot make 1 clusters"):
        cluster_styles(features, n_clusters=1, seed=1)
    with pytest.raises(ValueError, match=r"\['team_share'\] hold missing"):
        cluster_styles(features.assign(team_share=np.nan), seed=1)
    with pytest.raises(ValueError, match="at least two initiatives"):
        style_agreement(["a"], ["b"])
    with pytest.raises(ValueError, match="give it a seed"):
        style_agreement(["a", "b"], ["b", "b"], bootstrap=10)


GROUPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40)


@settings(max_examples=50, deadline=None)
@given(GROUPS)
def test_agrees_with_scikit_learn_and_ignores_names(pairs):
    first, second = zip(*pairs, strict=True)
    result = style_agreement(first, second)
    assert result.value == pytest.approx(adjusted_rand_score(first, second), abs=1e-12)
    renamed = [f"group {3 - number}" for number in second]
    assert style_agreement(renamed, first).value == pytest.approx(result.value)


@pytest.mark.parametrize("seed", [2002, 1, 2])
def test_kestrels_initiatives_are_told_apart_and_named(seed):
    company = make_company(300, seed=seed)
    table = company.initiatives
    features = table.assign(
        rare=-np.log(table["contacts_per_month"]), small=-np.log(table["customers"])
    )
    signatures = {
        "rare": "prosumerism",
        "small": "team-based co-learning",
        "expert_share": "mutual innovation",
        "reply_share": "communities of creation",
        "revenue_share": "joint IP",
    }
    found = cluster_styles(features, seed=1, signatures=signatures)
    given = company.truth.table("initiatives")["style_true"]
    assert (found["style"].to_numpy() == given.to_numpy()).mean() > 0.9
    assert style_agreement(given, found["cluster"]).value > 0.9
