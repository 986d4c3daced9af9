import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.classify import cohen_kappa, items_to_double_code

MIX = np.array([0.45, 0.35, 0.20])


def test_the_planned_number_gives_the_wanted_precision():
    number = items_to_double_code(0.1, kappa=0.64, mix=MIX)
    joint = (0.36 * np.outer(MIX, MIX) + 0.64 * np.diag(MIX)).ravel()
    draw = np.random.default_rng(5)
    widths = []
    for _ in range(100):
        cells = draw.choice(9, size=number, p=joint)
        result = cohen_kappa(cells // 3, cells % 3)
        widths.append((result.high - result.low) / 2)
    assert np.mean(widths) == pytest.approx(0.1, abs=0.003)


def test_two_equal_labels_by_hand():
    # For two labels of one half each, kappa = 2 p_o − 1, so its variance is 4 p_o (1 − p_o) / n:
    # kappa .6 means p_o = .8, and n = 4 · .16 · (1.96 / .1)² = 245.9.
    assert items_to_double_code(0.1, kappa=0.6, mix=[0.5, 0.5]) == 246


@settings(max_examples=25, deadline=None)
@given(st.floats(0.02, 0.3), st.floats(0, 0.95))
def test_more_precision_costs_more_items(half_width, kappa):
    number = items_to_double_code(half_width, kappa=kappa, mix=MIX)
    finer = items_to_double_code(half_width / 2, kappa=kappa, mix=MIX)
    assert 4 * (number - 1) <= finer <= 4 * number


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"half_width": 0}, "half_width is 0"),
        ({"kappa": 1}, "kappa is 1"),
        ({"mix": [0.5, 0.6]}, "adding up to 1"),
        ({"mix": [1.0, 0.0]}, "share above 0"),
        ({"confidence": 95}, "confidence is 95"),
    ],
)
def test_clear_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        items_to_double_code(**arguments)
