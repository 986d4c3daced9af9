"""Which version of a text helps which readers."""

from ckmlab.frames import to_pandas
from ckmlab.plots._house import spread
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, house_style, picture

__all__ = ["versions_by_reader"]

COLUMNS = ["version", "readers", "share", "low", "high"]
LINES = [("blue", "o", "-"), ("vermilion", "s", "--"), ("green", "^", "-."), ("purple", "D", ":")]


@house_style()
def versions_by_reader(table, *, by):
    """Draw the share of readers who succeed with each version, a line for each group.

    Parameters
    ----------
    table : data frame
        What :func:`ckmlab.transfer.success_by_version` returns, with groups.
    by : str
        Column with the groups of readers, up to four.

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
    >>> from ckmlab.transfer import success_by_version
    >>> trials = pd.DataFrame({"version": [1, 2, 1, 2], "skill": ["low", "low", "high", "high"],
    ...     "views": [10, 10, 10, 10], "success": [7, 1, 5, 9]})
    >>> versions_by_reader(success_by_version(trials, "skill"), by="skill").title
    'No version is best for all: high does best with version 2, low with version 1'
    """
    rows = to_pandas(table, [by, *COLUMNS], where="plots.versions_by_reader")
    groups = {str(name): part for name, part in rows.groupby(by, observed=True, sort=False)}
    if len(groups) > len(LINES):
        raise ValueError(f"plots.versions_by_reader draws up to {len(LINES)} groups, not more")
    versions = list(dict.fromkeys(rows["version"].sort_values()))
    fig, ax = picture(7.5, 4.4)
    ends = [part.sort_values("version")["share"].iloc[-1] for part in groups.values()]
    heights = spread(ends, 0.06)
    for (name, part), style, height in zip(groups.items(), LINES, heights, strict=False):
        _line(ax, name, part.sort_values("version"), versions, style, height)
    ax.set(xlim=(-0.25, len(versions) - 0.75), ylim=(0, 1))
    # Ended at the last version, the axis strikes through no name of a group that fails.
    ax.spines["bottom"].set_bounds(-0.25, len(versions) - 1)
    ax.set_xticks(range(len(versions)), [f"version {name}" for name in versions])
    ax.set(ylabel="readers who succeed, %")
    ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")
    best = {name: part.loc[part["share"].idxmax()] for name, part in groups.items()}
    fig.title = _title(best)
    fig.alt = _alt(groups)
    fig.caption = "Bars: intervals. Large marks: the best version of each group."
    return fig


def _line(ax, name, part, versions, style, height):
    colour, marker, line = COLOURS[style[0]], style[1], style[2]
    places = [versions.index(version) for version in part["version"]]
    reach = [part["share"] - part["low"], part["high"] - part["share"]]
    ax.errorbar(places, part["share"], reach, color=colour, ls=line, marker=marker, ms=6, lw=2)
    best = part["share"].to_numpy().argmax()
    ax.plot(places[best], part["share"].iloc[best], color=colour, marker=marker, ms=13, mec="white")
    ax.annotate(f"{name} {percent(part['share'].iloc[-1])}", (places[-1], height), (14, 0),
                textcoords="offset points", va="center", color=colour, weight="bold",
                annotation_clip=False)  # fmt: skip


def _title(best):
    versions = [row["version"] for row in best.values()]
    if len(set(versions)) == 1:
        return f"Version {versions[0]} is best for all {count(len(best))} groups of readers"
    first, *rest = [f"with version {row['version']}" for row in best.values()]
    names = list(best)
    said = [f"{names[0]} does best {first}"]
    said += [f"{name} {words}" for name, words in zip(names[1:], rest, strict=True)]
    return f"No version is best for all: {', '.join(said)}"


def _alt(groups):
    said = [
        f"{name}: "
        + listed(f"{percent(row.share)} with version {row.version}" for row in part.itertuples())
        for name, part in groups.items()
    ]
    return f"Share of readers who succeed, by version and group. {'; '.join(said)}."
