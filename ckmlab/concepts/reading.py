"""Tables of words, shown with nothing cut off."""

import pandas as pd

__all__ = ["Page", "in_full"]

CELL = "text-align: left; vertical-align: top; white-space: normal"


class Page:
    """A table of words that a notebook shows in full; made by :func:`in_full`.

    Parameters
    ----------
    table : pandas.DataFrame
        The table.
    """

    def __init__(self, table):
        self.table = table

    def _repr_html_(self):
        with pd.option_context("display.max_colwidth", None):
            page = self.table.rename_axis(None).to_html(border=0, justify="left")
        # pandas leaves no place for a style, and notebooks set words flush right.
        return page.replace("<td>", f'<td style="{CELL}">').replace("<th>", f'<th style="{CELL}">')

    def __repr__(self):
        return self.table.to_string(max_colwidth=None)


def in_full(table):
    """Show a table of words with nothing cut off.

    pandas cuts long cells in a notebook. That suits numbers, not definitions.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table, such as :func:`comparison` or :func:`definitions`.

    Returns
    -------
    Page
        Displays itself as a table with left-aligned, wrapped cells.

    Examples
    --------
    >>> import pandas as pd
    >>> in_full(pd.DataFrame({"CKM": ["active: a knowledge partner"]}))
                               CKM
    0  active: a knowledge partner
    """
    return Page(table)
