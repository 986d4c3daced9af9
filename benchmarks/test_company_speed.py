"""CPU seconds of whole companies, and peak memory of large ones on disk.

Figures to reach: 6,000 customers under 2 CPU-s, 60,000 under 15; a million through
``write_company`` in under 2 GB with two workers, linear in customers. The large run takes
minutes: ``python benchmarks/test_company_speed.py 1000000 2``.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from ckmlab.datasets import make_company, write_company


@pytest.mark.parametrize("n", [6000, 60_000])
def test_make_company(benchmark, n):
    make_company(60)  # imports are paid for before the clock starts
    start = time.process_time()
    benchmark.pedantic(make_company, args=(n,), rounds=1)
    spent = time.process_time() - start
    benchmark.extra_info["cpu_seconds"] = round(spent, 2)
    print(f"\nmake_company({n:,}): {spent:.2f} CPU-s")


@pytest.mark.parametrize("n", [60_000, 120_000])
def test_write_company(benchmark, n):
    """Each size in a process of its own, whose peak memory is then known."""
    report = benchmark.pedantic(_in_a_process, args=(n, 1), rounds=1)
    benchmark.extra_info.update(report)
    print(f"\nwrite_company({n:,}): {report}")


def _in_a_process(n, workers):
    command = [sys.executable, __file__, str(n), str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _measure(n, workers):
    """Write a company and say what it took; worker processes are looked up while they live."""
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        folder = write_company(Path(place) / "kestrel", n, workers=workers)
        wall = time.perf_counter() - start
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
        use = [_usage(process) for process in _family()]
        shutil.rmtree(folder)
    return {
        "wall_s": round(wall, 1),
        "cpu_s": round(sum(cpu for cpu, _ in use), 1),
        "peak_mb": round(sum(peak for _, peak in use)),
        "disk_mb": round(size / 1e6),
    }


def _family():
    """This process and its workers, which stay for a while after the work."""
    me = psutil.Process()
    return [me, *me.children(recursive=True)]


def _usage(process):
    """CPU seconds and peak megabytes of a living process (Linux)."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line)
    times = process.cpu_times()
    return times.user + times.system, peak / 1024


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), int(sys.argv[2]))))
