import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import laplace

from ckmlab.control import laplace_noise


def test_figures_of_the_research_notes():
    # research notes 2: ε = .5 gives a deviation of 2.83 and a 95 % half-width of 5.99
    noise = laplace_noise(0.5)
    assert round(noise.deviation, 2) == 2.83
    assert round(noise.half_width(0.95), 2) == 5.99


@given(st.floats(0.01, 10), st.floats(0.1, 100), st.floats(0.5, 0.999))
def test_equals_scipys_laplace(epsilon, sensitivity, confidence):
    noise = laplace_noise(epsilon, sensitivity=sensitivity)
    peer = laplace(scale=sensitivity / epsilon)
    assert noise.deviation == pytest.approx(peer.std())
    assert noise.half_width(confidence) == pytest.approx(peer.interval(confidence)[1])


def test_clear_errors():
    with pytest.raises(ValueError, match="epsilon is 0"):
        laplace_noise(0)
