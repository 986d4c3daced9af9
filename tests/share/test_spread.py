import pandas as pd
import polars as pl
import pytest

from ckmlab.share import gini, item_reach, reach

LOG = pd.DataFrame({"employee_id": [1, 1, 2, 2], "item_id": [7, 7, 7, 8]})


def test_concentration_is_the_shared_one():
    # research notes 6, N9: Gini .5507 for (120, 60, 30, 10, 5, 5)
    assert round(gini([120, 60, 30, 10, 5, 5]).value, 4) == 0.5507


@pytest.mark.parametrize("convert", [lambda frame: frame, pl.from_pandas])
def test_reach_counts_people_once(convert):
    assert reach(convert(LOG), [1, 2, 3, 4]).value == 0.5
    assert reach(convert(LOG), [1, 2, 3, 4], item=8).value == 0.25
    assert reach(convert(LOG), convert(pd.DataFrame({"employee_id": [1, 2, 2]}))).value == 1


def test_items_nobody_opened_are_listed():
    table = item_reach(LOG, items=pd.DataFrame({"item_id": [7, 8, 9]}))
    assert table.values.tolist() == [[7, 2, 3], [8, 1, 1], [9, 0, 0]]


def test_clear_errors():
    with pytest.raises(ValueError, match="nobody to reach"):
        reach(LOG, [])
    with pytest.raises(KeyError, match="reader"):
        reach(LOG, [1], person="reader")
