import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckmlab.studies import read_printed, rounding_range


@pytest.mark.parametrize(
    ("text", "value", "decimals", "relation"),
    [
        (".860", 0.86, 3, "="), ("−.07**", -0.07, 2, "="), ("< .001", 0.001, 3, "<"),
        (">0.9", 0.9, 1, ">"), ("63.1 %", 63.1, 1, "="), (7, 7, 0, "="), (0.25, 0.25, 2, "="),
        ("1.2e-3", 0.0012, 4, "="), ("250.", 250, 0, "="),
    ],
)  # fmt: skip
def test_read(text, value, decimals, relation):
    figure = read_printed(text)
    assert (figure.value, figure.decimals, figure.relation) == (value, decimals, relation)


@pytest.mark.parametrize("text", ["0,86", "1,203", "n.s.", "", None, "nan"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="not a printed number"):
        read_printed(text)


@given(st.floats(-100, 100), st.integers(0, 5))
def test_a_number_is_inside_the_band_of_its_own_print(number, decimals):
    assert read_printed(f"{number:.{decimals}f}").contains(number)


def test_range_is_exact_for_sums_and_first_order_for_products():
    _, low, high = rounding_range(np.sum, [".12", ".50", "3"])
    assert (low, high) == (pytest.approx(3.11), pytest.approx(4.13))
    value, low, high = rounding_range(lambda x: x[0] / x[1], ["1.0", "4.0"])
    assert value == 0.25
    assert (low, high) == (
        pytest.approx(0.95 / 4.05, abs=1e-3),
        pytest.approx(1.05 / 3.95, abs=1e-3),
    )


def test_range_of_an_array():
    value, low, high = rounding_range(lambda x: x * 2, [[".1", ".2"], [".30", ".40"]])
    assert value.shape == (2, 2)
    np.testing.assert_allclose(high - low, [[0.2, 0.2], [0.02, 0.02]])
