"""What they say against what they do, true to scale."""

import pytest
from matplotlib.patches import Rectangle

from ckmlab.plots import loves_leaves

SATISFIED = [True] * 80 + [False] * 20
LEFT = [False] * 60 + [True] * 20 + [False] * 15 + [True] * 5


def test_areas_are_true_to_scale():
    (ax,) = loves_leaves(SATISFIED, LEFT).axes
    patches = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    areas = [patch.get_width() * patch.get_height() for patch in patches]
    assert areas == pytest.approx([0.60, 0.20, 0.15, 0.05], abs=0.02)


def test_the_title_speaks_of_those_who_left_and_the_text_of_all():
    fig = loves_leaves(SATISFIED, LEFT)
    assert fig.title == "80 % of those who left had said they were satisfied"
    assert "dissatisfied and stayed: 15 (15 %)" in fig.alt


@pytest.mark.parametrize(
    ("satisfied", "left", "message"),
    [
        ([True], [True, False], "satisfied has 1 and left 2"),
        ([True, None], [True, False], "hold None"),
        ([True, True], [True, False], "nobody is dissatisfied"),
        ([True, False], [False, False], "nobody left"),
    ],
)
def test_what_cannot_be_drawn_is_named(satisfied, left, message):
    with pytest.raises(ValueError, match=message):
        loves_leaves(satisfied, left)
