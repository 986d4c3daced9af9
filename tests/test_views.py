"""Pictures: seen, read aloud, saved, and compared by nbval."""

import re
from configparser import RawConfigParser
from html.parser import HTMLParser
from pathlib import Path

import matplotlib
import pytest
from matplotlib.figure import Figure

from ckmlab.views import COLOURS, INK, QUIET, Picture, house_style, picture, show

SANITIZE = Path(__file__).parent / "nbval-sanitize.cfg"


@pytest.fixture
def bars():
    fig, ax = picture(title="Half of them left", alt="Bars: 50 stayed, 50 left.")
    ax.bar(["stayed", "left"], [50, 50])
    return fig


@pytest.fixture
def displayed(monkeypatch):
    """What reaches the notebook: a list of MIME bundles."""
    bundles = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: bundles.append(data))
    return bundles


def tags(html):
    """The opening tags of a piece of HTML with their attributes."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(html)
    return found


def test_a_picture_shows_itself_as_one_figure_with_alternative_text(bars, displayed):
    bars.caption = "Source: Kestrel"
    bars._ipython_display_()
    (bundle,) = displayed
    (figure, image, caption) = tags(bundle["text/html"])
    assert [figure[0], image[0], caption[0]] == ["figure", "img", "figcaption"]
    assert image[1]["alt"] == "Bars: 50 stayed, 50 left."
    assert image[1]["src"].startswith("data:image/png;base64,")
    assert bundle["text/plain"] == "[picture] Bars: 50 stayed, 50 left.\nSource: Kestrel"


def test_words_cannot_break_out_of_the_html(bars):
    bars.alt = 'A "quote" <script>alert(1)</script> & more'
    bars.caption = "<b>bold</b>"
    html = bars.to_html()
    assert [tag for tag, _ in tags(html)] == ["figure", "img", "figcaption"]
    assert tags(html)[1][1]["alt"] == bars.alt


def test_a_live_picture_is_vector_graphics_with_the_same_words(bars):
    html = bars.to_html(live=True)
    (_, image) = tags(html)
    assert image[1]["alt"] == bars.alt
    assert image[1]["src"].startswith("data:image/svg+xml;base64,")
    assert html == bars.to_html(live=True)


@pytest.mark.parametrize("alt", ["", "   ", None])
def test_a_picture_without_alternative_text_is_not_shown(bars, alt, displayed):
    bars.alt = alt
    with pytest.raises(ValueError, match="alternative text"):
        bars._ipython_display_()
    assert not displayed


def test_show_takes_any_figure_or_axes(displayed):
    fig = Figure()
    ax = fig.add_subplot()
    show(fig, alt="empty", caption="nothing")
    show(ax, alt="empty", caption="nothing")
    assert displayed[0] == displayed[1]


def test_show_uses_the_words_a_picture_brings_unless_told_otherwise(bars, displayed):
    show(bars)
    show(bars, alt="other words")
    assert "50 stayed" in displayed[0]["text/html"]
    assert "other words" in displayed[1]["text/plain"]


def test_show_refuses_what_is_no_figure():
    with pytest.raises(TypeError, match="list"):
        show([1, 2], alt="x")


def test_show_closes_a_pyplot_figure_so_that_it_does_not_appear_twice(displayed):
    matplotlib.use("agg")
    from matplotlib import pyplot

    fig, _ = pyplot.subplots()
    show(fig, alt="empty")
    assert fig.number not in pyplot.get_fignums()


def test_the_same_picture_gives_the_same_bytes_and_small_ones(bars, tmp_path):
    first = bars.save(tmp_path / "a.png").read_bytes()
    assert first == bars.save(tmp_path / "b.png").read_bytes()
    assert len(first) < 120_000
    assert b"matplotlib" not in first


@pytest.mark.parametrize("suffix", ["svg", "pdf"])
def test_vector_files_are_reproducible(bars, tmp_path, suffix):
    first = bars.save(tmp_path / f"a.{suffix}").read_bytes()
    assert first == bars.save(tmp_path / f"b.{suffix}").read_bytes()


def test_an_svg_carries_title_and_alternative_text(bars, tmp_path):
    text = bars.save(tmp_path / "a.svg").read_text()
    assert bars.title in text
    assert bars.alt in text


def test_an_unknown_suffix_is_refused(bars, tmp_path):
    with pytest.raises(ValueError, match=r"\.png, \.svg or \.pdf"):
        bars.save(tmp_path / "a.docx")


def test_pictures_are_opaque_even_when_the_figure_is_not(tmp_path, displayed):
    fig = Figure(facecolor="none")
    show(fig, alt="empty")
    from base64 import b64decode
    from io import BytesIO

    from PIL import Image

    data = displayed[0]["text/html"].split("base64,")[1].split('"')[0]
    pixels = Image.open(BytesIO(b64decode(data))).convert("RGBA")
    assert pixels.getpixel((0, 0)) == (255, 255, 255, 255)


def test_long_titles_are_wrapped_and_read_as_one_line():
    words = "Only one unhappy customer in three was ever heard by anyone at all " * 2
    fig = Picture(width=6, title=words)
    assert "\n" in fig.get_suptitle()
    assert fig.title == words.strip()


def test_the_house_style_leaves_the_global_settings_alone():
    before = dict(matplotlib.rcParams)
    with house_style():
        picture()
    assert dict(matplotlib.rcParams) == before


def test_words_can_be_read_on_white():
    """WCAG 2.2, criterion 1.4.3: a contrast of at least 4.5 : 1."""

    def luminance(colour):
        parts = matplotlib.colors.to_rgb(colour)
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in (INK, QUIET):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5
    assert len(set(COLOURS.values())) == 7


def test_nbval_compares_the_words_of_a_picture_but_not_its_pixels(bars):
    rules = RawConfigParser()
    rules.read(SANITIZE)

    def sanitized(html):
        for name in rules.sections():
            html = re.sub(rules[name]["regex"], rules[name]["replace"], html)
        return html

    one = sanitized(bars.to_html())
    bars.axes[0].bar(["late"], [70])
    assert sanitized(bars.to_html()) == one
    bars.alt = "Bars: 51 stayed, 49 left."
    assert sanitized(bars.to_html()) != one
