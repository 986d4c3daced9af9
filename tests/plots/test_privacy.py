import pandas as pd
import pytest

from ckmlab import control, plots

PEOPLE = pd.DataFrame({"born": [1983, 1985, 1991, 1994], "sex": ["f", "m", "f", "f"]})
STEPS = {"born": [control.bands(10), control.hidden], "sex": [control.hidden]}
WAYS = control.k_utility_frontier(PEOPLE, STEPS)


def test_the_price_of_k_is_that_of_the_smallest_generalisation():
    chosen = control.smallest_generalisation(PEOPLE, STEPS, 2)
    fig = plots.k_frontier(WAYS, k=2)
    assert fig.title.endswith(f"costs {100 * chosen.loss:.0f} % of the usefulness")
    for column, level in chosen.levels.items():
        said = f"{column} at level {level}" if level else f"{column} as it is"
        assert said in fig.alt


def test_a_k_out_of_reach_is_refused():
    with pytest.raises(ValueError, match="reaches k=9; the largest is 4"):
        plots.k_frontier(WAYS, k=9)


def test_the_border_names_levels_of_any_kind():
    items = pd.DataFrame({"need": [6, 3, 1], "risk": [0, 2, 8]})
    items["sensitivity"] = pd.Categorical(
        ["public", "internal", "secret"], ["public", "internal", "secret"], ordered=True
    )
    fig = plots.border(control.transparency_exposure(items))
    assert "open up to internal: 90 % of the need is met, 20 % of the risk" in fig.alt
    numbers = plots.border(control.transparency_exposure(items.assign(sensitivity=[0, 1, 2])))
    assert "open up to 2:" in numbers.alt


def test_any_way_can_be_marked():
    fig = plots.k_frontier(WAYS, levels={"born": 1, "sex": 1})
    assert "born at level 1 and sex at level 1" in fig.alt
    with pytest.raises(ValueError, match="levels"):
        plots.k_frontier(WAYS, levels={"born": 7, "sex": 1})
