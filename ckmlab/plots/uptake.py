"""How long what was shared waits for its first reader."""

import numpy as np
import pandas as pd

from ckmlab.frames import to_pandas
from ckmlab.plots._house import spread, tint
from ckmlab.plots._words import count, percent
from ckmlab.views import COLOURS, house_style, picture

__all__ = ["first_readers"]

COLUMNS = ["days", "unused", "low", "high", "at_risk"]
LINES = [("blue", "-"), ("vermilion", "--"), ("green", "-."), ("purple", ":")]


@house_style()
def first_readers(curve, *, by=None, up_to=365):
    """Draw the share of items that found a first reader, day by day after they were stored.

    Parameters
    ----------
    curve : data frame
        What :func:`ckmlab.share.uptake_curve` returns.
    by : str, optional
        Column with the groups, up to four, if the curve has them.
    up_to : float, default 365
        Last day drawn.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there are more than four groups.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.share import uptake_curve
    >>> waits = pd.DataFrame({"days": [1, 2, 2, 5], "observed": [1, 1, 0, 1]})
    >>> first_readers(uptake_curve(waits)).title
    'Half of the items found a first reader within 2 days'
    """
    table = to_pandas(curve, [*COLUMNS, *([by] if by else [])], where="plots.first_readers")
    groups = {str(k): part for k, part in table.groupby(by, observed=True)} if by else {"": table}
    if len(groups) > len(LINES):
        raise ValueError(f"plots.first_readers draws up to {len(LINES)} groups, not more ({by})")
    fig, ax = picture(8, 4.2)
    ends = [1 - _at(part, up_to) for part in groups.values()]
    for place, (name, part) in zip(spread(ends, 0.07), groups.items(), strict=True):
        colour, style = LINES[list(groups).index(name)]
        _line(ax, part, up_to, COLOURS[colour], style)
        words = f"{percent(1 - _at(part, up_to))} {name}".strip()
        ax.annotate(words, (up_to, place), (6, 0), textcoords="offset points", va="center",
                    color=COLOURS[colour], weight="bold", annotation_clip=False)  # fmt: skip
    ax.set(xlim=(0, up_to), ylim=(0, 1.03))
    ax.set(xlabel="days since the item was stored", ylabel="items with a first reader, %")
    ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")
    fig.title = _title(groups, up_to)
    fig.alt = _alt(groups, up_to)
    fig.caption = "Band: pointwise interval. Items still waiting count as long as they were seen."
    return fig


def _line(ax, part, up_to, colour, style):
    seen = part[part["days"] <= up_to]
    last = seen.iloc[[-1]].assign(days=up_to)
    seen = pd.concat([seen, last])
    band = {"step": "post", "color": tint(colour, 0.15), "lw": 0}
    ax.fill_between(seen["days"], 1 - seen["high"], 1 - seen["low"], **band)
    ax.step(seen["days"], 1 - seen["unused"], where="post", color=colour, ls=style, marker="")


def _at(part, day):
    return float(part.loc[part["days"] <= day, "unused"].iloc[-1])


def _median(part):
    """Day by which half of the items found a reader; NaN if fewer ever did."""
    days = part.loc[part["unused"] <= 0.5 + 1e-9, "days"]
    return float(days.iloc[0]) if len(days) else np.nan


def _title(groups, up_to):
    half = pd.Series({name: _median(part) for name, part in groups.items()}).sort_values()
    if half.isna().any():
        name = half.index[-1]
        found = percent(1 - _at(groups[name], up_to))
        who = f"of {name}" if name else "of the items"
        return f"After {count(up_to)} days only {found} {who} had found a reader"
    if len(half) == 1:
        return f"Half of the items found a first reader within {_days(half.iloc[0])}"
    return (
        f"Half of the items found a reader within {_days(half.iloc[0])} ({half.index[0]}), "
        f"or only within {_days(half.iloc[-1])} ({half.index[-1]})"
    )


def _days(number):
    number = max(1, round(number))
    return f"{count(number)} day" + "s" * (number != 1)


def _alt(groups, up_to):
    said = []
    for name, part in groups.items():
        half = _median(part)
        words = f"{name}: " if name else ""
        words += f"{count(part['at_risk'].max())} items, "
        words += "fewer than half ever read, " if np.isnan(half) else f"half in {_days(half)}, "
        said.append(words + f"{percent(1 - _at(part, up_to))} by day {count(up_to)}")
    return f"Share of items with a first reader over the days since storing. {'; '.join(said)}."
