"""Overlapping lists: margins, odds ratios and the bias they make."""

import numpy as np
import pandas as pd
import pytest

from ckmlab.datasets.generators import make_channel_lists

SHARES = {"phone": 0.3, "forum": 0.2, "survey": 0.25}


def test_margins_and_odds_ratios_are_as_asked():
    _, cases = make_channel_lists(200_000, seed=1, odds_ratio={("forum", "phone"): 5.0}, truth=True)
    for channel, share in SHARES.items():
        assert cases[channel].mean() == pytest.approx(share, abs=0.005)
    for within in (True, False):  # the odds ratio given the third channel
        part = cases[cases["survey"] == within]
        table = pd.crosstab(part["phone"], part["forum"]).to_numpy()
        ratio = table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])
        assert np.log(ratio) == pytest.approx(np.log(5), abs=0.1)
    assert abs(np.corrcoef(cases["phone"], cases["survey"])[0, 1]) < 0.01


def test_only_registered_cases_are_public():
    lists, cases = make_channel_lists(2000, seed=2, truth=True)
    assert len(cases) == 2000
    assert lists[list(SHARES)].any(axis=1).all()
    assert len(lists) == cases[list(SHARES)].any(axis=1).sum()


@pytest.mark.parametrize(("ratio", "sign"), [(1.0, 0), (6.0, -1), (0.15, 1)])
def test_two_list_estimate_is_off_in_the_known_direction(ratio, sign):
    lists = make_channel_lists(50_000, seed=3, odds_ratio=ratio)
    estimate = lists["phone"].sum() * lists["forum"].sum() / (lists["phone"] & lists["forum"]).sum()
    error = estimate / 50_000 - 1
    assert abs(error) < 0.05 if sign == 0 else np.sign(error) == sign and abs(error) > 0.2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"channels": {"phone": 0.3}}, "give two to ten"),
        ({"channels": {"phone": 0.3, "chat": 1}}, r"channels\['chat'\] is 1"),
        ({"odds_ratio": -1}, "odds_ratio"),
        ({"odds_ratio": {("phone", "fax"): 2}}, "pair .*fax"),
    ],
)
def test_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        make_channel_lists(10, seed=1, **arguments)
