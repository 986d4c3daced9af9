import pandas as pd
import pytest

from ckmlab import classify, plots

FLOW = pd.DataFrame(
    {
        "origin": ["database", "customer", "customer"],
        "ktype": ["about", "from", "from"],
        "created_process": ["offer", "service", "campaign"],
        "used_process": ["campaign", "rnd", None],
        "n": [30, 8, 2],
    }
)


def words(fig):
    return {text.get_text() for text in fig.axes[0].texts}


def test_blocks_are_labelled_with_their_numbers():
    fig = plots.type_flow(FLOW)
    assert {
        "customer  10",
        "about\n30",
        "from\n10",
        "R&D, production  8",
        "not used yet  2",
    } <= words(fig)
    assert "By type: about 30 and from 10" in fig.alt


def test_the_title_names_the_smallest_stream():
    assert plots.type_flow(FLOW).title.startswith("Knowledge for customers is the smallest stream")


def test_paths_off_the_matrix_are_hatched_and_counted():
    fig = plots.type_flow(classify.mark_conformance(FLOW))
    assert sum(bool(patch.get_hatch()) for patch in fig.axes[0].patches) == 1
    assert "Outside the process matrix: 2 (5 %)" in fig.alt
    assert not any(patch.get_hatch() for patch in plots.type_flow(FLOW).axes[0].patches)


@pytest.mark.parametrize(("n", "said"), [([-1, 1, 1], "negative"), ([0, 0, 0], "no item")])
def test_impossible_counts_are_refused(n, said):
    with pytest.raises(ValueError, match=said):
        plots.type_flow(FLOW.assign(n=n))
