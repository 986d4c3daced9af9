import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.control import class_sizes, k_anonymity, uniqueness

# Sweeney (2002), figure 2: a table that adheres to 2-anonymity
SWEENEY = pd.DataFrame(
    [
        ("Black", 1965, "m", "0214*", "short breath"),
        ("Black", 1965, "m", "0214*", "chest pain"),
        ("Black", 1965, "f", "0213*", "hypertension"),
        ("Black", 1965, "f", "0213*", "hypertension"),
        ("Black", 1964, "f", "0213*", "obesity"),
        ("Black", 1964, "f", "0213*", "chest pain"),
        ("White", 1964, "m", "0213*", "chest pain"),
        ("White", 1964, "m", "0213*", "obesity"),
        ("White", 1964, "m", "0213*", "short breath"),
        ("White", 1967, "m", "0213*", "chest pain"),
        ("White", 1967, "m", "0213*", "chest pain"),
    ],
    columns=["race", "birth", "gender", "zip", "problem"],
)
QUASI = ["race", "birth", "gender", "zip"]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame])
def test_sweeneys_table_is_2_anonymous(make):
    frame = make(SWEENEY.to_dict("list"))
    assert k_anonymity(frame, QUASI) == 2
    assert uniqueness(frame, QUASI).value == 0


def test_duckdb_and_dask_are_not_converted():
    duckdb, dask = pytest.importorskip("duckdb"), pytest.importorskip("dask.dataframe")
    relation = duckdb.sql("select * from SWEENEY")
    for frame in (relation, dask.from_pandas(SWEENEY, npartitions=3)):
        assert k_anonymity(frame, QUASI) == 2
        assert type(class_sizes(frame, QUASI)) is type(frame)


def test_more_knowledge_makes_people_unique():
    assert uniqueness(SWEENEY, [*QUASI, "problem"]).value == pytest.approx(7 / 11)


people = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30)


@given(people)
def test_k_falls_and_uniqueness_rises_with_every_column(rows):
    frame = pd.DataFrame(rows, columns=["a", "b"])
    assert k_anonymity(frame, ["a", "b"]) <= k_anonymity(frame, ["a"])
    assert uniqueness(frame, ["a", "b"]).value >= uniqueness(frame, ["a"]).value
    assert class_sizes(frame, ["a", "b"])["size"].sum() == len(rows)


def test_missing_is_a_value():
    assert k_anonymity(pd.DataFrame({"a": [None, None, "x"]}), "a") == 1
    assert k_anonymity(pd.DataFrame({"a": [None, None, "x", "x"]}), "a") == 2


def test_clear_errors():
    with pytest.raises(KeyError, match="'salary'"):
        k_anonymity(SWEENEY, ["salary"])
    with pytest.raises(ValueError, match="at least one"):
        k_anonymity(SWEENEY, [])
    with pytest.raises(ValueError, match="without rows"):
        k_anonymity(SWEENEY.head(0), QUASI)


def test_order_of_rows_does_not_matter():
    shuffled = SWEENEY.sample(frac=1, random_state=np.random.RandomState(3))
    assert k_anonymity(shuffled, QUASI) == 2
