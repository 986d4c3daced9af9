"""What customers are worth beyond what they buy: a waterfall."""

from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["engagement_waterfall"]

SHADES = {
    "lifetime": COLOURS["blue"],
    "referral": COLOURS["orange"],
    "influence": COLOURS["purple"],
    "knowledge": COLOURS["green"],
    "total": QUIET,
}


@house_style()
def engagement_waterfall(steps, *, money="money"):
    """Draw how lifetime, referral, influence and knowledge value add up.

    Parameters
    ----------
    steps : data frame
        What :func:`ckmlab.value.engagement.waterfall` returns: ``part``, ``amount``, ``start``,
        ``end``, the total last.
    money : str
        What the amounts are counted in, such as ``"€"``.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> from ckmlab.value.engagement import engagement_value, waterfall
    >>> values = engagement_value({1: 100.0, 2: 80.0}, referral={2: 55.0})
    >>> engagement_waterfall(waterfall(values), money="€").title
    'What customers buy is 77 % of what they are worth; the rest is referral'
    """
    table = to_pandas(steps, ["part", "amount", "start", "end"], where="plots.engagement_waterfall")
    parts, whole = table.iloc[:-1], table.iloc[-1]
    fig, ax = picture(8, 4.2)
    for place, row in enumerate(table.itertuples()):
        colour = CAUTION if row.amount < 0 else SHADES.get(row.part, QUIET)
        ax.bar(place, row.end - row.start, bottom=row.start, width=0.62, color=tint(colour, 0.75),
               edgecolor=colour)  # fmt: skip
        sign = "" if place in (0, len(table) - 1) else "+" if row.amount >= 0 else ""
        ax.annotate(f"{sign}{count(row.amount)}", (place, max(row.start, row.end)), (0, 4),
                    textcoords="offset points", ha="center", weight="bold", color=INK)  # fmt: skip
        if place < len(table) - 1:
            ax.plot([place + 0.31, place + 0.69], [row.end] * 2, color=QUIET, lw=1, marker="")
    ax.set_xticks(range(len(table)), table["part"], fontsize=11)
    ax.tick_params(axis="x", length=0)
    ax.set_ylabel(f"value of all customers, {money}")
    ax.yaxis.set_major_formatter(lambda amount, _: count(amount))
    ax.margins(y=0.12)
    fig.title = _title(parts, whole)
    said = [f"{row.part} {count(row.amount)}" for row in parts.itertuples()]
    fig.alt = f"Value of all customers in {money}: {listed(said)}, total {count(whole['amount'])}."
    return fig


def _title(parts, whole):
    own = parts.iloc[0]["amount"] / whole["amount"]
    rest = parts.iloc[1:].sort_values("amount", ascending=False, kind="stable")["part"]
    words = f"What customers buy is {percent(own)} of what they are worth"
    return f"{words}; the rest is {listed(rest)}" if len(rest) else words
