import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2
from sklearn.metrics import fbeta_score, precision_score, recall_score

from ckmlab.capture import revealing, sorting

TALK = pd.DataFrame(
    {
        "speaker": ["agent", "customer", "customer", "customer", "agent", "customer"],
        "fact_id": [1, 2, 3, 3, None, 4],
        "novel": [True, True, True, True, False, False],
    }
)


def test_a_fact_counts_once_and_only_if_new():
    result = revealing(TALK, minutes=10)
    assert result.per_minute.value == 0.3
    assert result.by_speaker.to_dict() == {"agent": 1, "customer": 3}
    assert result.reciprocity == pytest.approx(1 / 3)


def test_somebody_silent_makes_it_one_sided():
    assert revealing(TALK, minutes=10, speakers=["agent", "customer", "boss"]).reciprocity == 0


def test_a_monologue_has_no_reciprocity():
    assert math.isnan(revealing(TALK[TALK.speaker == "agent"], minutes=1).reciprocity)


def test_rate_has_garwoods_interval():
    estimate = revealing(TALK, minutes=10).per_minute
    expected = chi2.ppf(0.025, 6) / 20, chi2.ppf(0.975, 8) / 20
    assert (estimate.low, estimate.high) == pytest.approx(expected)


flags = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40)


@given(flags, st.sampled_from([0.5, 1, 2]))
def test_equals_scikit_learn(facts, beta):
    kept, relevant = zip(*facts, strict=True)
    result = sorting(kept, relevant, beta=beta)
    for estimate, peer in (
        (result.precision, precision_score(relevant, kept, zero_division=math.nan)),
        (result.recall, recall_score(relevant, kept, zero_division=math.nan)),
        (result.f_beta, fbeta_score(relevant, kept, beta=beta, zero_division=math.nan)),
    ):
        assert estimate.value == pytest.approx(peer, nan_ok=True)
    if any(kept) or any(relevant):
        assert 0 <= result.f_beta.low <= result.f_beta.value <= result.f_beta.high <= 1


def test_clear_errors():
    with pytest.raises(ValueError, match="give one each"):
        sorting([1, 0], [1])
    with pytest.raises(ValueError, match="kept must hold"):
        sorting([0.5], [1])
    with pytest.raises(ValueError, match="minutes is 0"):
        revealing(TALK, minutes=0)
    with pytest.raises(KeyError, match="novel"):
        revealing(TALK.drop(columns="novel"), minutes=1)
