import pandas as pd
import polars as pl
import pytest

from ckmlab.control import purpose_mismatch, retention_breaches

USES = pd.DataFrame(
    {"customer_id": [1, 1, 2, 3, None], "purpose": ["service", "ads", "ads", "service", "ads"]}
)
GIVEN = pd.DataFrame({"customer_id": [1, 2, 2], "purpose": ["service", "ads", "ads"]})


@pytest.mark.parametrize("convert", [lambda frame: frame, pl.from_pandas])
def test_uses_without_consent_are_listed(convert):
    breaches = purpose_mismatch(convert(USES), convert(GIVEN))
    assert breaches.rows.values.tolist() == [[1.0, "ads"], [3.0, "service"]]
    assert breaches.rate.value == 0.5
    assert breaches.rate.n == 4
    assert len(breaches) == 2


def test_the_last_day_itself_is_no_breach():
    items = pd.DataFrame({"valid_until": pd.to_datetime(["2024-01-31", "2024-02-01", None])})
    breaches = retention_breaches(items, "2024-02-01")
    assert breaches.rows.overdue_days.tolist() == [1]
    assert breaches.rate.value == pytest.approx(1 / 3)


def test_a_term_from_the_day_of_storing():
    items = pd.DataFrame({"created_at": pd.to_datetime(["2023-01-01", "2024-01-01"])})
    breaches = retention_breaches(items, "2024-02-01", created="created_at", days=365)
    assert breaches.rows.overdue_days.tolist() == [31]
    with pytest.raises(ValueError, match="together"):
        retention_breaches(items, "2024-02-01", days=365)
    with pytest.raises(KeyError, match="valid_until"):
        retention_breaches(items, "2024-02-01")


def test_a_late_deletion_is_a_breach_and_one_in_time_is_none():
    items = pd.DataFrame(
        {
            "delete_by": pd.to_datetime(["2024-01-10"] * 4),
            "deleted_on": pd.to_datetime(["2024-01-09", "2024-01-12", None, "2024-03-01"]),
        }
    )
    breaches = retention_breaches(items, "2024-02-01", until="delete_by", deleted="deleted_on")
    assert breaches.rows.overdue_days.tolist() == [22, 22, 2]
