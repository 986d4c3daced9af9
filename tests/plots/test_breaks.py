import pandas as pd
import pytest

from ckmlab import plots
from ckmlab.organize import drift_scan

MONTHS = [f"2020-{month:02}" for month in range(1, 13)]
ITEMS = pd.DataFrame({"month": MONTHS * 20, "topic": (["tv"] * 7 + ["app"] * 5) * 20})


@pytest.mark.parametrize(("permutations", "ending"), [(0, "2020-08"), (99, "(p = 0.01)")])
def test_the_peak_is_named_and_what_chance_says(permutations, ending):
    scan = drift_scan(ITEMS, period="month", category="topic", seed=1, permutations=permutations)
    fig = plots.drift_curve(scan)
    assert "broke most at 2020-08" in fig.title and fig.title.endswith(ending)
    assert "largest 1.000 at 2020-08" in fig.alt and "11 possible breaks" in fig.alt


def test_the_curve_is_the_table():
    scan = drift_scan(ITEMS, period="month", category="topic", seed=1, permutations=0)
    line = plots.drift_curve(scan).axes[0].lines[0]
    assert list(line.get_ydata()) == scan.table["cramers_v"].tolist()
