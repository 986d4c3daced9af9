"""The marker's side of the warm process that kernels are forked from.

Most of the time that a short notebook takes goes into starting Python and importing pandas. A
:class:`ForkServer` pays that once for a whole class. The modules to import are those that the
lecturer's own solution has imported, so nobody has to list them.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import psutil

from ckmlab.grading import sandbox

__all__ = ["HOLD", "ForkServer", "Pipe", "Refused", "fork_kernel", "warm"]

HOLD = ["sh", "-c", "echo; exec cat"]  # says that the room is there, then holds it open
START = 60.0  # seconds for a request to be answered


class Refused(RuntimeError):
    """No kernel can be forked here; the message says why."""


@contextlib.contextmanager
def warm(run, modules):
    """Let the kernels of a run be forked from a process that has imported modules.

    Parameters
    ----------
    run : Run
    modules : list of str

    Yields
    ------
    Run
        The same run, with a fork server if ``run.fork`` asks for one and it is to be had;
        otherwise its ``slow_because`` says why not.
    """
    if not run.fork or not modules:
        yield run
    elif run.dask:  # each worker has a server of its own
        yield replace(run, preload=tuple(modules))
    else:
        with contextlib.ExitStack() as stack:
            try:
                server = stack.enter_context(ForkServer(run, modules))
                run = replace(run, server=server.address)
            except Refused as reason:
                run = replace(run, slow_because=str(reason))
            yield run


class ForkServer:
    """A warm process, for as long as the ``with`` statement lasts.

    Parameters
    ----------
    run : Run
    modules : list of str
        Names of modules to import.

    Attributes
    ----------
    address : str
        Path of the socket it listens to.
    """

    def __init__(self, run, modules):
        self._run, self._modules = run, modules

    def __enter__(self):
        if not sys.platform.startswith("linux"):
            raise Refused(f"kernels cannot be forked into a room on {sys.platform}")
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ckmlab-warm-"))
            self.address = str(Path(folder, "s"))
            self._start(stack)
            self._try()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception):
        self._stack.close()

    def _start(self, stack):
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ckmlab.grading.zygote", self.address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=self._environment(),
            start_new_session=True,  # Ctrl-C is for the marker
            text=True,
        )
        stack.enter_context(process)  # which closes its standard input, and so ends it
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write("\n".join([*self._modules, "", ""]))
            process.stdin.flush()
        said = process.stdout.readline()
        if not said:
            raise Refused("the process to fork from did not start")
        if json.loads(said)["threads"] > 1:
            raise Refused("a module that the solution imports starts threads, which no fork keeps")

    def _environment(self):
        """What the kernels will see, and a home with nothing in it but the list of fonts."""
        home = Path(self.address).with_name("home")
        home.mkdir()
        for source, inside in sandbox.font_cache():
            target = home / Path(inside).relative_to(sandbox.HOME)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
        if self._run.sandbox == "none":
            fixed = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            return {**os.environ, **fixed, "PYTHONPATH": _with_package()}
        return sandbox.environment(HOME=str(home))

    def _try(self):
        """Fork something that does nothing into a room, to see whether that is allowed."""
        full = self._run.sandbox == "full"
        words = sandbox.command(HOLD, self._run.limits) if full else HOLD
        holder = subprocess.Popen(
            words,
            stdin=(stdin := Pipe()).reading,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=sandbox.environment(),
            cwd="/",
            start_new_session=True,
        )
        try:
            fork_kernel(
                self.address,
                holder,
                stdin,
                room=full,
                identity=sandbox.spare_id() if full else None,
                cwd="/",
                env={},
                places=None,
                limits=None,
                connection_file=None,
            )
        finally:
            holder.kill()
            holder.wait()


class Pipe:
    """A pipe whose writing end holds a room open."""

    def __init__(self):
        self.reading, self.writing = os.pipe()

    def close(self):
        """Close both ends."""
        for end in (self.reading, self.writing):
            os.close(end)


def fork_kernel(address, holder, pipe, **request):
    """Have a kernel forked into the room of a holder.

    Parameters
    ----------
    address : str
        Of the fork server.
    holder : subprocess.Popen
        Runs :data:`HOLD`, in a room or outside; its standard output is a pipe.
    pipe : Pipe
        Its standard input; closed here.
    **request
        What the kernel needs: ``room, identity, cwd, env, places, limits, connection_file``.

    Returns
    -------
    int
        The keeper's process id; the kernel and all it starts descend from it or from the holder.

    Raises
    ------
    Refused
        If the room was not built, or could not be entered.
    """
    with contextlib.closing(pipe), holder.stdout:
        if not holder.stdout.readline():
            raise Refused("the room was not built")
        inside = psutil.Process(holder.pid).children(recursive=True)
        request["holder"] = inside[-1].pid if inside else holder.pid
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(START)
            try:
                connection.connect(address)
                socket.send_fds(connection, [b" "], [pipe.writing])
                connection.sendall(json.dumps(request).encode() + b"\n")
                said = json.loads(connection.makefile().readline() or '{"refused": "no answer"}')
            except (OSError, ValueError) as error:
                raise Refused(f"the process to fork from does not answer: {error}") from error
    if "refused" in said:
        raise Refused(f"the room cannot be entered: {said['refused']}")
    return said["keeper"]


def _with_package():
    known = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(sandbox.PACKAGE.parent), *([known] if known else [])])
