"""A closed room for a stranger's code: what it sees, what it may use up.

Only the kernel is inside. It sees the Python installation and the system's libraries, read-only,
and the data it was given; it has no network, its own small temporary folders, and limits on time,
memory, processes and file size. bubblewrap does it, for an ordinary user by a user name space, for
root by dropping to a user id that owns nothing before the code starts.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = [
    "LEVELS",
    "Limits",
    "SandboxError",
    "command",
    "environment",
    "limit_words",
    "partial_words",
    "places",
    "probe",
    "require",
]

LEVELS = {
    "full": "no network, read-only system, private folders, limits (bubblewrap)",
    "partial": "no files but the needed ones, no TCP, limits; other programs' sockets and UDP stay "
    "within reach (Landlock)",
    "limits": "limits on time, memory, processes and file size only",
    "none": "nothing: the code runs as you do",
}
PACKAGE = Path(__file__).resolve().parents[1]
HOME = "/home/student"
DATA = "/data"
SPARE_IDS = range(61_184, 65_520)  # user ids that no package and no person gets
SYSTEM = ["/usr", "/lib", "/lib32", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives"]
SYSTEM += ["/etc/fonts", "/etc/localtime"]
DEVICES = ["/dev/urandom", "/dev/zero", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu"]


class SandboxError(RuntimeError):
    """The sandbox asked for is not to be had; the message says why and what can be done."""


@dataclass(frozen=True)
class Limits:
    """What one notebook may use up.

    Attributes
    ----------
    cell_seconds, notebook_seconds : float
        Time for a cell and for the whole notebook.
    memory : int
        Bytes of memory of all its processes together.
    processes : int
        Processes and threads.
    file : int
        Bytes of one file; all files together find room for four times as much.
    """

    cell_seconds: float = 30.0
    notebook_seconds: float = 300.0
    memory: int = 2 * 2**30
    processes: int = 96
    file: int = 32 * 2**20

    def as_dict(self):
        """The limits as plain data."""
        return asdict(self)


def probe():
    """Say which level of protection this machine can give.

    Returns
    -------
    tuple of (str, str)
        The level, and why it is not higher (empty for ``"full"``).
    """
    if not sys.platform.startswith("linux"):
        return "none", f"there is no sandbox for {sys.platform}: use Linux or a container"
    weaker = "none" if _is_root() else _without_rooms()
    if shutil.which("bwrap") is None:
        return weaker, "bubblewrap is not installed (package 'bubblewrap')"
    words = command([sys.executable, "-c", "pass"], Limits())
    tried = subprocess.run(words, capture_output=True, text=True, env=environment())
    if tried.returncode:
        return weaker, f"bubblewrap does not work here: {tried.stderr.strip()[-300:]}"
    return "full", ""


def _without_rooms():
    from ckmlab.grading import landlock

    return "partial" if landlock.version() >= landlock.ENOUGH else "limits"


def require(level):
    """Make sure that a level of protection is to be had.

    Parameters
    ----------
    level : str
        One of :data:`LEVELS`.

    Raises
    ------
    SandboxError
        If this machine gives less.
    """
    order = list(LEVELS)
    if level not in LEVELS:
        raise SandboxError(f"no sandbox level {level!r}; there are {', '.join(order)}")
    found, why = probe()
    if order.index(found) > order.index(level):
        raise SandboxError(
            f"the sandbox level {level!r} is not to be had: {why}. Mend that, or, if you trust "
            f"every submission, ask for --sandbox {found}"
        )


def _is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def spare_id():
    """A user id that owns nothing, different for kernels that run at the same time.

    Returns
    -------
    int or None
        None for an ordinary user, who cannot change it and need not.
    """
    return SPARE_IDS[os.getpid() % len(SPARE_IDS)] if _is_root() else None


def environment(**more):
    """The environment inside: nothing of the lecturer's, one thread, a fixed hash seed.

    Parameters
    ----------
    **more : str
        Variables to add.

    Returns
    -------
    dict of str to str
    """
    return {
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": str(PACKAGE.parent),  # where this package is, even if it is not installed
        "USER": "student",
        **more,
    }


def command(words, limits, *, connection=None, data=None):
    """Wrap a command so that it runs inside.

    Parameters
    ----------
    words : list of str
    limits : Limits
    connection : path-like, optional
        Folder for the kernel's sockets: the one place inside that is seen from outside.
    data : path-like, optional
        Folder to show, read-only, as ``/data``.

    Returns
    -------
    list of str
    """
    limited = [*limit_words(limits), *words]
    room = _room(limits, connection, data)
    apart = ["--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-net"]
    closed = ["--unshare-user", *_no_more_name_spaces()]
    # Inside, the kernel's parent is process 1, which ipykernel takes for a sign of being orphaned.
    outer = ["bwrap", "--die-with-parent", "--new-session", "--unsetenv", "JPY_PARENT_PID", *apart]
    if spare_id() is None:
        return [*outer, *closed, *room, "--cap-drop", "ALL", "--chdir", HOME, "--", *limited]
    # Root enters first, becomes nobody inside, and only then closes the door to name spaces.
    keep = [word for cap in ("SETUID", "SETGID", "SETPCAP") for word in ("--cap-add", f"CAP_{cap}")]
    inner = ["bwrap", "--die-with-parent", *closed, "--dev-bind", "/", "/", "--chdir", HOME]
    return [*outer, *room, "--cap-drop", "ALL", *keep, "--", *_drop(), *inner, "--", *limited]


def _no_more_name_spaces():
    """Older bubblewraps cannot forbid further user name spaces."""
    known = subprocess.run(["bwrap", "--help"], capture_output=True, text=True)
    return ["--disable-userns"] if "--disable-userns" in known.stdout + known.stderr else []


def _drop():
    number = str(spare_id())
    identity = ["--reuid", number, "--regid", number, "--clear-groups"]
    return ["setpriv", *identity, "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]


def limit_words(limits):
    """The command prefix that sets limits which the kernel of the system enforces.

    Parameters
    ----------
    limits : Limits

    Returns
    -------
    list of str
    """
    return [
        "prlimit",
        f"--as={2 * limits.memory}",  # libraries reserve more than they use
        f"--cpu={int(limits.notebook_seconds)}",
        f"--fsize={limits.file}",
        f"--nproc={limits.processes}",
        "--nofile=512",
        "--core=0",
        "--",
    ]


def places(*, home, connection, data=None):
    """What may be opened at the level ``"partial"``.

    Parameters
    ----------
    home, connection : path-like
        The kernel's own folders: where it works, and where its sockets are.
    data : path-like, optional

    Returns
    -------
    dict of str to list of str
        As :func:`ckmlab.grading.landlock.give_up_files` takes it.
    """
    fonts = [source for source, _ in font_cache()]
    readable = [*SYSTEM, *_python_folders(), *DEVICES, *fonts, *([str(data)] if data else [])]
    return {
        "listable": [str(PACKAGE.parent)],  # Python looks there for the package
        "readable": readable,
        "writable": [str(home), str(connection), "/dev/null"],
    }


def partial_words(places):
    """The command prefix that gives up all files but some.

    Parameters
    ----------
    places : dict
        As :func:`places` returns it.

    Returns
    -------
    list of str
    """
    return [sys.executable, "-P", "-m", "ckmlab.grading.landlock", json.dumps(places)]


def _room(limits, connection, data):
    """What is seen inside."""
    readable = [*SYSTEM, *_python_folders()]
    private = [("/tmp", limits.file), (HOME, limits.file), ("/dev/shm", limits.file)]
    words = ["--proc", "/proc", "--dev", "/dev", *_folders(_ancestors([HOME]))]
    for folder, size in private:
        words += ["--size", str(size), "--perms", "1777", "--tmpfs", folder]
    # After the private folders: an interpreter may live in one of them.
    words += _folders(_ancestors(readable))
    for path in readable:
        words += ["--ro-bind-try", path, path]
    for hidden in _hidden_folders():
        words += ["--size", "4096", "--tmpfs", hidden, "--remount-ro", hidden]
    for source, target in font_cache():
        words += ["--ro-bind", source, target]
    if connection is not None:
        words += [*_folders(_ancestors([connection])), "--bind", str(connection), str(connection)]
    if data is not None:
        words += ["--ro-bind", str(data), DATA]
    return [*words, "--remount-ro", "/dev", "--remount-ro", "/"]


def _python_folders():
    """The interpreter, its packages, and this package where it is installed in place."""
    scripts = Path(sysconfig.get_path("scripts"))
    folders = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(scripts.parent), str(PACKAGE)}
    folders.add(str(PACKAGE.parent / "datasets"))  # shipped tables that loaders read
    return sorted(folder for folder in folders if not folder.startswith("/usr/"))


def _hidden_folders():
    """Sources with solutions that an installed package carries along."""
    shipped = PACKAGE / "_shipped" / "exercises"
    return [str(shipped)] if shipped.exists() else []


def font_cache():
    """Matplotlib's list of fonts, which takes seconds to make; an empty home has none.

    Yields
    ------
    tuple of (str, str)
        Where it is, and where it is looked for inside.
    """
    known = Path.home() / ".cache" / "matplotlib"
    with contextlib.suppress(PermissionError):  # a home that is another user's
        for source in sorted(known.glob("fontlist-*.json")):
            yield str(source), f"{HOME}/.cache/matplotlib/{source.name}"


def _ancestors(paths):
    """Folders above the paths, outermost first."""
    found = {str(parent) for path in paths for parent in Path(path).parents}
    return sorted(found - {"/", *SYSTEM}, key=len)


def _folders(paths):
    """Words that make folders which everybody may enter; by itself bubblewrap asks for more."""
    return [word for path in paths for word in ("--perms", "0755", "--dir", path)]
