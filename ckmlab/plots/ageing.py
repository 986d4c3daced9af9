"""How old the store is, what is past its date, and how much use is left."""

import numpy as np

from ckmlab.arguments import check_positive
from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, tint
from ckmlab.plots._words import count, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["age_pyramid"]


@house_style()
def age_pyramid(bands, *, half_life):
    """Draw the ages of the items: valid ones to the left, those past their date to the right.

    The paler a bar, the less of its usefulness is left by its age.

    Parameters
    ----------
    bands : data frame
        What :func:`ckmlab.organize.age_bands` returns.
    half_life : float or Estimate
        Days in which usefulness halves, drawn as a line.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no item in any band.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.organize import age_bands
    >>> days = pd.to_datetime(["2023-01-01", "2024-01-01", "2024-05-01", "2024-06-01"])
    >>> items = pd.DataFrame({"created_at": days, "valid_until": days + pd.Timedelta(days=200)})
    >>> age_pyramid(age_bands(items, "2024-07-01", half_life=180), half_life=180).title
    '25 % of the items are past their date; after 180 days half of the use is gone'
    """
    half = check_positive("half_life", half_life)
    columns = ["from_days", "to_days", "valid", "past", "left"]
    table = to_pandas(bands, columns, where="plots.age_pyramid")
    items = int(table["valid"].sum() + table["past"].sum())
    if not items:
        raise ValueError("plots.age_pyramid: there is no item in any band")
    fig, ax = picture(8, 4.6)
    _bars(ax, table)
    _half_life(ax, half)
    fig.title = (
        f"{percent(table['past'].sum() / items)} of the items are past their date; "
        f"after {count(half)} days half of the use is gone"
    )
    fig.alt = _alt(table, items, half)
    fig.caption = "Paler bars: less of the usefulness left, 2^(−age / half-life). Old is not stale."
    return fig


def _bars(ax, table):
    middle = (table["from_days"] + table["to_days"]) / 2
    height, oldest = 0.92 * (table["to_days"] - table["from_days"]), table["to_days"].max()
    for name, side, colour in [("valid", -1, COLOURS["blue"]), ("past", 1, CAUTION)]:
        shades = [tint(colour, 0.12 + 0.88 * share) for share in table["left"]]
        ax.barh(middle, side * table[name], height=height, color=shades, edgecolor=colour, lw=0.6)
    widest = max(table["valid"].max(), table["past"].max())
    above = -0.55 * table["to_days"].iloc[0]
    ax.axvline(0, color=INK, lw=1)
    ax.set(xlim=(-1.08 * widest, 1.3 * widest), ylim=(oldest, above))
    ax.set_xlabel("items")
    ax.xaxis.set_major_formatter(lambda n, _: count(abs(n)))
    years = np.arange(0, oldest / 365.25 + 0.01)
    ax.set_yticks(years * 365.25, [f"{year:.0f}" for year in years])
    ax.set_ylabel("age, years")
    style = {"weight": "bold", "va": "bottom"}
    ax.text(-0.02 * widest, 1.1 * above, f"still valid  {count(table['valid'].sum())}",
            ha="right", color=COLOURS["blue"], **style)  # fmt: skip
    ax.text(0.02 * widest, 1.1 * above, f"past their date  {count(table['past'].sum())}",
            color=CAUTION, **style)  # fmt: skip


def _half_life(ax, half):
    ax.axhline(half, color=QUIET, ls="--", lw=1)
    ax.annotate(f"half-life\n{count(half)} days", (1, half), xycoords=("axes fraction", "data"),
                ha="right", va="center", backgroundcolor="white")  # fmt: skip


def _alt(table, items, half):
    rows = [
        f"{row.from_days / 365.25:.1f} to {row.to_days / 365.25:.1f} years: {count(row.valid)} "
        f"valid, {count(row.past)} past"
        for row in table.itertuples()
        if row.valid + row.past
    ]
    return (
        f"Ages of {count(items)} items, youngest first. {'; '.join(rows)}. "
        f"Usefulness halves every {count(half)} days."
    )
