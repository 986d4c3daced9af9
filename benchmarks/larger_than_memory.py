"""A Parquet log several times larger than the memory granted: summary and cohorts go through.

Run: python benchmarks/larger_than_memory.py [customers] [megabytes]

DuckDB is granted the megabytes and spills the rest to disk; the peak memory of the whole process,
with Python and all libraries, is printed beside it.
"""

import sys
import tempfile
import time
from pathlib import Path

import duckdb

from ckmlab.datasets.generators import make_transactions
from ckmlab.value.behaviour import cohorts, summary

CUSTOMERS = int(float(sys.argv[1])) if len(sys.argv) > 1 else 8_000_000
MEGABYTES = int(sys.argv[2]) if len(sys.argv) > 2 else 240


def main():
    """Write the log, grant the memory, and compute."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.parquet")
        purchases = {"weeks": 300, "parameters": {"r": 0.6, "alpha": 10.0}, "workers": 2}
        make_transactions(CUSTOMERS, seed=1, path=path, **purchases)
        connection = duckdb.connect()
        connection.sql(f"SET memory_limit = '{MEGABYTES}MB'")
        connection.sql(f"SET temp_directory = '{folder}/spill'")
        connection.sql("SET preserve_insertion_order = false")
        connection.sql("SET threads = 1")
        rows = connection.read_parquet(str(path)).aggregate("count(*)").fetchall()[0][0]
        size = rows * 24 / 1e6
        print(
            f"{rows:,} purchases, {path.stat().st_size / 1e6:,.0f} MB on disk, {size:,.0f} MB as "
            f"columns; {MEGABYTES} MB granted: {size / MEGABYTES:.0f} times more"
        )
        log = connection.read_parquet(str(path))

        start = time.perf_counter()
        counted = summary(log, unit="week")
        histories = counted.query(
            "counted", "SELECT count(*) AS n FROM counted GROUP BY frequency, recency, T"
        )
        histories = histories.aggregate("count(*), sum(n)").fetchall()[0]
        print(
            f"summary: {histories[1]:,} customers as {histories[0]:,} different histories "
            f"in {time.perf_counter() - start:.1f} s"
        )
        start = time.perf_counter()
        table = cohorts(log).fetchall()
        print(f"cohorts: {len(table):,} cells in {time.perf_counter() - start:.1f} s")
        status = Path("/proc/self/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        print(f"peak memory of the process: {int(peak.split()[1]) / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
