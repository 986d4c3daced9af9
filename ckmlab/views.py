"""Pictures in the house style that a screen reader can read too."""

import base64
import html
import io
import sys
import textwrap
from pathlib import Path

import matplotlib
from cycler import cycler
from matplotlib.figure import Figure

__all__ = ["COLOURS", "INK", "QUIET", "Picture", "house_style", "picture", "show"]

#: Okabe and Ito's colours, which people with any form of colour blindness can tell apart.
COLOURS = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "vermilion": "#D55E00",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "yellow": "#F0E442",
}
#: The colour of words and of what matters.
INK = "#1f2933"
#: The colour of axes, reference lines and what only gives context (contrast 4.9 : 1 on white).
QUIET = "#697480"

PIXELS_PER_INCH = 96  # what a browser calls an inch, so that 10 points look like 10 points
PADDING = 0.09  # inches of white around the picture, which shows on a dark page
SHARPNESS = 2  # picture pixels per screen pixel: crisp on a dense screen

_STYLE = {
    "axes.axisbelow": True,
    "axes.edgecolor": QUIET,
    "axes.facecolor": "white",
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    # A marker beside each colour: lines can be told apart in black and white.
    "axes.prop_cycle": cycler(color=list(COLOURS.values())) + cycler(marker=list("os^DvPX")),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "figure.facecolor": "white",
    "figure.titlesize": 13,
    "figure.titleweight": "bold",
    "font.family": "DejaVu Sans",  # shipped with matplotlib: the same letters everywhere
    "font.size": 10,
    "grid.color": "#e3e7eb",
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.8,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "lines.markersize": 5,
    "savefig.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "ckmlab",
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign is a dollar sign
    "xtick.color": QUIET,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 9.5,
    "ytick.color": QUIET,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 9.5,
}


def house_style():
    """The look of the house, for a ``with`` block or as a decorator of a drawing function.

    Matplotlib's global settings are left as they were.

    Returns
    -------
    context manager

    Examples
    --------
    >>> import matplotlib
    >>> with house_style():
    ...     matplotlib.rcParams["axes.spines.top"]
    False
    """
    return matplotlib.rc_context(_STYLE)


class Picture(Figure):
    """A matplotlib figure with a finding for a title and a text for those who cannot see it.

    As the last line of a notebook cell it displays itself as one HTML ``<figure>`` with
    alternative text and caption. It is made without pyplot, so nothing stays open behind it.

    Parameters
    ----------
    width, height : float
        Size in inches; 8 inches fill the page of a notebook on a laptop.
    title : str, optional
        What the picture shows, as a finding; wrapped to the width.
    alt : str, optional
        What someone who cannot see the picture should know: the message and its numbers.
        Needed before the picture is shown.
    caption : str, optional
        A line below the picture: data, method, how to read it.
    **options
        Anything else :class:`matplotlib.figure.Figure` takes.

    Examples
    --------
    >>> fig = Picture(title="Half of them left", alt="A bar: 50 of 100 customers left.")
    >>> bars = fig.add_subplot().bar(["stayed", "left"], [50, 50])
    >>> fig.title
    'Half of them left'
    >>> fig.to_html()[:46]
    '<figure style="margin:0.5em 0"><img alt="A bar'
    """

    def __init__(self, width=8, height=4.5, *, title="", alt="", caption=None, **options):
        with house_style():
            super().__init__(
                figsize=(width, height), **{"layout": "constrained", "dpi": 96, **options}
            )
            if self.get_layout_engine() is not None:
                self.get_layout_engine().set(w_pad=PADDING, h_pad=PADDING)
        self.alt = alt
        self.caption = caption
        self.title = title

    @property
    def title(self):
        """The finding that stands above the picture."""
        return " ".join(self.get_suptitle().split())

    @title.setter
    def title(self, text):
        letters = int(self.get_figwidth() * 9.4)  # of the bold title that fit side by side
        with house_style():
            self.suptitle(_balanced(text, letters), x=0.01, ha="left")

    def to_html(self, *, live=False):
        """The picture as one accessible HTML ``<figure>``.

        Parameters
        ----------
        live : bool, default False
            As vector graphics, ready several times sooner: for a picture that follows a slider.

        Returns
        -------
        str

        Raises
        ------
        ValueError
            If the picture has no alternative text.
        """
        return _html(self, self.alt, self.caption, live=live)

    def save(self, path):
        """Write the picture to a file; the suffix says how (``.png``, ``.svg``, ``.pdf``).

        The same picture gives the same bytes. Title and alternative text go into an SVG's or
        PDF's metadata.

        Parameters
        ----------
        path : str or pathlib.Path
            Where to; the folder must exist.

        Returns
        -------
        pathlib.Path
            The path written.
        """
        path = Path(path)
        kind = path.suffix.lower().removeprefix(".")
        if kind == "png":
            path.write_bytes(_png(self))
            return path
        known = {
            "svg": {"Title": self.title, "Description": self.alt, "Date": None},
            "pdf": {"Title": self.title, "Subject": self.alt, "CreationDate": None},
        }
        if kind not in known:
            raise ValueError(f"cannot save a picture as {path.name!r}; use .png, .svg or .pdf")
        with house_style():
            self.savefig(path, metadata=known[kind])
        return path

    def _ipython_display_(self):
        _display(self, self.alt, self.caption)


@house_style()
def picture(width=8, height=4.5, *, title="", alt="", caption=None, rows=1, columns=1, **options):
    """Make an empty picture and its axes in the house style.

    Parameters
    ----------
    width, height, title, alt, caption
        As for :class:`Picture`.
    rows, columns : int
        Number of axes below and beside each other.
    **options
        Anything else :meth:`matplotlib.figure.Figure.subplots` takes.

    Returns
    -------
    Picture
    matplotlib.axes.Axes or numpy.ndarray of them

    Examples
    --------
    >>> fig, ax = picture(title="Nobody asked")
    >>> ax.spines["top"].get_visible()
    False
    """
    fig = Picture(width, height, title=title, alt=alt, caption=caption)
    return fig, fig.subplots(rows, columns, **options)


def show(fig, *, alt=None, caption=None):
    """Show any matplotlib figure so that everyone can read it.

    JupyterLab drops the alternative text of plain figures; this displays one HTML ``<figure>``.

    Parameters
    ----------
    fig : matplotlib.figure.Figure or matplotlib.axes.Axes
        What to show; a pyplot figure is closed, so that it does not appear twice.
    alt : str
        What someone who cannot see the picture should know: the message and its numbers.
        A :class:`Picture` brings its own.
    caption : str, optional
        A line below the picture.

    Raises
    ------
    TypeError
        If ``fig`` is no matplotlib figure.
    ValueError
        If there is no alternative text.

    Examples
    --------
    >>> fig, ax = picture()
    >>> show(fig)
    Traceback (most recent call last):
    ...
    ValueError: the picture has no alternative text: say in alt="…" what it shows, with its numbers
    """
    figure = getattr(fig, "figure", fig)
    if not isinstance(figure, Figure):
        raise TypeError(f"show needs a matplotlib figure or axes, got {type(fig).__name__}")
    _display(
        figure,
        alt if alt is not None else getattr(figure, "alt", ""),
        caption if caption is not None else getattr(figure, "caption", None),
    )
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)


def _balanced(text, letters):
    """The text in as few lines as fit, and these of about equal length."""
    lines = len(textwrap.wrap(text, letters))
    while letters > 1 and len(textwrap.wrap(text, letters - 1)) == lines:
        letters -= 1
    return textwrap.fill(text, letters)


def _display(figure, alt, caption):
    # Imported here: a script that only saves pictures needs no IPython.
    from IPython.display import display

    words = f"[picture] {alt}" + (f"\n{caption}" if caption else "")
    display({"text/html": _html(figure, alt, caption), "text/plain": words}, raw=True)


def _html(figure, alt, caption, *, live=False):
    if not (alt or "").strip():
        raise ValueError(
            'the picture has no alternative text: say in alt="…" what it shows, with its numbers'
        )
    kind, data = ("svg+xml", _svg(figure)) if live else ("png", _png(figure))
    source = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    width = round(figure.get_figwidth() * PIXELS_PER_INCH)
    below = (
        f'<figcaption style="font-size:90%;max-width:{width}px">{html.escape(caption)}</figcaption>'
        if caption
        else ""
    )
    return (
        f'<figure style="margin:0.5em 0"><img alt="{html.escape(alt)}" width="{width}" '
        f'style="max-width:100%;height:auto" src="{source}">{below}</figure>'
    )


def _svg(figure):
    """The figure as SVG bytes; letters are drawn as shapes, so that no font has to be there."""
    buffer = io.BytesIO()
    with house_style(), matplotlib.rc_context({"svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def _png(figure):
    """The figure as PNG bytes: opaque, so that it can be read on a dark page; no metadata."""
    buffer = io.BytesIO()
    opaque = matplotlib.colors.to_rgba(figure.get_facecolor())[3] == 1
    figure.savefig(
        buffer,
        format="png",
        dpi=PIXELS_PER_INCH * SHARPNESS,
        facecolor="auto" if opaque else "white",
        metadata={"Software": None},
    )
    return _with_few_colours(buffer)


def _with_few_colours(buffer):
    """The same picture with a palette of 256 colours: a quarter of the bytes, no visible loss."""
    from PIL import Image

    small = io.BytesIO()
    with Image.open(buffer) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
            small, format="png", optimize=True
        )
    return small.getvalue()
