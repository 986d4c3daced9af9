"""CPU seconds and peak memory of lifetime fits beside lifetimes, clvkit and pymc-marketing.

    python benchmarks/lifetime_ratios.py                      # CDNOW
    python benchmarks/lifetime_ratios.py --customers 100000
    python benchmarks/lifetime_ratios.py --customers 1000000 --models BG/NBD Gamma-gamma

Every fit runs in a process of its own, warmed up by a small fit, standard errors included in ours
and in lifetimes'. Peers that are not installed are left out. Above CDNOW the histories are
simulated from the BG/NBD with CDNOW's parameters, in whole days (``--continuous``: not rounded).
A peer's fit that takes longer than ``--limit`` seconds is stopped and shown as a lower bound.
"""

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

MODELS = {
    "BG/NBD": ("BetaGeoNBD", "BetaGeoFitter", "BGNBD", "BetaGeoModel"),
    "Pareto/NBD": ("ParetoNBD", "ParetoNBDFitter", None, "ParetoNBDModel"),
    "Gamma-gamma": ("GammaGamma", "GammaGammaFitter", "GammaGamma", "GammaGammaModel"),
}
LIBRARIES = ("ckmlab", "lifetimes", "clvkit", "pymc_marketing")


def cdnow():
    spec = importlib.util.find_spec("lifetimes")
    folder = Path(spec.submodule_search_locations[0]) / "datasets"
    frame = pd.read_csv(folder / "cdnow_customers_summary_with_transactions.csv")
    return frame.set_axis(["ID", "frequency", "recency", "T", "monetary_value"], axis=1)


def simulated(customers, *, continuous, seed=2005):
    """Histories of up to 78 weeks in CDNOW's manner; times in weeks."""
    rng = np.random.default_rng(seed)
    age = rng.uniform(26, 78, customers)
    rate, drop = rng.gamma(0.243, 1 / 4.414, customers), rng.beta(0.793, 2.426, customers)
    x, last, now = np.zeros(customers), np.zeros(customers), np.zeros(customers)
    alive = np.arange(customers)
    while len(alive):
        now[alive] += rng.exponential(1, len(alive)) / np.maximum(rate[alive], 1e-300)
        alive = alive[now[alive] <= age[alive]]
        x[alive] += 1
        last[alive] = now[alive]
        alive = alive[rng.random(len(alive)) >= drop[alive]]
    if not continuous:
        age, last = np.ceil(age * 7) / 7, np.ceil(last * 7) / 7
    shape = 6.25 * np.maximum(x, 1)
    mean = rng.gamma(shape) / (rng.gamma(3.74, 1 / 15.44, customers) * np.maximum(x, 1))
    spend = np.where(x > 0, np.round(mean, 2) + 0.01, 0)
    return pd.DataFrame({"frequency": x, "recency": last, "T": age, "monetary_value": spend})


def fit(library, model, frame):
    """One fit; returns the parameters."""
    ours, theirs, kit, pymc = MODELS[model]
    spend = model == "Gamma-gamma"
    if library == "ckmlab":
        from ckmlab.value import lifetime

        return getattr(lifetime, ours)(frame).fit().params
    if library == "lifetimes":
        import lifetimes

        if spend:
            buyers = frame[frame["frequency"] > 0]
            columns = buyers["frequency"], buyers["monetary_value"]
        else:
            columns = frame["frequency"], frame["recency"], frame["T"]
        return getattr(lifetimes, theirs)().fit(*columns).params_
    if library == "clvkit":
        from clvkit import clv
        from clvkit.customer_base import CustomerBase

        facts = {"time_unit": "W", "has_monetary": True, "on_negative": "net"}
        base = CustomerBase(frame, observation_period_end=pd.Timestamp("1997-09-30"), **facts)
        return getattr(clv, kit)().fit(base).params_
    from pymc_marketing import clv

    data = frame.assign(customer_id=np.arange(len(frame)))
    data = data[data["frequency"] > 0] if spend else data
    found = getattr(clv, pymc)(data=data)
    found.fit(method="map")
    return found.fit_summary()


def work(library, model, path, repeats):
    """In a child process: print CPU seconds, peak megabytes and parameters as JSON."""
    warnings.simplefilter("ignore")
    frame = pd.DataFrame(np.load(path), columns=["frequency", "recency", "T", "monetary_value"])
    fit(library, model, cdnow() if importlib.util.find_spec("lifetimes") else frame[:2000])
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        params = fit(library, model, frame)
        seconds.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = np.asarray(params, dtype=float).ravel()[:4].tolist()
    print(json.dumps({"seconds": min(seconds), "peak": peak, "params": found}))


def measure(library, model, path, repeats, limit):
    here = [sys.executable, __file__, "--work", library, model, str(path), str(repeats)]
    # One thread each: what counts is CPU time, not how many cores a library keeps busy.
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    try:
        done = subprocess.run(
            here,
            capture_output=True,
            text=True,
            timeout=limit,
            env={**os.environ, **one},
            check=True,
        )
    except subprocess.TimeoutExpired:
        return {"seconds": float(limit), "peak": np.nan, "params": [], "bound": True}
    return json.loads(done.stdout.splitlines()[-1])


def available(library, model):
    if library == "clvkit" and MODELS[model][2] is None:
        return False
    return importlib.util.find_spec(library) is not None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=lambda n: int(float(n)), default=0)
    parser.add_argument("--models", nargs="+", choices=MODELS, default=list(MODELS))
    parser.add_argument("--continuous", action="store_true")
    parser.add_argument("--limit", type=float, default=900)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--path", type=Path, default=Path("/tmp/ckmlab-histories.npy"))
    given = parser.parse_args()
    frame = cdnow().drop(columns="ID")
    if given.customers:
        frame = simulated(given.customers, continuous=given.continuous)
    np.save(given.path, frame.to_numpy(dtype=float))
    print(f"{len(frame):,} customers, {len(frame.drop_duplicates()):,} distinct histories")
    print(f"{'model':12} {'library':15} {'CPU s':>9} {'ratio':>8} {'peak MB':>8}  parameters")
    for model in given.models:
        ours = None
        for library in LIBRARIES:
            if not available(library, model):
                continue
            repeats = given.repeats if library == "ckmlab" or not given.customers else 1
            found = measure(library, model, given.path, repeats, given.limit)
            ours = ours or found["seconds"]
            sign = ">" if found.get("bound") else " "
            params = " ".join(f"{value:.4g}" for value in found["params"])
            print(
                f"{model:12} {library:15}{sign}{found['seconds']:9.4f} "
                f"{found['seconds'] / ours:8.1f} {found['peak']:8.0f}  {params}",
                flush=True,
            )
    given.path.unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
    else:
        main()
