import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ckmlab.transfer import parity, refinement_gain


def ideas(seed, bias=0.0, n=3000):
    """Customers' ideas are better on average; ``bias`` is held against them nevertheless."""
    rng = np.random.default_rng(seed)
    own = rng.random(n) < 0.5
    quality = rng.normal(5 + 1.5 * own, 1.5)
    chance = 1 / (1 + np.exp(-(-4 + 0.7 * quality + bias * own)))
    return pd.DataFrame(
        {
            "origin": np.where(own, "customer", "employee"),
            "blind_score": quality,
            "adopted": rng.random(n) < chance,
            "reply_days": np.exp(rng.normal(1 + np.log(2) * own, 0.5)),
            "told_outcome": rng.random(n) < np.where(own, 0.3, 0.9),
        }
    )


def test_favour_is_told_from_quality():
    biased = ideas(1, bias=-1.0)
    share = biased.groupby("origin").adopted.mean()
    assert share["customer"] > share["employee"] - 0.05  # the plain shares hide it
    assert parity(biased).acceptance_odds.high < 1
    assert parity(biased).acceptance_odds.covers(np.exp(-1.0))


def test_equal_treatment_is_covered():
    hits = [parity(ideas(seed)).acceptance_odds.covers(1) for seed in range(40)]
    assert np.mean(hits) > 0.87


def test_reply_time_and_loop_closure():
    result = parity(ideas(2))
    assert result.reply_time.covers(2)
    assert result.loop_closure.covers(0.3)
    assert result.loop_closure.n == (ideas(2).origin == "customer").sum()


def test_published_newcombe_interval():
    # Newcombe (1998), example a, method 10: 56/70 against 48/80, .0524 to .3339
    estimate = refinement_gain(56, 70, 48, 80)
    assert estimate.value == pytest.approx(0.2)
    assert (round(estimate.low, 4), round(estimate.high, 4)) == (0.0524, 0.3339)


def test_the_interval_of_a_gain_is_newcombes_from_two_wilson_intervals():
    one, other = (
        stats.binomtest(won, n).proportion_ci(method="wilson") for won, n in [(9, 11), (13, 40)]
    )
    first, second = 9 / 11, 13 / 40
    gain = refinement_gain(9, 11, 13, 40)
    below = math.hypot(first - one.low, other.high - second)
    above = math.hypot(one.high - first, second - other.low)
    assert gain.low == pytest.approx(first - second - below)
    assert gain.high == pytest.approx(first - second + above)


def test_clear_errors():
    with pytest.raises(ValueError, match="customers' ideas were adopted"):
        parity(ideas(1).assign(adopted=True))
    with pytest.raises(ValueError, match="exceeds its whole"):
        refinement_gain(5, 4, 1, 2)
    with pytest.raises(KeyError, match="blind_score"):
        parity(ideas(1).drop(columns="blind_score"))
