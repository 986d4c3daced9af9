"""Hostile and careless answers to the pendulum exercise: what each attack hands in.

Numbers are those of the list that the marker was designed against. Each entry: points that the
submission may earn, and the answers by cell id. Attacks on files, names and archives stand in
``test_attacks_files.py``.
"""

RIGHT_GRAVITY = "gravity = (4 * np.pi**2 * swings.length_m / swings.period_s**2).mean()\n"
EVERYTHING = {
    "gravity": RIGHT_GRAVITY,
    "longest": 'by_bob = swings.groupby("bob").length_m.mean()',
    "slowest": "def slowest(frame):\n    return max(frame['period_s'])",
}


def first(code):
    """Attack in the first answer, the others solved: 3 of 5 points remain."""
    return {**EVERYTHING, "gravity": code}


READ_THE_KEY = """
import json, os, pathlib
gravity = None
for folder in (".", "..", "/tmp", "/work", "/home", "/data", "/proc/1/root", os.getcwd()):
    try:
        for path in pathlib.Path(folder).rglob("*"):
            if path.suffix in {".ipynb", ".json"} and path.is_file():
                for cell in json.loads(path.read_text()).get("cells", []):
                    for output in cell.get("outputs", []):
                        if "gravity: " in output.get("text", ""):
                            gravity = float(output["text"].split()[-1])
    except Exception:
        pass
"""

STRIP = """
import ast
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
    def visit_Call(self, node):
        if getattr(node.func, "attr", "") == "check":
            return ast.parse("print(True)").body[0].value
        return node
get_ipython().ast_transformers.append(Strip())
gravity = 1
"""

PATCH = """
import ckmlab.grading.live as live, ckmlab.grading.canonical as canonical
class Always(str):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
live.canonical = lambda value, digits=6: canonical.Canonical("a number", Always("right"))
live._compared = lambda *a: "✓ right."
gravity = 1
"""

FORGED = """
class Any(float):
    def __repr__(self): return "9.8"
    __str__ = __repr__
    def __eq__(self, other): return True
    def __format__(self, spec): return "right"
gravity = Any(1.0)
"""

CONFTEST = """
import os
text = "def pytest_runtest_makereport(item, call): pass\\n"
for folder in (".", "..", "../..", "/tmp", "/", os.path.expanduser("~")):
    try:
        open(os.path.join(folder, "conftest.py"), "w").write(text)
        open(os.path.join(folder, "pytest.ini"), "w").write("[pytest]\\naddopts = --nbval-lax\\n")
    except OSError:
        pass
gravity = 1
"""

STARTUP = """
import os
folder = os.path.expanduser("~/.ipython/profile_default/startup")
os.makedirs(folder, exist_ok=True)
open(folder + "/00.py", "w").write("raise SystemExit")
gravity = 1
"""

TOUCH = """
import os
for place in ("{outside}", "/tmp/ckmlab-was-here", "/var/tmp/x", "/usr/x", "/etc/x", "/opt/x"):
    get_ipython().system(f"touch {{place}}")
    try: open(place, "w").write("x")
    except OSError: pass
gravity = 1
"""

NETWORK = """
import socket
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    try:
        with socket.socket(socket.AF_INET, kind) as s:
            s.settimeout(1)
            s.connect(("127.0.0.1", {port}))
            s.send(b"stolen")
    except OSError:
        pass
gravity = 1
"""

BIG_FILE = """
import os
for folder in ("/tmp", os.path.expanduser("~"), "/dev/shm", "."):
    try:
        for number in range(10):
            with open(f"{folder}/big{number}", "wb") as f:
                for _ in range(300):
                    f.write(bytes(1_000_000))
    except OSError:
        pass
gravity = 1
"""

SOCKETS = """
import glob, sys
folder = sys.argv[-1].rpartition("/")[0]
with open(folder + "/big", "wb") as f:
    f.write(bytes(10_000_000))
import time; time.sleep(1)
gravity = 1
"""

WITNESS = """
import os, socket
seen = [p for p in ("{exercises}", "/root/.ssh", "/etc/shadow", "/etc/passwd", "/var")
        if os.path.exists(p)]
names = [name for name in os.environ if "SALT" in name or "KEY" in name or "SANDBOX" in name]
others = [p for p in os.listdir("/proc") if p.isdigit() and int(p) > 60]
raise ValueError((os.getuid() == 0, seen, names, others))
"""

ATTACKS = {
    "01-hard-coded": (3, first("gravity = {public}")),
    "02-ignore-marker": (3, first("# NBVAL_IGNORE_OUTPUT\ngravity = 1")),
    "03-skip-marker": (3, first("# NBVAL_SKIP\n#NBVAL_RAISES_EXCEPTION\ngravity = 1")),
    "06-reads-key": (3, first(READ_THE_KEY)),
    "07-strips-asserts": (0, first(STRIP)),
    "08-fake-print": (0, first("ckm.check = lambda *a, **k: print(True)\ngravity = 1")),
    "09-patches-checker": (0, first(PATCH)),
    "10-forged-repr": (3, first(FORGED)),
    "12-conftest": (3, first(CONFTEST)),
    "13-startup": (3, first(STARTUP)),
    "14-exit": (3, first("import os\nos._exit(0)")),
    "14-segfault": (3, first("import ctypes\nctypes.string_at(0)")),
    "15-kills-parent": (3, first("import os\nos.kill(os.getppid(), 9)\nos.kill(-1, 9)")),
    "16-loop": (3, first("while True:\n    pass")),
    "17-ignores-interrupts": (
        3,
        first(
            "import signal, time\n"
            "while True:\n"
            "    try:\n"
            "        signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "        time.sleep(9)\n"
            "    except BaseException:\n"
            "        pass\n"
        ),
    ),
    "18-drips": (
        3,
        first("import time\nwhile True:\n    print('.', flush=True)\n    time.sleep(.3)"),
    ),
    "19-memory": (3, first("hoard = []\nwhile True:\n    hoard.append(bytearray(20_000_000))")),
    "19-memory-by-many": (
        3,
        first(
            "import os, time\n"
            "for _ in range(40):\n"
            "    if os.fork() == 0:\n"
            "        x = bytearray(400_000_000)\n"
            "        time.sleep(60)\n"
            "time.sleep(60)"
        ),
    ),
    "20-forks": (
        3,
        first(
            "import os\n"
            "while True:\n"
            "    try:\n"
            "        os.fork()\n"
            "    except OSError:\n"
            "        pass"
        ),
    ),
    "21-endless-output": (3, first("while True:\n    print('x' * 5000)")),
    "22-one-large-output": (3, first("print('x' * 20_000_000)\ngravity = 1")),
    "23-large-files": (3, first(BIG_FILE)),
    "23-file-beside-sockets": (3, first(SOCKETS)),
    "24-touch": (3, first(TOUCH)),
    "25-network": (3, first(NETWORK)),
    "26-input": (3, first("gravity = float(input('the answer, please: '))")),
    "27-odd-characters": (
        3,
        first("print('\\x1b[2J\\x00\\ud800\\x9b')\ngravity = '\\ud800\\x00\\x1b]0;x\\x07'"),
    ),
    "28-html": (
        3,
        first(
            "from IPython.display import HTML, Javascript, display\n"
            "display(HTML('<script>steal()</script>'), Javascript('steal()'))\n"
            "gravity = '<script>steal()</script><img src=x onerror=steal()>'"
        ),
    ),
    "34-asks-for-the-rest": (
        3,
        first("raise ValueError(open(__file__).read() if '__file__' in dir() else In)"),
    ),
    "99-witness": (3, first(WITNESS)),
    "zz-honest": (5, EVERYTHING),
    "00-honest": (5, EVERYTHING),
}  # fmt: skip


def tags_everywhere(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["nbval-skip", "nbval-ignore-output", "raises-exception"]
        if cell["id"] == "gravity":
            cell["source"] = "gravity = 1"


def no_execution_counts(notebook):
    for cell in notebook["cells"]:
        if cell["id"] == "gravity":
            cell["source"] = "gravity = 1"
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "right"}]


def checks_rewritten(notebook):
    for cell in notebook["cells"]:
        if "check(" in cell["source"]:
            cell["source"] = "# NBVAL_IGNORE_OUTPUT\nprint(True)"
        if cell["id"] == "gravity":
            cell["source"] = "gravity = 1"


def same_id_for_all(notebook):
    for cell in notebook["cells"]:
        cell["id"] = "gravity"


def copied_cell(notebook):
    place = next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == "gravity")
    draft = dict(notebook["cells"][place], source="gravity = 1 / 0")
    notebook["cells"].insert(place, draft)


def split_cell(notebook):
    place = next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == "slowest")
    whole = notebook["cells"][place]
    head, rest = "import math", whole["source"]
    notebook["cells"][place] = dict(whole, id="new-id", source=head)
    notebook["cells"].insert(place + 1, dict(whole, source=rest))


def reordered(notebook):
    notebook["cells"].reverse()


def old_format(notebook):
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]


def deleted_cells(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != "gravity"]


def source_is_an_object(notebook):
    for cell in notebook["cells"]:
        if cell["id"] == "gravity":
            cell["source"] = {"a": 1}


def odd_source(notebook):
    for cell in notebook["cells"]:
        if cell["id"] == "gravity":
            cell["source"] = "gravity = '\ud800\x00\x1b'"


# Points that a solved notebook keeps after such treatment.
MANGLED = {
    "04-tags": (3, tags_everywhere),
    "05-no-execution-counts": (3, no_execution_counts),
    "08-checks-rewritten": (3, checks_rewritten),
    "27-odd-source": (3, odd_source),
    "29-one-id-for-all": (5, same_id_for_all),
    "29-copied-cell": (5, copied_cell),
    "29-split-cell": (5, split_cell),
    "29-reordered": (5, reordered),
    "30-old-format": (5, old_format),
    "31-deleted-cell": (3, deleted_cells),
    "32-source-is-an-object": (3, source_is_an_object),
}
