"""What the pictures of capture show is true to scale, and said in words."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Circle, Polygon

from ckmlab import Estimate, capture, plots
from ckmlab.plots._house import spread


def area(polygon):
    """The shoelace formula."""
    x, y = polygon.get_xy().T
    return abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def test_layers_of_the_iceberg_are_true_to_scale():
    people = {"dissatisfied": 2700, "voiced": 1340, "registered": 812, "escalated": 120}
    fig = plots.iceberg(capture.ladder(people), waterline="registered")
    layers = [patch for patch in fig.axes[0].patches if isinstance(patch, Polygon)]
    areas = np.array([area(layer) for layer in layers])
    np.testing.assert_allclose(areas / areas.sum(), np.array([1360, 528, 692, 120]) / 2700, 0.01)


def test_the_iceberg_says_what_is_under_water():
    fig = plots.iceberg(capture.ladder({"had a problem": 1000, "told us": 500, "on file": 40}))
    assert fig.title == "Only 40 of 1,000 are above the water: 4 % of the iceberg"
    assert "had a problem, never told us 500 (50 %)" in fig.alt
    assert "told us, never on file 460 (46 %)" in fig.alt


@pytest.mark.parametrize(
    ("rungs", "waterline", "said"),
    [
        (pd.DataFrame({"rung": ["a", "a"], "people": [5, 5]}), None, "'a' occurs twice"),
        (pd.DataFrame({"rung": ["a", "b"], "people": [5, 6]}), None, "fall from rung to rung"),
        (pd.DataFrame({"rung": ["a", "b"], "people": [0, 0]}), None, "start above 0"),
        (pd.DataFrame({"rung": ["a", "b"], "people": [5, 4]}), "c", r"may be \['b'\]"),
    ],
)
def test_an_impossible_iceberg_is_refused(rungs, waterline, said):
    with pytest.raises(ValueError, match=said):
        plots.iceberg(rungs, waterline=waterline)


@pytest.mark.parametrize(("n1", "n2", "both"), [(120, 90, 36), (500, 20, 3), (40, 40, 0)])
def test_circles_and_their_common_area_are_true_to_scale(n1, n2, both):
    fig = plots.overlap(n1, n2, both, capture.chapman(n1, n2, both))
    one, two = [p for p in fig.axes[0].patches if isinstance(p, Circle) and not p.get_fill()]
    reach = one.radius + two.radius + two.center[0]
    grid = np.stack(np.meshgrid(*[np.linspace(-reach, reach, 1500)] * 2), axis=-1)
    inside = [((grid - np.array(c.center)) ** 2).sum(axis=-1) < c.radius**2 for c in (one, two)]
    cell = (2 * reach / 1499) ** 2
    assert inside[0].sum() * cell == pytest.approx(n1, rel=0.01)
    assert inside[1].sum() * cell == pytest.approx(n2, rel=0.01)
    assert (inside[0] & inside[1]).sum() * cell == pytest.approx(both, abs=0.01 * n1)


def test_a_list_inside_the_other_leaves_nobody_unseen():
    fig = plots.overlap(120, 20, 20, capture.chapman(120, 20, 20))
    assert "0 more" in fig.title
    assert [text.get_text() for text in fig.axes[0].texts[:2]] == ["100", "20"]


def test_an_overlap_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="both is 100"):
        plots.overlap(120, 90, 100, Estimate(300))
    with pytest.raises(ValueError, match="but 174 people are known"):
        plots.overlap(120, 90, 36, Estimate(100))


def test_the_accumulation_says_heard_unheard_and_true():
    chances = np.random.default_rng(7).beta(1.45, 7.64, 200)
    heard = np.random.default_rng(8).random((20, 200)) < chances
    curve = capture.accumulation(heard, up_to=30)
    fig = plots.accumulation(curve, total=capture.chao2(heard), truth=200)
    known = heard.any(axis=0).sum()
    assert fig.title == (
        f"20 interviews brought up {known} needs; in truth {200 - known} are still unheard"
    )
    assert "about" in plots.accumulation(curve, total=capture.chao2(heard)).title
    assert "True number 200" in fig.alt and "after 30" in fig.alt
    assert "Dashed: extrapolated" in fig.caption and "estimated total" in fig.caption
    assert "estimated total" not in plots.accumulation(curve).caption


@pytest.mark.parametrize(
    ("new", "title"),
    [
        ([4, 0, 3, 0, 2], "Interview 2 brought nothing new; the 3 after it brought 5 more needs"),
        ([4, 0], "Interview 2 brought nothing new; it was the last"),
        ([4, 1], "All 2 interviews brought something new"),
    ],
)
def test_the_first_empty_interview_is_named(new, title):
    fig = plots.first_heard(new)
    assert fig.title == title
    assert ", ".join(map(str, new)) in fig.alt
    with pytest.raises(ValueError, match="no interview"):
        plots.first_heard([])


def test_saturation_marks_what_is_needed():
    n = np.arange(0, 61)
    curves = {"differ": capture.share_found(n, 1.45, 7.64), "alike": n / 60}
    fig = plots.saturation(n, curves, needed={0.9: 31, 0.95: 55})
    assert fig.title == "90 % of the needs take 31 and 95 % take 55 interviews"
    assert "differ: 90 % after 30" in fig.alt
    with pytest.raises(ValueError, match="'differ' has 61 shares for 3"):
        plots.saturation([1, 2, 3], curves)


def test_labels_are_moved_apart_and_keep_their_order():
    moved = spread([0.5, 0.49, 0.1, 0.52], 0.1)
    assert np.argsort(moved).tolist() == np.argsort([0.5, 0.49, 0.1, 0.52]).tolist()
    assert np.diff(np.sort(moved)).min() >= 0.1 - 1e-6
    assert moved[2] == 0.1
