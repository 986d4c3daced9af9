import pandas as pd
import polars as pl
import pytest

from ckmlab.share import link_rate, reinvention_rate, reuse_rate, uses_per_item

CASES = pd.DataFrame(
    {
        "kb_item_id": [7, None, None, 8, None],
        "item_existed": [True, True, False, True, True],
        "resolved": [True, True, True, True, False],
    }
)
ITEMS = pd.DataFrame({"item_id": [1, 2, 3], "employee_id": [10, 20, None]})
LOG = pd.DataFrame({"item_id": [1, 1, 2, 3, 3], "employee_id": [10, 10, 10, 20, 20]})


@pytest.mark.parametrize("convert", [lambda frame: frame, pl.from_pandas])
def test_only_closed_cases_count(convert):
    assert link_rate(convert(CASES)).value == 0.5
    assert reinvention_rate(convert(CASES)).value == 0.25
    assert link_rate(convert(CASES)).n == 4


def test_a_flag_will_do_as_well():
    cases = CASES.assign(kb_item_id=CASES.kb_item_id.notna())
    assert link_rate(cases).value == 0.5


def test_reading_ones_own_is_no_reuse():
    assert reuse_rate(ITEMS, LOG).value == pytest.approx(2 / 3)


def test_unused_items_count_as_zero():
    items = pd.DataFrame({"item_id": [1, 2, 3, 4]})
    assert uses_per_item(items, LOG).value == 1.25


def test_clear_errors():
    with pytest.raises(KeyError, match="item_existed"):
        reinvention_rate(CASES.drop(columns="item_existed"))
