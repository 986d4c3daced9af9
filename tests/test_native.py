"""What is computed in the caller's own library bears what tables are like: see test_backends."""

import datetime

import narwhals as nw
import pandas as pd
import polars as pl
import pytest

from ckmlab import control, share

DAY = datetime.date
ITEMS = pd.DataFrame(
    {
        "item_id": [1, 2, 3],
        "created_at": [DAY(2023, 1, 1), DAY(2023, 6, 1), DAY(2030, 1, 1)],
        "valid_until": [DAY(2024, 1, 1), None, DAY(2024, 1, 2)],
    }
)
TEXTS = ITEMS.assign(valid_until=["2024-01-01", None, "2024-01-02"])
ASKED = pd.DataFrame(
    {"role": ["a", "b", None], "ktype": ["x", "y", "x"], "purpose": "p"}
    | {"legitimate": [1.0, 0.0, 1.0]}
)
RULES = pd.DataFrame(
    {"role": ["a", "*"], "ktype": ["*", "x"], "purpose": ["p", "*"], "allow": [0, 1]}
)
USES = pd.DataFrame({"customer_id": [1, 2], "purpose": ["ads", "ads"]})
GIVEN = pd.DataFrame({"customer_id": [1.0], "purpose": ["ads"]})


@pytest.mark.parametrize("items", [ITEMS, TEXTS])
def test_days_without_a_time_and_days_as_texts(items, backend, collected):
    stored = backend(items)
    found = control.retention_breaches(stored, "2024-01-05 13:00")
    assert type(found.rows) is type(stored)
    assert collected(found.rows)["overdue_days"].tolist() == [4, 3]
    with pytest.raises(TypeError, match="'soon', which is no date"):
        control.retention_breaches(backend(items.assign(valid_until="soon")), "2024-01-01")


def test_a_first_use_of_an_item_stored_on_a_day(backend, collected):
    times = pd.to_datetime(["2023-01-03 12:00", "2022-01-01 00:00", "2023-07-01 00:00"])
    log = pd.DataFrame({"item_id": [1.0, 1.0, None], "ts": times})
    waits = collected(share.first_use(backend(ITEMS), backend(log), until="2024-01-01"))
    waits = waits.sort_values("item_id")
    assert waits.columns.tolist() == [*ITEMS, "days", "observed"]
    assert waits[["item_id", "days", "observed"]].values.tolist() == [
        [1, 2.5, True],
        [2, 214.0, False],
    ]


def test_gaps_and_numbers_for_flags(backend, collected):
    report = control.evaluate_policy(backend(ASKED), backend(RULES))
    decided = collected(report.decisions).set_index("ktype")
    assert decided.loc["x", "granted"].tolist() == [False, True]
    assert collected(report.blocks)["role"].tolist() == ["a"]
    assert collected(report.leaks).empty
    with pytest.raises(ValueError, match="no gaps"):
        control.evaluate_policy(backend(ASKED.assign(legitimate=[1.0, None, 0.0])), RULES)
    with pytest.raises(ValueError, match="no request"):
        control.evaluate_policy(backend(ASKED.iloc[:0].astype({"role": str})), RULES)


def test_no_consent_at_all_and_every_consent(backend, collected):
    uses = backend(USES)
    assert len(control.purpose_mismatch(uses, GIVEN.iloc[:0])) == 2
    none = control.purpose_mismatch(uses, uses)
    assert len(none) == 0
    assert collected(none.rows).columns.tolist() == [*USES]


@pytest.mark.parametrize(
    "uses",
    [
        USES.astype({"purpose": "category"}),
        USES.astype({"purpose": object}),
        USES.convert_dtypes(),
        pl.from_pandas(USES),
        pl.from_pandas(USES).lazy(),
        pl.from_pandas(USES.astype({"purpose": "category"})),
    ],
)
def test_types_come_back_as_they_were(uses):
    rows = control.purpose_mismatch(uses, GIVEN).rows
    assert type(rows) is type(uses)
    assert nw.from_native(rows).collect_schema() == nw.from_native(uses).collect_schema()
    with pytest.raises(TypeError, match="write both alike"):
        control.purpose_mismatch(uses, GIVEN.assign(customer_id="1"))


def test_categories_can_be_asked_for():
    asked = ASKED.dropna()
    roles = pl.from_pandas(asked).with_columns(pl.col("role").cast(pl.Enum(["a", "b"])))
    rules = RULES.assign(role=["a", "z"])  # a role that is no category of the requests
    for table in (asked.astype({"role": "category", "legitimate": object}), roles):
        assert len(control.evaluate_policy(table, rules).blocks) == 1
