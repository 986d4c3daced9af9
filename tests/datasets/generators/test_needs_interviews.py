"""Interviews: the beta-binomial curve, and analysts who miss things."""

import numpy as np
import pytest
from scipy import special

from ckmlab.datasets.generators import make_needs_interviews


@pytest.mark.parametrize("interviews", [5, 20, 30])
def test_share_found_is_beta_binomial(interviews):
    heard = make_needs_interviews(interviews, seed=1, n_needs=20_000)
    expected = 1 - np.exp(special.betaln(1.45, 7.64 + interviews) - special.betaln(1.45, 7.64))
    assert heard["need_id"].nunique() / 20_000 == pytest.approx(expected, abs=0.012)


def test_analysts_miss_independently():
    heard = make_needs_interviews(20, seed=2, n_needs=2000, analysts=2, detection=0.54)
    all_heard = make_needs_interviews(20, seed=2, n_needs=2000)
    # Two analysts at .54 find 78.8 % between them: 1 - .46^2.
    found = heard.drop_duplicates(["interview_id", "need_id"])
    assert len(found) / len(all_heard) == pytest.approx(1 - 0.46**2, abs=0.02)
    assert found.merge(all_heard, on=["interview_id", "need_id"]).shape[0] == len(found)
