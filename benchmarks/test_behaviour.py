"""Summary, RFM and cohorts of ten million purchases: ours, by hand on each engine, and peers.

Set CKMLAB_BENCH_ROWS to measure another size. The log is shuffled, so that nobody profits from
order.
"""

import os
import time
import warnings

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from ckmlab.datasets.generators import make_transactions
from ckmlab.value.behaviour import cohorts, rfm, summary

ROWS = int(float(os.environ.get("CKMLAB_BENCH_ROWS", "1e7")))
SCORES = ["last", "n", "total"]


@pytest.fixture(scope="module")
def log():
    # About six purchases a customer, over six years.
    made = make_transactions(
        ROWS // 6, seed=1, weeks=300, parameters={"r": 0.6, "alpha": 10.0}, workers=2
    )
    order = np.random.default_rng(1).permutation(len(made))
    return made.iloc[order].reset_index(drop=True)


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


def pandas_summary(log):
    daily = log.assign(day=log["date"].dt.floor("D"))
    daily = daily.groupby(["customer_id", "day"], as_index=False)["amount"].sum()
    by = daily.groupby("customer_id")
    out = by.agg(first=("day", "min"), last=("day", "max"), n=("day", "size"))
    repeat = daily[daily["day"] > daily["customer_id"].map(out["first"])]
    out["monetary_value"] = repeat.groupby("customer_id")["amount"].mean()
    end = daily["day"].max()
    return pd.DataFrame(
        {
            "frequency": out["n"] - 1,
            "recency": (out["last"] - out["first"]).dt.days,
            "T": (end - out["first"]).dt.days,
            "monetary_value": out["monetary_value"].fillna(0.0),
        }
    )


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


def lifetimes_summary(log):
    from lifetimes.utils import summary_data_from_transaction_data

    return summary_data_from_transaction_data(
        log, "customer_id", "date", monetary_value_col="amount"
    )


HAND = {
    "summary": {"pandas": pandas_summary, "polars": polars_summary, "duckdb": duckdb_summary},
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
    frame = logs[engine]
    ours = benchmark.pedantic(
        lambda: cpu_and_wall(OURS[what], frame), rounds=3, warmup_rounds=1, iterations=1
    )
    ours = min([ours, *(cpu_and_wall(OURS[what], frame) for _ in range(2))])
    plain = engine.removesuffix("-lazy")
    hand = min(cpu_and_wall(HAND[what][plain], logs[plain]) for _ in range(2))
    with capsys.disabled():
        print(
            f"\n{what:8} on {engine:11} ours {ours[0]:6.2f} CPU s, {ours[1]:6.2f} s; by hand "
            f"{hand[0]:6.2f}, {hand[1]:6.2f}: {ours[0] / hand[0]:.2f} x CPU, "
            f"{ours[1] / hand[1]:.2f} x wall"
        )


@pytest.mark.filterwarnings("ignore")
def test_summary_against_lifetimes(benchmark, capsys, log):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ours = benchmark.pedantic(lambda: cpu_and_wall(summary, log), rounds=3, warmup_rounds=1)
        peer = cpu_and_wall(lifetimes_summary, log)
    with capsys.disabled():
        print(
            f"\nsummary of {len(log):,} purchases: ours {ours[0]:.2f} CPU s, lifetimes "
            f"{peer[0]:.2f}: {peer[0] / ours[0]:.1f} times faster"
        )
