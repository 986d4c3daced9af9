"""The rooms at the size of a real firm: ours beside the obvious way, or the library one knows."""

from itertools import combinations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from rapidfuzz import fuzz

from ckmlab.capture import accumulation, loglinear_models
from ckmlab.control import bands, hidden, k_anonymity, prefix, smallest_generalisation
from ckmlab.organize import similar_pairs
from ckmlab.transfer import standardised_effect

WORDS = np.array(["router", "reset", "bill", "card", "line", "tariff", "mail", "roaming", "till"])


@pytest.fixture(scope="module")
def texts():
    draw = np.random.default_rng(1)
    said = [" ".join(draw.choice(WORDS, 8)) for _ in range(1500)]
    return pd.DataFrame({"item_id": range(len(said)), "text": said})


@pytest.fixture(scope="module")
def people():
    draw = np.random.default_rng(2)
    n = 1_000_000
    return pd.DataFrame(
        {
            "born": draw.integers(1940, 2005, n),
            "postcode": draw.integers(10_000, 12_000, n).astype(str),
            "gender": draw.choice(["f", "m", "d"], n, p=[0.5, 0.49, 0.01]),
            "used": draw.random(n) < 0.4,
            "solved": draw.random(n) < 0.7,
        }
    )


@pytest.mark.benchmark(group="pairs of 1,500 texts alike in at least 90 %")
@pytest.mark.parametrize("who", ["ckmlab", "rapidfuzz, pair by pair"])
def test_similar_pairs(benchmark, texts, who):
    def by_hand():
        rows = list(texts.itertuples(index=False))
        return [
            (one.item_id, other.item_id)
            for one, other in combinations(rows, 2)
            if fuzz.token_sort_ratio(one.text, other.text, score_cutoff=90)
        ]

    found = {"ckmlab": lambda: similar_pairs(texts, "text", threshold=0.9)}.get(who, by_hand)
    assert len(benchmark.pedantic(found, rounds=2)) > 0


@pytest.mark.benchmark(group="k-anonymity of a million people")
@pytest.mark.parametrize("library", ["pandas", "polars", "plain pandas groupby"])
def test_k_anonymity(benchmark, people, library):
    quasi = ["born", "postcode", "gender"]
    frame = pl.from_pandas(people) if library == "polars" else people
    run = {
        "plain pandas groupby": lambda: people.groupby(quasi, observed=True).size().min(),
    }.get(library, lambda: k_anonymity(frame, quasi))
    assert benchmark.pedantic(run, rounds=2) == 1


@pytest.mark.benchmark(group="smallest generalisation of a million people, 32 combinations")
def test_generalisation(benchmark, people):
    steps = {
        "born": [bands(5), bands(10), hidden],
        "postcode": [prefix(3), prefix(2), hidden],
        "gender": [hidden],
    }
    found = benchmark.pedantic(lambda: smallest_generalisation(people, steps, 50), rounds=1)
    assert found.k >= 50


@pytest.mark.benchmark(group="effect standardised over 4,000 strata, a million cases")
def test_standardised_effect(benchmark, people):
    names = {"outcome": "solved", "exposure": "used", "strata": ["postcode", "gender"]}
    effect = benchmark.pedantic(lambda: standardised_effect(people, **names), rounds=2)
    assert abs(effect.value) < 0.01


@pytest.mark.benchmark(group="all 64 pairwise log-linear models of four lists")
def test_loglinear_models(benchmark):
    draw = np.random.default_rng(3)
    lists = pd.DataFrame(draw.random((20_000, 4)) < [0.3, 0.25, 0.2, 0.2], columns=list("abcd"))
    assert len(benchmark.pedantic(lambda: loglinear_models(lists), rounds=2)) == 64


@pytest.mark.benchmark(group="accumulation curve of 2,000 interviews and 5,000 needs")
def test_accumulation(benchmark):
    draw = np.random.default_rng(4)
    counts = draw.binomial(2000, draw.beta(0.5, 20, 5000))
    curve = benchmark.pedantic(lambda: accumulation(counts, units=2000), rounds=2)
    assert len(curve) == 2000
