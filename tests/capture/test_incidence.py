import pandas as pd
import polars as pl
import pytest

from ckmlab.capture import incidence_table
from ckmlab.datasets import make_needs_interviews

SAID = {"interview_id": [1, 1, 1, 2, 3], "need_label": ["a", "b", "b", "a", None]}


@pytest.mark.parametrize("frame", [pd.DataFrame(SAID), pl.DataFrame(SAID), pl.LazyFrame(SAID)])
def test_one_row_per_interview_even_a_silent_one(frame):
    table = incidence_table(frame)
    assert table.to_dict() == {
        "a": {1: True, 2: True, 3: False},
        "b": {1: True, 2: False, 3: False},
    }


def test_needs_that_have_only_a_number_are_read_as_well():
    heard = make_needs_interviews(8, seed=1)
    assert incidence_table(heard).equals(incidence_table(heard, item="need_id"))
    both = pd.DataFrame(SAID).assign(need_id=[1, 2, 2, 1, None])
    assert list(incidence_table(both).columns) == ["a", "b"]


def test_missing_column_is_named():
    with pytest.raises(KeyError, match="need_label"):
        incidence_table(pd.DataFrame({"interview_id": [1]}))


def test_empty_is_refused():
    with pytest.raises(ValueError, match="no rows"):
        incidence_table(pd.DataFrame({"interview_id": [], "need_label": []}))
