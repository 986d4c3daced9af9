"""One self-contained page of HTML in which nothing that somebody wrote can run."""

import re
from html import escape

__all__ = ["page", "prose", "table"]

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { background: #8882; padding: .7rem; overflow-x: auto; white-space: pre-wrap; }
h2 { margin-top: 2.5rem; border-top: 1px solid #8886; padding-top: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { padding: .3rem .7rem; text-align: left; }
th { border-bottom: 2px solid #888; } td { border-bottom: 1px solid #8886; vertical-align: top; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number, td.word { white-space: nowrap; }
figure { margin: 1rem 0; } img { max-width: 100%; background: white; }
.hint, .right, .wrong { border-left: 4px solid; padding-left: .7rem; }
.hint { border-color: #e69f00; } .right { border-color: #009e73; } .wrong { border-color: #d55e00; }
"""
PERCENT = re.compile(r"\d+%")
SHORT = 30  # characters; a longer word may break the line
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
        f"<body><main><h1>{escape(title)}</h1>\n{body}\n</main></body></html>\n"
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
    rows = [list(row) for row in rows]
    head = "".join(
        f'<th scope="col"{_number(column)}>{escape(str(cell))}</th>'
        for cell, column in zip(header, zip(*rows, strict=True), strict=True)
    )
    lines = ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows]
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n<tbody>'
        + "\n".join(lines)
        + "</tbody></table></div>"
    )


def _number(column):
    return ' class="number"' if all(map(_is_number, column)) else ""


def _is_number(cell):
    return isinstance(cell, int | float) or PERCENT.fullmatch(cell) is not None


def _cell(cell):
    if isinstance(cell, int | float):
        cell = "–" if cell != cell else f"{cell:.3g}"
        return f'<td class="number">{cell}</td>'
    if _is_number(cell):
        return f'<td class="number">{cell}</td>'
    kind = ' class="word"' if " " not in cell and len(cell) < SHORT else ""
    return f"<td{kind}>{prose(cell)}</td>"


def prose(text):
    """Escape a text; what stands between asterisks or backticks is set as in Markdown.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> prose("knowledge *about* a <customer>, see `items`")
    'knowledge <em>about</em> a &lt;customer&gt;, see <code>items</code>'
    """
    text = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(text))
    return re.sub(r"(?<![\w*])\*(\w[^*\n]*)\*(?![\w*])", r"<em>\1</em>", text)
