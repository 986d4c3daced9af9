import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ckmlab.transfer import conversion_matrix, conversion_modes, steady_state

EVENTS = pd.DataFrame(
    {
        "from_form": ["tacit"] * 4 + ["explicit"] * 2 + [None],
        "to_form": ["tacit", "tacit", "tacit", "explicit", "tacit", "explicit", "tacit"],
    }
)


def test_rows_add_up_and_incomplete_ones_are_left_out():
    matrix = conversion_matrix(EVENTS)
    assert matrix.loc["tacit"].to_dict() == {"explicit": 0.25, "tacit": 0.75}
    assert matrix.sum(axis=1).tolist() == [1, 1]


def test_the_four_modes():
    assert conversion_modes(EVENTS).round(3).to_dict() == {
        "socialisation": 0.5,
        "externalisation": 0.167,
        "combination": 0.167,
        "internalisation": 0.167,
    }


def test_two_states_have_a_closed_form():
    # π_tacit = b / (a + b), with a leaving tacit and b leaving explicit
    share = steady_state(conversion_matrix(EVENTS))
    assert share["tacit"] == pytest.approx(0.5 / (0.25 + 0.5))


@given(arrays(float, (3, 3), elements=st.floats(0.01, 1)))
def test_equals_turning_very_often(raw):
    matrix = raw / raw.sum(axis=1, keepdims=True)
    often = np.linalg.matrix_power(matrix, 4096)
    assert steady_state(matrix).to_numpy() == pytest.approx(often[0], abs=1e-6)


def test_clear_errors():
    with pytest.raises(ValueError, match="never meet"):
        steady_state(np.eye(2))
    with pytest.raises(ValueError, match="adds up to 1"):
        steady_state([[1, 1], [0, 1]])
    with pytest.raises(ValueError, match=r"\['written'\]"):
        conversion_modes(pd.DataFrame({"from_form": ["written"], "to_form": ["tacit"]}))
    with pytest.raises(ValueError, match="no complete conversion"):
        conversion_matrix(EVENTS.head(0))
