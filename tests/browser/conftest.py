"""JupyterLab in a real headless Chromium."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

collect_ignore = ["shoot.py"]  # a script, not a test
ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_NEWS = {"fetchNews": "false", "checkForUpdates": False}


def pytest_collection_modifyitems(items):
    """Mark everything in this folder, and skip it where there is no browser."""
    absent = pytest.mark.skip(reason="needs a browser: install the system package 'chromium'")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(absent)


class Server:
    """A JupyterLab server on a folder, with all its settings in another one."""

    def __init__(self, folder, private):
        self.folder = folder
        settings = private / "lab-settings"
        notes = settings / "@jupyterlab" / "apputils-extension"
        notes.mkdir(parents=True)
        (notes / "notification.jupyterlab-settings").write_text(json.dumps(NO_NEWS))
        places = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "lab-settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
        }
        environment = {**os.environ, **{name: str(private / at) for name, at in places.items()}}
        self.runtime = private / "runtime"
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                *("--ip=127.0.0.1", "--port=0", "--IdentityProvider.token=", "--log-level=ERROR"),
                *("--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"),
                *(f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None"),
                "--LabApp.expose_app_in_browser=True",
            ],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.address = self._wait()

    def _wait(self):
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            for file in self.runtime.glob("jpserver-*.json"):
                try:
                    address = json.loads(file.read_text())["url"]
                    urllib.request.urlopen(address + "api/status", timeout=5).close()
                except (OSError, ValueError):
                    continue
                return address
            time.sleep(0.2)
        raise TimeoutError("JupyterLab did not start within 90 seconds")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Page:
    """A notebook, open in JupyterLab."""

    def __init__(self, tab, server, name):
        self.tab = tab
        self.errors = []
        self.strayed = []
        self.server = server
        tab.on("request", self._note)
        tab.goto(f"{server.address}lab/tree/{name}?reset")
        self._until("app.shell.currentWidget?.context?.isReady")
        self._until("app.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")

    def _note(self, request):
        here = (self.server.address.rstrip("/"), "data:", "blob:", "chrome-extension:")
        if not request.url.startswith((*here, here[0].replace("http", "ws"))):
            self.strayed.append(request.url)

    def _until(self, condition, seconds=120):
        # A page that is still loading has no jupyterapp; that is not an error.
        self.tab.wait_for_function(
            f"() => {{ const app = window.jupyterapp; return Boolean(app && ({condition})); }}",
            timeout=1000 * seconds,
        )

    def run_all(self):
        """Run every cell and wait for the last."""
        self.tab.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self._until(
            "app.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
            " && app.shell.currentWidget.content.widgets.every(cell =>"
            " cell.model.type !== 'code' || !cell.model.sharedModel.source.trim()"
            " || cell.model.executionCount !== null)"
        )

    def outputs(self):
        """All outputs, as nbformat has them."""
        return self.tab.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.widgets"
            ".filter(cell => cell.model.type === 'code')"
            ".flatMap(cell => cell.model.outputs.toJSON())"
        )

    def problems(self):
        """Outputs that are errors or were written to the error stream."""
        return [
            output
            for output in self.outputs()
            if output["output_type"] == "error" or output.get("name") == "stderr"
        ]


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install 'ckmlab[dev]'")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """JupyterLab on a copy of the course: what a test changes harms nobody."""
    folder = tmp_path_factory.mktemp("course")
    for part in ("notebooks", "exercises"):
        shutil.copytree(ROOT / part, folder / part)
    running = Server(folder, tmp_path_factory.mktemp("private"))
    yield running
    running.stop()


@contextmanager
def _opening(chromium, server):
    """A function that opens notebooks in new tabs, which are closed at the end."""
    contexts = []

    def open_(name, **options):
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        return Page(context.new_page(), server, name)

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def open_notebook(chromium, server):
    """Open a notebook of the course, given by its path, in a new tab."""
    with _opening(chromium, server) as open_:
        yield open_


@pytest.fixture(scope="module")
def open_cells(chromium, server):
    """Write a notebook of cells and open it, once for all tests of a module."""
    with _opening(chromium, server) as open_:

        def write_and_open(name, sources):
            notebook = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(source) for source in sources]
            )
            notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
            nbformat.write(notebook, server.folder / name)
            return open_(name)

        yield write_and_open
