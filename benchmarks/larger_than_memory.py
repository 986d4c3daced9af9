"""A Parquet log ten times larger than the memory granted: histories and a BG/NBD fit.

    python benchmarks/larger_than_memory.py [customers] [parts]

The file is written first. Another process then imports the libraries and is granted a tenth of the
file's size on disk beyond what it holds by then: for DuckDB, its buffers, the answer, the fit and
the file's pages that the system keeps. Where this user may make a control group (Linux, as root, or
under ``systemd-run --user --scope -p Delegate=yes``) the kernel enforces it, and kills who takes
more; elsewhere the growth is only measured. DuckDB is told to use half.

Taken at once, DuckDB gives up although it may spill to disk; ``histories_in_parts`` takes the
customers part by part, and only (frequency, recency, T, count) leave the engine for the fit.
"""

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

CUSTOMERS = int(float(sys.argv[1])) if len(sys.argv) > 1 else 300_000
PARTS = int(sys.argv[2]) if len(sys.argv) > 2 else 48
# Faithful customers, as of a grocer: some 150 purchases each.
TRUTH = {"r": 3.0, "alpha": 3.0, "a": 0.5, "b": 200.0}
MEGABYTE = 1_000_000
GROUP = "ckmlab-larger-than-memory"


def write_log(path):
    """The purchases, of 300 weeks."""
    from ckmlab.datasets.generators import make_transactions

    make_transactions(CUSTOMERS, seed=1, weeks=300, parameters=TRUTH, path=path)


def analyse(path, granted):
    """Everything that is measured, under the limit."""
    from ckmlab.value.behaviour import histories_in_parts
    from ckmlab.value.lifetime import BetaGeoNBD

    warm_up(path.with_name("small.parquet"), histories_in_parts, BetaGeoNBD)
    held = peak_bytes()
    enforced = confined(granted)
    print(
        f"held before: {held / MEGABYTE:,.0f} MB; granted beyond: {granted / MEGABYTE:,.0f} MB, "
        + (f"enforced by {enforced}" if enforced else "not enforced"),
        flush=True,
    )
    memory = f"{granted // 2 // MEGABYTE}MB"
    with step("all customers at once"):
        histories_in_parts(path, parts=1, memory=memory, unit="week")
    with step(f"customers in {PARTS} parts, and a fit"):
        histories = histories_in_parts(path, parts=PARTS, memory=memory, unit="week")
        print(f"{histories['count'].sum():,} customers in {len(histories):,} different histories")
        results = BetaGeoNBD(histories).fit()
        print(f"BG/NBD {results.params.round(3).to_dict()}, drawn with {TRUTH}")


def warm_up(path, histories_in_parts, model):
    """Load every library, so that the limit is about the data alone."""
    from ckmlab.datasets.generators import make_transactions

    make_transactions(2_000, seed=1, weeks=50, path=path)
    model(histories_in_parts(path, memory="50MB", parts=2)).fit()


def confined(granted):
    """Move this process to a control group with so much memory; its limit, or None if we may not.

    What a process held before stays charged to the group it comes from.
    """
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    # Version 1 has a hierarchy for memory alone, version 2 one for everything.
    for root, limit, mark in (
        ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", ":memory:"),
        ("/sys/fs/cgroup", "memory.max", "::"),
    ):
        own = next((line.split(mark)[1] for line in lines if mark in line), None)
        group = Path(root + (own or ""), GROUP)
        try:
            group.mkdir(exist_ok=True)
            (group / limit).write_text(str(granted))
            (group / "cgroup.procs").write_text(str(os.getpid()))
        except OSError:
            continue
        return group / limit
    return None


def peak_bytes():
    """The most memory that this process has held so far."""
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@contextmanager
def step(name):
    """Print how long it took, or that the memory was not enough."""
    start = time.perf_counter()
    try:
        yield
    except MemoryError as error:
        print(f"OUT OF MEMORY, {error} ({str(error.__cause__).splitlines()[0]})")
    seconds = time.perf_counter() - start
    print(f"{name}: {seconds:.1f} s, process peak {peak_bytes() / MEGABYTE:,.0f} MB", flush=True)


def apart(function, *arguments):
    """Run a function in a fresh process."""
    process = multiprocessing.get_context("spawn").Process(target=function, args=arguments)
    process.start()
    process.join()


def main():
    """Write the log, then analyse it under the limit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.parquet")
        apart(write_log, path)
        size = path.stat().st_size
        print(f"{size / MEGABYTE:,.0f} MB on disk", flush=True)
        apart(analyse, path, size // 10)
        for left in Path("/sys/fs/cgroup").glob(f"**/{GROUP}"):
            left.rmdir()


if __name__ == "__main__":
    main()
