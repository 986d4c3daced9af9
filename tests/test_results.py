import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab import Estimate

finite = st.floats(-1e9, 1e9)


def test_it_behaves_like_its_value():
    estimate = Estimate(0.5, 0.4, 0.6, n=96)
    assert float(estimate) == 0.5
    assert estimate == 0.5 and estimate > 0.4 and estimate <= 0.5
    assert round(estimate, 1) == 0.5 and abs(Estimate(-2)) == 2 and -estimate == -0.5
    assert 1 - estimate == 0.5 and 2 / estimate == 4 and estimate**2 == 0.25
    assert f"{estimate:.1%}" == "50.0%"
    assert math.isclose(math.sqrt(Estimate(4)), 2)


def test_it_is_compared_like_a_number():
    assert Estimate(0.1 + 0.2) == pytest.approx(0.3)
    assert pytest.approx(0.3) == Estimate(0.1 + 0.2)
    assert Estimate(0.5) != "0.5"


def test_it_prints_interval_level_and_n():
    assert repr(Estimate(0.5, 0.4, 0.6, n=1096)) == "0.5 [0.4, 0.6] (95 %, n = 1,096)"
    assert repr(Estimate(0.5)) == "0.5"
    html = Estimate(0.5, method="p < q", notes=["<script>"])._repr_html_()
    assert "<script>" not in html and "p &lt; q" in html


def test_it_can_be_held_against_a_truth():
    estimate = Estimate(0.5, 0.4, 0.6)
    assert estimate.covers(0.6) and not estimate.covers(0.61)
    assert estimate.error(0.7) == pytest.approx(-0.2)
    assert not Estimate(0.5).covers(0.5), "no interval covers nothing"


def test_impossible_intervals_are_refused():
    with pytest.raises(ValueError, match=r"0\.7 is above its high end"):
        Estimate(0.5, 0.7, 0.6)
    with pytest.raises(ValueError, match="level is 95"):
        Estimate(0.5, level=95)


@given(finite, st.floats(0, 1e6), finite)
def test_rescaling_keeps_the_order_of_the_ends(value, half_width, factor):
    scaled = Estimate(value, value - half_width, value + half_width).scaled(factor)
    assert scaled.low <= scaled.high
    assert scaled.value == value * factor
