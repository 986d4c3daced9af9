"""How Jupyter starts a kernel inside the sandbox."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psutil
from jupyter_client.provisioning import LocalProvisioner

from ckmlab.grading import sandbox
from ckmlab.grading.forkserver import HOLD, Pipe, Refused, fork_kernel
from ckmlab.grading.wire import FOLDER

__all__ = ["SandboxProvisioner"]

SETTINGS = "CKMLAB_SANDBOX"  # level and limits, from the runner to the provisioner; not inside
PASSED_ON = ("CKMLAB_GRADING",)


class SandboxProvisioner(LocalProvisioner):
    """Starts the kernel inside, talks to it through sockets in a private folder.

    With a fork server, the process that Jupyter sees is one that holds the room open; the kernel
    is forked into the room and the two end together.
    """

    _connection = None
    _limits = None
    _settings = None
    _keeper = None
    _data = None
    _places = None

    async def pre_launch(self, **kwargs):
        """Put the sockets into a private folder and the kernel into its room."""
        self._settings = json.loads(kwargs["env"][SETTINGS])
        self._limits = sandbox.Limits(**self._settings["limits"])
        # Name spaces cut the loop-back network off, so the sockets are files. Files are better
        # without a sandbox as well: kernels started side by side race for free ports.
        self._connection = Path(tempfile.mkdtemp(prefix="ck-"))
        self.parent.transport = "ipc"
        self.parent.connection_file = str(self._connection / "k.json")
        self.parent.ip = str(self._connection / "k")
        kwargs = await super().pre_launch(**kwargs)
        enter = {
            "full": self._full,
            "partial": self._partial,
            "limits": self._limited,
            "none": dict,
        }
        return kwargs | enter[self._level](kwargs)

    @property
    def _level(self):
        return self._settings["level"]

    @property
    def forked(self):
        """Whether the kernel was forked from a warm process."""
        return self._keeper is not None

    def _full(self, kwargs):
        self._data, inside = _what_to_pass_on(kwargs["env"])
        self._hand_over()
        shown = {FOLDER: sandbox.DATA} if self._data else {}
        return {"env": sandbox.environment(**inside, **shown), "cwd": "/"}

    def _limited(self, kwargs):
        data, inside = _what_to_pass_on(kwargs["env"])
        shown = {FOLDER: data} if data else {}
        return {"env": sandbox.environment(**inside, **shown) | {"HOME": kwargs["cwd"]}}

    def _partial(self, kwargs):
        home = Path(kwargs["cwd"])
        data, _ = _what_to_pass_on(kwargs["env"])
        self._places = sandbox.places(home=home, connection=self._connection, data=data)
        for source, inside in sandbox.font_cache():
            target = home / Path(inside).relative_to(sandbox.HOME)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
        limited = self._limited(kwargs)
        return {"env": limited["env"] | {"TMPDIR": str(home)}}

    async def launch_kernel(self, cmd, **kwargs):
        """Start the kernel, or have it forked."""
        if self._settings["server"]:
            try:
                return await self._fork(**kwargs)
            except Refused:  # it costs time, no marks
                await self.kill()
                await self.wait()
        return await super().launch_kernel(self._confined(cmd), **kwargs)

    def _confined(self, words):
        if self._level == "full":
            return sandbox.command(
                words, self._limits, connection=self._connection, data=self._data
            )
        if self._level == "none":
            return words
        given_up = sandbox.partial_words(self._places) if self._places else []
        return [*sandbox.limit_words(self._limits), *given_up, *words]

    async def _fork(self, env, cwd, **kwargs):
        full, pipe = self._level == "full", Pipe()
        words = self._confined(HOLD) if full else HOLD
        streams = {"stdin": pipe.reading, "stdout": subprocess.PIPE}
        info = await super().launch_kernel(words, env=dict(env), cwd=cwd, **kwargs | streams)
        self._keeper = fork_kernel(
            self._settings["server"],
            self.process,
            pipe,
            room=full,
            identity=sandbox.spare_id() if full else None,
            cwd=sandbox.HOME if full else str(cwd),
            env=env,
            places=self._places,
            limits=None if self._level == "none" else self._settings["limits"],
            connection_file=self.parent.connection_file,
        )
        return info

    def _hand_over(self):
        """Give the private folder to the user id that the code will run under."""
        number = sandbox.spare_id()
        if number is not None:
            for path in (self._connection, *self._connection.iterdir()):
                os.chown(path, number, number)

    def overstepped(self):
        """Say which limit the kernel has overstepped that the system does not enforce itself.

        Returns
        -------
        str or None
        """
        if self._memory() > self._limits.memory:
            return "it used too much memory"
        with contextlib.suppress(FileNotFoundError):
            if any(not _is_own(path.name) for path in self._connection.iterdir()):
                return "it wrote into the folder of its sockets"
        return None

    def _memory(self):
        return sum(self._of_all(lambda process: process.memory_info().rss))

    def cpu_seconds(self):
        """Say how much CPU time the kernel and all it has started have used so far.

        Returns
        -------
        float
        """
        return sum(self._of_all(lambda process: sum(process.cpu_times()[:4])))

    def _of_all(self, measure):
        """Measure the kernel's processes; those that end meanwhile are left out."""
        for root in filter(None, (self.pid, self._keeper)):
            with contextlib.suppress(psutil.NoSuchProcess):
                root = psutil.Process(root)
                for process in [root, *root.children(recursive=True)]:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        yield measure(process)

    async def cleanup(self, restart=False):
        """Remove the private folder."""
        await super().cleanup(restart)
        shutil.rmtree(self._connection, ignore_errors=True)


def _what_to_pass_on(outside):
    """The data folder, and the variables that may be seen inside."""
    inside = {name: outside[name] for name in PASSED_ON if name in outside}
    return outside.get(FOLDER), inside


def _is_own(name):
    return name == "k.json" or name.startswith("k-")
