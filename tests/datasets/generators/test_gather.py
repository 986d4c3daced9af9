"""Gathering columns block by block: order, types, growth beyond what was foreseen."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.datasets.generators._gather import gather


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=8), st.floats(0.1, 5, allow_subnormal=False)
)
def test_whatever_was_foreseen_the_columns_are_joined_in_order(lengths, times):
    edges = np.cumsum([0, *lengths])
    parts = [{"x": np.arange(a, b), "y": np.arange(a, b) / 2} for a, b in pairwise(edges)]
    whole = gather(iter(parts), times)
    np.testing.assert_array_equal(whole["x"], np.arange(edges[-1]))
    np.testing.assert_array_equal(whole["y"], np.arange(edges[-1]) / 2)
    assert whole["x"].dtype == np.arange(1).dtype
