import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics.cluster import pair_confusion_matrix

from ckmlab.organize import pair_scores

labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40)


@given(labels)
def test_equals_scikit_learns_pair_counts(rows):
    found, truth = (pd.Series(one) for one in zip(*rows, strict=True))
    scores = pair_scores(found, truth)
    (_, wrong), (missed, right) = pair_confusion_matrix(truth, found) // 2
    assert scores.precision.n == right + wrong
    assert scores.recall.n == right + missed
    if right + wrong and right + missed:
        assert scores.precision.value == pytest.approx(right / (right + wrong))
        assert scores.recall.value == pytest.approx(right / (right + missed))
        assert scores.f1.value == pytest.approx(2 * right / (2 * right + wrong + missed))


def test_names_of_entities_and_order_of_keys_do_not_matter():
    scores = pair_scores({1: "a", 2: "a", 3: "b"}, {3: 7, 2: 9, 1: 9})
    assert scores.f1.value == 1


def test_clear_errors():
    with pytest.raises(ValueError, match="same keys"):
        pair_scores({1: 1}, {2: 1})
    with pytest.raises(ValueError, match="needs an entity"):
        pair_scores({1: None}, {1: 1})
