import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from ckmlab.transfer import levelling, need_knowledge, need_knowledge_by_pair, rank_agreement


def test_figure_of_the_research_notes():
    # research notes 6, N9: ρ = .7714 for ranks (1..6) against (2, 1, 3, 6, 4, 5)
    estimate = rank_agreement([1, 2, 3, 4, 5, 6], [2, 1, 3, 6, 4, 5])
    assert round(estimate.value, 4) == 0.7714
    assert estimate.notes == ("sum of squared rank differences 8",)


ranks = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=30)


@given(ranks)
def test_equals_scipy_also_with_ties(pairs):
    one, other = zip(*pairs, strict=True)
    value = rank_agreement(one, other).value
    if len(set(one)) > 1 and len(set(other)) > 1:
        assert value == pytest.approx(spearmanr(one, other).statistic)
        assert -1 <= rank_agreement(one, other).low <= value <= rank_agreement(one, other).high <= 1
    else:
        assert math.isnan(value)


def test_interval_covers():
    rng, hits, truth = np.random.default_rng(1), 0, 6 / np.pi * np.arcsin(0.6 / 2)
    for _ in range(300):
        one = rng.normal(size=60)
        hits += rank_agreement(one, 0.6 * one + 0.8 * rng.normal(size=60)).covers(truth)
    assert 0.92 < hits / 300 < 0.98


def test_employees_count_once_however_many_customers_they_judge():
    rows = [(1, c, [1, 2, 3], [1, 2, 3]) for c in range(9)] + [(2, 0, [1, 2, 3], [3, 2, 1])]
    table = pd.DataFrame(
        [(e, c, a, b) for e, c, ra, rb in rows for a, b in zip(ra, rb, strict=True)],
        columns=["employee_id", "customer_id", "rank_employee", "rank_customer"],
    )
    assert len(need_knowledge_by_pair(table)) == 10
    assert need_knowledge(table).value == pytest.approx(0)
    assert need_knowledge(table).n == 2


def test_other_names_of_columns():
    table = pd.DataFrame({"who": 1, "whom": 2, "a": [1, 2, 3], "b": [1, 2, 3]})
    names = {"employee": "who", "customer": "whom", "guessed": "a", "told": "b"}
    assert need_knowledge(table, **names).value == 1


def test_a_level_ranking_is_not_known_and_says_so():
    flat = rank_agreement([1, 1, 1, 1], [1, 2, 3, 4])
    assert math.isnan(flat.value) and "puts everything level" in flat.notes[1]


def test_levelling_by_hand():
    # before Σd² = 8, after 2: three quarters of the gap are closed
    result = levelling([1, 2, 3], [3, 2, 1], [1, 2, 3], [1, 3, 2])
    assert (result.gap_closure, result.rho_before, result.rho_after) == (0.75, -1, 0.5)


def test_clear_errors():
    with pytest.raises(ValueError, match="agreed from the start"):
        levelling([1, 2], [1, 2], [1, 2], [2, 1])
    with pytest.raises(ValueError, match="rank the same"):
        rank_agreement([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="at least two"):
        rank_agreement([1], [1])
