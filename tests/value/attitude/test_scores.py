"""NPS, CSAT, CES, top boxes, sample sizes and comparisons against worked numbers and peers."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from ckmlab.value.attitude import ces, compare_groups, csat, nps, sample_size, top_box


def answers(promoters, passives, detractors):
    return [9] * promoters + [7] * passives + [6] * detractors


def test_nps_worked_example():
    # Dossier 4.2: p = .45, d = .20, n = 200 gives 25.0 with a standard error of 5.42.
    score = nps(answers(90, 70, 40))
    assert float(score) == pytest.approx(25)
    assert (score.high - score.low) / (2 * 1.959964) == pytest.approx(5.42, abs=0.005)


@given(st.lists(st.integers(0, 10), min_size=1))
def test_nps_is_the_mean_of_plus_one_zero_minus_one(scores):
    signs = np.where(np.array(scores) >= 9, 1, np.where(np.array(scores) <= 6, -1, 0))
    score = nps(scores)
    assert float(score) == pytest.approx(100 * signs.mean())
    # Its variance is that of the signs.
    half = 1.959964 * 100 * signs.std() / math.sqrt(len(signs))
    assert score.high == pytest.approx(min(float(score) + half, 100), abs=1e-3)


@pytest.mark.parametrize("counts", [(90, 70, 40), (3, 4, 1), (12, 0, 0), (0, 0, 5), (1, 10, 0)])
def test_nps_score_interval_inverts_the_restricted_likelihood_test(counts):
    # Tango's statistic with the restricted estimate found by brute force over the detractor share.
    p, _, d = counts
    n = sum(counts)
    score = nps(answers(*counts), interval="score")
    for end in (score.low / 100, score.high / 100):
        if abs(end) > 1 - 1e-9:
            continue
        shares = np.linspace(max(0, -end), (1 - end) / 2, 400_001)[1:-1]
        rest = np.clip(1 - 2 * shares - end, 1e-300, None)
        likelihood = p * np.log(shares + end) + d * np.log(shares) + (n - p - d) * np.log(rest)
        best = shares[likelihood.argmax()]
        z = ((p - d) / n - end) / math.sqrt((2 * best + end - end**2) / n)
        assert abs(z) == pytest.approx(1.959964, abs=2e-3)


def test_nps_score_interval_keeps_its_level_where_wald_does_not():
    rng = np.random.default_rng(3)
    truth = 100 * (0.93 - 0.02)
    covered = {"wald": 0, "score": 0}
    for _ in range(600):
        counts = rng.multinomial(25, [0.93, 0.05, 0.02])
        for interval in covered:
            covered[interval] += nps(answers(*counts), interval=interval).covers(truth)
    assert covered["wald"] < 0.90 * 600
    assert covered["score"] > 0.93 * 600


def test_nps_of_a_unanimous_sample_warns_about_its_interval():
    assert "use 'score'" in nps([10, 10]).notes[0]
    assert nps([10, 10], interval="score").low < 50


def test_missing_answers_are_counted():
    score = nps(pd.Series([10, None, 9, np.nan]))
    assert (score.n, score.notes[0]) == (2, "2 of 4 did not answer")


@pytest.mark.parametrize("measure", [nps, csat, ces, top_box])
@pytest.mark.parametrize("bad", [[11], [-1], [4.5]])
def test_answers_off_the_scale(measure, bad):
    with pytest.raises(ValueError, match=rf"scores holds {bad[0]}; an answer is a whole number"):
        measure(bad)


@pytest.mark.parametrize("measure", [nps, csat, ces, top_box])
def test_nothing_and_text(measure):
    with pytest.raises(ValueError, match="no value at all"):
        measure([])
    with pytest.raises(TypeError, match="'good' at position 1"):
        measure([1, "good"])


def test_top_boxes_are_shares_with_wilsons_interval():
    scores = [5] * 30 + [4] * 20 + [3] * 25 + [2] * 15 + [1] * 10
    for measured, count in ((csat(scores), 50), (top_box(scores, boxes=1), 30)):
        low, high = proportion_confint(count, 100, method="wilson")
        assert [float(measured), measured.low, measured.high] == pytest.approx(
            [count / 100, low, high]
        )
    with pytest.raises(ValueError, match="boxes is 5, which is the whole scale"):
        top_box(scores, boxes=5)


def test_ces_is_a_mean_with_students_interval():
    scores = [7, 6, 6, 5, 2, 7, 4]
    low, high = stats.t.interval(0.9, 6, np.mean(scores), stats.sem(scores))
    effort = ces(scores, confidence=0.9)
    assert [float(effort), effort.low, effort.high] == pytest.approx([np.mean(scores), low, high])


class TestSampleSize:
    def test_worked_examples(self):
        # Dossier 4.2: 903 answers for an NPS of 25 to within 5 points.
        assert sample_size(5, promoters=0.45, detractors=0.20) == 903
        # The pollsters' 385 and 1,068 (Cochran 1977).
        assert sample_size(0.05) == 385
        assert sample_size(0.03) == 1068
        # The same for a population of 1,000: Cochran's correction.
        assert sample_size(0.05, population=1000) == 278

    @given(st.floats(0.05, 0.6), st.floats(0.05, 0.35), st.floats(1, 20))
    def test_that_many_answers_give_that_margin(self, p, d, margin):
        n = sample_size(margin, promoters=p, detractors=d)
        variance = p + d - (p - d) ** 2

        def half(m):
            return 100 * 1.959963985 * math.sqrt(variance / m)

        assert half(n) <= margin * (1 + 1e-9)
        assert n == 1 or half(n - 1) > margin * (1 - 1e-6)

    def test_of_a_mean(self):
        assert sample_size(0.1, sd=1.5) == math.ceil((1.959964 * 15) ** 2)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"margin": 5}, "margin is 5, but a share lies strictly between 0 and 1"),
            ({"margin": 0}, "margin is 0"),
            ({"margin": 5, "promoters": 0.4}, "give both promoters and detractors"),
            ({"margin": 5, "promoters": 0.8, "detractors": 0.4}, "more than everybody"),
            ({"margin": 0.1, "share": 0.5, "sd": 1}, "different measures; give one"),
        ],
    )
    def test_errors(self, arguments, message):
        with pytest.raises(ValueError, match=message):
            sample_size(**arguments)


class TestCompareGroups:
    def test_nps_adds_the_variances(self):
        one, other = nps(answers(90, 70, 40)), nps(answers(30, 30, 40))
        both = compare_groups(answers(90, 70, 40), answers(30, 30, 40))
        assert float(both) == pytest.approx(float(one) - float(other))
        halves = [(group.high - group.low) / 2 for group in (one, other)]
        assert (both.high - both.low) / 2 == pytest.approx(math.hypot(*halves))

    def test_csat_newcombes_printed_example(self):
        # Newcombe (1998), table II, case (a), method 10: 56/70 against 48/80: .0524 to .3339.
        one, other = [5] * 56 + [1] * 14, [4] * 48 + [2] * 32
        gap = compare_groups(one, other, measure="csat")
        assert [float(gap), gap.low, gap.high] == pytest.approx([0.2, 0.0524, 0.3339], abs=5e-5)

    def test_ces_is_welchs(self):
        one, other = [7, 6, 5, 7, 4, 6], [3, 5, 4, 2, 6]
        expected = stats.ttest_ind(one, other, equal_var=False).confidence_interval(0.95)
        gap = compare_groups(one, other, measure="ces")
        assert [gap.low, gap.high] == pytest.approx([expected.low, expected.high])

    def test_errors(self):
        with pytest.raises(ValueError, match="measure is 'ltv'; choose one of"):
            compare_groups([1], [2], measure="ltv")
        with pytest.raises(ValueError, match="at least two answers in each group"):
            compare_groups([1], [2, 3], measure="ces")
        with pytest.raises(ValueError, match="other holds 12"):
            compare_groups([1], [12])
