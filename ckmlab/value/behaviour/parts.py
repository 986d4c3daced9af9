"""Logs larger than memory: customers taken in parts, and only distinct histories kept."""

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import narwhals as nw
import pandas as pd
from tqdm.auto import tqdm

from ckmlab.arguments import check_count, choose
from ckmlab.value.behaviour._log import DAYS_IN, Arrays, day_number, read_log
from ckmlab.value.behaviour.customer_summary import described

__all__ = ["histories_in_parts"]


def histories_in_parts(
    transactions,
    *,
    parts=32,
    memory=None,
    customer="customer_id",
    date="date",
    amount=None,
    unit="day",
    end=None,
    returns="error",
):
    """How many customers share each history, from a log that does not fit into memory.

    The columns are those of :func:`summary`, but customers with the same history are one row, which
    is all that a model of lifetimes needs. Merging the purchases of a day takes a table of all days
    of all customers, and engines give up over it although they spill to disk; but no customer's
    numbers depend on another customer's. So the customers are taken in ``parts``, by a hash of
    their id, one part after the other, all observed until the same day.

    Parameters
    ----------
    transactions : str or Path, DuckDB relation or lazy Polars frame
        One row a purchase, in any order: the path of a Parquet file (or a pattern such as
        ``"logs/*.parquet"``), read by DuckDB; or a query such as ``polars.scan_parquet(...)``.
    parts : int, default 32
        Into how many parts to divide the customers; more parts need less memory and more time.
    memory : str, optional
        What DuckDB may use, such as ``"500MB"``; the rest goes to a temporary folder. Only for a
        path: a query brings its own settings.
    customer, date : str
        Names of the columns.
    amount : str, optional
        Column with the money spent; adds ``monetary_value``, by which nearly every customer then
        has a row of their own.
    unit : {"day", "week", "month", "year"}
        Unit of recency and T.
    end : date or str, optional
        Last day of the observation, included; by default the last day of the log.
    returns : {"error", "drop"}
        What to do with negative amounts.

    Returns
    -------
    pandas.DataFrame
        Ascending: ``frequency``, ``recency``, ``T``, with an ``amount`` also ``monetary_value``,
        and ``count``, the number of customers.

    Raises
    ------
    KeyError
        If a column is missing.
    TypeError
        If the log is in memory already, dates are text or amounts are not numbers.
    ValueError
        If the log is empty, has gaps or negative amounts, or ``memory`` is given with a query.
    MemoryError
        If a part of a file is still too large.

    Examples
    --------
    >>> import polars as pl
    >>> log = pl.DataFrame({"customer_id": [7, 7, 8, 9], "day": [1, 15, 8, 8]})
    >>> log = log.select("customer_id", date=pl.date(2024, 1, pl.col("day")))
    >>> histories_in_parts(log.lazy(), parts=2).values.tolist()
    [[0.0, 0.0, 7.0, 2.0], [1.0, 14.0, 14.0, 1.0]]
    """
    parts = check_count("parts", parts, least=1)
    days = DAYS_IN[choose("unit", unit, DAYS_IN)]
    names = {"customer": customer, "date": date, "amount": amount, "returns": returns}
    with _opened(transactions, memory) as query:
        log = read_log(query, **names, where="histories_in_parts")
        if isinstance(log, Arrays) or not _divisible(log):
            raise TypeError(
                f"histories_in_parts got {type(query).__name__}; give the path of a Parquet file, "
                "a DuckDB relation or a lazy Polars frame; for a frame in memory there is summary"
            )
        last = log.last_day if end is None else day_number(end)
        if last < log.first_day:
            raise ValueError(
                f"histories_in_parts: every purchase is later than end = {end}; give a later date"
            )
        log = log if last >= log.last_day else log.between(log.first_day - 1, last)
        shares = (_part(log, part, parts) for part in range(parts))
        counted = [
            _counted(described(share, last, days, amount is not None))
            for share in tqdm(shares, total=parts, desc="parts", delay=2, leave=False)
        ]
    return _added(counted)


@contextmanager
def _opened(transactions, memory):
    """The query itself, or DuckDB's on a file, with that much memory and a folder for the rest."""
    if not isinstance(transactions, str | Path):
        if memory is not None:
            raise ValueError("memory is for a path; a query brings its engine's own settings")
        yield transactions
        return
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        settings = {"temp_directory": folder, "preserve_insertion_order": False}
        if memory is not None:
            # Every thread has buffers of its own; one is enough to read from a disk.
            settings |= {"memory_limit": str(memory), "threads": 1}
        connection = duckdb.connect(config=settings)
        try:
            yield connection.read_parquet(str(transactions))
        except duckdb.OutOfMemoryException as error:
            raise MemoryError(
                f"histories_in_parts: {memory or 'the memory'} is not enough for so many customers "
                "at a time; raise parts"
            ) from error
        finally:
            connection.close()


def _divisible(log):
    return log.asked.implementation.is_polars() or log.asked.implementation.is_duckdb()


def _part(log, part, parts):
    """The customers of one part; hashes are the engines' own, narwhals has none."""
    native = log.frame.to_native()
    if log.asked.implementation.is_polars():
        import polars as pl

        chosen = native.filter(pl.col("customer").hash() % parts == part)
    else:
        chosen = native.filter(f"hash(customer) % {parts} = {part}")
    return replace(log, frame=nw.from_native(chosen))


def _counted(table):
    roles = [name for name in table.collect_schema().names() if name != "customer"]
    counted = table.group_by(*roles).agg(nw.len().alias("count"))
    if counted.implementation.is_polars():
        return counted.collect("polars", engine="streaming").to_pandas()
    return counted.collect("pandas").to_pandas()


def _added(pieces):
    whole = pd.concat(pieces, ignore_index=True)
    roles = [name for name in whole.columns if name != "count"]
    return whole.astype({"count": "int64"}).groupby(roles, as_index=False)["count"].sum()
