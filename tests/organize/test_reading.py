import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckmlab.organize import fit_success, pareto_front, readability

HARD = (
    "Configuration of the broadband modem requires a documented authentication procedure. "
    "Customers who restart their equipment regularly report considerably fewer interruptions."
)


def test_lix_equals_the_peer():
    # textstat 0.7.13: lix 70.0 and 11.0
    table = readability([HARD, "The cat sat on the mat and looked at the rain."])
    assert table.lix.tolist() == pytest.approx([70.0, 11.0])
    assert table.words_per_sentence.tolist() == [10, 11]


def test_nothing_to_read():
    assert readability(["", None, "..."]).lix.isna().all()


def test_abbreviating_dots_within_a_number_do_not_end_a_sentence():
    assert readability(["Version 3.2 costs 4.50 a month."]).sentences.tolist() == [1]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=25))
def test_front_is_what_nothing_dominates(points):
    frame = pd.DataFrame(points, columns=["ease", "precision"])
    expected = [
        not any((a >= x and b >= y) and (a > x or b > y) for a, b in points) for x, y in points
    ]
    assert pareto_front(frame, ["ease", "precision"]).tolist() == expected


@pytest.fixture(scope="module")
def model():
    rng = np.random.default_rng(6)
    tries = pd.DataFrame({"ease": rng.uniform(0, 1, 8000), "precision": rng.uniform(0, 1, 8000)})
    tries["skill_level"] = rng.choice([0.5, 1.0, 2.0], 8000)
    logit = -2 + 1.5 * tries.ease / tries.skill_level + 2 * tries.precision
    tries["success"] = rng.random(8000) < 1 / (1 + np.exp(-logit))
    return fit_success(tries)


def test_coefficients_are_recovered(model):
    truth = np.array([-2, 1.5, 2])
    assert (np.abs(model.params - truth) < 3 * model.bse).all()


def test_beginners_and_experts_want_different_versions(model):
    # an easier text is less precise, and ever faster so: p = 1 - e²
    ease = np.linspace(0, 1, 101)
    versions = pd.DataFrame({"ease": ease, "precision": 1 - ease**2})
    beginner, expert = model.best(versions, 0.5), model.best(versions, 2.0)
    assert 0 < expert < beginner < 100


def test_a_curved_model_finds_the_best_ease():
    # The truth bends: best at -0.7 per unit of skill, whatever the precision.
    rng = np.random.default_rng(11)
    tries = pd.DataFrame({"ease": rng.uniform(-3, 0, 9000), "precision": rng.uniform(0, 1, 9000)})
    tries["skill_level"] = rng.choice([1.0, 1.5, 2.0], 9000)
    logit = -1.5 * (tries.ease / tries.skill_level + 0.7) ** 2 + 2 * tries.precision
    tries["success"] = rng.random(9000) < 1 / (1 + np.exp(-logit))
    curved = fit_success(tries, curved=True)
    truth = np.array([-1.5 * 0.49, -2 * 1.5 * 0.7, 2, -1.5])
    assert (np.abs(curved.params - truth) < 3 * curved.bse).all()
    assert curved.peak(2.0) == pytest.approx(-1.4, abs=0.1) == 2 * curved.peak(1.0)
    around = curved.predict(np.array([-1.7, curved.peak(2.0), -1.1]), 0.5, 2.0)
    assert around.argmax() == 1


def test_a_straight_model_knows_no_best_ease(model):
    with pytest.raises(ValueError, match="curved=True"):
        model.peak(1.0)


def test_counts_say_the_same_as_single_attempts():
    single = pd.DataFrame(
        {
            "ease": [1, 1, 1, 2, 2, 2, 3, 3],
            "precision": [3, 3, 3, 1, 1, 1, 2, 2],
            "skill_level": 1,
            "success": [1, 0, 0, 1, 1, 0, 1, 0],
        }
    )
    keys = ["ease", "precision", "skill_level"]
    counted = single.groupby(keys).success.agg(success="sum", views="size").reset_index()
    one, other = fit_success(single), fit_success(counted, trials="views")
    assert one.params.tolist() == pytest.approx(other.params.tolist())
    assert one.bse.tolist() == pytest.approx(other.bse.tolist(), rel=1e-4)
    assert one.n == other.n == 8


def test_contour_is_the_prediction_on_a_grid(model):
    grid = model.contour([0, 1], [0, 0.5, 1], skill=1)
    assert grid.shape == (2, 3)
    assert grid.loc[1.0, 0.5] == pytest.approx(model.predict(1, 0.5, 1))
    assert (np.diff(grid, axis=1) > 0).all()


def test_clear_errors():
    frame = pd.DataFrame(
        {"success": [0, 1, 1], "ease": [1, 2, 3], "precision": [2, 4, 6], "skill_level": 1}
    )
    with pytest.raises(ValueError, match="independently"):
        fit_success(frame)
    with pytest.raises(ValueError, match="above 0"):
        fit_success(frame.assign(skill_level=0))
    with pytest.raises(ValueError, match="both must occur"):
        fit_success(frame.assign(success=1))
    with pytest.raises(ValueError, match="missing value"):
        pareto_front(pd.DataFrame({"a": [1, None]}), ["a"])
