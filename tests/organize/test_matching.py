import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from ckmlab.organize import resolve, similar_pairs

ITEMS = pd.DataFrame(
    {
        "item_id": [10, 11, 12, 13, 14],
        "text": ["Reset the router", "router reset the", "Reset the routers", "Pay by card", None],
        "topic": ["net", "net", "bill", "bill", "net"],
    }
)


@pytest.mark.parametrize("convert", [lambda frame: frame, pl.from_pandas])
def test_the_order_of_words_does_not_matter(convert):
    pairs = similar_pairs(convert(ITEMS), "text", threshold=0.95)
    assert set(zip(pairs.left, pairs.right, strict=True)) == {(10, 11), (10, 12), (11, 12)}
    assert pairs.similarity.iloc[0] == 1


def test_blocks_keep_apart_what_shares_none():
    pairs = similar_pairs(ITEMS, "text", block="topic", threshold=0.95)
    assert pairs[["left", "right"]].values.tolist() == [[10, 11]]


def test_a_pair_met_in_two_blocks_counts_once():
    items = ITEMS.assign(other="x")
    pairs = similar_pairs(items, "text", block=["topic", "other"], threshold=0.95)
    assert len(pairs) == len(similar_pairs(items, "text", threshold=0.95)) == 3


def test_several_columns_are_averaged_and_a_gap_is_similar_to_nothing():
    people = pd.DataFrame(
        {
            "item_id": [1, 2, 3],
            "name": ["Ann Lee", "Anne Lee", "Ann Lee"],
            "mail": ["a@x", "A@X ", None],
        }
    )
    how = {"name": "jaro_winkler", "mail": "exact"}
    pairs = similar_pairs(people, how, threshold=0.4).set_index(["left", "right"]).similarity
    assert pairs[1, 2] > 0.96
    assert pairs[1, 3] == 0.5


texts = st.lists(st.text("ab c", min_size=1, max_size=8).filter(str.strip), max_size=12)


@settings(max_examples=40)
@given(texts, st.floats(0.3, 1))
def test_equals_comparing_every_pair_by_hand(words, threshold):
    items = pd.DataFrame({"item_id": range(len(words)), "text": pd.Series(words, dtype=object)})
    expected = {
        (i, j)
        for i in range(len(words))
        for j in range(i + 1, len(words))
        if fuzz.token_sort_ratio(words[i].strip(), words[j].strip()) / 100 >= threshold - 1e-6
    }
    pairs = similar_pairs(items, "text", threshold=threshold)
    assert set(zip(pairs.left, pairs.right, strict=True)) == expected


def test_chains_become_one_entity():
    pairs = pd.DataFrame({"left": [1, 2], "right": [2, 5]})
    assert resolve(pairs, [1, 2, 3, 5]).to_dict() == {1: 0, 2: 0, 3: 1, 5: 0}


def test_clear_errors():
    with pytest.raises(ValueError, match="repeats 10"):
        similar_pairs(ITEMS.assign(item_id=10), "text")
    with pytest.raises(ValueError, match="choose one of"):
        similar_pairs(ITEMS, {"text": "soundex"})
    with pytest.raises(KeyError, match="headline"):
        similar_pairs(ITEMS, "headline")
    with pytest.raises(ValueError, match="not among keys"):
        resolve(pd.DataFrame({"left": [1], "right": [9]}), [1])
