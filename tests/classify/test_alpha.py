import math

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ckmlab.classify import krippendorff_alpha

GAP = np.nan
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example D: four observers, twelve
# units, gaps. Printed there: nominal .743, ordinal .815, interval .849.
EXAMPLE = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]
TABLES = arrays(float, (3, 7), elements=st.sampled_from([GAP, 1.0, 2.0, 3.0, 5.0]))


@pytest.mark.parametrize(
    ("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorffs_own_example(level, printed):
    result = krippendorff_alpha(EXAMPLE, level)
    assert round(result, 3) == printed
    assert result.n == 11


def test_worked_table(coders):
    # Research dossier 4.1: alpha = .7323.
    assert round(krippendorff_alpha(coders), 4) == 0.7323


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_agrees_with_the_krippendorff_package(table, level):
    try:
        ours = krippendorff_alpha(table, level).value
    except ValueError:
        return
    if math.isnan(ours):
        return
    peer = krippendorff.alpha(table, level_of_measurement=level)
    assert ours == pytest.approx(peer, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.permutations(range(7)), st.permutations(range(3)))
def test_order_of_units_and_coders_does_not_matter(table, units, coders):
    try:
        before = krippendorff_alpha(table, "interval")
    except ValueError:
        return
    after = krippendorff_alpha(table[coders][:, units], "interval")
    assert after.value == pytest.approx(before.value, nan_ok=True)
    assert after.low == pytest.approx(before.low, nan_ok=True)
    assert math.isnan(before.value) or before.value <= 1
    shifted = krippendorff_alpha(1000 - 3 * table, "interval")
    assert shifted.value == pytest.approx(before.value, nan_ok=True)


def test_ordinal_alpha_looks_at_order_only():
    stretched = np.vectorize({1: 1, 2: 10, 3: 11, 4: 50, 5: 400}.get, otypes=[float])
    table = np.array([[1, 2, 3, 4, 5, 5], [1, 2, 4, 4, 4, 5]])
    same = krippendorff_alpha(stretched(table), "ordinal")
    assert same.value == pytest.approx(krippendorff_alpha(table, "ordinal").value)
    words = np.array(["", "low", "fair", "good", "high", "top"], dtype=object)
    order = ["low", "fair", "good", "high", "top"]
    worded = krippendorff_alpha(words[table], "ordinal", order=order)
    assert worded.value == pytest.approx(same.value)


def test_interval_covers_at_the_nominal_rate():
    # Three coders, each right with .8, else at random among three equally common labels: two agree
    # by insight in .64 of the units, and alpha tends to that.
    draw = np.random.default_rng(9)
    covered = []
    for _ in range(200):
        truth = draw.integers(0, 3, 150)
        guesses = draw.random((3, 150)) > 0.8
        ratings = np.where(guesses, draw.integers(0, 3, (3, 150)), truth)
        covered.append(krippendorff_alpha(ratings).covers(0.64))
    assert 0.90 < np.mean(covered) < 0.99


def test_bootstrap_resembles_the_jackknife(coders):
    jackknife = krippendorff_alpha(coders)
    drawn = krippendorff_alpha(coders, bootstrap=1000, seed=2)
    assert drawn.low == pytest.approx(jackknife.low, abs=0.03)
    assert drawn.high == pytest.approx(jackknife.high, abs=0.03)


def test_continuous_numbers_do_not_fill_the_memory():
    # The variance components of two coders with noise: alpha tends to 1 / (1 + .5²) = .8.
    draw = np.random.default_rng(1)
    truth = draw.normal(size=800)
    result = krippendorff_alpha([truth + draw.normal(0, 0.5, 800) for _ in range(2)], "interval")
    assert result.covers(0.8)


def test_errors_of_the_level():
    with pytest.raises(ValueError, match=r"level is 'ratio'; choose one of \['nominal'"):
        krippendorff_alpha(EXAMPLE, "ratio")
    with pytest.raises(ValueError, match=r"order=\[\.\.\.\]"):
        krippendorff_alpha([["low", "high"], ["low", "low"]], "ordinal")
    with pytest.raises(ValueError, match="needs numbers"):
        krippendorff_alpha([["low", "high"], ["low", "low"]], "interval")
    with pytest.raises(ValueError, match=r"unknown labels \['top'\]"):
        krippendorff_alpha([["low", "top"], ["low", "low"]], "ordinal", order=["low", "high"])


def test_nothing_to_disagree_about():
    result = krippendorff_alpha([["for", "for"], ["for", "for"]])
    assert math.isnan(result.value)
    assert "undefined" in result.notes[0]
