from itertools import product

import numpy as np
import pandas as pd
import polars as pl
import pytest

from ckmlab.control import (
    bands,
    generalise,
    hidden,
    k_anonymity,
    k_utility_frontier,
    prefix,
    smallest_generalisation,
)

HIERARCHIES = {"born": [bands(5), bands(20), hidden], "postcode": [prefix(3), prefix(1), hidden]}


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(4)
    return pd.DataFrame(
        {
            "born": rng.integers(1950, 1990, 300),
            "postcode": rng.integers(0, 300, 300).astype(str),
            "plan": rng.choice(["a", "b"], 300),
        }
    )


def every_node(people, k):
    """Levels, loss and k of every combination, the slow and obvious way."""
    for levels in product(range(4), range(4)):
        table = generalise(people, HIERARCHIES, dict(zip(HIERARCHIES, levels, strict=True)))
        yield sum(levels) / 6, k_anonymity(table, [*HIERARCHIES]) >= k


@pytest.mark.parametrize("k", [2, 5, 20])
def test_nothing_less_coarse_reaches_k(people, k):
    found = smallest_generalisation(people, HIERARCHIES, k)
    assert found.k >= k
    assert k_anonymity(found.table, [*HIERARCHIES]) == found.k
    assert len(found.table) == len(people)
    assert found.loss == pytest.approx(min(loss for loss, good in every_node(people, k) if good))


def test_dropping_a_few_rows_saves_coarseness(people):
    whole = smallest_generalisation(people, HIERARCHIES, 5)
    fewer = smallest_generalisation(people, HIERARCHIES, 5, max_suppressed=0.1)
    assert fewer.loss < whole.loss
    assert 0 < fewer.suppressed <= 30
    assert len(fewer.table) == 300 - fewer.suppressed
    assert k_anonymity(fewer.table, [*HIERARCHIES]) >= 5


def test_other_libraries_come_back_as_pandas(people):
    found = smallest_generalisation(pl.from_pandas(people), HIERARCHIES, 5)
    assert found.levels == smallest_generalisation(people, HIERARCHIES, 5).levels
    assert set(found.table.columns) == set(people.columns)


def test_frontier_is_what_nothing_dominates(people):
    table = k_utility_frontier(people, HIERARCHIES)
    assert len(table) == 16
    for row in table.itertuples():
        better = (table.k >= row.k) & (table.utility > row.utility)
        same = (table.k > row.k) & (table.utility == row.utility)
        assert (
            row.frontier == (not (better | same).any())
            or table.duplicated(["k", "utility"], keep=False)[row.Index]
        )
    chosen = table[table.frontier]
    assert chosen.k.is_monotonic_increasing
    assert chosen.utility.is_monotonic_decreasing


def test_utility_may_be_any_number_from_the_table(people):
    table = k_utility_frontier(people, HIERARCHIES, utility=lambda t: t.born.nunique())
    assert table.utility.max() == people.born.nunique()


def test_an_index_of_its_own_does_no_harm(people):
    odd = people.set_index(people.index * 7 + 3)
    assert smallest_generalisation(odd, HIERARCHIES, 5).k == (
        smallest_generalisation(people, HIERARCHIES, 5).k
    )


def test_clear_errors(people):
    with pytest.raises(ValueError, match="reaches k=301"):
        smallest_generalisation(people, HIERARCHIES, 301)
    with pytest.raises(ValueError, match="levels 0 to 3"):
        generalise(people, HIERARCHIES, {"born": 4})
    with pytest.raises(ValueError, match="combinations"):
        k_utility_frontier(people, dict.fromkeys(["born"], [hidden] * 6000))
    with pytest.raises(KeyError, match="zip"):
        smallest_generalisation(people, {"zip": [hidden]}, 2)
    with pytest.raises(TypeError, match="hierarchies"):
        smallest_generalisation(people, ["born"], 2)
