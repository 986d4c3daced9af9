"""Fits on CDNOW beside lifetimes; for large data and more peers see lifetime_ratios.py."""

import runpy
import warnings
from pathlib import Path

import pytest

RATIOS = runpy.run_path(str(Path(__file__).with_name("lifetime_ratios.py")))


@pytest.mark.parametrize("model", RATIOS["MODELS"])
@pytest.mark.parametrize("library", ["ckmlab", "lifetimes"])
def test_fit_cdnow(benchmark, library, model):
    pytest.importorskip("lifetimes")
    benchmark.group = f"{model}, CDNOW sample, standard errors included"
    frame = RATIOS["cdnow"]()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        arguments = (library, model, frame)
        params = benchmark.pedantic(RATIOS["fit"], arguments, rounds=5, warmup_rounds=1)
    assert len(params) in (3, 4)
