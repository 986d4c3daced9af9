"""Tables for spreadsheets and learning platforms, safe to open."""

import csv
from pathlib import Path

__all__ = ["harmless", "restored", "write_table"]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def harmless(cell):
    """A cell that no spreadsheet takes for a formula.

    Parameters
    ----------
    cell : object
        Numbers stay as they are.

    Returns
    -------
    object

    Examples
    --------
    >>> harmless("=cmd()"), harmless(-1.5), harmless("ann")
    ("'=cmd()", -1.5, 'ann')
    """
    if not isinstance(cell, str):
        return cell
    clean = "".join(c if c.isprintable() else " " for c in cell)
    return f"'{clean}" if cell.startswith(FORMULA) or clean.lstrip().startswith(FORMULA) else clean


def restored(cell):
    """Undo :func:`harmless`.

    Parameters
    ----------
    cell : str

    Returns
    -------
    str

    Examples
    --------
    >>> restored("'=cmd()"), restored("'quoted'")
    ('=cmd()', "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def write_table(path, header, rows):
    """Write a table as CSV, whole or not at all.

    Parameters
    ----------
    path : path-like
    header : list of str
    rows : iterable of list
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("w", newline="", encoding="utf-8-sig") as file:  # Excel asks for the mark
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([harmless(cell) for cell in row] for row in [header, *rows])
    partial.replace(path)
