"""How old the store is, what is past its date, and how much use is left."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_positive
from ckmlab.frames import to_pandas
from ckmlab.organize import stale_share, value_left
from ckmlab.plots._house import CAUTION, tint
from ckmlab.plots._words import count, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["age_pyramid"]

BAND = 182.625  # days in half a year


@house_style()
def age_pyramid(items, today, *, half_life, created="created_at", until="valid_until"):
    """Draw the ages of the items: valid ones to the left, those past their date to the right.

    The paler a bar, the less of its usefulness is left by its age.

    Parameters
    ----------
    items : data frame
        One row per item; any library, converted to pandas.
    today : date-like
        The day of the count; items created later are left out.
    half_life : float or Estimate
        Days in which usefulness halves (:func:`ckmlab.organize.fit_half_life`).
    created, until : str
        Columns with the day of creation and the last day of validity.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no item exists on that day.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.to_datetime(["2023-01-01", "2024-01-01", "2024-05-01", "2024-06-01"])
    >>> items = pd.DataFrame({"created_at": days, "valid_until": days + pd.Timedelta(days=200)})
    >>> age_pyramid(items, "2024-07-01", half_life=180).title
    '25 % of the items are past their date; after 180 days half of the use is gone'
    """
    half = check_positive("half_life", half_life)
    day = pd.Timestamp(today)
    table = to_pandas(items, [created, until], where="plots.age_pyramid").apply(pd.to_datetime)
    table = table[table[created] <= day]
    if table.empty:
        raise ValueError(f"no item exists on {day.date()}; choose a later day")
    stale = stale_share(table, day, until=until)
    ages = (day - table[created]) / pd.Timedelta(days=1)
    late = table[until] < day
    fig, ax = picture(8, 4.6)
    bands = np.arange(0, ages.max() + BAND, BAND)
    valid, past = (np.histogram(ages[chosen], bands)[0] for chosen in (~late, late))
    _bars(ax, bands, valid, past, half)
    _half_life(ax, half)
    fig.title = (
        f"{percent(float(stale))} of the items are past their date; "
        f"after {count(half)} days half of the use is gone"
    )
    fig.alt = _alt(bands, valid, past, half, day)
    fig.caption = "Paler bars: less of the usefulness left, 2^(−age / half-life). Old is not stale."
    return fig


def _bars(ax, bands, valid, past, half):
    middle = (bands[:-1] + bands[1:]) / 2
    left = value_left(middle, half)
    for numbers, side, colour in [(valid, -1, COLOURS["blue"]), (past, 1, CAUTION)]:
        shades = [tint(colour, 0.12 + 0.88 * share) for share in left]
        ax.barh(middle, side * numbers, height=0.92 * BAND, color=shades, edgecolor=colour, lw=0.6)
    widest = max(valid.max(), past.max(), 1)
    ax.axvline(0, color=INK, lw=1)
    ax.set(xlim=(-1.08 * widest, 1.3 * widest), ylim=(bands[-1], -0.55 * BAND))
    ax.set_xlabel("items")
    ax.xaxis.set_major_formatter(lambda n, _: count(abs(n)))
    years = np.arange(0, bands[-1] / 365.25 + 0.01)
    ax.set_yticks(years * 365.25, [f"{year:.0f}" for year in years])
    ax.set_ylabel("age, years")
    style = {"weight": "bold", "va": "bottom"}
    ax.text(-0.02 * widest, -0.6 * BAND, f"still valid  {count(valid.sum())}", ha="right",
            color=COLOURS["blue"], **style)  # fmt: skip
    ax.text(0.02 * widest, -0.6 * BAND, f"past their date  {count(past.sum())}", color=CAUTION,
            **style)  # fmt: skip


def _half_life(ax, half):
    ax.axhline(half, color=QUIET, ls="--", lw=1)
    ax.annotate(f"half-life\n{count(half)} days", (1, half), xycoords=("axes fraction", "data"),
                ha="right", va="center", backgroundcolor="white")  # fmt: skip


def _alt(bands, valid, past, half, day):
    rows = [
        f"{low / 365.25:.1f} to {high / 365.25:.1f} years: {count(v)} valid, {count(p)} past"
        for low, high, v, p in zip(bands, bands[1:], valid, past, strict=False)
        if v + p
    ]
    return (
        f"Ages of {count(valid.sum() + past.sum())} items on {day.date()}, youngest first. "
        f"{'; '.join(rows)}. Usefulness halves every {count(half)} days."
    )
