"""A process that has imported what a class needs, and forks a kernel for each submission.

``python -P -m ckmlab.grading.zygote SOCKET`` with the names of modules, one a line, then an empty
line, on its standard input; it ends when that is closed. It never runs a student's code, holds no
secret and is told nothing about a submission but where its room is. From each request a *keeper* is
forked, which stays outside, and from the keeper the kernel, which walks into the room before it
does anything else. A keeper ends the room when the kernel ends, and the kernel when the room does.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import threading
import warnings

from ckmlab.grading.landlock import give_up_files
from ckmlab.grading.rooms import Room, _call, give_up_privileges, set_limits
from ckmlab.grading.sandbox import Limits

__all__ = ["main"]

PR_SET_PDEATHSIG = 1
KERNEL = ("ipykernel.kernelapp", "IPython.core.interactiveshell")
REQUEST = 2**20  # bytes; an environment and a few paths
FDS = 65_536


def main():
    """Import, then fork until the marker is done."""
    import_all([*KERNEL, *iter(lambda: sys.stdin.readline().strip(), "")])
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(sys.argv[1])
        listener.listen(64)
        # Threads of numerical libraries are theirs to mind: they expect to be forked.
        print(json.dumps({"threads": threading.active_count()}), flush=True)
        serve(listener)


def import_all(names):
    """Import modules; what cannot be imported is left to the notebook.

    Parameters
    ----------
    names : list of str
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    gc.collect()
    gc.freeze()  # the collector would otherwise write into pages that all kernels share


def serve(listener):
    """Fork a keeper for each connection until standard input is closed.

    Parameters
    ----------
    listener : socket.socket
    """
    while True:
        ready, _, _ = select.select([sys.stdin, listener], [], [])
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
        if sys.stdin in ready:
            return  # the keepers that are left end with their rooms, or with this process
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _end_with(keep, connection)
        connection.close()


def keep(connection):
    """Have a kernel born inside, and wait for its end or that of its room.

    Parameters
    ----------
    connection : socket.socket
        Brings the request, and one end of a pipe that holds the room open.
    """
    _call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    message, _pipe, _, _ = socket.recv_fds(connection, REQUEST, 1)
    while not message.endswith(b"\n"):
        message += connection.recv(REQUEST)
    request = json.loads(message)
    holder = os.pidfd_open(request["holder"])
    try:
        room = Room(request["holder"]) if request["room"] else None
        if room:
            room.enter_for_children()
    except OSError as error:
        return _answer(connection, refused=str(error))
    keeper, kernel = os.getpid(), os.fork()
    if kernel == 0:
        _end_with(be_kernel, request, room, connection, keeper)
    connection.close()
    watch = select.poll()
    for watched in (holder, os.pidfd_open(kernel)):
        watch.register(watched, select.POLLIN)
    watch.poll()
    for kill in (
        lambda: signal.pidfd_send_signal(holder, signal.SIGKILL),
        lambda: os.killpg(kernel, signal.SIGKILL),
        lambda: os.kill(kernel, signal.SIGKILL),
    ):
        with contextlib.suppress(OSError):
            kill()
    os.waitpid(kernel, 0)
    return None


def be_kernel(request, room, connection, keeper):
    """Go inside, forget everything outside, and be a Jupyter kernel.

    Parameters
    ----------
    request : dict
    room : Room or None
    connection : socket.socket
        Where the marker waits to hear that all is well.
    keeper : int
    """
    _call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    try:
        os.setsid()
        if room:
            room.enter(request["identity"])
        os.chdir(request["cwd"])
        if request["limits"]:
            set_limits(Limits(**request["limits"]))
        if room:
            give_up_privileges()
        if request["places"]:
            give_up_files(**request["places"])
    except OSError as error:
        _answer(connection, refused=str(error))
        raise
    _answer(connection, keeper=keeper)
    _forget(request["env"])
    if request["connection_file"]:
        _run_kernel(request["connection_file"])


def _forget(environment):
    """No open file, variable, signal mask or random state of the process it was forked from."""
    os.closerange(3, FDS)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.close(nothing)
    sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__
    os.environ.clear()
    os.environ.update(environment)
    os.umask(0o022)
    if "numpy.random" in sys.modules:  # Python reseeds its own generator after a fork
        sys.modules["numpy.random"].seed()


def _run_kernel(connection_file):
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", "-f", connection_file]
    IPKernelApp.launch_instance(argv=sys.argv[1:])


def _answer(connection, **content):
    connection.sendall(json.dumps(content).encode() + b"\n")


def _end_with(task, *arguments):
    """Do a task as the last thing in this process's life."""
    try:
        task(*arguments)
    except BaseException:
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
