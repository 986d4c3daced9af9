"""Arguments as they should not be: every function answers, or says what is wrong."""

import traceback
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ckmlab import capture, classify, control, organize, share, transfer

LABELS = ["a", "b", "a", "b"]
#: Calls with one argument left open.
CALLS = [
    lambda x: classify.cohen_kappa(x, LABELS),
    lambda x: classify.cohen_kappa(LABELS, x),
    lambda x: classify.scott_pi(x, LABELS),
    lambda x: classify.gwet_ac1(x, LABELS),
    lambda x: classify.gwet_ac1(x),
    lambda x: classify.percent_agreement(x, LABELS),
    lambda x: classify.percent_agreement(x),
    lambda x: classify.fleiss_kappa(x),
    lambda x: classify.krippendorff_alpha(x),
    lambda x: classify.krippendorff_alpha(x, "interval"),
    lambda x: classify.krippendorff_alpha(x, "ordinal"),
    lambda x: classify.confusion_table(x, LABELS),
    lambda x: classify.correct_mix(x, [[0.9, 0.1], [0.1, 0.9]]),
    lambda x: classify.correct_mix([0.5, 0.5], x),
    lambda x: classify.items_to_double_code(x),
    lambda x: classify.items_to_double_code(mix=x),
    lambda x: classify.items_to_double_code(kappa=x),
    lambda x: classify.style_agreement(x, LABELS),
    lambda x: capture.accumulation(x),
    lambda x: capture.first_heard(x),
    lambda x: capture.chao1(x),
    lambda x: capture.chao2(x),
    lambda x: capture.chao2(x, units=3),
    lambda x: capture.coverage(x),
    lambda x: capture.fit_saturation(x),
    lambda x: capture.new_needs_expected(x),
    lambda x: capture.analysts_find(x, 0.5),
    lambda x: capture.analysts_find(2, x),
    lambda x: capture.capture_rate(x, 10),
    lambda x: capture.channel_entropy(x),
    lambda x: capture.chapman(x, 5, 2),
    lambda x: capture.chapman(5, 5, x),
    lambda x: capture.lincoln_petersen(5, 5, x),
    lambda x: capture.cost_per_item(x, [1, 1, 1, 1], hourly_rate=5),
    lambda x: capture.cost_per_item([1, 1, 1, 1], x, hourly_rate=5),
    lambda x: capture.cost_per_item([1], [1], hourly_rate=x),
    lambda x: capture.dissatisfied(x, 0.5),
    lambda x: capture.dissatisfied(10, x),
    lambda x: capture.double_sampling(x, [1, 2, 3], silent=10),
    lambda x: capture.double_sampling([1, 2, 3], x, silent=10),
    lambda x: capture.double_sampling([1, 2, 3], [1, 2], silent=x),
    lambda x: capture.evidence_table(x, 0.5),
    lambda x: capture.histories(x),
    lambda x: capture.loglinear(x),
    lambda x: capture.interviews_needed(x, 1, 5),
    lambda x: capture.interviews_needed(0.9, x, 5),
    lambda x: capture.ladder(x),
    lambda x: capture.late_gap(x, [1, 2, 3, 4]),
    lambda x: capture.late_gap([1, 2, 3, 4], x),
    lambda x: capture.late_responders(x, [1, 2, 3, 4], waves=2),
    lambda x: capture.lineage_depth(x),
    lambda x: capture.response_bounds(x),
    lambda x: capture.response_bounds([0.5, 0.4], invited=x),
    lambda x: capture.share_found(x, 1, 5),
    lambda x: capture.share_found_homogeneous(5, x),
    lambda x: capture.sorting(x, [1, 0, 1, 0]),
    lambda x: capture.sorting([1, 0, 1, 0], x),
    lambda x: capture.stop_after(100, 1, 5, value=x, cost=1),
    lambda x: capture.yield_curve(x, 1, 5, value=1, cost=1, up_to=3),
    lambda x: capture.weighted_mean(x, [1, 1, 1, 1]),
    lambda x: capture.weighted_mean([1, 2, 3, 4], x),
    lambda x: organize.fit_half_life(x, [1, 0, 1, 0]),
    lambda x: organize.fit_half_life([1, 2, 3, 4], x),
    lambda x: organize.pair_scores(x, {1: 1, 2: 1}),
    lambda x: organize.population_stability(x, [1, 2, 3, 4]),
    lambda x: organize.population_stability([1, 2, 3, 4], x),
    lambda x: organize.readability(x),
    lambda x: organize.resolve(x, [1, 2]),
    lambda x: organize.value_left(x, 10),
    lambda x: organize.value_left(5, x),
    lambda x: share.gini(x),
    lambda x: share.lorenz(x),
    lambda x: share.top_share(x),
    lambda x: share.top_share([1, 2], x),
    lambda x: share.brokerage(x),
    lambda x: share.dependence_table(x),
    lambda x: transfer.normalised_gain(x, [0.5, 0.6, 0.7, 0.8]),
    lambda x: transfer.normalised_gain([0.5, 0.6, 0.7, 0.8], x),
    lambda x: transfer.perception_gap(x, [1, 2, 3]),
    lambda x: transfer.rank_agreement(x, [1, 2, 3, 4]),
    lambda x: transfer.levelling(x, [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 4, 3]),
    lambda x: transfer.refinement_gain(x, 10, 5, 10),
    lambda x: transfer.steady_state(x),
    lambda x: control.exclusivity_half_life(x, [1, 0, 1, 0]),
    lambda x: control.exclusivity_half_life([1, 2, 3, 4], x),
    lambda x: control.head_start_value(x, [1, 1, 1, 1]),
    lambda x: control.head_start_value([1, 1, 1, 1], x),
    lambda x: control.laplace_noise(x),
    lambda x: control.private_count(x, epsilon=1),
    lambda x: control.private_mean(x, epsilon=1, lower=0, upper=5),
    lambda x: control.private_nps(x, epsilon=1),
    lambda x: control.bands(x)(pd.Series([1, 2])),
    lambda x: control.prefix(x)(pd.Series(["ab"])),
]
BAD = {
    "nothing": None,
    "empty": [],
    "a mapping": {"a": 1, "b": 2},
    "a text": "many",
    "texts": ["x", "y", "z", "w"],
    "only gaps": [None] * 4,
    "not a number": float("nan"),
    "negative": -3,
    "all negative": [-1, -2, -3, -4],
    "a table": pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 3, 4]}),
    "too short": [1, 0],
    "zeros": [0, 0, 0, 0],
    "endless": [np.inf] * 4,
    "of two dimensions": np.ones((2, 2)),
    "of all sorts": [1, "a", None, 2.5],
    "one coder": [["a", "b", "a", "b"]],
    "coders without overlap": [["a", None, "a", None], [None, "b", None, "b"]],
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_argument_is_told_in_our_words(what):
    for number, call in enumerate(CALLS):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                call(BAD[what])
        except (TypeError, ValueError, KeyError) as error:
            source = traceback.extract_tb(error.__traceback__)[-1].filename
            assert "ckmlab" in Path(source).parts, f"call {number}, {what}: {error!r}"
