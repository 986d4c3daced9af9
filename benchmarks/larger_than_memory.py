"""A Parquet log ten times larger than the memory granted: summary, cohorts and a BG/NBD fit.

Run: python benchmarks/larger_than_memory.py [customers] [megabytes] [parts]

DuckDB is granted the megabytes, by default a tenth of the file on disk, and spills to disk. That
alone is not enough: merging the purchases of a day needs a hash table of all days of all customers,
and with so little memory DuckDB gives up although it spills ("failed to allocate", "failed to pin
block"; already with one thread). Since no customer's numbers depend on another customer's, the log
is therefore taken in parts, by a hash of the customer; ``end`` is given, so that all are observed
until the same day. A first attempt on the whole log shows whether it would have done without.

The peak memory of the whole process, with Python and all libraries, is printed after each step; the
log is written by a process of its own. The fit works on the distinct histories, which leave the
engine and are counted in full.
"""

import multiprocessing
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from ckmlab.datasets.generators import make_transactions
from ckmlab.value.behaviour import cohorts, summary
from ckmlab.value.lifetime import BetaGeoNBD

CUSTOMERS = int(float(sys.argv[1])) if len(sys.argv) > 1 else 8_000_000
MEGABYTES = int(sys.argv[2]) if len(sys.argv) > 2 else None
PARTS = int(sys.argv[3]) if len(sys.argv) > 3 else 32
TRUTH = {"r": 0.6, "alpha": 10.0}
COLLAPSED = "SELECT frequency, recency, T, count(*) AS count FROM counted GROUP BY ALL"


def write_log(path):
    """The purchases, in another process, so that only the analysis is measured."""
    wanted = {"seed": 1, "weeks": 300, "parameters": TRUTH, "path": path}
    writer = multiprocessing.get_context("spawn").Process(
        target=make_transactions, args=(CUSTOMERS,), kwargs=wanted
    )
    writer.start()
    writer.join()


def connect(megabytes, folder):
    """A database with that much memory; the rest goes to the folder."""
    connection = duckdb.connect()
    connection.sql(f"SET memory_limit = '{megabytes}MB'")
    connection.sql(f"SET temp_directory = '{folder}/spill'")
    connection.sql("SET preserve_insertion_order = false")
    connection.sql("SET threads = 1")
    return connection


@contextmanager
def step(name):
    """Print how long it took and the most memory that the process has held so far."""
    start = time.perf_counter()
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        print(f"OUT OF MEMORY, {str(error).splitlines()[0]}")
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    megabytes = int(peak.split()[1]) / 1024
    print(f"{name}: {seconds:.1f} s, process peak {megabytes:,.0f} MB", flush=True)


def whole(log):
    """The histories in one query: at ten times the memory DuckDB is expected to give up."""
    found = summary(log, amount=None, unit="week").query("counted", COLLAPSED)
    print(f"{found.aggregate('count(*)').fetchall()[0][0]:,} different histories")


def in_parts(connection, log, end):
    """The histories, part by part, in a table that stays in the engine."""
    connection.sql("CREATE TABLE histories (frequency BIGINT, recency DOUBLE, T DOUBLE, count INT)")
    for part in range(PARTS):
        counted = summary(_part(log, part), amount=None, unit="week", end=end)
        counted.query("counted", COLLAPSED).insert_into("histories")
    return connection.table("histories")


def cohorts_in_parts(log):
    """Customers and revenue by cohort and age: counts of different customers, so they add up."""
    tables = [cohorts(_part(log, part)).df() for part in range(PARTS)]
    return pd.concat(tables).groupby(["cohort", "age"])[["customers", "revenue"]].sum()


def _part(log, part):
    return log.filter(f"hash(customer_id) % {PARTS} = {part}")


def main():
    """Write the log, grant the memory, and compute."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.parquet")
        write_log(path)
        size = path.stat().st_size / 1e6
        megabytes = MEGABYTES or int(size / 10)
        connection = connect(megabytes, folder)
        log = connection.read_parquet(str(path))
        rows, end = log.aggregate("count(*), max(date)").fetchall()[0]
        print(
            f"{rows:,} purchases, {size:,.0f} MB on disk, {rows * 24 / 1e6:,.0f} MB as columns; "
            f"{megabytes} MB granted: {size / megabytes:.1f} and "
            f"{rows * 24e-6 / megabytes:.1f} times more"
        )
        with step("summary of the whole log at once"):
            whole(log)
        with step(f"summary in {PARTS} parts"):
            histories = in_parts(connection, log, end)
            customers, lines = histories.aggregate("sum(count), count(*)").fetchall()[0]
            print(f"{customers:,} customers in {lines:,} rows of (x, t_x, T, n)")
        with step("BG/NBD, fitted to the rows of the table"):
            results = BetaGeoNBD(histories).fit()
            print(f"{results.params.round(4).to_dict()}, drawn with {TRUTH}")
        with step(f"cohorts in {PARTS} parts"):
            table = cohorts_in_parts(log)
            begun = table.loc[(slice(None), 0), "customers"].sum()
            print(f"{len(table):,} cells of {begun:,} customers")


if __name__ == "__main__":
    main()
