import pandas as pd
import pytest

from ckmlab.organize import reciprocal_rank, search_items, success_at_k

ITEMS = pd.DataFrame(
    {"item_id": [1, 2, 3], "text": ["reset the router", "router manual and router parts", "pay"]}
)
ASKED = pd.DataFrame(
    {"query_id": ["q1", "q2", "q3"], "text": ["Router reset", "how to pay", "xyz"]}
)
RIGHT = pd.DataFrame({"query_id": ["q1", "q2", "q3"], "item_id": [2, 3, 1]})


def test_search_ranks_shared_words_and_keeps_silent_otherwise():
    found = search_items(ITEMS, ASKED)
    assert found[found.query_id == "q1"].item_id.tolist() == [1, 2]
    assert found[found.query_id == "q2"].item_id.tolist() == [3]
    assert "q3" not in found.query_id.tolist()


def test_a_question_without_results_is_a_failure():
    found = search_items(ITEMS, ASKED)
    assert success_at_k(found, RIGHT, k=1).value == pytest.approx(1 / 3)
    assert success_at_k(found, RIGHT, k=2).value == pytest.approx(2 / 3)
    assert reciprocal_rank(found, RIGHT).value == pytest.approx((1 / 2 + 1 + 0) / 3)


def test_more_results_never_hurt():
    found = search_items(ITEMS, ASKED)
    values = [success_at_k(found, RIGHT, k=k).value for k in range(1, 5)]
    assert values == sorted(values)


def test_k_limits_the_list():
    assert search_items(ITEMS, ASKED, k=1)["rank"].max() == 1


def test_clear_errors():
    with pytest.raises(ValueError, match="no item has a word"):
        search_items(ITEMS.assign(text=""), ASKED)
    with pytest.raises(ValueError, match="no question"):
        success_at_k(search_items(ITEMS, ASKED), RIGHT.head(0))
