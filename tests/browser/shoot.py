"""Look at a page as a student sees it: ``python tests/browser/shoot.py PAGE.ipynb FOLDER``.

Opens the notebook in JupyterLab, runs it, and writes full-length screenshots in the light and the
dark theme as ``PAGE-light-0.png``, ``PAGE-light-1.png``, … into the folder, 1,500 pixels each.
"""

import argparse
import io
import shutil
import tempfile
from pathlib import Path

from conftest import CHROMIUM, QUIET, Page, Server
from PIL import Image
from playwright.sync_api import sync_playwright

WIDTH, STEP = 1280, 1500
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


def main():
    """Read the command line, take the pictures, say where they are."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("notebook", type=Path)
    arguments.add_argument("folder", type=Path)
    given = arguments.parse_args()
    if CHROMIUM is None:
        arguments.error("there is no browser; install the system package 'chromium'")
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        course, private = Path(temporary, "course"), Path(temporary, "private")
        course.mkdir()
        private.mkdir()
        shutil.copy(given.notebook, course)
        server = Server(course, private)
        try:
            for name, theme in THEMES.items():
                image = shoot(server, given.notebook.name, theme)
                for path in write_parts(image, given.folder, f"{given.notebook.stem}-{name}"):
                    print(path)
        finally:
            server.stop()


def shoot(server, name, theme):
    """One tall screenshot of a page after it has run."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        tab = browser.new_page(viewport={"width": WIDTH, "height": 900})
        page = Page(tab, server, name)
        command = "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
        tab.evaluate(command, theme)
        tab.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
        # JupyterLab draws only the cells in sight: make the window as tall as the page.
        tab.set_viewport_size({"width": WIDTH, "height": 20_000})
        page.run_all()
        tab.wait_for_timeout(1500)
        for problem in page.problems():
            print("problem:", problem)
        image = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
        height = tab.evaluate(
            "() => Math.max(...[...document.querySelectorAll('.jp-Cell')]"
            ".map(cell => cell.getBoundingClientRect().bottom))"
        )
        browser.close()
    return image.crop((0, 0, image.width, min(image.height, int(height) + 20)))


def write_parts(image, folder, stem):
    """Cut the screenshot into parts that can be looked at."""
    for number, top in enumerate(range(0, image.height, STEP)):
        path = folder / f"{stem}-{number}.png"
        image.crop((0, top, image.width, min(top + STEP, image.height))).save(path)
        yield path


if __name__ == "__main__":
    main()
