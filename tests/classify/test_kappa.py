import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

from ckmlab.classify import cohen_kappa, fleiss_kappa, gwet_ac1, percent_agreement, scott_pi

LABELS = ["about", "for", "from"]
PAIRS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=4)


def lists(table):
    rows, columns = (
        index.repeat(table.ravel()) for index in map(np.ravel, np.indices(table.shape))
    )
    return rows, columns


def test_worked_table(coders):
    # Research dossier 4.1: kappa = .7312, pi = .7312, AC1 = .7405.
    assert round(cohen_kappa(*coders), 4) == 0.7312
    assert round(scott_pi(*coders), 4) == 0.7312
    assert round(gwet_ac1(*coders), 4) == 0.7405


def test_text_book_example():
    # Research dossier 4.1: diagonal .26 + .12 + .35 = .73, expected .36, so kappa = .578. The cells
    # off the diagonal are ours, chosen to give exactly that expectation.
    table = np.array([[26, 1, 1], [1, 12, 7], [1, 16, 35]])
    assert table.sum(axis=0) @ table.sum(axis=1) == 0.36 * 100**2
    assert round(cohen_kappa(*lists(table)), 3) == 0.578


def test_pathologists_with_their_published_standard_error():
    # Agresti, Categorical Data Analysis, 2nd ed., table 10.8: kappa 0.493, standard error 0.057.
    table = np.array([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]])
    result = cohen_kappa(*lists(table))
    assert round(result, 3) == 0.493
    assert (result.high - result.low) / 2 / 1.96 == pytest.approx(0.057, abs=5e-4)


def test_fleiss_kappa_of_a_well_known_example():
    # Wikipedia, "Fleiss' kappa", worked example: 14 raters, 10 subjects, kappa = 0.210.
    counts = np.array(
        [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ]
    )
    ratings = np.array([np.repeat(np.arange(5), row) for row in counts]).T
    assert round(fleiss_kappa(ratings), 3) == 0.210


def test_four_raters_with_gaps_against_irrcac(four_raters):
    # irrCAC 0.4.4: CAC(...).fleiss() 0.76117, CAC(...).gwet() 0.77544.
    assert fleiss_kappa(four_raters).value == pytest.approx(0.76117, abs=5e-6)
    assert gwet_ac1(four_raters).value == pytest.approx(0.77544, abs=5e-6)
    assert gwet_ac1(four_raters).n == 11


def test_jackknife_error_is_close_to_gwets_formula(coders):
    # irrCAC 0.4.4 on the worked table: standard errors .05188 (AC1) and .05337 (Fleiss).
    for measure, error in [(gwet_ac1, 0.05188), (fleiss_kappa, 0.05337)]:
        result = measure(np.array(coders, dtype=object))
        assert (result.high - result.low) / 2 / 1.9801 == pytest.approx(error, rel=0.01)


def test_bootstrap_repeats_with_its_seed_and_resembles_the_formula(coders):
    formula = cohen_kappa(*coders)
    drawn = cohen_kappa(*coders, bootstrap=1000, seed=4)
    assert repr(drawn) == repr(cohen_kappa(*coders, bootstrap=1000, seed=4))
    assert drawn.low == pytest.approx(formula.low, abs=0.03)
    assert drawn.high == pytest.approx(formula.high, abs=0.03)
    assert "1,000 samples, seed 4" in drawn.method


@pytest.mark.parametrize("measure", [cohen_kappa, scott_pi, gwet_ac1])
def test_a_bootstrap_needs_a_seed_and_a_sensible_number(measure, coders):
    with pytest.raises(ValueError, match="give it a seed"):
        measure(*coders, bootstrap=100)
    with pytest.raises(ValueError, match="bootstrap is -5"):
        measure(*coders, bootstrap=-5, seed=1)
    with pytest.raises(ValueError, match="confidence is 95"):
        measure(*coders, confidence=95)


@pytest.mark.parametrize("measure", [cohen_kappa, scott_pi, gwet_ac1])
def test_one_label_only_is_undefined_and_says_so(measure):
    result = measure(["for"] * 5, ["for"] * 5)
    assert math.isnan(result.value)
    assert "every label is the same" in result.notes[0]


def test_perfect_agreement_warns_of_an_interval_without_width():
    assert "no width" in cohen_kappa(LABELS * 4, LABELS * 4).notes[0]


def test_ac1_counts_labels_that_nobody_chose():
    assert gwet_ac1(["for"] * 5, ["for"] * 5, labels=LABELS).value == 1
    with pytest.raises(ValueError, match=r"unknown labels \['From'\]"):
        gwet_ac1(["From"], ["for"], labels=LABELS)


def test_prevalence_paradox():
    # Observed agreement .90 with even and with lopsided labels: kappa halves, AC1 does not.
    even, lopsided = lists(np.array([[45, 5], [5, 45]])), lists(np.array([[85, 5], [5, 5]]))
    assert percent_agreement(*even).value == percent_agreement(*lopsided).value == 0.9
    assert round(cohen_kappa(*even), 3) == 0.8
    assert round(cohen_kappa(*lopsided), 3) == 0.444
    assert round(gwet_ac1(*lopsided), 3) == 0.878


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_agrees_with_peer_libraries(pairs):
    first, second = zip(*pairs, strict=True)
    ours = cohen_kappa(first, second).value
    if math.isnan(ours):
        assert len(set(first + second)) == 1
        return
    assert ours == pytest.approx(cohen_kappa_score(first, second))
    counts, _ = aggregate_raters(np.array([first, second]).T)
    assert fleiss_kappa([first, second]).value == pytest.approx(statsmodels_fleiss(counts))


@settings(max_examples=40, deadline=None)
@given(PAIRS, st.permutations(LABELS), st.randoms())
def test_bounds_and_invariance(pairs, names, random):
    rename = dict(zip(LABELS, names, strict=True))
    shuffled = [(rename[a], rename[b]) for a, b in pairs]
    random.shuffle(shuffled)
    for measure in (cohen_kappa, scott_pi, gwet_ac1):
        before = measure(*zip(*pairs, strict=True))
        after = measure(*zip(*shuffled, strict=True))
        swapped = measure(*reversed(list(zip(*pairs, strict=True))))
        if math.isnan(before.value):
            assert math.isnan(after.value)
            continue
        assert -1 <= before.value <= 1
        assert not before.low > before.value + 1e-9
        assert after.value == pytest.approx(before.value)
        assert after.low == pytest.approx(before.low, nan_ok=True)
        assert swapped.value == pytest.approx(before.value)


def test_coders_with_a_known_confusion_are_covered():
    # Research dossier 1.3: two independent coders with that confusion have kappa 0.6393.
    truth = np.array([0.45, 0.35, 0.20])
    confusion = np.array([[0.88, 0.05, 0.07], [0.06, 0.90, 0.04], [0.15, 0.05, 0.80]])
    joint = (confusion.T @ np.diag(truth) @ confusion).ravel()
    draw = np.random.default_rng(6)
    cells = pd.MultiIndex.from_product([LABELS, LABELS])
    covered = []
    for _ in range(200):
        sample = cells[draw.choice(9, size=250, p=joint)]
        covered.append(
            cohen_kappa(sample.get_level_values(0), sample.get_level_values(1)).covers(0.6393)
        )
    assert 0.90 < np.mean(covered) < 0.99
