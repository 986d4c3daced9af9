"""The committed pages run in JupyterLab as a student runs them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("notebooks/*.ipynb"))


@pytest.mark.parametrize("name", [*PAGES, "exercises/01-classify.ipynb"])
def test_a_page_runs_without_error_or_warning_or_a_request_elsewhere(open_notebook, name):
    page = open_notebook(name)
    page.run_all()
    assert page.problems() == []
    assert page.strayed == []
    assert page.tab.locator("img[alt='']").count() == 0
