"""The course's pictures in slide size, for a lecturer's own presentation."""

import csv
from pathlib import Path

import nbformat

from ckmlab import notebooks

__all__ = ["as_slide", "export_slides"]

WIDTH, HEIGHT = 1920, 1080  # pixels of a slide
MARGIN = 60  # pixels left white on each side
LIST = "pictures.csv"


def as_slide(figure):
    """A picture as large as a slide allows, in the middle of a white page.

    The letters grow with the picture, so that the last row of a lecture hall can read them.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A :class:`ckmlab.views.Picture` or any other figure.

    Returns
    -------
    PIL.Image.Image
        1920 × 1080 pixels.

    Examples
    --------
    >>> from ckmlab.views import picture
    >>> fig, ax = picture(title="Nobody asked")
    >>> as_slide(fig).size
    (1920, 1080)
    """
    import io

    from PIL import Image

    from ckmlab.views import house_style

    room = (WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN)
    inches = figure.get_size_inches()
    buffer = io.BytesIO()
    with house_style():
        figure.savefig(buffer, format="png", dpi=min(room / inches), facecolor="white")
    drawn = Image.open(buffer).convert("RGB")
    slide = Image.new("RGB", (WIDTH, HEIGHT), "white")
    slide.paste(drawn, ((WIDTH - drawn.width) // 2, (HEIGHT - drawn.height) // 2))
    return slide


def collect(folder, page):
    """Save every picture that this notebook shows from now on; called in the notebook's kernel.

    Parameters
    ----------
    folder : str
        Where the slides and their list go.
    page : str
        What the slides' names begin with.
    """
    from IPython import get_ipython

    from ckmlab.views import Picture

    shown = 0

    def keep(figure):
        nonlocal shown
        shown += 1
        name = f"{page}-{shown:02d}.png"
        as_slide(figure).save(Path(folder, name))
        with Path(folder, LIST).open("a", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow([name, figure.title, figure.alt])

    get_ipython().display_formatter.ipython_display_formatter.for_type(Picture, keep)


def export_slides(course, folder, *, only=""):
    """Write every picture of the course's pages in slide size.

    The pages are run afresh, so that a lecturer who changed one gets its own pictures.

    Parameters
    ----------
    course : path-like
        The folder of the pages' notebooks.
    folder : path-like
        Where the slides go: ``04-iceberg-01.png`` and so on, and ``pictures.csv`` with the title
        (the finding) and the alternative text of each.
    only : str, optional
        Take the pages whose name contains this.

    Returns
    -------
    list of pathlib.Path
        The slides written.

    Raises
    ------
    ValueError
        If no page's name contains ``only``.
    """
    from tqdm import tqdm

    pages = [page for page in sorted(Path(course).glob("*.ipynb")) if only in page.stem]
    if not pages:
        raise ValueError(f"no page in {course} has {only!r} in its name")
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LIST).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(["file", "finding", "alternative_text"])
    written = []
    for page in (bar := tqdm(pages, unit="page")):
        bar.set_postfix_str(page.stem)
        for old in folder.glob(f"{page.stem}-*.png"):
            old.unlink()
        notebook = nbformat.read(page, as_version=4)
        first = f"from ckmlab.slides import collect\ncollect({str(folder)!r}, {page.stem!r})"
        notebook.cells.insert(0, nbformat.v4.new_code_cell(first))
        notebooks.execute(notebook, page.parent)
        written += sorted(folder.glob(f"{page.stem}-*.png"))
    return written
