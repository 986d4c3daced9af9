"""The rounds of a tournament: one after the other, in local processes, or on Dask."""

import math
from dataclasses import dataclass
from typing import Any

from tqdm.auto import tqdm

__all__ = ["Job", "run_all"]


@dataclass(frozen=True)
class Job:
    """One round: make the data of a seed and scenario once, ask every estimator.

    Parameters
    ----------
    estimators : dict of str to callable
        Those that still have to run.
    make_data, truth
        As for :func:`ckmlab.studies.tournament`.
    seed : int
        The round's seed.
    scenario : object
        Name or scenario object.
    with_scenario : bool
        Whether ``make_data`` is given the scenario.
    """

    estimators: dict
    make_data: Any
    truth: Any
    seed: int
    scenario: Any
    with_scenario: bool

    @staticmethod
    def label_of(scenario):
        """How a scenario is called in the results."""
        if scenario is None or isinstance(scenario, str):
            return scenario
        return str(getattr(scenario, "name", None) or repr(scenario))

    def __call__(self):
        place = {"scenario": self.label_of(self.scenario), "seed": self.seed}
        options = {"scenario": self.scenario} if self.with_scenario else {}
        data = self.make_data(seed=self.seed, **options)
        truth = _true_value(self.truth, data)
        return [
            {**place, "estimator": name, **_ask(function, data), "truth": truth}
            for name, function in self.estimators.items()
        ]


def run_all(jobs, cache, *, workers=1, client=None, progress=True):
    """Run what the cache lacks; rows in the order of the jobs, whatever finished first.

    Parameters
    ----------
    jobs : list of Job
        All rounds.
    cache : ckmlab.studies._tournament_cache.Cache
        Finished rounds.
    workers, client, progress
        As for :func:`ckmlab.studies.tournament`.

    Returns
    -------
    list of dict
    """
    found = [cache.read(job) for job in jobs]
    left = [(place, job) for place, job in enumerate(map(cache.missing, jobs, found)) if job]
    bar = tqdm(total=len(jobs), initial=len(jobs) - len(left), desc="tournament", unit="round",
               disable=not progress)  # fmt: skip
    with bar:
        for place, rows in _finished(left, workers, client):
            found[place] = {**found[place], **{row["estimator"]: row for row in rows}}
            cache.write(jobs[place], found[place])
            bar.update()
    return [rows[name] for job, rows in zip(jobs, found, strict=True) for name in job.estimators]


def _finished(left, workers, client):
    """Pairs of place and rows, as they get done."""
    if not left:
        return
    if client is not None:
        yield from _on_dask(left, client)
    elif workers == 1:
        for place, job in left:
            yield place, job()
    else:
        from joblib import Parallel, delayed  # its worker processes take lambdas and closures

        pool = Parallel(n_jobs=workers, return_as="generator_unordered")
        yield from pool(delayed(_placed)(place, job) for place, job in left)


def _on_dask(left, client):
    from distributed import as_completed

    # pure=False: two jobs with equal functions must not be taken for one.
    futures = [client.submit(_placed, place, job, pure=False) for place, job in left]
    try:
        for future in as_completed(futures):
            yield future.result()
    finally:
        client.cancel(futures)


def _placed(place, job):
    return place, job()


def _true_value(truth, data):
    if callable(truth):
        return float(truth(data))
    if isinstance(truth, str):
        try:
            return float(data.truth[truth])
        except AttributeError:
            raise TypeError(
                f"truth is the name {truth!r}, but the data have no .truth; give a function of them"
            ) from None
    return float(truth)


def _ask(function, data):
    try:
        answer = function(data)
        value, low, high = answer if isinstance(answer, tuple | list) else _ends(answer)
        return {"value": float(value), "low": float(low), "high": float(high), "problem": ""}
    except Exception as error:  # an estimator of a stranger may fail in any way; its round is lost
        problem = f"{type(error).__name__}: {error}"
        return {"value": math.nan, "low": math.nan, "high": math.nan, "problem": problem}


def _ends(answer):
    return answer, getattr(answer, "low", math.nan), getattr(answer, "high", math.nan)
