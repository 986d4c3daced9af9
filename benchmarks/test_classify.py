"""Agreement of many coders on many units: ours beside the libraries that lecturers know."""

import krippendorff
import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.metrics import cohen_kappa_score

from ckmlab.classify import cohen_kappa, krippendorff_alpha, type_flow, type_mix

UNITS = 20_000
LABELS = np.array(["about", "for", "from"])


@pytest.fixture(scope="module")
def ratings():
    draw = np.random.default_rng(1)
    truth = draw.integers(0, 3, UNITS)
    slips = draw.random((3, UNITS)) < 0.2
    return np.where(slips, draw.integers(0, 3, (3, UNITS)), truth).astype(float)


@pytest.fixture(scope="module")
def items():
    draw = np.random.default_rng(2)
    processes = ["campaign", "lead", "offer", "contract", "service", "complaint", "rnd"]
    return pd.DataFrame(
        {
            "origin": draw.choice(["employee", "database", "customer"], 1_000_000),
            "ktype_coded": draw.choice(LABELS, 1_000_000),
            "created_process": draw.choice(processes, 1_000_000),
            "used_process": draw.choice(processes, 1_000_000),
        }
    )


@pytest.mark.benchmark(group="krippendorff alpha, 3 coders, 20,000 units, nominal")
@pytest.mark.parametrize("who", ["ckmlab (with interval)", "krippendorff (no interval)"])
def test_alpha(benchmark, ratings, who):
    if who.startswith("ckmlab"):
        value = benchmark(krippendorff_alpha, ratings).value
    else:
        value = benchmark(krippendorff.alpha, ratings, level_of_measurement="nominal")
    assert value == pytest.approx(
        krippendorff.alpha(ratings, level_of_measurement="nominal"), abs=1e-9
    )


@pytest.mark.benchmark(group="cohen kappa, 20,000 units")
@pytest.mark.parametrize("who", ["ckmlab (with interval)", "scikit-learn (no interval)"])
def test_kappa(benchmark, ratings, who):
    measure = cohen_kappa if who.startswith("ckmlab") else cohen_kappa_score
    value = benchmark(measure, ratings[0], ratings[1])
    assert float(value) == pytest.approx(cohen_kappa_score(ratings[0], ratings[1]))


@pytest.mark.benchmark(group="type mix and flow of 1,000,000 items")
@pytest.mark.parametrize("measure", [type_mix, type_flow], ids=["mix", "flow"])
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_mix_and_flow(benchmark, items, measure, library):
    frame = items if library == "pandas" else pl.from_pandas(items)
    result = benchmark(measure, frame)
    assert result["n"].sum() == 1_000_000
