"""Purchase histories of a million customers: rates in CPU seconds, memory, and the same content.

Ours gives every purchase with time and amount. lifetimes has two generators: one of dated
purchases, which needs a method that pandas removed and gets it back here, and one that gives a
summary only. So does pymc-marketing's newest; it may live in an environment of its own:

    python -m venv peers && peers/bin/pip install pymc-marketing
    python benchmarks/test_generation.py --peer-python peers/bin/python --rounds 5

Everybody takes turns in each round, and ratios are taken within a round, so that a busy machine
slows all of them alike; printed are the median and the range over the rounds. The floor, "bare
draws", is the CPU time that numpy needs for as many variates of the same distributions, with
parameters that differ between customers as ours do.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ckmlab.datasets.generators import make_transactions
from ckmlab.datasets.generators._purchases import BLOCK, NEVER, draw_block
from ckmlab.datasets.generators.transactions import MODELS, SPEND

BGNBD = MODELS["BG/NBD"]
WEEKS = {"39 weeks": 39, "78 weeks": 78, "ten years": 520}
BLOCKS = 123  # a little over a million customers
SUMMARIES, DATED = 4000, 500  # customers that lifetimes draws in a round
PEER = """
import json, sys, time
import numpy as np
import pymc_marketing
from pymc_marketing.clv.distributions import BetaGeoNBDRV

given = json.loads(sys.argv[1])
names = ("a", "b", "r", "alpha")
values = [np.asarray(given["parameters"][name]) for name in names]
rng = np.random.default_rng(1)
start = time.process_time()
weeks = np.asarray(given["weeks"])
summary = BetaGeoNBDRV.rng_fn(rng, *values, weeks, size=(given["customers"],))
seconds = time.process_time() - start
print(json.dumps([pymc_marketing.__version__, summary[:, 1].sum(), seconds]))
"""


def cpu_seconds(function, *args, **kwargs):
    """CPU time of a call, and its result."""
    start = time.process_time()
    result = function(*args, **kwargs)
    return time.process_time() - start, result


def typical_block(weeks):
    """How many rows a block has, and the parameters of its draws that differ between customers."""
    process = {"parameters": BGNBD, "spend": SPEND, "weeks": weeks, "acquisition_weeks": 12}
    block = draw_block(0, seed=1, model="BG/NBD", **process)
    last = np.random.default_rng(2).geometric(np.maximum(block.dropout, 1 / NEVER)).astype(float)
    stays = np.flatnonzero(block.lifetime > block.observed)
    share = block.observed[stays] / block.lifetime[stays]
    return len(block.customer), last, last[stays].astype(np.int64) - 1, share


def bare_draws(rows, last, before, share):
    """As many variates of the same distributions as our generator draws, and nothing else."""
    draw = np.random.Generator(np.random.PCG64(1))
    for _ in range(BLOCKS):
        draw.random(BLOCK)  # start
        draw.standard_gamma(BGNBD["r"], BLOCK)  # rate
        draw.beta(BGNBD["a"], BGNBD["b"], BLOCK)  # dropout
        draw.random(BLOCK)  # purchase of leaving
        draw.standard_gamma(last)  # lifetime
        draw.binomial(before, share)  # number of purchases
        draw.random(rows)  # their times
        draw.standard_gamma(SPEND["q"], BLOCK)  # mean amount
        draw.standard_gamma(SPEND["p"], rows)  # amounts


def from_lifetimes(weeks, customers, dated):
    from lifetimes import generate_data

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if not dated:
            return generate_data.beta_geometric_nbd_model(weeks, *BGNBD.values(), size=customers)
        return generate_data.beta_geometric_nbd_model_transactional_data(
            7 * weeks, BGNBD["r"], 7 * BGNBD["alpha"], BGNBD["a"], BGNBD["b"], size=customers
        )


def from_pymc_marketing(weeks, python):
    """Version, and repeat purchases per CPU second."""
    given = {"weeks": weeks, "parameters": BGNBD, "customers": SUMMARIES}
    command = [python, "-c", PEER, json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    version, repeats, seconds = json.loads(done.stdout.splitlines()[-1])
    return version, repeats / seconds


def interpreter(given):
    """Who can run pymc-marketing: the interpreter given, this one, or nobody."""
    if given is not None:
        return str(given)
    return sys.executable if importlib.util.find_spec("pymc_marketing") else None


def rates(weeks, folder, python=None):
    """One round: everybody's purchases per CPU second, and the floor."""
    common = {"seed": 1, "weeks": weeks}
    size, variates = BLOCKS * BLOCK, typical_block(weeks)
    bare, _ = cpu_seconds(bare_draws, *variates)
    memory, purchases = cpu_seconds(make_transactions, size, **common)
    file, _ = cpu_seconds(make_transactions, size, path=Path(folder) / "p.parquet", **common)
    again, _ = cpu_seconds(bare_draws, *variates)
    np.random.seed(1)  # noqa: NPY002 (lifetimes draws from the old global state)
    plain, table = cpu_seconds(from_lifetimes, weeks, SUMMARIES, dated=False)
    dated, dates = cpu_seconds(from_lifetimes, weeks, DATED, dated=True)
    rows, floor = len(purchases), (bare + again) / 2
    found = {
        "rows": rows,
        "memory": rows / memory,
        "file": rows / file,
        "memory over floor": memory / floor,
        "file over floor": file / floor,
        "summary": table["frequency"].sum() / plain,
        "dated": len(dates) / dated,
    }
    if python is not None:
        found["version"], found["pymc"] = from_pymc_marketing(weeks, python)
    return found


def report(weeks, rounds):
    """Print medians and ranges over the rounds."""

    def spread(values, form):
        values = np.asarray(values)
        return f"{np.median(values):{form}} ({values.min():{form}} to {values.max():{form}})"

    table = pd.DataFrame(rounds)
    print(f"\n{weeks} weeks, {BLOCKS * BLOCK:,} customers, {table['rows'][0]:,} purchases")
    print(f"  ckmlab in memory   {spread(table['memory'] / 1e6, '.2f')} M purchases a CPU second")
    print(f"  ckmlab to Parquet  {spread(table['file'] / 1e6, '.2f')} M purchases a CPU second")
    for way, name in (("memory", "in memory"), ("file", "to Parquet")):
        print(f"  {name} over bare draws: {spread(table[f'{way} over floor'], '.2f')}")
    peers = {"dated": "lifetimes, dated purchases", "summary": "lifetimes, summary only"}
    if "pymc" in table:
        peers["pymc"] = f"pymc-marketing {table['version'][0]}, summary only"
    for peer, name in peers.items():
        print(
            f"  over {name} ({table[peer].median():,.0f} a CPU second): in memory "
            f"{spread(table['memory'] / table[peer], ',.0f')} x, to Parquet "
            f"{spread(table['file'] / table[peer], ',.0f')} x"
        )


def give_append_back(frame, other, **options):
    """``DataFrame.append``, which pandas removed and lifetimes still calls."""
    return pd.concat([frame, other], **options)


@pytest.mark.parametrize("weeks", WEEKS.values(), ids=list(WEEKS))
def test_rates(benchmark, capsys, weeks, tmp_path, monkeypatch):
    monkeypatch.setattr(pd.DataFrame, "append", give_append_back, raising=False)
    python = interpreter(os.environ.get("CKMLAB_PEER_PYTHON"))
    from_lifetimes(weeks, 10, dated=False)  # pays for the import
    rounds = [rates(weeks, tmp_path, python) for _ in range(2)]
    path = tmp_path / "purchases.parquet"
    benchmark.pedantic(make_transactions, (BLOCKS * BLOCK,), {"seed": 1, "path": path}, rounds=1)
    with capsys.disabled():
        report(weeks, rounds)


MEMORY = """
import sys
from ckmlab.datasets.generators import make_transactions
make_transactions(1_000_000, seed=1, path=sys.argv[1], workers=int(sys.argv[2]))
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(int(status["VmHWM"].split()[0]) / 1024)
"""


def peak_memory(path, workers):
    """Peak megabytes of a process that streams a million customers."""
    command = [sys.executable, "-c", MEMORY, str(path), str(workers)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def test_memory_and_threads(benchmark, capsys, tmp_path):
    paths = {workers: tmp_path / f"{workers}.parquet" for workers in (1, 2)}
    peaks = {1: benchmark.pedantic(peak_memory, (paths[1], 1), rounds=1)}
    peaks[2] = peak_memory(paths[2], 2)
    same = paths[1].read_bytes() == paths[2].read_bytes()
    with capsys.disabled():
        for workers, megabytes in peaks.items():
            print(f"\n1,000,000 customers to Parquet, {workers} thread(s): {megabytes:.0f} MB peak")
        print(f"the files of one and two threads are {'the same' if same else 'DIFFERENT'}")
    assert same


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--weeks", type=int, nargs="*", default=list(WEEKS.values()))
    parser.add_argument("--peer-python", type=Path, help="interpreter that has pymc-marketing")
    given = parser.parse_args()
    pd.DataFrame.append = give_append_back
    python = interpreter(given.peer_python)
    from_lifetimes(39, 10, dated=False)  # pays for the import
    with tempfile.TemporaryDirectory() as folder:
        for weeks in given.weeks:
            report(weeks, [rates(weeks, folder, python) for _ in range(given.rounds)])
        for workers in (1, 2):
            megabytes = peak_memory(Path(folder) / "m.parquet", workers)
            print(f"\n1,000,000 customers to Parquet, {workers} thread(s): {megabytes:.0f} MB peak")


if __name__ == "__main__":
    main()
