"""Kernels forked from a warm process: as confined as started ones, and nobody's heirs."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from ckmlab.grading import forkserver, sandbox
from ckmlab.grading.forkserver import ForkServer, Refused, warm
from ckmlab.grading.marking import mark
from ckmlab.grading.runner import Job, Run, run_notebooks

LEVEL, WHY = sandbox.probe()
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
full_only = pytest.mark.skipif(LEVEL != "full", reason=f"needs the package 'bubblewrap': {WHY}")

PROBES = {
    "identity": "import os; print(os.getuid() == 0, os.getgroups() == [0])",
    "capabilities": (
        "print({l.split()[1] for l in open('/proc/self/status') if l.startswith('Cap')})"
    ),
    "further name spaces": "import ctypes; print(ctypes.CDLL(None).unshare(0x10000000))",
    "no new privileges": (
        "print([l.split()[1] for l in open('/proc/self/status') if 'NoNewPrivs' in l])"
    ),
    "network": "import socket; print([name for _, name in socket.if_nameindex()])",
    "processes": ("print(max(int(p) for p in os.listdir('/proc') if p.isdigit()) < 60)"),
    "limits": (
        "import resource as r; print([r.getrlimit(x)[1] for x in "
        "(r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_NPROC, r.RLIMIT_NOFILE, "
        "r.RLIMIT_CORE)])"
    ),
    "open files": (
        "print({os.readlink(f'/proc/self/fd/{n}').partition(':')[0] for n in os.listdir("
        "'/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')})"
    ),
    "variables": "print(sorted((k, v) for k, v in os.environ.items() if k != 'PWD'))",
    "words": "import sys; print(len(sys.argv), sys.argv[1], 'pandas' in sys.modules)",
    "places": "print(os.getcwd(), sorted(os.listdir('/')), sys.path[:2])",
    "session": "print(os.getsid(0) == os.getpid() or os.getpgid(0) > 0)",
    "writes": (
        "def tried(path):\n    try: open(path + '/x', 'w'); return 'written'\n"
        "    except OSError as error: return error.strerror\n"
        "print([tried(p) for p in ('/', '/usr', '/dev', sys.prefix, '/tmp')])"
    ),
}
CHANCE = "import random, numpy; print(random.random(), numpy.random.rand())"
TRACES = (
    "import math, os; print(math.__dict__.get('was_here'), os.path.exists('/tmp/x'), "
    "os.path.exists('/dev/shm/x'))\n"
    "math.was_here = True\n"
    "for place in ('/tmp/x', '/dev/shm/x'): open(place, 'w').write('x')"
)


def notebook(cells):
    return new_notebook(
        cells=[new_code_cell(code, id=f"c{number}") for number, code in enumerate(cells)]
    )


def run(level, modules, books):
    jobs = {f"n{number}": Job(book, "mark") for number, book in enumerate(books)}
    with warm(Run(level), modules) as warmed:
        assert warmed.slow_because == ""
        return list(run_notebooks(jobs, warmed).values())


def printed(record):
    return [cell["printed"] for cell in record["cells"].values()]


@pytest.fixture(scope="module")
def pair():
    """The same probes in a kernel that was started and in one that was forked."""
    book = notebook(PROBES.values())
    (started,), (forked,) = run("full", [], [book]), run("full", ["pandas", "no_such"], [book])
    assert (started["forked"], forked["forked"]) == (False, True)
    return started, forked


@full_only
class TestInside:
    pytestmark = pytest.mark.sandbox

    @pytest.mark.parametrize("name", [name for name in PROBES if name not in {"words"}])
    def test_a_forked_kernel_is_confined_like_a_started_one(self, pair, name):
        started, forked = (dict(zip(PROBES, printed(one), strict=True))[name] for one in pair)
        assert forked == started != ""

    def test_confined_means_this(self, pair):
        said = dict(zip(PROBES, printed(pair[1]), strict=True))
        assert said["identity"] == "False False\n"
        assert said["capabilities"] == "{'0000000000000000'}\n"
        assert said["further name spaces"] == "-1\n"
        assert said["no new privileges"] == "['1']\n"
        assert said["network"] == "['lo']\n"
        assert said["writes"].count("Read-only") == 4

    def test_what_it_was_forked_for_is_there(self, pair):
        assert dict(zip(PROBES, printed(pair[1]), strict=True))["words"] == "3 -f True\n"

    def test_siblings_share_neither_chance_nor_traces(self):
        first, second = run("full", ["numpy"], [notebook([CHANCE, TRACES])] * 2)
        assert printed(first)[0] != printed(second)[0]
        assert printed(first)[1] == printed(second)[1] == "None False False\n"


def test_without_a_sandbox_kernels_are_forked_as_well():
    (record,) = run("none", ["pandas"], [notebook(["import sys; print('pandas' in sys.modules)"])])
    assert record["forked"]
    assert printed(record) == ["True\n"]


def test_nothing_is_left_running():
    before = set(psutil.Process().children(recursive=True))
    with ForkServer(Run("none"), []) as server:
        assert Path(server.address).exists()
        assert set(psutil.Process().children(recursive=True)) > before
    assert not Path(server.address).parent.exists()
    assert set(psutil.Process().children(recursive=True)) == before


def test_where_rooms_cannot_be_entered_kernels_are_started_and_the_reason_is_given(
    exercise, submit, answers, monkeypatch
):
    def refuse(address, holder, pipe, **request):
        pipe.close()
        holder.stdout.close()
        raise Refused("setns: Operation not permitted")

    monkeypatch.setattr(forkserver, "fork_kernel", refuse)
    with warm(Run("none"), ["json"]) as run:
        assert run.server is None
        assert "not permitted" in run.slow_because
    marks = mark(exercise, {"ann": submit(answers)}, salt="s", run=Run("none"))["ann"]
    assert marks.earned == 5


def test_a_module_that_starts_threads_is_refused(tmp_path, monkeypatch):
    (tmp_path / "threads_at_import.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with warm(Run("none"), ["threads_at_import"]) as run:
        assert "starts threads" in run.slow_because


def test_a_kernel_is_started_where_the_warm_process_has_died():
    job = {"n": Job(notebook(["print(1)"]), "mark")}
    with warm(Run("none"), ["json"]) as run:
        server = run.server
    record = run_notebooks(job, Run("none", server=server))["n"]
    assert not record["forked"]
    assert printed(record) == ["1\n"]


@full_only
@pytest.mark.sandbox
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_can_fork_into_rooms_too():
    code = (
        "from ckmlab.grading.forkserver import warm\n"
        "from ckmlab.grading.runner import Run\n"
        "with warm(Run('full'), ['json']) as run: print([bool(run.server), run.slow_because])"
    )
    words = ["setpriv", "--reuid", "65533", "--regid", "65533", "--clear-groups"]
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        Path(home).chmod(0o777)
        done = subprocess.run(
            [*words, sys.executable, "-c", code],
            capture_output=True,
            text=True,
            env={
                "HOME": home,
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(sandbox.PACKAGE.parent),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
        )
    if "Permission denied" in done.stderr:
        pytest.skip("this checkout cannot be read by other users")
    assert done.stdout == "[True, '']\n", done.stderr
