"""How Jupyter starts a kernel inside the sandbox."""

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import psutil
from jupyter_client.provisioning import LocalProvisioner

from ckmlab.grading import sandbox
from ckmlab.grading.wire import FOLDER

__all__ = ["SandboxProvisioner"]

SETTINGS = "CKMLAB_SANDBOX"  # level and limits, from the runner to the provisioner; not inside
PASSED_ON = ("CKMLAB_GRADING",)


class SandboxProvisioner(LocalProvisioner):
    """Starts the kernel inside, talks to it through sockets in a private folder."""

    _connection = None
    _limits = None

    async def pre_launch(self, **kwargs):
        """Put the sockets into a private folder and the kernel into its room."""
        settings = json.loads(kwargs["env"][SETTINGS])
        self._limits = sandbox.Limits(**settings["limits"])
        # Name spaces cut the loop-back network off, so the sockets are files. Files are better
        # without a sandbox as well: kernels started side by side race for free ports.
        self._connection = Path(tempfile.mkdtemp(prefix="ck-"))
        self.parent.transport = "ipc"
        self.parent.connection_file = str(self._connection / "k.json")
        self.parent.ip = str(self._connection / "k")
        kwargs = await super().pre_launch(**kwargs)
        enter = {"full": self._full, "limits": self._limited, "none": dict}[settings["level"]]
        return kwargs | enter(kwargs)

    def _full(self, kwargs):
        data, inside = _what_to_pass_on(kwargs["env"])
        self._hand_over()
        words = sandbox.command(kwargs["cmd"], self._limits, connection=self._connection, data=data)
        shown = {FOLDER: sandbox.DATA} if data else {}
        return {"cmd": words, "env": sandbox.environment(**inside, **shown), "cwd": "/"}

    def _limited(self, kwargs):
        data, inside = _what_to_pass_on(kwargs["env"])
        shown = {FOLDER: data} if data else {}
        environment = sandbox.environment(**inside, **shown) | {"HOME": kwargs["cwd"]}
        return {"cmd": [*sandbox.limit_words(self._limits), *kwargs["cmd"]], "env": environment}

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
        with contextlib.suppress(psutil.NoSuchProcess):
            root = psutil.Process(self.pid)
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
