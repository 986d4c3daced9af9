import pandas as pd
import pytest

from ckmlab import studies
from ckmlab.plots import reproduction
from ckmlab.studies.verdicts import VERDICTS


@pytest.fixture(scope="module", params=studies.available())
def frame(request):
    return getattr(studies, request.param).reproduce()


def test_every_study_can_be_drawn_and_read_aloud(frame):
    fig = reproduction(frame)
    counts = frame["verdict"].value_counts()
    for verdict in VERDICTS:
        assert (f"{counts.get(verdict, 0)} {verdict}" in fig.alt) == (counts.get(verdict, 0) > 0)
    assert fig.title and fig.to_html().startswith("<figure")


def test_figures_far_off_are_named_and_pointed_at():
    fig = reproduction(studies.social_media_scales.reproduce())
    assert fig.title == "None of 8 printed figures follows from the others"
    assert "AVE of TCRM 0.4862 instead of .608" in fig.alt
    written = {text.get_text() for text in fig.axes[0].texts}
    assert "0.4862" in written


def test_many_figures_share_a_row_a_table():
    fig = reproduction(studies.satisfaction_index.reproduce())
    rows = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    assert rows == ["loadings", "paths", "total effects"]


def test_a_figure_printed_as_a_limit_can_be_drawn():
    line = studies.compare("T", "p", "< .001", 0.0004)
    assert reproduction(pd.DataFrame([line])).title.startswith("All 1 printed")


def test_bad_frames_are_named():
    with pytest.raises(KeyError, match="verdict"):
        reproduction(pd.DataFrame({"figure": ["a"]}))
    with pytest.raises(ValueError, match="no figure to draw"):
        reproduction(studies.donations.reproduce().head(0))
