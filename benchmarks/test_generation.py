"""Purchase histories of a million customers: rates in CPU seconds, memory, and the same content.

Ours gives every purchase with time and amount; lifetimes' sound generator gives a summary only, and
its generator of dated purchases needs a method that pandas removed, which is given back here.
"""

import subprocess
import sys
import time
import warnings

import numpy as np
import pandas as pd
import pytest

from ckmlab.datasets.generators import make_transactions
from ckmlab.datasets.generators._purchases import BLOCK
from ckmlab.datasets.generators.transactions import MODELS, SPEND

BGNBD = MODELS["BG/NBD"]
WEEKS = {"39 weeks": 39, "78 weeks": 78, "ten years": 520}


def cpu_seconds(function, *args, rounds=1, **kwargs):
    """Least CPU time of some rounds, and the last result."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        result = function(*args, **kwargs)
        times.append(time.process_time() - start)
    return min(times), result


def bare_draws(blocks, rows, staying):
    """As many variates of the same kinds as our generator draws, in blocks, and nothing else."""
    draw = np.random.Generator(np.random.PCG64(1))
    number = np.minimum(np.random.default_rng(2).geometric(0.25, BLOCK), 1000).astype(float)
    for _ in range(blocks):
        draw.random(BLOCK)  # start
        draw.standard_gamma(BGNBD["r"], BLOCK)  # rate
        draw.beta(BGNBD["a"], BGNBD["b"], BLOCK)  # dropout
        draw.random(BLOCK)  # purchase of leaving
        draw.standard_gamma(number)  # lifetime
        draw.binomial(np.full(staying, 1000), np.full(staying, 0.002))  # number of purchases
        draw.random(rows)  # their times
        draw.standard_gamma(SPEND["q"], BLOCK)  # mean amount
        draw.standard_gamma(SPEND["p"], rows)  # amounts


def from_lifetimes(weeks, customers, dated):
    from lifetimes import generate_data

    if not dated:
        return generate_data.beta_geometric_nbd_model(weeks, *BGNBD.values(), size=customers)
    return generate_data.beta_geometric_nbd_model_transactional_data(
        7 * weeks, BGNBD["r"], 7 * BGNBD["alpha"], BGNBD["a"], BGNBD["b"], size=customers
    )


@pytest.mark.parametrize("weeks", WEEKS.values(), ids=list(WEEKS))
def test_rates(benchmark, capsys, weeks, tmp_path, monkeypatch):
    def appended(frame, other, **options):
        return pd.concat([frame, other], **options)

    monkeypatch.setattr(pd.DataFrame, "append", appended, raising=False)
    blocks = 123  # a little over a million customers
    common = {"seed": 1, "weeks": weeks, "path": tmp_path / "purchases.parquet"}
    _, latent = make_transactions(blocks * BLOCK, truth=True, **common)
    start = time.process_time()
    benchmark.pedantic(make_transactions, (blocks * BLOCK,), common, rounds=3)
    ours = (time.process_time() - start) / 3
    purchases = make_transactions(blocks * BLOCK, seed=1, weeks=weeks)
    memory, _ = cpu_seconds(make_transactions, blocks * BLOCK, seed=1, weeks=weeks, rounds=2)
    rows, customers = len(purchases), blocks * BLOCK
    staying = int(latent["alive"].sum()) // blocks
    bare, _ = cpu_seconds(bare_draws, blocks, rows // blocks, staying, rounds=3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.random.seed(1)  # noqa: NPY002
        from_lifetimes(weeks, 10, dated=False)  # pays for the import
        plain, table = cpu_seconds(from_lifetimes, weeks, 2000, dated=False)
        dated, dates = cpu_seconds(from_lifetimes, weeks, 500, dated=True)
    repeats = table["frequency"].sum()
    with capsys.disabled():
        print(f"\n{weeks} weeks, {customers:,} customers, {rows:,} purchases; per CPU second:")
        for name, seconds in (("streamed to Parquet", ours), ("in memory", memory)):
            print(
                f"  ckmlab {name:20} {rows / seconds / 1e6:6.2f} M purchases, "
                f"{customers / seconds / 1e6:5.2f} M customers = {seconds / bare:.2f} x bare draws"
            )
        print(f"  numpy, the bare draws       {rows / bare / 1e6:6.2f} M purchases")
        print(
            f"  lifetimes, summary only     {repeats / plain:10,.0f} repeat purchases, "
            f"{2000 / plain:,.0f} customers: ours {rows / memory / (repeats / plain):,.0f} x in "
            f"purchases, {customers / memory / (2000 / plain):,.0f} x in customers"
        )
        print(
            f"  lifetimes, dated purchases  {len(dates) / dated:10,.0f} purchases: "
            f"ours {rows / memory / (len(dates) / dated):,.0f} x"
        )


MEMORY = """
import sys
from ckmlab.datasets.generators import make_transactions
make_transactions(1_000_000, seed=1, path=sys.argv[1], workers=int(sys.argv[2]))
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(int(status["VmHWM"].split()[0]) / 1024)
"""


def test_memory_and_threads(benchmark, capsys, tmp_path):
    def peak(workers):
        path = tmp_path / f"{workers}.parquet"
        command = [sys.executable, "-c", MEMORY, str(path), str(workers)]
        return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    peaks = {1: benchmark.pedantic(peak, (1,), rounds=1), 2: peak(2)}
    same = (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()
    with capsys.disabled():
        for workers, megabytes in peaks.items():
            print(f"\n1,000,000 customers to Parquet, {workers} thread(s): {megabytes:.0f} MB peak")
        print(f"the files of one and two threads are {'the same' if same else 'DIFFERENT'}")
    assert same
