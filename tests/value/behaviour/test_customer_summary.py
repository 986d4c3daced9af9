"""Frequency, recency, T, monetary value: the same on every engine and as others compute them."""

import importlib.util
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.datasets.generators import make_transactions
from ckmlab.datasets.published import load_cdnow
from ckmlab.value.behaviour import summary

has_lifetimes = pytest.mark.skipif(
    importlib.util.find_spec("lifetimes") is None, reason="the CDNOW files come with lifetimes"
)


@pytest.fixture(scope="module")
def log():
    made = make_transactions(250, seed=2)
    return made.sample(frac=1, random_state=1, ignore_index=True)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"unit": "week", "amount": None},
        {"end": "2024-09-30"},
        {"unit": "month", "calibration_end": "2024-09-30"},
        {"calibration_end": "2024-09-30", "end": "2025-01-31", "amount": None},
    ],
)
def test_every_engine_gives_the_same(log, backend, collected, arguments):
    expected = collected(summary(log, **arguments))
    answer = collected(summary(backend(log), **arguments))
    pd.testing.assert_frame_equal(answer, expected, check_dtype=False)


def test_customers_taken_in_parts_are_the_whole(log, backend, collected):
    # How a log larger than memory is worked through (benchmarks/larger_than_memory.py).
    parts = [log[log.customer_id % 3 == part] for part in range(3)]
    assert parts[0].date.max().date() != log.date.max().date()  # so `end` has to be given
    rows = [collected(summary(backend(part), end=log.date.max())) for part in parts]
    joined = pd.concat(rows).sort_values("customer_id", ignore_index=True)
    pd.testing.assert_frame_equal(joined, summary(log), check_dtype=False)


def test_the_answer_is_in_the_callers_library(log, backend):
    frame = backend(log)
    assert type(summary(frame)) is type(frame)


@has_lifetimes
def test_cdnow_calibration_is_the_published_one():
    # The summary that comes with the papers' spreadsheets: 39 weeks of calibration, in weeks.
    folder = Path(importlib.util.find_spec("lifetimes").submodule_search_locations[0], "datasets")
    published = pd.read_csv(folder / "cdnow_customers_summary_with_transactions.csv")
    ours = summary(load_cdnow(), unit="week", calibration_end="1997-09-30")
    assert (ours["customer_id"] == published["ID"]).all()
    assert (ours["frequency"] == published["x"]).all()
    np.testing.assert_allclose(ours["recency"], published["t_x"], atol=0.0051)
    np.testing.assert_allclose(ours["T"], published["T"], atol=0.0051)
    np.testing.assert_allclose(ours["monetary_value"], published["zbar"], atol=0.0051)


@has_lifetimes
def test_cdnow_as_lifetimes_summarises_it():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes.utils import summary_data_from_transaction_data

        purchases = load_cdnow()
        peer = summary_data_from_transaction_data(
            purchases, "customer_id", "date", monetary_value_col="amount", freq_multiplier=7
        )
    ours = summary(purchases, unit="week")
    np.testing.assert_array_equal(ours["customer_id"], peer.index)
    for column in ("frequency", "recency", "T", "monetary_value"):
        np.testing.assert_allclose(ours[column], peer[column], rtol=1e-12, err_msg=column)


def by_hand(log, end):
    """Customer by customer, as the definition says."""
    rows = []
    for customer, part in log.groupby("customer_id"):
        spend = part.groupby(part["date"].dt.floor("D"))["amount"].sum().sort_index()
        first, last = spend.index[0], spend.index[-1]
        later = spend.iloc[1:]
        rows.append(
            [
                customer,
                len(later),
                (last - first).days,
                (end.floor("D") - first).days,
                later.mean() if len(later) else 0.0,
            ]
        )
    return np.array(rows, dtype=float)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(-3, 4), st.integers(0, 20 * 24), st.integers(0, 500)), min_size=1
    )
)
def test_any_log_is_summarised_as_by_hand(rows):
    log = pd.DataFrame(rows, columns=["customer_id", "hours", "amount"])
    log["date"] = pd.Timestamp("2024-02-20") + pd.to_timedelta(log["hours"], unit="h")
    ours = summary(log).to_numpy(dtype=float)
    np.testing.assert_allclose(ours, by_hand(log, log["date"].max()), atol=1e-9)


def test_ids_may_be_text_or_far_apart(log):
    plain = summary(log)
    for ids in (log["customer_id"].map("C{:06d}".format), log["customer_id"] * 10**12):
        other = summary(log.assign(customer_id=ids))
        columns = ["frequency", "recency", "T", "monetary_value"]
        pd.testing.assert_frame_equal(other[columns], plain[columns])


def test_holdout_counts_what_calibration_does_not(log):
    split = summary(log, calibration_end="2024-08-01")
    whole = summary(log).set_index("customer_id")
    merged = whole.loc[split["customer_id"], "frequency"].to_numpy()
    assert (split["frequency"] + split["frequency_holdout"] == merged).all()
    assert (split["duration_holdout"] == split["duration_holdout"].iloc[0]).all()


def test_customers_of_the_holdout_only_are_left_out():
    log = pd.DataFrame({"customer_id": [1, 1, 2], "amount": 1.0})
    log["date"] = pd.to_datetime(["2024-01-01", "2024-06-01", "2024-06-02"])
    assert summary(log, calibration_end="2024-03-01")["customer_id"].tolist() == [1]


def test_time_zones_are_dropped_not_converted(backend, collected):
    late = pd.to_datetime(["2024-01-01 23:30", "2024-01-02 00:30"])
    log = pd.DataFrame({"customer_id": [1, 1], "amount": 1.0, "date": late.tz_localize("UTC")})
    if backend.__name__ in ("_dask", "_duckdb", "_pyspark"):
        pytest.skip("these engines hold instants, not clock times with a zone")
    assert collected(summary(backend(log)))["frequency"].tolist() == [1]


def test_dates_without_a_time_of_day(backend, collected, log):
    if backend.__name__ in ("_pandas", "_dask", "_pyspark"):
        pytest.skip("plain pandas has no dates without a time")
    import pyarrow as pa

    table = pa.Table.from_pandas(log, preserve_index=False)
    days = table.set_column(1, "date", table["date"].cast(pa.date32()))
    frame = {
        "_pyarrow": lambda: days,
        "_polars": lambda: __import__("polars").from_arrow(days),
        "_polars_lazy": lambda: __import__("polars").from_arrow(days).lazy(),
        "_duckdb": lambda: __import__("duckdb").from_arrow(days),
    }[backend.__name__]()
    pd.testing.assert_frame_equal(
        collected(summary(frame)), collected(summary(log)), check_dtype=False
    )


def spoiled(**columns):
    log = pd.DataFrame({"customer_id": [1, 2], "amount": [1.0, 2.0]})
    log["date"] = pd.to_datetime(["2024-01-01", "2024-01-02"])
    return log.assign(**columns)


@pytest.mark.parametrize(
    ("log", "error", "message"),
    [
        (spoiled(date=["2024-01-01", "soon"]), TypeError, "'date' holds String, not dates"),
        (spoiled(date=[1, 2]), TypeError, "not dates; convert it first"),
        (spoiled(amount=["1", "2"]), TypeError, "'amount' holds String; give numbers"),
        (spoiled(amount=[1.0, -2.0]), ValueError, "1 of 2 rows have a negative 'amount'"),
        (spoiled(amount=[1.0, np.nan]), ValueError, "1 of 2 rows have a missing or infinite"),
        (spoiled(amount=[1.0, np.inf]), ValueError, "1 of 2 rows have a missing or infinite"),
        (spoiled(customer_id=[1, np.nan]), ValueError, "1 of 2 rows lack 'customer_id'"),
        (spoiled(date=[pd.NaT, pd.Timestamp(0)]), ValueError, "1 of 2 rows lack 'date'"),
        (spoiled().iloc[:0], ValueError, "transactions are empty"),
        (spoiled().drop(columns="amount"), KeyError, "summary needs the column"),
    ],
)
def test_bad_logs(backend, log, error, message):
    with pytest.raises(error, match=message):
        summary(backend(log))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"unit": "fortnight"}, "unit is 'fortnight'; choose one of"),
        ({"returns": "net"}, "returns is 'net'"),
        ({"end": "1999-01-01"}, "later than the end given"),
        ({"end": "soon"}, "'soon' is no date"),
        ({"calibration_end": "2024-01-02"}, "no purchase is left to hold out"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        summary(spoiled(), **arguments)


def test_returned_goods_can_be_left_out(backend, collected):
    log = spoiled(amount=[1.0, -2.0])
    assert collected(summary(backend(log), returns="drop"))["customer_id"].tolist() == [1]
    with pytest.raises(ValueError, match="no purchase is left"):
        summary(backend(spoiled(amount=[-1.0, -2.0])), returns="drop")


def test_neither_the_log_nor_its_frame_is_changed(log):
    before = log.copy(deep=True)
    summary(log)
    pd.testing.assert_frame_equal(log, before)
