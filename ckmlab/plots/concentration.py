"""Who holds how much: the Lorenz curve."""

import numpy as np

from ckmlab.frames import to_pandas
from ckmlab.plots._house import tint
from ckmlab.plots._words import percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["lorenz"]


@house_style()
def lorenz(curve, *, gini=None, holders="people", held="what is shared", top=0.1):
    """Draw how unevenly something is spread, and what the richest few hold.

    Parameters
    ----------
    curve : data frame
        What :func:`ckmlab.share.lorenz` returns: ``holders`` and ``holding``, from 0 to 1.
    gini : Estimate, optional
        What :func:`ckmlab.share.gini` returns.
    holders, held : str
        What the axes count, such as ``"authors"`` and ``"openings"``.
    top : float, default 0.1
        Share of the holders whose part is marked.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> from ckmlab.share import lorenz as curve_of
    >>> lorenz(curve_of([0, 0, 0, 0, 0, 0, 0, 0, 10, 30]), holders="authors").title
    'One tenth of the authors hold 75 % of what is shared'
    """
    table = to_pandas(curve, ["holders", "holding"], where="plots.lorenz")
    part = 1 - float(np.interp(1 - top, table["holders"], table["holding"]))
    fig, ax = picture(6, 4.8)
    colour = COLOURS["blue"]
    ax.plot([0, 1], [0, 1], color=QUIET, ls=":", lw=1.5, marker="")
    ax.text(0.46, 0.5, "equal shares", rotation=45, ha="center", va="bottom", color=QUIET)
    ax.fill_between(table["holders"], table["holding"], table["holders"], color=tint(colour, 0.15))
    ax.plot(table["holders"], table["holding"], color=colour, marker="", lw=2.5)
    ax.plot([1 - top, 1 - top, 1], [0, 1 - part, 1 - part], color=QUIET, ls="--", lw=1, marker="")
    ax.plot(1 - top, 1 - part, marker="o", ms=8, color=colour)
    ax.plot([1, 1], [1 - part, 1], color=INK, lw=3, marker="", clip_on=False)
    ax.annotate(f"the last\n{percent(top)} hold\n{percent(part)}", (1, 1 - part / 2), (8, 0),
                textcoords="offset points", va="center", weight="bold")  # fmt: skip
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.set(xlabel=f"{holders}, from least to most, %", ylabel=f"{held}, %")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")
    few = "One tenth" if top == 0.1 else percent(top)
    fig.title = f"{few} of the {holders} hold {percent(part)} of {held}"
    half = float(np.interp(0.5, table["holders"], table["holding"]))
    fig.alt = (
        f"Lorenz curve. The lower half of the {holders} hold {percent(half)} of {held}, the "
        f"richest {percent(top)} hold {percent(part)}."
    )
    if gini is not None:
        fig.alt += f" Gini coefficient {float(gini):.2f}"
        fig.alt += f" (interval {gini.low:.2f} to {gini.high:.2f})."
        fig.caption = f"Gini coefficient {float(gini):.2f}: the shaded area over the triangle."
    return fig
