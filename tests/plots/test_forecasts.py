"""The forecast picture says which model failed, and refuses to show no forecast."""

import pandas as pd
import pytest

from ckmlab.plots import retention_forecast

FRAME = pd.DataFrame({"cohort": "all", "year": [0, 1, 2], "printed": [100, 60, 50]})


def test_the_title_says_who_was_right():
    good = retention_forecast(FRAME.assign(model=[100, 61, 48.8], constant_churn=[100, 65, 40]),
                              seen=1)  # fmt: skip
    assert good.title.endswith("loses up to 10 points too many; the mixture is within 2")
    bad = retention_forecast(
        FRAME.assign(model=[100, 61, 41], constant_churn=[100, 65, 47]), seen=1
    )
    assert bad.title == "By year 2 the mixture is 9 points off, constant churn 3"


def test_there_must_be_something_to_forecast():
    with pytest.raises(ValueError, match="no year lies after seen=2"):
        retention_forecast(FRAME.assign(model=50, constant_churn=50), seen=2)
