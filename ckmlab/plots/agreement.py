"""Where two coders agree and where they part."""

from ckmlab.plots._house import CAUTION, letters_on, tint
from ckmlab.plots._words import count, percent
from ckmlab.views import COLOURS, INK, house_style, picture

__all__ = ["agreement_heatmap"]


@house_style()
def agreement_heatmap(table, agreement, kappa, *, coders=("A", "B")):
    """Draw two coders' labels against each other, beside their agreement with and without chance.

    Parameters
    ----------
    table : pandas.DataFrame
        What :func:`ckmlab.classify.confusion_table` returns: units by the label of the first
        coder (rows) and of the second (columns).
    agreement : Estimate
        What :func:`ckmlab.classify.percent_agreement` returns.
    kappa : Estimate
        What :func:`ckmlab.classify.cohen_kappa` returns.
    coders : tuple of str, default ("A", "B")
        The coders' names.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the table is not square.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab import Estimate
    >>> table = pd.DataFrame([[44, 6], [8, 42]], ["about", "from"], ["about", "from"])
    >>> agreement_heatmap(table, Estimate(0.86), Estimate(0.72)).title
    'They agree on 86 % of the items; beyond chance, on 72 %'
    """
    if list(table.index) != list(table.columns):
        raise ValueError(
            f"the rows are {list(table.index)}, the columns {list(table.columns)}: "
            "give the square table of classify.confusion_table"
        )
    fig, (left, right) = picture(8, 3.8, columns=2, width_ratios=[3, 2])
    _cells(left, table, coders)
    _bars(right, agreement, kappa)
    fig.title = (
        f"They agree on {percent(float(agreement))} of the items; "
        f"beyond chance, on {percent(float(kappa))}"
    )
    fig.alt = _alt(table, agreement, kappa, coders)
    fig.caption = (
        "Left: items by the label each coder gave; on the diagonal both say the same. "
        f"Right: with {100 * kappa.level:g} % intervals; "
        "kappa is 0 for guessing, 1 for full agreement."
    )
    return fig


def _cells(ax, table, coders):
    largest = table.to_numpy().max() or 1
    for row, label in enumerate(table.index):
        for column, other in enumerate(table.columns):
            n = table.loc[label, other]
            base = COLOURS["blue"] if row == column else CAUTION
            colour = tint(base, 0.08 + 0.8 * n / largest)
            ax.add_patch(_square(column, row, colour))
            ax.text(column, row, count(n), ha="center", va="center", color=letters_on(colour))
    size = len(table)
    ax.set(xlim=(-0.5, size - 0.5), ylim=(size - 0.5, -0.5), aspect="equal")
    ax.set_xticks(range(size), table.columns)
    ax.set_yticks(range(size), table.index)
    ax.set_xlabel(f"coder {coders[1]} says")
    ax.set_ylabel(f"coder {coders[0]} says")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def _square(column, row, colour):
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.48, row - 0.48), 0.96, 0.96, color=colour, lw=0)


def _bars(ax, agreement, kappa):
    for place, (name, estimate) in enumerate([("share agreed", agreement), ("kappa", kappa)]):
        value = float(estimate)
        ax.barh(place, value, height=0.5, color=tint(COLOURS["blue"], 0.4))
        ax.plot([estimate.low, estimate.high], [place, place], color=INK, lw=2, marker="|")
        ax.text(0, place - 0.38, f"{name}  {value:.2f}", va="bottom", weight="bold")
    ax.set(xlim=(min(0, float(kappa)), 1), ylim=(1.6, -0.7))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)


def _alt(table, agreement, kappa, coders):
    rows = "; ".join(
        f"{label}: " + ", ".join(f"{other} {count(n)}" for other, n in row.items())
        for label, row in table.iterrows()
    )
    return (
        f"Labels of coder {coders[0]} (first) against coder {coders[1]}: {rows}. "
        f"Share agreed {float(agreement):.2f}, Cohen's kappa {float(kappa):.2f}"
        f" (interval {kappa.low:.2f} to {kappa.high:.2f})."
    )
