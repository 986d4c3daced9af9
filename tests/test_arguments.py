"""What a function gets that expects one column of numbers."""

from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

from ckmlab.arguments import clean_numbers

TABLE = pd.DataFrame({"nps": [9, 3], "wave": [1, 1]})


@pytest.mark.parametrize(
    "table", [TABLE, TABLE.to_numpy(), pl.from_pandas(TABLE), [[9, 1], [3, 1]]]
)
def test_a_table_in_place_of_a_column_is_named(table):
    with pytest.raises(TypeError, match="scores is a table; pass one of its columns"):
        clean_numbers("scores", table)


@pytest.mark.parametrize(
    "column", [[9, None], (9, None), TABLE["nps"].where([True, False]), pl.Series([9, None])]
)
def test_a_column_of_any_library_will_do(column):
    assert clean_numbers("scores", column).tolist() == [9.0]


@pytest.mark.parametrize(
    "values",
    [["9", "8"], pl.Series(["9"]), pd.to_datetime(["2024-01-01"]), pd.to_timedelta([1], unit="D")],
)
def test_what_would_silently_become_a_number_is_refused(values):
    with pytest.raises(TypeError, match=r"scores holds .* at position 0; "):
        clean_numbers("scores", values)


@pytest.mark.parametrize(
    "values", [pd.Categorical([9, 8]), [Decimal(9), 8], pd.Series([9, 8], dtype="Int8")]
)
def test_numbers_of_any_kind_will_do(values):
    assert clean_numbers("scores", values).tolist() == [9.0, 8.0]
