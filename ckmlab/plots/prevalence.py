"""Why agreement can be high and kappa low: the prevalence paradox."""

from ckmlab.frames import to_pandas
from ckmlab.plots._house import spread
from ckmlab.plots._words import percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["kappa_paradox"]

NAMES = {"agreement": "share agreed", "ac1": "Gwet's AC1", "kappa": "Cohen's kappa"}
LINES = {"agreement": ("sky", "--"), "ac1": ("green", "-."), "kappa": ("blue", "-")}


@house_style()
def kappa_paradox(curve, *, at):
    """Draw three coefficients of the same agreement, by how common the first label is.

    Parameters
    ----------
    curve : data frame
        ``prevalence`` (share of the first label), ``agreement``, ``kappa`` and ``ac1``, all as
        shares; :class:`ckmlab.widgets.KappaParadoxState` makes one.
    at : float
        The prevalence to mark; the nearest row is taken.

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
    >>> curve = pd.DataFrame({"prevalence": [0.5, 0.9], "agreement": [0.9, 0.9],
    ...                       "kappa": [0.8, 0.44], "ac1": [0.8, 0.88]})
    >>> kappa_paradox(curve, at=0.9).title
    'They agree on 90 %, yet kappa is 0.44 where one label has 90 %'
    """
    table = to_pandas(curve, ["prevalence", *NAMES], where="plots.kappa_paradox")
    marked = table.loc[(table["prevalence"] - at).abs().idxmin()]
    fig, ax = picture(8, 4)
    places = spread([marked[column] for column in NAMES], 0.09)
    right = table["prevalence"].max()
    ax.axvline(marked["prevalence"], color=QUIET, lw=1, ls=":")
    ends = spread([table[column].iloc[-1] for column in NAMES], 0.09)
    for number, (column, name) in enumerate(NAMES.items()):
        colour, dashes = COLOURS[LINES[column][0]], LINES[column][1]
        ax.plot(table["prevalence"], table[column], color=colour, ls=dashes, marker="")
        ax.plot(marked["prevalence"], marked[column], color=colour, marker="o", ms=8)
        ax.annotate(f"{marked[column]:.2f}", (marked["prevalence"], places[number]), (9, 0),
                    textcoords="offset points", va="center", weight="bold")  # fmt: skip
        ax.annotate(name, (right, ends[number]), (14, 0), textcoords="offset points", va="center",
                    color=INK, annotation_clip=False)  # fmt: skip
    ax.set(xlim=(table["prevalence"].min(), right), ylim=(min(0, table["kappa"].min()), 1.02))
    ax.set_xlabel("share of items that are of the first type, %")
    ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")
    ax.set_ylabel("coefficient")
    fig.title = (
        f"They agree on {percent(marked['agreement'])}, yet kappa is {marked['kappa']:.2f} "
        f"where one label has {percent(marked['prevalence'])}"
    )
    fig.alt = (
        "Three coefficients by the share of the first label. At "
        f"{percent(marked['prevalence'])}: share agreed {marked['agreement']:.2f}, "
        f"Gwet's AC1 {marked['ac1']:.2f}, Cohen's kappa {marked['kappa']:.2f}. Over the whole "
        f"range kappa runs from {table['kappa'].min():.2f} to {table['kappa'].max():.2f}, AC1 "
        f"from {table['ac1'].min():.2f} to {table['ac1'].max():.2f}."
    )
    return fig
