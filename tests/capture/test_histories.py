import pandas as pd
import polars as pl
import pytest

from ckmlab.capture import histories

PEOPLE = {"shop": [1, 1, 0, 0, 1], "forum": [1, 0, 1, 0, 1]}


@pytest.mark.parametrize("lists", [pd.DataFrame(PEOPLE), pl.DataFrame(PEOPLE).lazy()])
def test_people_are_counted_by_combination_and_those_on_no_list_left_out(lists):
    assert histories(lists).people.tolist() == [2, 1, 1]


def test_three_ways_to_say_the_same():
    ids = {"shop": [1, 2, 5, 5], "forum": [1, 3, 5]}
    counted = pd.DataFrame({"shop": [1, 1, 0], "forum": [1, 0, 1], "n": [2, 1, 1]})
    assert histories(ids).equals(histories(pd.DataFrame(PEOPLE)))
    assert histories(counted, count="n").equals(histories(ids))


@pytest.mark.parametrize(
    ("lists", "error", "message"),
    [
        (pd.DataFrame({"a": [1], "id": [17]}), ValueError, "'id' holds"),
        (pd.DataFrame({"a": [1]}), ValueError, "at least two"),
        (pd.DataFrame({"a": [0], "b": [0]}), ValueError, "nobody stands"),
        ({"a": [1, None], "b": [1]}, ValueError, "missing id"),
        ([1, 2], TypeError, "mapping"),
    ],
)
def test_clear_errors(lists, error, message):
    with pytest.raises(error, match=message):
        histories(lists)


def test_missing_count_column():
    with pytest.raises(KeyError, match="'n'"):
        histories(pd.DataFrame(PEOPLE), count="n")
