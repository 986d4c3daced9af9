"""Comprehensible or precise: which version of a text suits which reader."""

import numpy as np

from ckmlab.plots._house import CAUTION
from ckmlab.plots._words import count, percent
from ckmlab.views import INK, QUIET, house_style, picture

__all__ = ["success_contour"]


@house_style()
def success_contour(model, versions, *, skill, ease="ease", precision="precision"):
    """Draw the chance that a reader succeeds over ease and precision, and the versions there are.

    Parameters
    ----------
    model : SuccessModel
        What :func:`ckmlab.organize.fit_success` returns.
    versions : data frame
        One row per version of the text, labelled by its index.
    skill : float
        Skill of the reader, above 0.
    ease, precision : str
        The columns' names.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.organize import SuccessModel
    >>> names = ["const", "ease_per_skill", "precision"]
    >>> model = SuccessModel(pd.Series([-3.0, 3.0, 2.0], names), pd.Series(0.1, names), 100)
    >>> texts = pd.DataFrame({"ease": [0.9, 0.5], "precision": [0.3, 0.8]}, ["short", "full"])
    >>> success_contour(model, texts, skill=0.5).title
    "For readers of skill 0.5 the version 'short' is best: 95 % succeed"
    """
    table = model.compare(versions, skill, ease=ease, precision=precision)
    fig, ax = picture(7, 4.8)
    _contours(ax, model, table["ease"], table["precision"], skill)
    front = table[table["front"]].sort_values("precision")
    ax.plot(front["precision"], front["ease"], color=INK, lw=1, ls="--", marker="")
    for row in table.itertuples():
        place = (row.precision, row.ease)
        ax.plot(*place, marker="o", ms=10 if row.best else 6, color=CAUTION if row.best else INK,
                mec="white")  # fmt: skip
        ax.annotate(f"{row.Index} {percent(row.success)}", place, (8, 7),
                    textcoords="offset points", weight="bold" if row.best else "normal",
                    annotation_clip=False,
                    bbox={"fc": "white", "alpha": 0.7, "lw": 0, "pad": 1})  # fmt: skip
    ax.set(xlabel="precision", ylabel="ease of reading")
    won = next(table[table["best"]].itertuples())
    fig.title = (
        f"For readers of skill {skill:g} the version {str(won.Index)!r} is best: "
        f"{percent(won.success)} succeed"
    )
    fig.alt = _alt(table, won.Index, skill)
    fig.caption = (
        "Lines: equal chance of success. Dashed: versions that no other beats in both respects."
    )
    return fig


def _contours(ax, model, ease, precision, skill):
    rows, columns = (np.linspace(*_range(values), 60) for values in (ease, precision))
    grid = model.contour(rows, columns, skill)
    ax.contourf(columns, rows, grid, levels=np.linspace(0, 1, 11), cmap="cividis", alpha=0.35)
    lines = ax.contour(columns, rows, grid, levels=np.arange(0.1, 1, 0.1), colors=QUIET,
                       linewidths=0.8)  # fmt: skip
    ax.clabel(lines, fmt=lambda share: f"{100 * share:.0f} %", fontsize=8, colors=INK)


def _range(values):
    room = 0.12 * (values.max() - values.min() or 1)
    return values.min() - room, values.max() + room


def _alt(table, best, skill):
    said = [f"{row.Index} {percent(row.success)}" for row in table.itertuples()]
    return (
        f"Chance of success over precision and ease for readers of skill {skill:g}. "
        f"{count(len(table))} versions: {', '.join(said)}. The best is {best}."
    )
