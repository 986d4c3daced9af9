"""CPU seconds and peak memory of lifetime fits and summaries beside the peers'.

    python benchmarks/lifetime_ratios.py                      # CDNOW
    python benchmarks/lifetime_ratios.py --customers 1000000 --models BG/NBD Gamma-gamma
    python benchmarks/lifetime_ratios.py --models summary --purchases 1e7

Peers are lifetimes, clvkit and pymc-marketing (MAP); those that are not installed are left out.
pymc-marketing's requirements can clash with ours, so it may live in an environment of its own:

    python -m venv peers && peers/bin/pip install pymc-marketing
    python benchmarks/lifetime_ratios.py --peer-python peers/bin/python

Every measurement runs in a process of its own, warmed up by a small one, standard errors included
in ours and in lifetimes'. Above CDNOW the histories are simulated from the BG/NBD with CDNOW's
parameters, in whole days (``--continuous``: not rounded). ``summary`` is the table of frequency,
recency, T and spend of a shuffled log, in memory as pandas. A peer that has not finished after
``--limit`` seconds is stopped; the CPU time it had used by then is shown as a lower bound.
"""

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
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
LIBRARIES = ("ckmlab", "pandas", "lifetimes", "clvkit", "pymc_marketing")
HISTORY = ["frequency", "recency", "T", "monetary_value"]
# pymc-marketing brings more threads than it is given work for; what counts is CPU time.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


# -- the data -----------------------------------------------------------------------------------


def cdnow():
    spec = importlib.util.find_spec("lifetimes")
    folder = Path(spec.submodule_search_locations[0]) / "datasets"
    frame = pd.read_csv(folder / "cdnow_customers_summary_with_transactions.csv")
    return frame.set_axis(["ID", *HISTORY], axis=1)


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
    return pd.DataFrame(dict(zip(HISTORY, (x, last, age, spend), strict=True)))


def purchases(rows):
    """A shuffled log of about that many purchases, some six a customer over six years."""
    from ckmlab.datasets.generators import make_transactions

    log = make_transactions(
        rows // 6, seed=1, weeks=300, parameters={"r": 0.6, "alpha": 10.0}, workers=2
    )
    return log.iloc[np.random.default_rng(1).permutation(len(log))].reset_index(drop=True)


def store(frame, path):
    """Columns as plain arrays, which every interpreter reads, whatever its libraries."""
    np.savez(path, **{name: frame[name].to_numpy() for name in frame})


def stored(path):
    with np.load(path) as columns:
        return pd.DataFrame({name: columns[name] for name in columns})


# -- what is measured ---------------------------------------------------------------------------


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


def summarise(library, _, log):
    """The table of customers; returns the sums of its columns, by which libraries compare."""
    names = {"customer_id_col": "customer_id", "datetime_col": "date"}
    if library == "ckmlab":
        from ckmlab.value.behaviour import summary

        table = summary(log)
    elif library == "pandas":
        table = summary_by_hand(log)
    elif library == "lifetimes":
        from lifetimes.utils import summary_data_from_transaction_data

        table = summary_data_from_transaction_data(log, **names, monetary_value_col="amount")
    else:
        from pymc_marketing.clv.utils import rfm_summary

        table = rfm_summary(log, **names, monetary_value_col="amount")
    return table[HISTORY].sum()


def summary_by_hand(log):
    """What one would write with pandas."""
    daily = log.assign(day=log["date"].dt.floor("D"))
    daily = daily.groupby(["customer_id", "day"], as_index=False)["amount"].sum()
    by = daily.groupby("customer_id")
    out = by.agg(first=("day", "min"), last=("day", "max"), n=("day", "size"))
    repeat = daily[daily["day"] > daily["customer_id"].map(out["first"])]
    out["monetary_value"] = repeat.groupby("customer_id")["amount"].mean()
    end = daily["day"].max()
    return pd.DataFrame(
        {
            "frequency": out["n"] - 1,
            "recency": (out["last"] - out["first"]).dt.days,
            "T": (end - out["first"]).dt.days,
            "monetary_value": out["monetary_value"].fillna(0.0),
        }
    )


# -- how it is measured -------------------------------------------------------------------------


def work(library, model, folder, repeats):
    """In a child process: CPU seconds, peak megabytes and what was found, as lines of JSON."""
    warnings.simplefilter("ignore")
    job = summarise if model == "summary" else fit
    job(library, model, stored(folder / "small.npz"))
    frame = stored(folder / "large.npz")
    seconds = []
    # The least of several, and of many where it takes milliseconds: for everybody alike.
    while len(seconds) < repeats or (sum(seconds) < 1 and len(seconds) < 25):
        start = time.process_time()
        print(json.dumps({"begun": start}), flush=True)
        found = job(library, model, frame)
        seconds.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    values = np.asarray(found, dtype=float).ravel()[:4].tolist()
    print(json.dumps({"seconds": min(seconds), "peak": peak, "found": values}))


def measure(python, *arguments, limit):
    """Run ``work`` in an interpreter; after ``limit`` seconds, what it had used by then."""
    command = [python, __file__, "--work", *map(str, arguments)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **ONE_THREAD},
    ) as child:
        try:
            told, stopped = child.communicate(timeout=limit)[0], False
        except subprocess.TimeoutExpired:
            child.kill()
            told, stopped = child.communicate()[0], True
    lines = [json.loads(line) for line in told.splitlines() if line.startswith('{"')]
    if lines and "seconds" in lines[-1]:
        return lines[-1]
    if not stopped:
        return {"failed": True}
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    begun = lines[-1]["begun"] if lines else used
    return {"seconds": used - begun, "peak": np.nan, "found": [], "bound": True}


def interpreter(library, model, peer_python):
    """Who can run this library: this interpreter, the peers' one, or nobody."""
    if model != "summary" and (library == "pandas" or (library, model) == ("clvkit", "Pareto/NBD")):
        return None
    if model == "summary" and library == "clvkit":
        return None  # its summary nets and validates on the way, which is another task
    if importlib.util.find_spec(library):
        return sys.executable
    if peer_python is None:
        return None
    ask = f"import importlib.util as u, sys; sys.exit(u.find_spec({library!r}) is None)"
    known = subprocess.run([peer_python, "-c", ask], check=False).returncode == 0
    return str(peer_python) if known else None


def compare(model, folder, given):
    """One line a library; the ratio is its CPU time over ours."""
    ours = None
    for library in LIBRARIES:
        python = interpreter(library, model, given.peer_python)
        if python is None or (given.libraries and library not in given.libraries):
            continue
        large = model == "summary" or given.customers
        repeats = given.repeats if library == "ckmlab" or not large else 1
        found = measure(python, library, model, folder, repeats, limit=given.limit)
        if found.get("failed"):
            print(f"{model:12} {library:15} failed", flush=True)
            continue
        ours = ours or found["seconds"]
        sign = ">" if found.get("bound") else " "
        values = " ".join(f"{value:.6g}" for value in found["found"])
        print(
            f"{model:12} {library:15}{sign}{found['seconds']:9.4f} "
            f"{found['seconds'] / ours:8.1f} {found['peak']:8.0f}  {values}",
            flush=True,
        )


def prepare(model, folder, given):
    """Write the data that every process reads, large and small."""
    if model == "summary":
        large = purchases(given.purchases)
        small, size = large[:50_000], f"{len(large):,} purchases"
    else:
        large = cdnow()[HISTORY]
        small = large
        if given.customers:
            large = simulated(given.customers, continuous=given.continuous)
        size = f"{len(large):,} customers, {len(large.drop_duplicates()):,} distinct histories"
    store(small, folder / "small.npz")
    store(large, folder / "large.npz")
    print(size)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    number = {"type": lambda text: int(float(text))}
    parser.add_argument("--customers", default=0, **number)
    parser.add_argument("--purchases", default=10_000_000, **number)
    parser.add_argument("--models", nargs="+", choices=[*MODELS, "summary"], default=list(MODELS))
    parser.add_argument("--libraries", nargs="+", choices=LIBRARIES, default=[])
    parser.add_argument("--peer-python", type=Path, help="interpreter that has the other peers")
    parser.add_argument("--continuous", action="store_true")
    parser.add_argument("--limit", type=float, default=900)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    print(f"{'':12} {'library':15} {'CPU s':>9} {'ratio':>8} {'peak MB':>8}  parameters or sums")
    with tempfile.TemporaryDirectory() as folder:
        for model in given.models:
            prepare(model, Path(folder), given)
            compare(model, Path(folder), given)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
    else:
        main()
