"""An invented paper: what is wrong with it can be found, and nothing else is."""

import pytest

from ckmlab.datasets import make_printed_study
from ckmlab.studies import check_table, ols_from_correlation


@pytest.mark.parametrize("seed", range(12))
def test_one_reliability_is_impossible_and_all_other_figures_are_not(seed):
    study, wrong = make_printed_study(seed=seed, truth=True)
    loadings = study.scales["loadings"].to_dict()
    table = check_table(loadings=loadings, reliability=study.scales[["cr", "ave"]])
    assert table.loc[table["verdict"] == "impossible", "figure"].tolist() == [f"CR of {wrong}"]


@pytest.mark.parametrize("seed", range(12))
def test_the_path_has_the_sign_that_the_correlation_hides(seed):
    table = make_printed_study(seed=seed).correlations
    own = ols_from_correlation(table, "innovation", ["training", "capacity"]).params["training"]
    assert own < -0.05 < 0.2 < table.loc["training", "innovation"]


def test_the_seed_decides():
    first, again = make_printed_study(seed=5), make_printed_study(seed=5)
    assert first.scales.equals(again.scales)
    assert not first.scales.equals(make_printed_study(seed=6).scales)
    with pytest.raises(ValueError, match="seed is -1"):
        make_printed_study(seed=-1)
