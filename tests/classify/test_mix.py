import math

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.classify import balance, neglect_index, type_mix
from ckmlab.concepts import KnowledgeNature


def store(about, for_, from_):
    return pd.DataFrame({"ktype_coded": ["about"] * about + ["for"] * for_ + ["from"] * from_})


def test_the_mix_has_three_rows_in_the_order_about_for_from():
    mix = type_mix(store(0, 2, 8))
    assert mix.columns.tolist() == ["ktype", "n", "share", "low", "high"]
    assert mix["ktype"].tolist() == ["about", "for", "from"]
    assert mix["n"].tolist() == [0, 2, 8]
    assert mix["low"].iloc[0] == 0


def test_wilson_interval_of_a_published_example():
    # Newcombe (1998), Statistics in Medicine 17:857-872, table I: 81 of 263, score method without
    # continuity correction: 0.2553 to 0.3662.
    mix = type_mix(store(81, 182, 0)).iloc[0]
    assert mix["low"] == pytest.approx(0.2553, abs=5e-5)
    assert mix["high"] == pytest.approx(0.3662, abs=5e-5)


@pytest.mark.parametrize(
    "library",
    [pl.from_pandas, lambda f: pl.from_pandas(f).lazy(), duckdb.from_df, pa.Table.from_pandas],
)
def test_the_mix_comes_back_in_the_callers_library(library):
    frame = library(store(3, 2, 1))
    mix = type_mix(frame)
    assert type(mix) is type(frame)
    mix = mix.collect() if isinstance(mix, pl.LazyFrame) else mix
    mix = mix.df() if hasattr(mix, "df") else mix.to_pandas()
    pd.testing.assert_frame_equal(mix, type_mix(store(3, 2, 1)), check_dtype=False)


@pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning")
def test_the_mix_of_a_dask_frame():
    dask = pytest.importorskip("dask.dataframe")
    mix = type_mix(dask.from_pandas(store(3, 2, 1), npartitions=2))
    assert mix.compute()["n"].tolist() == [3, 2, 1]


def test_missing_labels_are_left_out():
    items = pd.DataFrame({"ktype_coded": ["about", None, "for", float("nan")]})
    assert type_mix(items)["n"].tolist() == [1, 1, 0]


def test_another_classification():
    items = pd.DataFrame({"nature": ["attitudinal"]})
    assert type_mix(items, "nature", labels=KnowledgeNature)["n"].tolist() == [0, 1]
    numbers = pd.DataFrame({"code": pd.Categorical([1, 2, 2])})
    assert type_mix(numbers, "code", labels=[1, 2, 3])["n"].tolist() == [1, 2, 0]


@pytest.mark.parametrize("measure", [type_mix, balance, neglect_index])
def test_errors_name_the_column_the_value_and_the_mend(measure):
    with pytest.raises(KeyError, match=r"ktype_coded.*rename a column"):
        measure(pd.DataFrame({"type": ["about"]}))
    with pytest.raises(ValueError, match=r"ktype_coded.*\['About'\].*labels="):
        measure(pd.DataFrame({"ktype_coded": ["About", "for"]}))
    with pytest.raises(ValueError, match="no label at all"):
        measure(pd.DataFrame({"ktype_coded": pd.Series([], dtype="str")}))
    with pytest.raises(TypeError, match="data frame"):
        measure(["about"])
    with pytest.raises(ValueError, match="confidence is 95"):
        measure(store(2, 1, 1), confidence=95)


def test_balance_and_neglect_of_even_and_one_sided_stores():
    assert balance(store(5, 5, 5)).value == pytest.approx(1)
    assert neglect_index(store(5, 5, 5)).value == pytest.approx(1)
    assert balance(store(9, 0, 0)).value == 0
    assert neglect_index(store(9, 0, 0)).value == 0
    assert neglect_index(store(9, 6, 3)).notes == ("rarest: from",)


def test_balance_interval_covers_at_the_nominal_rate():
    from numpy.random import PCG64, Generator

    truth = [0.45, 0.35, 0.20]
    value = -sum(p * math.log(p) for p in truth) / math.log(3)
    draws = Generator(PCG64(3)).multinomial(300, truth, size=300)
    covered = [balance(store(*map(int, draw))).covers(value) for draw in draws]
    assert 0.91 < sum(covered) / len(covered) < 0.99


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["about", "for", "from"]), min_size=1, max_size=60), st.randoms())
def test_shares_add_up_and_row_order_does_not_matter(labels, random):
    mix = type_mix(pd.DataFrame({"ktype_coded": labels}))
    assert mix["share"].sum() == pytest.approx(1)
    assert ((mix["low"] <= mix["share"]) & (mix["share"] <= mix["high"])).all()
    random.shuffle(labels)
    pd.testing.assert_frame_equal(mix, type_mix(pd.DataFrame({"ktype_coded": labels})))
    assert 0 <= neglect_index(pd.DataFrame({"ktype_coded": labels})).value <= 1
