import pandas as pd

from ckmlab import plots
from ckmlab.organize import SuccessModel

NAMES = ["const", "ease_per_skill", "precision"]
MODEL = SuccessModel(pd.Series([-6.0, 2.0, 8.0], NAMES), pd.Series(0.1, NAMES), 500)
TEXTS = pd.DataFrame({"ease": [0.9, 0.2], "precision": [0.2, 0.7]}, ["short", "full"])


def test_the_best_version_changes_with_the_reader():
    beginners = plots.success_contour(MODEL, TEXTS, skill=0.2)
    experts = plots.success_contour(MODEL, TEXTS, skill=2.0)
    assert "'short' is best" in beginners.title
    assert "'full' is best" in experts.title
    share = MODEL.predict(0.2, 0.7, 2.0)
    assert f"full {100 * share:.0f} %" in experts.alt
