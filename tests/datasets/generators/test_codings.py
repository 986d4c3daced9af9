"""Codings: agreement and mixes against the dossier's figures."""

import numpy as np
import pytest

from ckmlab.datasets.generators import make_codings


def test_agreement_kappa_and_observed_mix():
    # Dossier, part 1.3: agreement .7701, kappa .6393, observed mix (.4470, .3475, .2055).
    wide = make_codings(40_000, seed=1).pivot(index="item_id", columns="coder", values="label")
    agreement = (wide["A"] == wide["B"]).mean()
    assert agreement == pytest.approx(0.7701, abs=0.009)
    mix_a, mix_b = (wide[coder].value_counts(normalize=True) for coder in "AB")
    by_chance = (mix_a * mix_b).sum()
    assert (agreement - by_chance) / (1 - by_chance) == pytest.approx(0.6393, abs=0.013)
    np.testing.assert_allclose(mix_a[["about", "for", "from"]], [0.4470, 0.3475, 0.2055], atol=0.01)


def test_own_confusions_types_and_missing_codings():
    perfect, guessing = np.eye(2), np.full((2, 2), 0.5)
    codings, truth = make_codings(
        5000,
        seed=2,
        mix={"yes": 0.9, "no": 0.1},
        coders=["careful", "careless"],
        confusion={"careful": perfect, "careless": guessing},
        missing=0.2,
        truth=True,
    )
    right = codings.merge(truth, on="item_id")
    share = (right["label"] == right["ktype_true"]).groupby(right["coder"]).mean()
    assert share["careful"] == 1
    assert share["careless"] == pytest.approx(0.5, abs=0.035)
    assert len(codings) == pytest.approx(8000, abs=160)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"mix": {"about": 0.5, "for": 0.4}}, "mix sums to 0.9"),
        ({"confusion": np.eye(2)}, r"shape \(2, 2\).*\(3, 3\)"),
        ({"confusion": {"A": np.eye(3)}}, r"no matrix for coder \['B'\]"),
        ({"coders": ["A", "A"]}, "name of their own"),
        ({"missing": 2}, "missing is 2"),
    ],
)
def test_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        make_codings(10, seed=1, **arguments)
