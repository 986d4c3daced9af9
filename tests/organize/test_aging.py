import numpy as np
import pandas as pd
import pytest

from ckmlab.organize import age_bands, fit_half_life, freshness, stale_share, value_left

ITEMS = pd.DataFrame(
    {
        "created_at": pd.to_datetime(["2024-01-01", "2024-06-29", "2030-01-01"]),
        "valid_until": pd.to_datetime(["2024-06-28", "2024-06-29", None]),
        "kind": ["price", "how-to", "how-to"],
    }
)


def test_figure_of_the_research_notes():
    # research notes 6, N8: after 365 days at a half-life of 180, .245 is left
    assert round(value_left(365, 180), 3) == 0.245


def test_items_of_the_future_do_not_count():
    assert freshness(ITEMS, "2024-06-29", half_life=180).value == 0.75
    assert freshness(ITEMS, "2024-06-29", half_life=180).n == 2


def test_each_kind_ages_at_its_own_pace():
    estimate = freshness(ITEMS, "2024-06-29", half_life={"price": 90, "how-to": 180}, kind="kind")
    assert estimate.value == pytest.approx((0.25 + 1) / 2)
    with pytest.raises(ValueError, match="'how-to'"):
        freshness(ITEMS, "2024-06-29", half_life={"price": 90}, kind="kind")


def test_the_last_day_is_still_valid_and_no_date_is_no_staleness():
    assert stale_share(ITEMS, "2024-06-29").value == pytest.approx(1 / 3)


def test_half_life_is_recovered_and_covered():
    rng, hits = np.random.default_rng(3), 0
    for _ in range(150):
        age = rng.uniform(1, 720, 200)
        hits += fit_half_life(age, rng.random(200) < 2 ** (-age / 180)).covers(180)
    assert hits / 150 > 0.9


def test_unit_of_time_carries_over():
    rng = np.random.default_rng(4)
    age = rng.uniform(1, 720, 300)
    useful = rng.random(300) < 2 ** (-age / 90)
    assert fit_half_life(age / 7, useful).value == pytest.approx(
        fit_half_life(age, useful).value / 7, rel=1e-4
    )


def test_clear_errors():
    with pytest.raises(ValueError, match="all or none"):
        fit_half_life([1, 2], [True, True])
    with pytest.raises(ValueError, match="0 or negative"):
        fit_half_life([0, 2], [True, False])
    with pytest.raises(ValueError, match="an age is negative"):
        value_left(-1, 10)
    with pytest.raises(ValueError, match="no item exists"):
        freshness(ITEMS, "2020-01-01", half_life=180)


def test_bands_count_every_item_once_and_agree_with_stale_share():
    rng = np.random.default_rng(2)
    born = pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 1500, 300), unit="D")
    items = pd.DataFrame({"created_at": born})
    items["valid_until"] = items.created_at + pd.Timedelta(days=400)
    bands = age_bands(items, "2023-06-30", half_life=180)
    there = items[items.created_at <= "2023-06-30"]
    assert bands.valid.sum() + bands.past.sum() == len(there)
    assert bands.past.sum() / len(there) == stale_share(there, "2023-06-30").value
    ages = (pd.Timestamp("2023-06-30") - there.created_at).dt.days
    second = ages.between(182.625, 365.25)
    assert bands.valid[1] + bands.past[1] == second.sum()
    assert bands.left.tolist() == pytest.approx(
        [0.5 ** ((i + 0.5) * 182.625 / 180) for i in range(len(bands))]
    )


def test_a_day_before_the_first_item_is_refused():
    items = pd.DataFrame({"created_at": ["2024-01-01"], "valid_until": ["2025-01-01"]})
    with pytest.raises(ValueError, match="no item exists on 2020-01-01"):
        age_bands(items, "2020-01-01", half_life=180)
