import pandas as pd
import pytest

from ckmlab import plots, transfer

TRIALS = pd.DataFrame(
    {"version": [1, 2, 3] * 2, "skill": ["low"] * 3 + ["high"] * 3}
    | {"views": 100, "success": [60, 30, 5, 50, 70, 80]}
)


def test_the_title_names_each_group_s_best_version():
    fig = plots.versions_by_reader(transfer.success_by_version(TRIALS, "skill"), by="skill")
    assert fig.title == (
        "No version is best for all: high does best with version 3, low with version 1"
    )
    assert "low: 60 % with version 1, 30 % with version 2 and 5 % with version 3" in fig.alt


def test_one_best_version_is_said_to_be_so():
    same = TRIALS.assign(success=[60, 30, 5, 60, 50, 40])
    fig = plots.versions_by_reader(transfer.success_by_version(same, "skill"), by="skill")
    assert fig.title == "Version 1 is best for all 2 groups of readers"


def test_too_many_groups_are_refused():
    many = pd.concat(TRIALS.query("skill == 'low'").assign(skill=name) for name in "abcde")
    with pytest.raises(ValueError, match="up to 4 groups"):
        plots.versions_by_reader(transfer.success_by_version(many, "skill"), by="skill")
