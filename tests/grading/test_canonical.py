import datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from ckmlab.grading.canonical import NotComparable, canonical, edge_distance
from ckmlab.results import Estimate


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 / 3, "0.333333"),
        (2, "2"),
        (np.int64(2), "2"),
        (2.0, "2"),
        (np.float32(0.5), "0.5"),
        (Decimal("0.25"), "0.25"),
        (Fraction(1, 4), "0.25"),
        (-0.0, "0"),
        (123456789, "123456789"),
        (float("nan"), "missing"),
        (None, "missing"),
        (pd.NA, "missing"),
        (pd.NaT, "missing"),
        (float("-inf"), "-inf"),
        (True, "True"),
        (np.True_, "True"),
        ("  for ", "for"),
        (datetime.date(2024, 5, 1), "2024-05-01"),
        (pd.Timestamp("2024-05-01"), "2024-05-01"),
        (np.datetime64("2024-05-01"), "2024-05-01"),
        ([1, [2.0, "a"]], "1\n[2, a]"),
        (np.array([0.5, 1.0]), "0.5\n1"),
        ({"b", "a"}, "a\nb"),
    ],
)
def test_equal_answers_have_one_text(value, text):
    assert canonical(value).text == text


def test_an_estimate_counts_as_its_number():
    assert canonical(Estimate(0.25)).text == "0.25"


def test_tables_ignore_the_order_of_rows_and_columns_and_row_numbers():
    frame = pd.DataFrame({"k": ["a", "b"], "n": [1, 2]})
    shuffled = frame.loc[[1, 0], ["n", "k"]].reset_index(drop=True)
    assert canonical(frame) == canonical(shuffled)
    assert canonical(frame) != canonical(frame.assign(n=[2, 1]))


def test_an_index_with_a_meaning_counts():
    assert canonical(pd.Series([1, 2], index=["a", "b"])).text == "a: 1\nb: 2"
    assert canonical(pd.Series([2, 1])).text == "2\n1"


def test_a_polars_frame_equals_the_pandas_one():
    polars = pytest.importorskip("polars")
    columns = {"k": ["a", "b"], "n": [0.1, 0.2]}
    expected = canonical(pd.DataFrame(columns))
    assert canonical(polars.DataFrame(columns)) == expected
    assert canonical(polars.DataFrame(columns).lazy()) == expected


def test_a_figure_is_its_data_not_its_looks():
    def bars(heights, **looks):
        axes = Figure().subplots()
        axes.bar([0, 1], heights, **looks)
        return axes

    assert canonical(bars([1, 2])).text == canonical(bars([1, 2], color="red")).text
    assert canonical(bars([1, 2])).text != canonical(bars([1, 3])).text


def test_a_long_table_is_shown_by_a_digest_that_sees_every_cell():
    frame = pd.DataFrame({"x": np.arange(5000)})
    other = frame.replace(4321, 0)
    assert len(canonical(frame).text) < 400
    assert canonical(frame) != canonical(other)


def test_what_cannot_be_compared_says_what_it_is():
    with pytest.raises(NotComparable, match="type function"):
        canonical(lambda: 1)


def test_a_number_on_an_edge_is_noticed():
    assert canonical(0.1234565).edge < 0.001
    assert canonical(0.123456).edge > 0.4
    assert canonical([0.123456, 0.1234565]).edge < 0.001


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(2, 8))
@settings(max_examples=200, deadline=None)
def test_noise_below_the_edge_distance_never_changes_the_text(number, digits):
    distance = edge_distance(number, digits)
    if number == 0 or abs(number) < 1e-300 or distance < 1e-3:
        return
    noise = number * 10.0 ** (-digits - 4)
    texts = {canonical(number, digits).text, canonical(number + noise, digits).text}
    if abs(number - round(number)) > 1e-6 * max(1, abs(number)):  # whole numbers stay whole
        assert len(texts) == 1
