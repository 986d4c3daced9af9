"""Sphinx settings; ``make docs`` builds the site without a network and with warnings as errors."""

import sys
from pathlib import Path

import ckmlab

sys.path.insert(0, str(Path(__file__).parent))
from generate import generate

project = "ckmlab"
author = "the ckmlab developers"
copyright = "2026, the ckmlab developers"  # noqa: A001 (Sphinx wants this name)
release = ckmlab.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.mathjax",
    "sphinx.ext.napoleon",
    "sphinx-mathjax-offline",
]
templates_path = ["_templates"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # the committed notebooks are executed and verified by nbval
autosummary_generate = True
autosummary_imported_members = True
autodoc_typehints = "none"
napoleon_google_docstring = False
suppress_warnings = ["mystnb.unknown_mime_type"]

html_theme = "pydata_sphinx_theme"
html_title = "ckmlab"
html_theme_options = {"navigation_with_keys": True, "show_toc_level": 2}


def setup(app):
    """Make the pages that come from the project itself before Sphinx looks for pages."""
    app.connect("config-inited", lambda app, config: generate())
