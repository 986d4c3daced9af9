"""One self-contained page of HTML in which nothing that somebody wrote can run."""

import base64
from html import escape

__all__ = ["figure", "page", "table"]

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { background: #8882; padding: .7rem; overflow-x: auto; white-space: pre-wrap; }
table { border-collapse: collapse; } th, td { padding: .3rem .7rem; text-align: left; }
th { border-bottom: 2px solid #888; } td { border-bottom: 1px solid #8886; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; background: white; }
.hint { border-left: 4px solid #e69f00; padding-left: .7rem; }
"""
# No scripts, no outside world: even what slipped through would not be obeyed by the browser.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(title, body):
    """Put a page together.

    Parameters
    ----------
    title : str
        Plain text.
    body : str
        HTML whose texts have been escaped.

    Returns
    -------
    str
    """
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def table(header, rows):
    """Write a table.

    Parameters
    ----------
    header : list of str
    rows : iterable of list
        Plain texts and numbers.

    Returns
    -------
    str
    """
    head = "".join(f"<th>{escape(str(cell))}</th>" for cell in header)
    lines = ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows]
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>" + "\n".join(lines) + "</tbody></table>"


def _cell(cell):
    if isinstance(cell, int | float):
        return f'<td class="number">{cell:.3g}</td>'
    return f"<td>{escape(str(cell))}</td>"


def figure(picture, alt, caption):
    """Embed a matplotlib figure.

    Parameters
    ----------
    picture : matplotlib.figure.Figure
    alt, caption : str
        Plain texts: what is seen, and what it is.

    Returns
    -------
    str
    """
    import io

    buffer = io.BytesIO()
    picture.savefig(buffer, format="png", dpi=110)
    data = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'<figure><img alt="{escape(alt)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )
