"""Sphinx settings; ``make docs`` builds the site without a network and with warnings as errors."""

import shutil
from pathlib import Path

import ckmlab

HERE = Path(__file__).parent
COURSE = HERE / "course"

project = "ckmlab"
author = "the ckmlab developers"
copyright = "2026, the ckmlab developers"  # noqa: A001 (Sphinx wants this name)
release = ckmlab.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
nb_execution_mode = "off"  # the committed notebooks are executed and verified by nbval
autosummary_generate = True
napoleon_google_docstring = False
suppress_warnings = ["mystnb.unknown_mime_type"]

html_theme = "pydata_sphinx_theme"
html_title = "ckmlab"
html_theme_options = {"navigation_with_keys": True, "show_toc_level": 2}


def bring_the_course(app):
    """Put the executed notebooks where Sphinx can see them."""
    shutil.rmtree(COURSE, ignore_errors=True)
    COURSE.mkdir()
    for page in sorted((HERE.parent / "notebooks").glob("*.ipynb")):
        shutil.copy(page, COURSE)


def setup(app):
    """Register the step above; Sphinx calls this."""
    app.connect("builder-inited", bring_the_course)
