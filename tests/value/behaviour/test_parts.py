"""Histories of a log larger than memory, against the summary of the same log in memory."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from ckmlab.value.behaviour import histories_in_parts, summary
from ckmlab.value.lifetime import BetaGeoNBD

HISTORY = ["frequency", "recency", "T"]


@pytest.fixture(scope="module")
def log():
    rng = np.random.default_rng(1)
    rate = rng.gamma(0.5, 2.0, 50_000)
    customer = np.repeat(np.arange(50_000), 1 + rng.poisson(5 * rate))
    date = np.datetime64("2020-01-01") + rng.integers(0, 1000, len(customer))
    amount = rng.integers(1, 4, len(customer)).astype(float)
    return pl.DataFrame({"customer_id": customer, "date": pl.Series(date), "amount": amount})


@pytest.fixture(scope="module")
def path(log, tmp_path_factory):
    target = tmp_path_factory.mktemp("log") / "log.parquet"
    log.write_parquet(target)
    return target


def counted(log, columns=HISTORY, **options):
    table = summary(log.to_pandas(), **options)
    return table.groupby(columns, as_index=False).size().rename(columns={"size": "count"})


@pytest.mark.parametrize("engine", ["path", "text", "polars-lazy", "duckdb"])
def test_histories_are_those_of_the_summary(log, path, engine):
    source = {
        "path": lambda: path,
        "text": lambda: str(path),
        "polars-lazy": lambda: pl.scan_parquet(path),
        "duckdb": lambda: duckdb.connect().read_parquet(str(path)),
    }[engine]()
    found = histories_in_parts(source, parts=3, unit="week", end="2022-06-30")
    expected = counted(log, amount=None, unit="week", end="2022-06-30")
    pd.testing.assert_frame_equal(found, expected)


def test_money_comes_along(log, path):
    found = histories_in_parts(path, parts=2, amount="amount")
    pd.testing.assert_frame_equal(found, counted(log, [*HISTORY, "monetary_value"]))


def test_parts_do_what_the_engine_cannot(log, path):
    # 6 MB; the log's columns are 7 MB, and the table of all days of all customers is larger.
    with pytest.raises(MemoryError, match=r"6MB is not enough .* raise parts"):
        histories_in_parts(path, memory="6MB", parts=1)
    found = histories_in_parts(path, memory="6MB", parts=16)
    pd.testing.assert_frame_equal(found, counted(log, amount=None))


def test_models_take_the_counts(log, path):
    by_part = BetaGeoNBD(histories_in_parts(path, parts=2, unit="week"))
    at_once = BetaGeoNBD(summary(log, unit="week"))
    params = {"r": 0.5, "alpha": 3.0, "a": 0.8, "b": 2.4}
    assert by_part.loglike(params) == pytest.approx(at_once.loglike(params), rel=1e-12)


def test_more_parts_than_customers():
    log = pl.LazyFrame({"customer_id": ["a", "b"], "date": [pd.Timestamp("2024-01-01")] * 2})
    assert histories_in_parts(log, parts=9)["count"].tolist() == [2]


def test_what_cannot_be_divided_is_named(log, path):
    with pytest.raises(TypeError, match="got DataFrame; give the path of a Parquet file"):
        histories_in_parts(log)
    with pytest.raises(ValueError, match="memory is for a path"):
        histories_in_parts(pl.scan_parquet(path), memory="1GB")
    with pytest.raises(ValueError, match="every purchase is later than end"):
        histories_in_parts(path, end="2019-01-01")
    with pytest.raises(ValueError, match="parts is 0; it must be at least 1"):
        histories_in_parts(path, parts=0)
    with pytest.raises(KeyError, match="buyer"):
        histories_in_parts(path, customer="buyer")
