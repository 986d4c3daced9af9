"""The marker's pages in a real browser: readable and self-contained, on wide and narrow windows."""

import importlib.util
import itertools
from pathlib import Path

import pytest

from ckmlab.grading.report import write_report

PAGES = ("class.html", "feedback/s020.html")


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    place = Path(__file__).with_name("marked_class.py")
    spec = importlib.util.spec_from_file_location("marked_class", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    out = tmp_path_factory.mktemp("marks")
    outcome, roster, ledger = module.make_class()
    write_report(out, outcome, roster, ledger)
    return out


@pytest.fixture
def open_page(chromium, marks):
    contexts = []

    def open_(name, width=1280, scheme="light"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        contexts.append(context)
        tab = context.new_page()
        tab.asked, tab.said = [], []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.goto((marks / name).as_uri())
        return tab

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 640])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out(open_page, name, width):
    tab = open_page(name, width)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_fetched_and_nothing_runs(open_page, name):
    tab = open_page(name)
    assert {url.partition(":")[0] for url in tab.asked} <= {"file", "data"}
    assert len([url for url in tab.asked if url.startswith("file")]) == 1
    assert tab.evaluate("document.scripts.length") == 0
    assert tab.said == []


@pytest.mark.parametrize("name", PAGES)
def test_a_screen_reader_finds_its_way(open_page, name):
    tab = open_page(name)
    levels = tab.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert tab.evaluate("document.querySelectorAll('main').length") == 1
    assert tab.evaluate("[...document.images].every(i => i.alt.length > 40 && i.naturalWidth)")
    assert tab.evaluate("[...document.querySelectorAll('th')].every(h => h.scope === 'col')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_words_stand_out_in_light_and_dark(open_page, name, scheme):
    """At least 7 : 1, WCAG's stricter contrast."""
    tab = open_page(name, scheme=scheme)
    tab.evaluate("document.body.style.color = getComputedStyle(document.body).color")
    colour = tab.evaluate("getComputedStyle(document.body).color")
    paper = tab.evaluate(
        "(() => { const probe = document.createElement('div'); probe.style.background = 'Canvas';"
        " document.body.append(probe); return getComputedStyle(probe).backgroundColor; })()"
    )
    bright, dark = sorted((luminance(colour), luminance(paper)), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) > 7
    assert (luminance(paper) < 0.2) == (scheme == "dark")


def luminance(colour):
    """Relative luminance of a CSS colour, as WCAG 2 defines it."""
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
