"""Estimators against each other on data whose truth is known."""

import numpy as np
import pandas as pd

from ckmlab import provenance
from ckmlab.arguments import check_count
from ckmlab.studies._tournament_cache import Cache
from ckmlab.studies._tournament_runs import Job, run_all

__all__ = ["Tournament", "tournament"]


def tournament(estimators, make_data, truth, seeds, *, scenarios=None, workers=1, client=None,
               cache=None, progress=True):  # fmt: skip
    """Run estimators over seeds (and scenarios) and see how wrong they are.

    For every scenario and seed the data are made once and handed to every estimator, so that all
    meet the same worlds. An estimator that raises an error loses that round only; the error is
    kept.

    Parameters
    ----------
    estimators : mapping of str to callable
        Name → function of the data that returns an :class:`ckmlab.Estimate`, a number, or
        (value, low, high). Without ends there is no coverage.
    make_data : callable
        Called as ``make_data(seed=…)``, or ``make_data(seed=…, scenario=…)`` if there are
        scenarios; such as ``functools.partial(ckmlab.datasets.make_company, 600)``.
    truth : str, float or callable
        The true quantity: a name in ``data.truth``, a number, or a function of the data.
    seeds : sequence of int
        One round each; the more, the smaller the Monte-Carlo errors.
    scenarios : sequence, optional
        Names or scenario objects.
    workers : int, default 1
        Local processes; -1 for all cores. The result does not depend on it.
    client : dask.distributed.Client, optional
        Where to run instead.
    cache : path, optional
        Folder for finished rounds: an interrupted tournament goes on where it stopped, more seeds
        or estimators run only what is missing, and an estimator whose code changed runs again.
        What your functions call is not watched: after a change there, take a new folder.
    progress : bool, default True
        Whether to show a progress bar.

    Returns
    -------
    Tournament
        ``.runs``, ``.summary`` and ``.provenance``.

    Raises
    ------
    TypeError
        If an estimator cannot be called.
    ValueError
        If there are no estimators or seeds, a seed appears twice, or every round failed.

    References
    ----------
    Morris, T. P., White, I. R. & Crowther, M. J. (2019). Using simulation studies to evaluate
    statistical methods.

    Examples
    --------
    >>> from ckmlab.intervals import mean
    >>> def make(seed):
    ...     return np.random.default_rng(seed).exponential(2.0, 50)
    >>> result = tournament({"mean": mean, "median": np.median}, make, 2.0, range(200),
    ...                     progress=False)
    >>> result.summary[["bias", "rmse", "coverage"]].round(2).loc["mean"].tolist()
    [-0.02, 0.28, 0.94]
    """
    if not estimators or not hasattr(estimators, "items"):
        raise ValueError("tournament needs estimators, a mapping of name to function")
    for name, function in estimators.items():
        if not callable(function):
            raise TypeError(f"the estimator {name!r} is a {type(function).__name__}, no function")
    seeds = [check_count("a seed", seed) for seed in seeds]
    if not seeds or len(set(seeds)) < len(seeds):
        raise ValueError("tournament needs seeds, each once, such as range(40)")
    jobs = [
        Job(dict(estimators), make_data, truth, seed, scenario, scenarios is not None)
        for scenario in _scenarios(scenarios)
        for seed in seeds
    ]
    rows = run_all(jobs, Cache(cache), workers=workers, client=client, progress=progress)
    runs = pd.DataFrame(rows)
    if runs["value"].isna().all():
        raise ValueError(f"every round failed; the first one with {runs['problem'].iloc[0]}")
    return Tournament(runs if scenarios is not None else runs.drop(columns="scenario"))


def _scenarios(scenarios):
    if scenarios is None:
        return [None]
    scenarios = [scenarios] if isinstance(scenarios, str) else list(scenarios)
    labels = [Job.label_of(scenario) for scenario in scenarios]
    if not labels or len(set(labels)) < len(labels):
        raise ValueError(f"scenarios must be given once each, got {labels}")
    return scenarios


class Tournament:
    """What a tournament found.

    Parameters
    ----------
    runs : pandas.DataFrame
        One line a round and estimator: ``scenario`` (if any), ``seed``, ``estimator``, ``value``,
        ``low``, ``high``, ``truth``, ``problem`` (the error's text, else empty).
    """

    def __init__(self, runs):
        self.runs = runs

    @property
    def summary(self):
        """One line an estimator (and scenario), each figure with its Monte-Carlo error.

        ``rounds`` and ``failures``; ``bias`` (mean of value − truth), ``spread`` (standard
        deviation of value − truth), ``rmse`` (root of the mean squared error), ``coverage`` (share
        of intervals that hold the truth), each followed by its ``…_mce``.
        """
        by = [name for name in ("scenario", "estimator") if name in self.runs]
        # Groups in the order given, because that is how a table is read.
        groups = self.runs.groupby(by, sort=False)
        lines = {key if len(by) > 1 else key[0]: _figures(group) for key, group in groups}
        frame = pd.DataFrame.from_dict(lines, orient="index")
        frame.index = (
            pd.MultiIndex.from_tuples(lines, names=by)
            if len(by) > 1
            else pd.Index(lines, name=by[0])
        )
        return frame.astype({"rounds": int, "failures": int})

    @property
    def provenance(self):
        """What the result was computed with, for a paper's appendix: versions, seeds, names."""
        facts = provenance()
        facts["estimators"] = ", ".join(self.runs["estimator"].unique())
        if "scenario" in self.runs:
            facts["scenarios"] = ", ".join(self.runs["scenario"].unique())
        facts["seeds"] = ", ".join(str(seed) for seed in sorted(self.runs["seed"].unique()))
        return facts

    def __repr__(self):
        return f"Tournament of {self.runs['estimator'].nunique()} estimators\n{self.summary}"

    def _repr_html_(self):
        return self.summary.to_html(float_format="{:.3g}".format)


def _figures(group):
    done = group[group["value"].notna()]
    n = len(done)
    error = (done["value"] - done["truth"]).to_numpy()
    bias, squared = error.mean() if n else np.nan, error**2
    spread = error.std(ddof=1) if n > 1 else np.nan
    rmse = np.sqrt(squared.mean()) if n else np.nan
    mse_error = squared.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan
    known = done[done["low"].notna() & done["high"].notna()]
    held = (known["low"] <= known["truth"]) & (known["truth"] <= known["high"])
    coverage = held.mean() if len(known) else np.nan
    return {
        "rounds": len(group),
        "failures": len(group) - n,
        "bias": bias,
        "bias_mce": spread / np.sqrt(n) if n else np.nan,
        "spread": spread,
        "spread_mce": spread / np.sqrt(2 * (n - 1)) if n > 1 else np.nan,
        "rmse": rmse,
        "rmse_mce": mse_error / (2 * rmse) if n and rmse > 0 else np.nan,
        "coverage": coverage,
        "coverage_mce": np.sqrt(coverage * (1 - coverage) / len(known)) if len(known) else np.nan,
    }
