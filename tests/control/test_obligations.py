from datetime import datetime

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.control import purpose_mismatch, retention_breaches

USES = pd.DataFrame(
    {"customer_id": [1, 1, 2, 3, None], "purpose": ["service", "ads", "ads", "service", "ads"]}
)
GIVEN = pd.DataFrame({"customer_id": [1, 2, 2], "purpose": ["service", "ads", "ads"]})


@pytest.mark.parametrize("convert", [lambda frame: frame, pl.from_pandas])
def test_uses_without_consent_are_listed(convert, collected):
    breaches = purpose_mismatch(convert(USES), convert(GIVEN))
    assert isinstance(breaches.rows, type(convert(USES)))
    assert collected(breaches.rows).values.tolist() == [[1.0, "ads"], [3.0, "service"]]
    assert breaches.rate.value == 0.5
    assert breaches.rate.n == 4
    assert len(breaches) == 2


def test_rows_of_pandas_keep_their_labels_and_their_order():
    uses = USES.set_axis(list("abcde")).iloc[::-1]
    assert purpose_mismatch(uses, GIVEN).rows.index.tolist() == ["d", "b"]


def test_two_libraries_meet_in_that_of_the_uses():
    lazy = purpose_mismatch(pl.from_pandas(USES).lazy(), GIVEN)
    assert isinstance(lazy.rows, pl.LazyFrame)
    assert lazy.rows.collect().rows() == [(1.0, "ads"), (3.0, "service")]
    assert len(purpose_mismatch(USES, pl.from_pandas(GIVEN).lazy())) == 2


def test_a_missing_purpose_has_no_consent():
    uses = pd.DataFrame({"customer_id": [1], "purpose": [None]})
    assert len(purpose_mismatch(uses, uses)) == 1


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


def test_dates_written_as_texts_are_read():
    items = pl.LazyFrame({"item_id": [7, 8], "valid_until": ["2024-01-31", None]})
    rows = retention_breaches(items, "2024-02-02").rows.collect()
    assert rows.select("item_id", "overdue_days").rows() == [(7, 2)]


@settings(max_examples=40)
@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
)
def test_days_are_those_of_the_calendar(until, today):
    items = pd.DataFrame({"valid_until": pd.to_datetime([until])})
    found = retention_breaches(items, today).rows.overdue_days.tolist()
    days = (today - until).days
    assert found == ([days] if days > 0 else [])
