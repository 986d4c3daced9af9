"""E-values against the published example, and by a confounder of exactly that strength."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.results import Estimate
from ckmlab.value.engagement import e_value


def test_published_example():
    # VanderWeele & Ding (2017), breastfeeding and respiratory deaths: RR 3.9 (1.8 to 8.7) gives an
    # E-value of 7.2 and 3.0 for the limit (they cut 7.263 off).
    found = e_value(Estimate(0.29, 0.08, 0.77), base=0.1)
    assert found.ratio == pytest.approx(3.9)
    assert found.value == pytest.approx(7.263, abs=5e-4)
    assert found.limit == pytest.approx(3.0)


def test_harm_and_benefit_mirror_each_other():
    saved, lost = (
        e_value(Estimate(sign * 2.0, sign * 2.0 - 1, sign * 2.0 + 1), sd=4) for sign in (1, -1)
    )
    assert saved.value == pytest.approx(lost.value)
    assert saved.limit == pytest.approx(lost.limit)


@given(st.floats(1.01, 50))
def test_a_confounder_of_that_strength_makes_up_the_effect(ratio):
    # Ding & VanderWeele's bounding factor of a cause tied E-fold to both is the ratio itself.
    strength = e_value(Estimate((ratio - 1) * 0.01), base=0.01).value
    assert strength**2 / (2 * strength - 1) == pytest.approx(ratio)


def test_interval_that_contains_no_effect_needs_no_confounder():
    assert e_value(Estimate(0.1, -0.1, 0.3), base=0.5).limit == 1
    assert np.isnan(e_value(Estimate(0.1), base=0.5).limit)
    assert e_value(Estimate(0.0, -0.1, 0.1), base=0.5).value == 1


def test_what_makes_no_sense_is_named():
    effect = Estimate(0.1, 0.0, 0.2)
    with pytest.raises(ValueError, match=r"give base= .* or sd="):
        e_value(effect)
    with pytest.raises(ValueError, match="do not add up to a risk"):
        e_value(effect, base=0.95)
    with pytest.raises(ValueError, match="do not add up to a risk"):
        e_value(Estimate(-0.3, -0.4, -0.2), base=0.2)
    with pytest.raises(TypeError, match="give an Estimate"):
        e_value(0.1, base=0.2)
