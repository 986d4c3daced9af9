"""Random streams keep their bits whatever else is drawn."""

from collections import Counter
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.datasets import make_company
from ckmlab.datasets.kestrel.people import _correlations, cholesky
from ckmlab.datasets.streams import Streams, choose, choose_rows, stream


def test_every_column_has_a_stream_of_its_own(monkeypatch):
    """No two columns share random numbers: neither by name nor by the name's checksum."""
    opened = Counter()
    original = Streams.__call__

    def records(self, name):
        opened[name] += 1
        return original(self, name)

    monkeypatch.setattr(Streams, "__call__", records)
    make_company(60, seed=1)
    assert len(opened) > 200
    assert len({crc32(name.encode()) for name in opened}) == len(opened)
    # The company's own list of needs is looked up again and again; it is the same each time.
    assert [name for name, times in opened.items() if times > 1] == ["needs.mention"]


def test_the_first_bits_are_pinned():
    # Raw PCG64 output behind a SeedSequence has never changed in numpy 1.17 to 2.5.
    bits = stream(2002, "customers.segment", 0).integers(0, 2**32, size=3)
    assert bits.tolist() == [2740166519, 4074813634, 1596444817]


def test_streams_differ_by_each_part_of_their_key():
    firsts = {
        stream(seed, name, district, version).random()
        for seed in (0, 1, 2**32, 2**64 - 1)
        for name in ("a.x", "a.y")
        for district in (0, 1)
        for version in (1, 2)
    }
    assert len(firsts) == 32


@given(st.floats(0, 1, exclude_max=True), st.lists(st.floats(0.01, 5), min_size=1, max_size=6))
@settings(max_examples=50)
def test_choose_gives_a_valid_index(uniform, weights):
    assert 0 <= choose(np.array([uniform]), weights)[0] < len(weights)


def test_choose_rows_follows_each_row():
    uniform = (np.arange(1000) + 0.5) / 1000
    chosen = choose_rows(uniform, [[0.2, 0.8], [0.9, 0.1]], np.repeat([0, 1], [500, 500]))
    assert np.bincount(chosen[:500]).tolist() == [200, 300]
    assert np.bincount(chosen[500:]).tolist() == [400, 100]


def test_hand_coded_cholesky_equals_lapack():
    matrix = np.array(_correlations())
    assert cholesky(matrix.tolist()) == pytest.approx(np.linalg.cholesky(matrix))
