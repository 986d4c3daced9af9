import json
from functools import partial

import numpy as np
import pandas as pd
import pytest

from ckmlab import Estimate
from ckmlab.intervals import mean
from ckmlab.studies import tournament
from ckmlab.studies._tournament_cache import fingerprint


def make(seed, scenario="wide"):
    scale = {"wide": 3.0, "narrow": 1.0}[scenario]
    return np.random.default_rng(seed).normal(5.0, scale, 40)


ESTIMATORS = {"mean": mean, "first": lambda data: data[0], "high": lambda d: (d.mean() + 1, 5.9, 9)}
quiet = partial(tournament, progress=False)
MADE, ASKED = [], []  # not captured by the functions below: captured values are part of their code


def counted(seed):
    MADE.append(seed)
    if len(MADE) == 4:
        raise KeyboardInterrupt
    return make(seed)


def watch(name, shift):
    def estimator(data):
        ASKED.append(name)
        return data.mean() + shift

    return estimator


def test_figures_of_normal_means():
    summary = quiet({"mean": mean}, make, 5.0, range(400)).summary.loc["mean"]
    # the mean of 40 draws with sd 3 has standard error .474, and Student's interval covers 95 %
    assert abs(summary["bias"]) < 3 * summary["bias_mce"]
    assert summary["bias_mce"] == pytest.approx(3 / np.sqrt(40 * 400), rel=0.1)
    assert abs(summary["rmse"] - 3 / np.sqrt(40)) < 3 * summary["rmse_mce"]
    assert abs(summary["coverage"] - 0.95) < 3 * summary["coverage_mce"]
    assert summary["spread_mce"] == pytest.approx(summary["spread"] / np.sqrt(2 * 399))


def test_figures_by_hand():
    values = iter([1.0, 2.0, 4.0])
    result = quiet(
        {"e": lambda d: Estimate(next(values), 0.0, 3.0)}, lambda seed: None, 2.5, [1, 2, 3]
    )
    line = result.summary.loc["e"]
    error = np.array([-1.5, -0.5, 1.5])
    assert line["bias"] == pytest.approx(error.mean())
    assert line["rmse"] == pytest.approx(np.sqrt((error**2).mean()))
    assert line["rmse_mce"] == pytest.approx(
        (error**2).std(ddof=1) / np.sqrt(3) / 2 / np.sqrt((error**2).mean())
    )
    assert line["coverage"] == 1.0


def test_scenarios_keep_their_order_and_truth_may_depend_on_the_data():
    result = quiet(ESTIMATORS, make, lambda data: data.mean(), range(5),
                   scenarios=["wide", "narrow"])  # fmt: skip
    summary = result.summary
    assert summary.index.tolist()[:3] == [("wide", "mean"), ("wide", "first"), ("wide", "high")]
    assert summary.loc[("narrow", "mean"), "rmse"] == 0
    assert summary.loc[("narrow", "high"), "bias"] == pytest.approx(1)
    assert np.isnan(summary.loc[("wide", "first"), "coverage"])
    assert summary.loc[("narrow", "high"), "coverage"] == 0
    assert len(result.runs) == 30
    facts = result.provenance
    assert (facts["scenarios"], facts["seeds"]) == ("wide, narrow", "0, 1, 2, 3, 4")
    assert facts["estimators"] == "mean, first, high" and facts["ckmlab"]


def test_a_failing_estimator_loses_only_its_rounds():
    def fragile(data):
        if data[0] > 5:
            raise ZeroDivisionError("too high")
        return data.mean()

    result = quiet({"fragile": fragile, "mean": mean}, make, 5.0, range(30))
    line = result.summary.loc["fragile"]
    assert 0 < line["failures"] < 30
    assert result.summary.loc["mean", "failures"] == 0
    assert set(result.runs["problem"]) == {"", "ZeroDivisionError: too high"}


def test_processes_give_the_same_result():
    one = quiet(ESTIMATORS, make, 5.0, range(8), scenarios=["wide"])
    two = quiet(ESTIMATORS, make, 5.0, range(8), scenarios=["wide"], workers=2)
    pd.testing.assert_frame_equal(one.runs, two.runs)


# Dask warns when the machine is busy (slow scratch folder, late heartbeats): not what is tested.
@pytest.mark.filterwarnings("default")
def test_a_dask_client_gives_the_same_result():
    distributed = pytest.importorskip("distributed")
    one = quiet(ESTIMATORS, make, 5.0, range(6))
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        two = quiet(ESTIMATORS, make, 5.0, range(6), client=client)
    pd.testing.assert_frame_equal(one.runs, two.runs)


def test_an_interrupted_tournament_goes_on_where_it_stopped(tmp_path):
    MADE.clear()
    with pytest.raises(KeyboardInterrupt):
        quiet({"mean": mean}, counted, 5.0, range(6), cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 3
    MADE[:] = [0] * 10  # never four long again
    result = quiet({"mean": mean}, counted, 5.0, range(6), cache=tmp_path)
    assert sorted(MADE[10:]) == [3, 4, 5]
    pd.testing.assert_frame_equal(result.runs, quiet({"mean": mean}, make, 5.0, range(6)).runs)


def test_cache_runs_only_what_is_new_or_changed(tmp_path):
    ASKED.clear()
    quiet({"a": watch("a", 0)}, make, 5.0, range(3), cache=tmp_path)
    quiet({"a": watch("a", 0), "b": watch("b", 1)}, make, 5.0, range(3), cache=tmp_path)
    assert ASKED == ["a"] * 3 + ["b"] * 3
    changed = quiet({"a": watch("a", 2)}, make, 5.0, range(3), cache=tmp_path)
    assert ASKED[6:] == ["a"] * 3
    assert changed.summary.loc["a", "bias"] > 1
    quiet({"b": watch("b", 1)}, make, 5.0, range(3), cache=tmp_path)
    assert len(ASKED) == 9


def test_a_damaged_cache_file_is_run_again(tmp_path):
    one = quiet({"mean": mean}, make, 5.0, range(2), cache=tmp_path)
    for path, text in zip(sorted(tmp_path.iterdir()), ['{"mean"', '{"mean": 3}'], strict=True):
        path.write_text(text)
    two = quiet({"mean": mean}, make, 5.0, range(2), cache=tmp_path)
    pd.testing.assert_frame_equal(one.runs, two.runs)
    assert all(json.loads(path.read_text()) for path in tmp_path.iterdir())


def test_fingerprints_see_captured_values_and_partials():
    def shifted(by):
        return lambda data: data.mean() + by

    assert fingerprint(shifted(1)) == fingerprint(shifted(1))
    assert fingerprint(shifted(1)) != fingerprint(shifted(2))

    class Shrunk:
        def __init__(self, by):
            self.by = by

        def __call__(self, data):
            return data.mean() * self.by

    assert fingerprint(Shrunk(0.5)) == fingerprint(Shrunk(0.5)) != fingerprint(Shrunk(0.9))
    assert fingerprint(Shrunk(0.5).__call__) != fingerprint(Shrunk(0.9).__call__)
    assert fingerprint(partial(make, scenario="wide")) != fingerprint(partial(make, scenario="x"))


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"estimators": {}}, ValueError, "needs estimators"),
        ({"estimators": {"mean": 3}}, TypeError, "'mean' is a int"),
        ({"seeds": []}, ValueError, "needs seeds"),
        ({"seeds": [1, 1]}, ValueError, "each once"),
        ({"seeds": [-1]}, ValueError, "at least 0"),
        ({"scenarios": ["wide", "wide"]}, ValueError, "once each"),
        ({"truth": "satisfied"}, TypeError, "have no .truth"),
        ({"estimators": {"bad": lambda d: d.nothing}}, ValueError, "every round failed.*nothing"),
    ],
)
def test_bad_arguments_are_named(changes, error, message):
    arguments = {"estimators": {"mean": mean}, "make_data": make, "truth": 5.0, "seeds": [1]}
    with pytest.raises(error, match=message):
        quiet(**{**arguments, **changes})
