"""Simpson's paradox: a comparison that turns round among like cases."""

from ckmlab.plots._house import CAUTION, spread
from ckmlab.plots._words import count, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["simpson_slopes"]

NUMBERS = ["n_with", "n_without", "with_use", "without_use", "effect", "low", "high"]


@house_style()
def simpson_slopes(effects, *, outcome="solved at first contact", standardised=None):
    """Draw the outcome without and with the use of knowledge, over all and among like cases.

    Parameters
    ----------
    effects : pandas.DataFrame
        What :func:`ckmlab.transfer.stratum_effects` returns; the row "all" is the crude one.
    outcome : str
        What the outcome, a share, means.
    standardised : Estimate, optional
        What :func:`ckmlab.transfer.standardised_effect` returns; said in the title.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no row "all".

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.transfer import stratum_effects
    >>> cases = pd.DataFrame({"hard": [1] * 6 + [0] * 6, "used": [1] * 4 + [0] * 2 + [1] * 2
    ...     + [0] * 4, "solved": [1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0]})
    >>> table = stratum_effects(cases, outcome="solved", exposure="used", strata="hard")
    >>> simpson_slopes(table).title
    'Use of knowledge looks neutral over all (+0 points), yet helps in 1 of 2 groups'
    """
    table = _labelled(effects)
    crude = table.loc["all"]
    groups = table.drop("all")
    fig, ax = picture(8, 4.6)
    biggest = (groups["n_with"] + groups["n_without"]).max()
    shares = table[["without_use", "with_use"]].to_numpy()
    low, high = shares.min() - 0.1, shares.max() + 0.1
    for side, column in [(0, "without_use"), (1, "with_use")]:
        places = spread(table[column].tolist(), 0.065 * (high - low))
        for (name, row), height in zip(table.iterrows(), places, strict=True):
            _end(ax, side, name, row, height)
    for name, row in table.iterrows():
        _slope(ax, name, row, biggest)
    ax.set(xlim=(-0.85, 1.85), ylim=(low, high))
    ax.set_xticks([0, 1], ["without", "with knowledge"], fontsize=11, weight="bold")
    ax.set_yticks([])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    fig.title = _title(crude, groups, standardised)
    fig.alt = _alt(table, outcome, standardised)
    fig.caption = (
        f"Share {outcome}. The larger the dot, the more of the group's cases lie there; the "
        "dashed line mixes all groups."
    )
    return fig


def _labelled(effects):
    missing = [column for column in NUMBERS if column not in effects]
    if missing:
        raise KeyError(f"plots.simpson_slopes needs the columns {missing} of stratum_effects")
    strata = [column for column in effects.columns if column not in NUMBERS]
    names = [
        "all" if "all" in values else ", ".join(map(" ".join, zip(strata, values, strict=True)))
        for values in effects[strata].astype(str).to_numpy().tolist()
    ]
    table = effects[NUMBERS].set_axis(names)
    if "all" not in table.index:
        raise ValueError('plots.simpson_slopes needs the row "all", the crude comparison')
    return table


def _slope(ax, name, row, biggest):
    whole = name == "all"
    colour = QUIET if whole else (CAUTION if row["effect"] < 0 else COLOURS["blue"])
    ends = [row["without_use"], row["with_use"]]
    ax.plot([0, 1], ends, color=colour, ls="--" if whole else "-", lw=2.2, marker="", zorder=2)
    for side, (share, n) in enumerate(zip(ends, row[["n_without", "n_with"]], strict=True)):
        size = 7 if whole else 6 + 22 * (n / biggest) ** 0.5
        ax.plot(side, share, marker="o", ms=size, color=colour, mec="white", zorder=3)


def _end(ax, side, name, row, height):
    share, n = (row["with_use"], row["n_with"]) if side else (row["without_use"], row["n_without"])
    words = f"{percent(share)} of {count(n)}"
    words = f"{words}   {name}" if side else f"{name}   {words}"
    ax.annotate(words, (side, height), (20 if side else -20, 0), textcoords="offset points",
                ha="left" if side else "right", va="center", color=QUIET if name == "all" else INK,
                weight="normal" if name == "all" else "bold")  # fmt: skip


def _title(crude, groups, standardised):
    points = f"{100 * crude['effect']:+.0f} points"
    looks = "useful" if crude["effect"] > 0.005 else "harmful"
    looks = looks if abs(crude["effect"]) > 0.005 else "neutral"
    if standardised is not None:
        found = f"{100 * float(standardised):+.0f}"
        return f"Use of knowledge looks {looks} over all ({points}); among like cases it is {found}"
    helped = int((groups["effect"] > 0).sum())
    joined = "and" if looks == "useful" else "yet"
    return (
        f"Use of knowledge looks {looks} over all ({points}), {joined} helps in {helped} "
        f"of {len(groups)} groups"
    )


def _alt(table, outcome, standardised):
    said = [
        f"{name}: {percent(row['without_use'])} of {count(row['n_without'])} without, "
        f"{percent(row['with_use'])} of {count(row['n_with'])} with"
        for name, row in table.iterrows()
    ]
    words = f"Share {outcome}, without and with the use of knowledge. {'; '.join(said)}."
    if standardised is not None:
        words += f" Standardised effect {100 * float(standardised):+.1f} points, interval "
        words += f"{100 * standardised.low:+.1f} to {100 * standardised.high:+.1f}."
    return words
