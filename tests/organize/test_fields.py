import pandas as pd
import polars as pl
import pytest

from ckmlab.organize import completeness, completeness_score

RECORDS = {
    "name": ["Ann", "", None, "Bo"],
    "age": [30.0, None, 41.0, 52.0],
    "ok": [True, False, True, True],
}


@pytest.mark.parametrize(
    ("make", "kind"),
    [(pd.DataFrame, pd.DataFrame), (pl.DataFrame, pl.DataFrame), (pl.LazyFrame, pl.LazyFrame)],
)
def test_frames_in_frames_out_and_empty_texts_are_missing(make, kind):
    table = completeness(make(RECORDS), ["name", "age"])
    assert isinstance(table, kind)
    rows = table.collect() if kind is pl.LazyFrame else table
    assert [*rows["column"]] == ["name", "age"]
    assert [*rows["share"]] == [0.5, 0.75]


def test_numpy_gaps_are_missing_too():
    assert completeness(pd.DataFrame({"x": [1.0, float("nan")]})).filled.tolist() == [1]


def test_score_is_the_mean_of_the_flags():
    estimate = completeness_score(pl.DataFrame(RECORDS), ["name", "age", "ok"])
    assert estimate.value == pytest.approx((1 + 0 + 2 / 3 + 1) / 4)
    assert estimate.n == 4


def test_clear_errors():
    with pytest.raises(KeyError, match="mail"):
        completeness(pd.DataFrame(RECORDS), ["mail"])
    with pytest.raises(ValueError, match="at least one"):
        completeness_score(pd.DataFrame(RECORDS), [])
