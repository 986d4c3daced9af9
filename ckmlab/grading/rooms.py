"""Walk into a room that bubblewrap has built, and give up everything at its door.

A process that is forked rather than started cannot be handed to ``bwrap``. So bubblewrap builds the
room as ever, round a holder that does nothing; the fork joins the holder's name spaces, takes the
same limits and drops the same privileges. Used by :mod:`ckmlab.grading.zygote` only; Linux only.
"""

import ctypes
import fcntl
import os
import resource
from pathlib import Path

__all__ = ["Room", "give_up_privileges", "set_limits"]

OWNER = 0xB701  # ioctl NS_GET_USERNS: the user name space to which a name space belongs
JOINED = ("ipc", "uts", "net", "mnt")
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 4, 24, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITIES_V3 = 0x20080522


class Room:
    """The name spaces of a process, to be joined.

    Parameters
    ----------
    holder : int
        A process inside.
    """

    def __init__(self, holder):
        flags = os.O_RDONLY | os.O_CLOEXEC
        names = ("user", "pid", *JOINED)
        self._spaces = {name: os.open(f"/proc/{holder}/ns/{name}", flags) for name in names}

    def enter_for_children(self):
        """Let processes forked from now on be born inside, as far as process ids go."""
        if os.geteuid() != 0:  # an ordinary user has power over rooms only from their owner's
            _join(fcntl.ioctl(self._spaces["mnt"], OWNER))
        _join(self._spaces["pid"])

    def enter(self, identity):
        """Go in altogether; called by a process that was born inside.

        Parameters
        ----------
        identity : int or None
            The user id to become; None for an ordinary user, who stays what they are.
        """
        for name in JOINED:
            _join(self._spaces[name])
        if identity is not None:
            os.setgroups([])
        if os.fstat(self._spaces["user"]).st_ino != Path("/proc/self/ns/user").stat().st_ino:
            _join(self._spaces["user"])
        if identity is not None:
            os.setresgid(identity, identity, identity)
            os.setresuid(identity, identity, identity)


def set_limits(limits):
    """Set the limits that the system enforces, those of ``sandbox.limit_words``.

    Parameters
    ----------
    limits : Limits
    """
    for which, value in {
        resource.RLIMIT_AS: 2 * limits.memory,
        resource.RLIMIT_CPU: int(limits.notebook_seconds),
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_NOFILE: 512,
        resource.RLIMIT_CORE: 0,
    }.items():
        resource.setrlimit(which, (value, value))


def give_up_privileges():
    """Drop every capability for good, and the way to new ones."""
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        _call("prctl", PR_CAPBSET_DROP, capability, 0, 0, 0)
    _call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_V3, 0)
    _call("capset", ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)()))
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)  # as after a start; it may read its own /proc


def _join(space):
    _call("setns", space, 0)


def _call(function, *arguments):
    """Call a function of the C library; an OSError when it fails."""
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, function)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{function}: {os.strerror(number)}")
