import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.transfer import gain_by, normalised_gain


def test_formula_of_the_research_notes():
    # research notes 1.7: g = (post - pre)/(1 - pre)
    assert normalised_gain([0.4, 0.6], [0.7, 0.8]).value == pytest.approx(0.5)


def test_hakes_worked_case():
    # Hake (1998): 45 % before and 89 % after would be a gain of (89 - 45)/55 = .80
    assert normalised_gain([45] * 3, [89] * 3, maximum=100).value == pytest.approx(0.80)


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 20)), min_size=2, max_size=30))
def test_never_above_one_and_independent_of_the_scale(people):
    before, after = (np.array(one, float) for one in zip(*people, strict=True))
    gain = normalised_gain(before, after, maximum=20)
    assert gain.value <= 1
    assert gain.value == pytest.approx(normalised_gain(before / 20, after / 20).value)


def test_interval_covers():
    rng, hits = np.random.default_rng(2), 0
    for _ in range(300):
        before = rng.uniform(0, 0.8, 80)
        after = before + (1 - before) * rng.beta(4, 4, 80)
        hits += normalised_gain(before, after).covers(0.5)
    assert 0.91 < hits / 300 < 0.985


def test_a_higher_start_may_hide_a_higher_gain():
    quiz = pd.DataFrame(
        {"team": list("aabb"), "pre": [0.1, 0.1, 0.8, 0.8], "post": [0.5, 0.5, 0.95, 0.95]}
    )
    table = gain_by(quiz, "team").set_index("team")
    assert table.loc["a", "difference"] > table.loc["b", "difference"]
    assert table.loc["a", "gain"] < table.loc["b", "gain"]


def test_clear_errors():
    with pytest.raises(ValueError, match="nothing to gain"):
        normalised_gain([1, 1], [1, 1])
    with pytest.raises(ValueError, match="off the scale"):
        normalised_gain([40], [80])
    with pytest.raises(ValueError, match="one pair per person"):
        normalised_gain([0.1], [0.2, 0.3])
    with pytest.raises(ValueError, match="both scores"):
        normalised_gain([0.1, None], [None, 0.3])
