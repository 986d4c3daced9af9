import pandas as pd
import pytest

from ckmlab.frames import require, to_pandas


@pytest.fixture(params=["pandas", "polars", "polars-lazy", "pyarrow", "duckdb", "dask"])
def frame(request):
    data = {"customer_id": [1, 2], "score": [9, 3]}
    if request.param == "pandas":
        return pd.DataFrame(data)
    if request.param.startswith("polars"):
        polars = pytest.importorskip("polars")
        eager = polars.DataFrame(data)
        return eager.lazy() if request.param.endswith("lazy") else eager
    if request.param == "pyarrow":
        return pytest.importorskip("pyarrow").table(data)
    if request.param == "duckdb":
        duckdb = pytest.importorskip("duckdb")
        return duckdb.sql("select * from (values (1, 9), (2, 3)) t(customer_id, score)")
    dask = pytest.importorskip("dask.dataframe")
    return dask.from_pandas(pd.DataFrame(data), npartitions=1)


def test_any_library_becomes_pandas(frame):
    result = to_pandas(frame, ["score"], where="nps")
    assert isinstance(result, pd.DataFrame)
    assert result.score.tolist() == [9, 3]


def test_a_missing_column_is_named_with_what_there_is(frame):
    with pytest.raises(
        KeyError, match=r"nps needs the column \['rating'\].*'customer_id', 'score'"
    ):
        require(frame, ["rating"], where="nps")


def test_what_is_no_frame_is_refused():
    with pytest.raises(TypeError, match=r"nps needs a data frame .*got list"):
        require([1, 2], ["score"], where="nps")
