import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from ckmlab.organize import drift_scan, population_stability


def series(seed, broken_at=None, periods=12, n=60):
    rng = np.random.default_rng(seed)
    rows = []
    for period in range(1, periods + 1):
        shares = [0.2, 0.3, 0.5] if broken_at and period >= broken_at else [0.5, 0.3, 0.2]
        rows += [(period, topic) for topic in rng.choice(["a", "b", "c"], n, p=shares)]
    return pd.DataFrame(rows, columns=["period", "topic"])


def test_statistics_are_pearsons():
    items = series(1)
    scan = drift_scan(items, period="period", category="topic", seed=1, permutations=0)
    for row in scan.table.itertuples():
        table = pd.crosstab(items.period >= row.period, items.topic)
        assert row.chi_square == pytest.approx(chi2_contingency(table, correction=False)[0])


def test_the_break_is_found_and_believed():
    scan = drift_scan(series(2, broken_at=5), period="period", category="topic", seed=3)
    assert scan.period == 5
    assert scan.p_value == 0.002


def test_noise_is_rarely_called_a_break():
    p_values = [
        drift_scan(
            series(s, n=20), period="period", category="topic", seed=s, permutations=99
        ).p_value
        for s in range(40)
    ]
    assert np.mean(np.array(p_values) <= 0.05) < 0.15
    assert 0.3 < np.mean(p_values) < 0.7


def test_same_seed_same_answer():
    scans = [
        drift_scan(series(4), period="period", category="topic", seed=9, permutations=50)
        for _ in range(2)
    ]
    assert scans[0].p_value == scans[1].p_value


def test_psi_by_hand():
    # shares .5/.5 → .8/.2 with half a case added: (80.5/101, 20.5/101) against (50.5/101, ...)
    old, new = np.array([50.5, 50.5]) / 101, np.array([80.5, 20.5]) / 101
    expected = ((new - old) * np.log(new / old)).sum()
    value = population_stability(["a"] * 50 + ["b"] * 50, ["a"] * 80 + ["b"] * 20).value
    assert value == pytest.approx(expected)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.floats(0, 2))
def test_psi_is_never_negative_symmetric_for_categories_and_grows_with_the_shift(seed, shift):
    rng = np.random.default_rng(seed)
    first, second = rng.choice(list("ab"), 100), rng.choice(list("ab"), 100, p=[0.3, 0.7])
    value = population_stability(first, second).value
    assert value >= 0
    assert value == pytest.approx(population_stability(second, first).value)
    base = rng.normal(size=2000)
    assert population_stability(base, base).value == 0
    assert (
        population_stability(base, base + 3).value > population_stability(base, base + shift).value
    )


def test_a_category_never_seen_before_is_finite():
    assert np.isfinite(population_stability(["a"] * 9, ["b"] * 9).value)


def test_clear_errors():
    with pytest.raises(ValueError, match="at least two periods"):
        drift_scan(series(1, periods=1), period="period", category="topic", seed=1)
    with pytest.raises(ValueError, match="both periods"):
        population_stability([], [1])
