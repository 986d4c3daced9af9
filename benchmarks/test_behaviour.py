"""Summary, RFM and cohorts of ten million purchases: ours beside handwritten code on each engine.

Set CKMLAB_BENCH_ROWS to measure another size. The log is shuffled, so that nobody profits from
order. For the summary beside lifetimes and pymc-marketing see lifetime_ratios.py.
"""

import os
import runpy
import time
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from ckmlab.value.behaviour import cohorts, rfm, summary

RATIOS = runpy.run_path(str(Path(__file__).with_name("lifetime_ratios.py")))
ROWS = int(float(os.environ.get("CKMLAB_BENCH_ROWS", "1e7")))
ROUNDS = 5
SCORES = ["last", "n", "total"]


@pytest.fixture(scope="module")
def log():
    return RATIOS["purchases"](ROWS)


@pytest.fixture(scope="module")
def logs(log):
    arrow = pl.from_pandas(log).to_arrow()
    connection = duckdb.connect()
    connection.sql("SET threads = 2")
    connection.register("arriving", arrow)
    connection.sql("CREATE TABLE log AS SELECT * FROM arriving")
    return {
        "pandas": log,
        "polars": pl.from_arrow(arrow),
        "polars-lazy": pl.from_arrow(arrow).lazy(),
        "duckdb": connection.table("log"),
    }


def fetched(answer):
    """Make an engine do its work."""
    if isinstance(answer, pl.LazyFrame):
        return answer.collect()
    return answer.to_arrow_table() if isinstance(answer, duckdb.DuckDBPyRelation) else answer


def pandas_rfm(log):
    day = log["date"].dt.floor("D")
    out = log.assign(day=day).groupby("customer_id")
    out = out.agg(last=("day", "max"), n=("day", "nunique"), total=("amount", "sum"))
    for name in SCORES:
        out[f"{name}_score"] = pd.qcut(out[name].rank(method="first"), 5, labels=False) + 1
    return out


def pandas_cohorts(log):
    month = log["date"].dt.year * 12 + log["date"].dt.month
    first = month.groupby(log["customer_id"]).transform("min")
    table = log.assign(cohort=first, age=month - first).groupby(["cohort", "age"])
    return table.agg(customers=("customer_id", "nunique"), revenue=("amount", "sum"))


def polars_summary(log):
    daily = log.lazy().group_by("customer_id", day=pl.col("date").dt.date())
    daily = daily.agg(pl.col("amount").sum())
    out = daily.group_by("customer_id").agg(
        first=pl.col("day").min(),
        last=pl.col("day").max(),
        n=pl.len(),
        total=pl.col("amount").sum(),
        opening=pl.col("amount").sort_by("day").first(),
    )
    return out.select(
        "customer_id",
        frequency=pl.col("n") - 1,
        recency=(pl.col("last") - pl.col("first")).dt.total_days(),
        monetary_value=(pl.col("total") - pl.col("opening")) / (pl.col("n") - 1),
    ).collect()


def polars_rfm(log):
    out = (
        log.lazy()
        .group_by("customer_id")
        .agg(
            last=pl.col("date").max(),
            n=pl.col("date").dt.date().n_unique(),
            total=pl.col("amount").sum(),
        )
    )
    scores = [
        (pl.col(name).rank("ordinal") * 5 // (pl.len() + 1) + 1).alias(f"{name}_score")
        for name in SCORES
    ]
    return out.with_columns(scores).collect()


def polars_cohorts(log):
    month = pl.col("date").dt.year().cast(pl.Int32) * 12 + pl.col("date").dt.month()
    out = log.lazy().with_columns(month=month)
    out = out.with_columns(cohort=pl.col("month").min().over("customer_id"))
    out = out.group_by("cohort", "month")
    return out.agg(pl.col("customer_id").n_unique(), pl.col("amount").sum()).collect()


def duckdb_summary(log):
    return log.query(
        "tx",
        """WITH daily AS (SELECT customer_id, date_trunc('day', date) AS day, sum(amount) AS amount
                          FROM tx GROUP BY ALL)
           SELECT customer_id, count(*) - 1 AS frequency,
                  date_diff('day', min(day), max(day)) AS recency,
                  (sum(amount) - arg_min(amount, day)) / nullif(count(*) - 1, 0) AS monetary_value
           FROM daily GROUP BY ALL""",
    ).to_arrow_table()


def duckdb_rfm(log):
    return log.query(
        "tx",
        """WITH c AS (SELECT customer_id, max(date) AS last, sum(amount) AS total,
                             count(DISTINCT date_trunc('day', date)) AS n FROM tx GROUP BY ALL)
           SELECT *, ntile(5) OVER (ORDER BY last, customer_id),
                  ntile(5) OVER (ORDER BY n, customer_id),
                  ntile(5) OVER (ORDER BY total, customer_id) FROM c""",
    ).to_arrow_table()


def duckdb_cohorts(log):
    return log.query(
        "tx",
        """WITH x AS (SELECT customer_id, year(date) * 12 + month(date) AS month, amount FROM tx),
                f AS (SELECT customer_id, min(month) AS cohort FROM x GROUP BY ALL)
           SELECT cohort, month, count(DISTINCT customer_id), sum(amount)
           FROM x JOIN f USING (customer_id) GROUP BY ALL""",
    ).to_arrow_table()


HAND = {
    "summary": {
        "pandas": RATIOS["summary_by_hand"],
        "polars": polars_summary,
        "duckdb": duckdb_summary,
    },
    "rfm": {"pandas": pandas_rfm, "polars": polars_rfm, "duckdb": duckdb_rfm},
    "cohorts": {"pandas": pandas_cohorts, "polars": polars_cohorts, "duckdb": duckdb_cohorts},
}
OURS = {"summary": summary, "rfm": rfm, "cohorts": cohorts}


def cpu_and_wall(function, *args):
    cpu, wall = time.process_time(), time.perf_counter()
    fetched(function(*args))
    return time.process_time() - cpu, time.perf_counter() - wall


@pytest.mark.parametrize("what", list(OURS))
@pytest.mark.parametrize("engine", ["pandas", "polars", "polars-lazy", "duckdb"])
def test_against_handwritten(benchmark, capsys, logs, what, engine):
    """Both by turns, so that a busy machine is busy for both; medians of all rounds."""
    frame, plain = logs[engine], engine.removesuffix("-lazy")
    ours, hand = [], []
    benchmark.group = f"{what} of {ROWS:,} purchases"
    benchmark.pedantic(
        lambda: ours.append(cpu_and_wall(OURS[what], frame)),
        setup=lambda: hand.append(cpu_and_wall(HAND[what][plain], logs[plain])),
        rounds=ROUNDS,
        warmup_rounds=1,
    )
    ours, hand = (np.median(times[1:], axis=0) for times in (ours, hand))
    with capsys.disabled():
        print(
            f"\n{what:8} on {engine:11} ours {ours[0]:6.2f} CPU s, {ours[1]:6.2f} s; by hand "
            f"{hand[0]:6.2f}, {hand[1]:6.2f}: {ours[0] / hand[0]:.2f} x CPU, "
            f"{ours[1] / hand[1]:.2f} x wall"
        )
