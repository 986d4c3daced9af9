"""Fits on CDNOW beside lifetimes; for large data and more peers see lifetime_ratios.py."""

import warnings

import pytest
from lifetime_ratios import MODELS, cdnow, fit


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("library", ["ckmlab", "lifetimes"])
def test_fit_cdnow(benchmark, library, model):
    pytest.importorskip("lifetimes")
    benchmark.group = f"{model}, CDNOW sample, standard errors included"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = cdnow()
        params = benchmark.pedantic(fit, (library, model, frame), rounds=5, warmup_rounds=1)
    assert len(params) in (3, 4)
