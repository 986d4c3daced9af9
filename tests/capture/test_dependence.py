from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.capture import lincoln_petersen, loglinear, loglinear_models


def table(names, counts):
    combos = list(product([1, 0], repeat=len(names)))[:-1]
    return pd.DataFrame(combos, columns=list(names)).assign(people=counts)


# Darroch et al. (1993), evaluation post-stratum R3; Bruno et al. (1994), diabetes in Casale
# Monferrato; Abeni et al. (1994), HIV in Rome; Chao et al. (2001), hepatitis A
CENSUS = table("abc", [72, 155, 7, 71, 13, 53, 43])
DIABETES = table("abcd", [58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10])
HIV = table("abcd", [0, 3, 1, 33, 0, 20, 6, 403, 3, 35, 10, 545, 11, 621, 205])
HEPATITIS = table("PQE", [28, 21, 17, 69, 18, 55, 63])


def row(models, label):
    return models.set_index("model").loc[label]


def test_census_table_of_rivest_2011():
    # saturated 1240 (s.e. 451); without [a c] 850 (186), deviance 3.8 on 1 df
    models = loglinear_models(CENSUS, count="people")
    saturated, chosen = row(models, "[a b][a c][b c]"), row(models, "[a b][b c]")
    assert (round(saturated.people), round(saturated.std_error)) == (1240, 451)
    assert (round(chosen.people), round(chosen.std_error)) == (850, 186)
    assert (round(chosen.deviance, 1), chosen.df) == (3.8, 1)


def test_diabetes_model_of_bruno_1994():
    # Bruno et al. (1994) and Rivest (2011): 2771 (s.e. 145), deviance 7.62 on 5 df;
    # Rivest's own choice of interactions 2472 (53), deviance 21.97 on 7 df
    models = loglinear_models(DIABETES, count="people")
    bruno, rivest = row(models, "[a b][a c][b c][b d][c d]"), row(models, "[a c][b d][c d]")
    assert (round(bruno.people), round(bruno.std_error)) == (2771, 145)
    assert (round(bruno.deviance, 2), bruno.df) == (7.62, 5)
    assert (round(rivest.people), round(rivest.std_error)) == (2472, 53)
    assert (round(rivest.deviance, 2), rivest.df) == (21.97, 7)


def test_hiv_profile_interval_of_the_peer():
    # R package Rcapture, closedpCI.t(HIV): 12318.5, AIC 86.65, profile 10266 to 14992.3;
    # all pairs 23443.5, profile 10027.6 to 50046.3
    one = loglinear(HIV, count="people", interactions=[("a", "b")])
    assert one.value == pytest.approx(12318.5, abs=0.05)
    assert (one.low, one.high) == pytest.approx((10266, 14992.3), abs=0.6)
    every = loglinear(HIV, count="people", interactions=list(combinations("abcd", 2)))
    assert (every.low, every.high) == pytest.approx((10027.6, 50046.3), rel=1e-4)
    models = loglinear_models(HIV, count="people")
    assert row(models, "[a b][c][d]").aic == pytest.approx(86.65, abs=0.005)


def test_hepatitis_saturated_model_has_a_closed_form():
    # with all pairs, the unseen are n111·n100·n010·n001 / (n110·n101·n011)
    unseen = 28 * 69 * 55 * 63 / (21 * 17 * 18)
    estimate = loglinear(HEPATITIS, count="people", interactions=list(combinations("PQE", 2)))
    assert estimate.value == pytest.approx(271 + unseen, rel=1e-6)


def test_four_lists_have_113_hierarchical_models():
    # the number Rcapture's getAllModels(4) lists
    assert len(loglinear_models(DIABETES, count="people", max_order=3)) == 113


def test_the_criterion_chooses():
    models = loglinear_models(HIV, count="people")
    for criterion in ("aic", "bic"):
        best = models.loc[models[criterion].idxmin()]
        estimate = loglinear(HIV, count="people", criterion=criterion)
        assert estimate.value == pytest.approx(best.people)
        assert best.model in estimate.method


@settings(max_examples=15)
@given(st.tuples(*[st.integers(1, 80)] * 3))
def test_two_independent_lists_are_lincoln_petersen(counts):
    both, first, second = counts
    lists = table("ab", [both, first, second])
    estimate = loglinear(lists, count="people", interactions=[], interval="log-normal")
    expected = lincoln_petersen(both + first, both + second, both)
    assert estimate.value == pytest.approx(expected.value, rel=1e-5)
    assert (estimate.low, estimate.high) == pytest.approx((expected.low, expected.high), rel=1e-4)


@settings(max_examples=10)
@given(st.permutations("abc"))
def test_the_order_of_the_lists_does_not_matter(order):
    shuffled = CENSUS[[*order, "people"]].sample(frac=1, random_state=1)
    terms = [("a", "b"), ("b", "c")]
    assert loglinear(shuffled, count="people", interactions=terms).value == pytest.approx(
        loglinear(CENSUS, count="people", interactions=terms).value
    )


def test_profile_interval_covers_at_its_level_on_independent_lists():
    rng, hits, draws = np.random.default_rng(5), 0, 60
    for _ in range(draws):
        on = rng.random((400, 3)) < [0.5, 0.4, 0.3]
        people = pd.DataFrame(on, columns=list("abc"))
        hits += loglinear(people, interactions=[]).covers(400)
    assert 0.87 <= hits / draws <= 1


def test_ignoring_positive_dependence_is_too_low_and_modelling_it_is_not():
    rng = np.random.default_rng(11)
    severity = rng.gamma(2, 0.5, 20_000)
    a = rng.random(20_000) < 0.25 + 0.5 * (severity > 1)
    b = rng.random(20_000) < 0.20 + 0.5 * (severity > 1)
    c = rng.random(20_000) < 0.40
    people = pd.DataFrame({"a": a, "b": b, "c": c})
    assert loglinear(people, interactions=[]).high < 20_000
    assert loglinear(people, interactions=[("a", "b")]).covers(20_000)


def test_undetermined_models_are_named_and_never_chosen():
    lists = table("abc", [0, 0, 5, 20, 6, 25, 30])  # nobody is on a and b together
    with pytest.raises(ValueError, match="do not determine"):
        loglinear(lists, count="people", interactions=[("a", "b")])
    models = loglinear_models(lists, count="people")
    assert np.isnan(row(models, "[a b][c]").people)
    assert "[a b]" not in loglinear(lists, count="people").method


@pytest.mark.parametrize(
    ("interactions", "message"),
    [([("a", "z")], "lists are"), (["ab"], "tuple"), ([("a", "b", "c")], "fewer than all")],
)
def test_impossible_interactions(interactions, message):
    with pytest.raises(ValueError, match=message):
        loglinear(CENSUS, count="people", interactions=interactions)


def test_too_many_models_are_refused_with_a_way_out():
    lists = pd.DataFrame(np.eye(6, dtype=int), columns=list("abcdef"))
    with pytest.raises(ValueError, match="interactions="):
        loglinear(lists)
