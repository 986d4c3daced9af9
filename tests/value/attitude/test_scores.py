"""NPS, CSAT, CES and top boxes against worked numbers and peers."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from ckmlab.capture import double_sampling, weighted_mean
from ckmlab.value.attitude import ces, csat, nps, nps_points, top_box


def any_answer(scores):
    return any(score is not None for score in scores)


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


@given(st.lists(st.one_of(st.integers(0, 10), st.none()), min_size=1).filter(any_answer))
def test_points_average_to_the_score(scores):
    points = nps_points(scores)
    assert len(points) == len(scores)
    assert points.mean() == pytest.approx(float(nps(scores)))


def test_points_keep_the_rows_and_their_gaps():
    scores = pd.Series([10, None, 6], index=["a", "b", "c"])
    assert nps_points(scores).loc[["a", "c"]].tolist() == [100, -100]
    assert np.isnan(nps_points(scores)["b"])


def test_points_weighted_and_double_sampled():
    # 30 answered at once (20 promoters, 10 detractors), 70 did not; of 10 asked again 1 promotes.
    first = nps_points(answers(20, 0, 10))
    again = nps_points(answers(1, 5, 4))
    expected = 0.3 * first.mean() + 0.7 * again.mean()
    both = double_sampling(first, again, silent=70)
    assert float(both) == pytest.approx(expected) == -11
    weights = np.repeat([1.0, 7.0], [30, 10])
    everybody = pd.concat([first, again], ignore_index=True)
    assert float(weighted_mean(everybody, weights)) == pytest.approx(expected)


@pytest.mark.parametrize("function", [nps, nps_points, csat, ces, top_box])
@pytest.mark.parametrize(
    "odd", [["4", "5"], pd.to_datetime(["2024-01-01"]), pd.to_timedelta([4], unit="D"), [3 + 0j]]
)
def test_what_is_no_number_is_refused(function, odd):
    with pytest.raises(TypeError, match=r"scores holds .* at position 0; "):
        function(odd)
