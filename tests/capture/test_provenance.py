import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from ckmlab.capture import channel_entropy, lineage_depth


def test_locus_entropy_of_the_research_notes():
    # research notes 1.2c: three equal origins have log2 3 = 1.585 bits
    assert round(channel_entropy(["employee", "database", "customer"]).value, 3) == 1.585


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=60))
def test_equals_scipy_and_stays_in_its_bounds(channels):
    estimate = channel_entropy(channels)
    counts = pd.Series(channels).value_counts()
    assert estimate.value == pytest.approx(entropy(counts, base=2), abs=1e-12)
    assert 0 <= estimate.low <= estimate.value <= estimate.high
    assert estimate.high <= np.log2(len(counts)) + 1e-9


def test_the_longest_way_counts():
    links = pd.DataFrame({"item_id": [2, 3, 3, 9], "source_id": [1, 2, 1, None]})
    assert lineage_depth(links).to_dict() == {9: 0, 1: 0, 2: 1, 3: 2}


def test_a_circle_is_shown():
    links = pd.DataFrame({"item_id": ["a", "b"], "source_id": ["b", "a"]})
    with pytest.raises(ValueError, match="circle"):
        lineage_depth(links)


def test_no_channel_at_all():
    with pytest.raises(ValueError, match="no item"):
        channel_entropy([None, None])
