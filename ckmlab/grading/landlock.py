"""Landlock, for machines where no name spaces are to be had: what the kernel lets a process open.

Without privileges a process can give up, for itself and all it starts, every file but some, TCP
and signals to others. It is weaker than a room: see ``docs/exercises-sandbox.md``. Linux only.

``python -m ckmlab.grading.landlock PLACES WORD…`` gives up and then becomes the command.
"""

import ctypes
import json
import os
import struct
import sys
from pathlib import Path

__all__ = ["ENOUGH", "give_up_files", "version"]

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on all architectures
PATH_BENEATH = 1
ENOUGH = 4  # the version that first covers TCP (Linux 6.7)
SIGNALS = 6  # the version that first covers signals (Linux 6.12)

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE, IOCTL = 0, 1, 2, 3, 14, 15
READ = {EXECUTE, READ_FILE, READ_DIR}
OF_FILES = {EXECUTE, READ_FILE, WRITE_FILE, TRUNCATE, IOCTL}
KNOWN = {1: 13, 2: 14, 3: 15, 4: 15}  # rights to files by version; 16 from the fifth on
TCP = 0b11
SCOPED = 0b11  # abstract sockets, signals
PR_SET_NO_NEW_PRIVS = 38


def version():
    """Say which version of Landlock this kernel has.

    Returns
    -------
    int
        0 when it has none.
    """
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, _library().syscall(CREATE_RULESET, None, 0, 1))


def give_up_files(listable, readable, writable):
    """Keep access to some places only; there is no way back.

    Parameters
    ----------
    listable : list of str
        Folders whose files' names, and no more, can be seen.
    readable, writable : list of str
        Folders and files; what does not exist is passed over.

    Raises
    ------
    OSError
        If the kernel refuses.
    """
    found = version()
    rights = set(range(KNOWN.get(found, 16)))
    fields = (_bits(rights), TCP, SCOPED if found >= SIGNALS else 0)
    ruleset = struct.pack("QQQ", *fields)[: 24 if found >= SIGNALS else 16]
    rules = _call(CREATE_RULESET, ruleset, len(ruleset), 0)
    for places, wanted in ((listable, {READ_DIR}), (readable, READ), (writable, rights)):
        for place in filter(os.path.exists, places):
            beneath = os.open(place, os.O_PATH | os.O_CLOEXEC)
            allowed = wanted if Path(place).is_dir() else wanted & OF_FILES
            rule = struct.pack("=Qi", _bits(allowed & rights), beneath)
            _call(ADD_RULE, rules, PATH_BENEATH, rule, 0)
            os.close(beneath)
    if _library().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    _call(RESTRICT_SELF, rules, 0)
    os.close(rules)


def _bits(rights):
    return sum(1 << right for right in rights)


def _library():
    return ctypes.CDLL(None, use_errno=True)


def _call(number, *arguments):
    result = _library().syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock: {os.strerror(ctypes.get_errno())}")
    return result


if __name__ == "__main__":
    give_up_files(**json.loads(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
