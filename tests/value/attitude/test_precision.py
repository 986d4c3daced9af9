"""Sample sizes against worked examples and their own definition."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.value.attitude import sample_size


def test_worked_examples():
    # Dossier 4.2: 903 answers for an NPS of 25 to within 5 points.
    assert sample_size(5, promoters=0.45, detractors=0.20) == 903
    # The pollsters' 385 and 1,068 (Cochran 1977).
    assert sample_size(0.05) == 385
    assert sample_size(0.03) == 1068
    # The same for a population of 1,000: Cochran's correction.
    assert sample_size(0.05, population=1000) == 278


@given(st.floats(0.05, 0.6), st.floats(0.05, 0.35), st.floats(1, 20))
def test_that_many_answers_give_that_margin(p, d, margin):
    n = sample_size(margin, promoters=p, detractors=d)
    variance = p + d - (p - d) ** 2

    def half(m):
        return 100 * 1.959963985 * math.sqrt(variance / m)

    assert half(n) <= margin * (1 + 1e-9)
    assert n == 1 or half(n - 1) > margin * (1 - 1e-6)


def test_of_a_mean():
    assert sample_size(0.1, sd=1.5) == math.ceil((1.959964 * 15) ** 2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"margin": 5}, "margin is 5, but a share lies strictly between 0 and 1"),
        ({"margin": 0}, "margin is 0"),
        ({"margin": 5, "promoters": 0.4}, "give both promoters and detractors"),
        ({"margin": 5, "promoters": 0.8, "detractors": 0.4}, "more than everybody"),
        ({"margin": 0.1, "share": 0.5, "sd": 1}, "different measures; give one"),
    ],
)
def test_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        sample_size(**arguments)
