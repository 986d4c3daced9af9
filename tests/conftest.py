"""What all tests share: how properties are judged, and every installed frame library."""

import importlib.util
import warnings

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import settings

settings.register_profile("ckmlab", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("ckmlab")  # judged by their outcome, not by the clock


def _pandas(frame):
    return frame


def _polars(frame):
    import polars as pl

    return pl.from_pandas(frame)


def _polars_lazy(frame):
    return _polars(frame).lazy()


def _pyarrow(frame):
    import pyarrow as pa

    return pa.Table.from_pandas(frame, preserve_index=False)


def _duckdb(frame):
    import duckdb

    return duckdb.from_arrow(_pyarrow(frame))


def _dask(frame):
    import dask.dataframe as dd

    return dd.from_pandas(frame, npartitions=3)


def _pyspark(frame):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = session.getOrCreate()
    session.conf.set("spark.sql.shuffle.partitions", "2")
    # Spark cannot tell the types of an empty pandas frame.
    return session.createDataFrame(_pyarrow(frame) if frame.empty else frame)


BACKENDS = {
    "pandas": _pandas,
    "polars": _polars,
    "polars-lazy": _polars_lazy,
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
    "dask": _dask,
    "pyspark": _pyspark,
}


@pytest.fixture(params=list(BACKENDS))
def backend(request):
    """A function that makes a frame of one library; skipped where the library is missing."""
    if importlib.util.find_spec(request.param.removesuffix("-lazy")) is None:
        pytest.skip(f"{request.param} is not installed")
    with warnings.catch_warnings():
        # narwhals is moving its Dask support into a package of its own.
        warnings.filterwarnings("ignore", "Dask support is moving", FutureWarning)
        if request.param == "pyspark":
            warnings.simplefilter("ignore")  # about pandas 3, open sockets, its own old calls
        yield BACKENDS[request.param]


@pytest.fixture
def collected():
    """A function that turns an answer of any library into pandas, row numbers forgotten."""

    def collect(answer):
        frame = nw.from_native(answer)
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect("pandas")
        plain = frame.to_pandas().reset_index(drop=True)
        return pd.DataFrame({name: column.to_numpy() for name, column in plain.items()})

    return collect
