import numpy as np
import pandas as pd
import polars as pl
import pytest

from ckmlab.transfer import crude_effect, standardised_effect, stratum_effects


def expand(rows, columns):
    """One row per case, from (strata…, used, solved, number)."""
    cases = [row[:-1] for row in rows for _ in range(row[-1])]
    return pd.DataFrame(cases, columns=columns)


# Charig et al. (1986): open surgery (1) against keyhole surgery (0), by size of the stone
STONES = expand(
    [("small", 1, 1, 81), ("small", 1, 0, 6), ("small", 0, 1, 234), ("small", 0, 0, 36),
     ("large", 1, 1, 192), ("large", 1, 0, 71), ("large", 0, 1, 55), ("large", 0, 0, 25)],
    ["size", "used", "solved"],
)  # fmt: skip
NAMES = {"outcome": "solved", "exposure": "used"}


def test_published_reversal_of_the_kidney_stones():
    # Charig et al.: 78 % against 83 % overall; 93 against 87 and 73 against 69 within
    table = stratum_effects(STONES, strata="size", **NAMES).set_index("size")
    assert table.with_use.round(2).to_dict() == {"large": 0.73, "small": 0.93, "all": 0.78}
    assert table.without_use.round(2).to_dict() == {"large": 0.69, "small": 0.87, "all": 0.83}
    assert table.effect["all"] == pytest.approx(crude_effect(STONES, **NAMES).value)
    assert (table.effect[["large", "small"]] > 0).all()


def test_published_adjusted_success_of_the_kidney_stones():
    # adjusted for size: .8325 against .7789 (343 large, 357 small)
    expected = (357 * (81 / 87 - 234 / 270) + 343 * (192 / 263 - 55 / 80)) / 700
    estimate = standardised_effect(STONES, strata="size", **NAMES)
    assert estimate.value == pytest.approx(expected)
    assert estimate.value == pytest.approx(0.8325 - 0.7789, abs=0.0002)


def calls(seed, n=6000):
    """Research notes 7.2: hard cases are looked up more often; use adds .08 to the chance."""
    rng = np.random.default_rng(seed)
    hard = rng.random(n) < 0.45
    used = rng.random(n) < np.where(hard, 0.75, 0.25)
    solved = rng.random(n) < np.where(hard, 0.35, 0.80) + 0.08 * used
    return pd.DataFrame({"hard": hard, "used": used, "solved": solved})


def test_crude_misleads_and_standardised_covers():
    runs = [calls(seed) for seed in range(60)]
    crude = [crude_effect(run, **NAMES) for run in runs]
    fair = [standardised_effect(run, strata="hard", **NAMES) for run in runs]
    assert all(one.high < 0 for one in crude)
    assert np.mean([one.covers(0.08) for one in fair]) > 0.88
    assert np.mean([one.value for one in fair]) == pytest.approx(0.08, abs=0.005)


def test_without_strata_that_matter_both_agree():
    run = calls(1).assign(coin=np.random.default_rng(0).random(6000) < 0.5)
    assert standardised_effect(run, strata="coin", **NAMES).value == pytest.approx(
        crude_effect(run, **NAMES).value, abs=0.01
    )


def test_targets_weigh_strata_differently():
    # use helps the hard cases only; those who used it had more of them
    cases = expand(
        [("hard", 1, 1, 60), ("hard", 0, 0, 20), ("easy", 1, 1, 20), ("easy", 0, 1, 60)],
        ["difficulty", "used", "solved"],
    )
    names = NAMES | {"strata": "difficulty"}
    assert standardised_effect(cases, target="exposed", **names).value == pytest.approx(0.75)
    assert standardised_effect(cases, target="unexposed", **names).value == pytest.approx(0.25)
    assert standardised_effect(cases, target="all", **names).value == pytest.approx(0.5)


def test_strata_without_comparison_are_left_out_and_told():
    cases = pd.concat([STONES, expand([("huge", 1, 1, 300)], ["size", "used", "solved"])])
    estimate = standardised_effect(pl.from_pandas(cases), strata=["size"], **NAMES)
    assert "30.0% of the cases" in estimate.notes[1]
    assert estimate.n == 700


def test_clear_errors():
    apart = expand([("a", 1, 1, 3), ("b", 0, 1, 3)], ["size", "used", "solved"])
    with pytest.raises(ValueError, match="coarser strata"):
        standardised_effect(apart, strata="size", **NAMES)
    with pytest.raises(ValueError, match="'used' must hold"):
        crude_effect(STONES.assign(used="yes"), **NAMES)
    with pytest.raises(ValueError, match="choose one of"):
        standardised_effect(STONES, strata="size", target="women", **NAMES)
    with pytest.raises(KeyError, match="difficulty"):
        standardised_effect(STONES, strata="difficulty", **NAMES)
