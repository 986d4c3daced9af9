"""A company on one page."""

from matplotlib.patches import FancyBboxPatch

from ckmlab.plots._house import TYPE_COLOURS, letters_on
from ckmlab.plots._words import percent
from ckmlab.views import COLOURS, INK, QUIET, Picture, house_style

__all__ = ["company_overview"]

_HUBS = {
    "customers": COLOURS["blue"],
    "employees": COLOURS["orange"],
    "knowledge_items": COLOURS["green"],
}
_BOX, _ROW, _COLUMN = 0.72, 1.0, 3.0


@house_style()
def company_overview(summary, *, title):
    """Draw a company's tables with sizes and links, and four distributions.

    Parameters
    ----------
    summary : dict
        What :func:`ckmlab.datasets.overview.summarise` returns: ``tables`` (table, room, rows,
        links), ``customers`` by year, shares of ``channels``, ``types`` and ``scores``.
    title : str
        Name of the company.

    Returns
    -------
    Picture

    Examples
    --------
    >>> from ckmlab.datasets import make_company
    >>> from ckmlab.datasets.overview import summarise
    >>> fig = company_overview(summarise(make_company(300, seed=1)), title="Kestrel")
    >>> fig.title
    'Kestrel: 29 tables hang on customers, staff and knowledge items'
    """
    fig = Picture(11, 7)
    axes = fig.subplot_mosaic(
        [["map"] * 4, ["customers", "channels", "types", "scores"]], height_ratios=[2.1, 1]
    )
    _map(axes["map"], summary["tables"])
    _customers(axes["customers"], summary["customers"])
    _bars(axes["channels"], summary["channels"], "Contacts by channel")
    _bars(axes["types"], summary["types"], "Items as coded", colours=TYPE_COLOURS)
    _scores(axes["scores"], summary["scores"])
    tables = summary["tables"]
    fig.title = f"{title}: {len(tables)} tables hang on customers, staff and knowledge items"
    fig.alt = _alt(summary, title)
    fig.caption = (
        "Dots in a box: tables that it refers to. Blue: customers, orange: employees, green: "
        "knowledge items. Numbers: rows."
    )
    return fig


def _map(ax, tables):
    for column, (room, group) in enumerate(tables.groupby("room", sort=False)):
        x = column * _COLUMN
        ax.text(x, 0.55, room, weight="bold", color=INK, fontsize=9.5)
        for place, row in enumerate(group.itertuples()):
            _box(ax, x, -place * _ROW, row)
    rooms = tables["room"].nunique()
    ax.set_xlim(-0.1, rooms * _COLUMN - 0.1)
    ax.set_ylim(-(tables.groupby("room").size().max() - 0.2) * _ROW, 1.0)
    ax.set_axis_off()


def _box(ax, x, y, row):
    colour = _HUBS.get(row.table, "#eef1f4")
    width = _COLUMN - 0.35
    ax.add_patch(
        FancyBboxPatch(
            (x, y - _BOX / 2), width, _BOX, boxstyle="round,pad=0,rounding_size=0.12",
            facecolor=colour, edgecolor=QUIET, linewidth=0.6,
        )
    )  # fmt: skip
    ink = letters_on(colour) if row.table in _HUBS else INK
    ax.text(x + 0.12, y + 0.02, row.table, va="center", fontsize=9, color=ink)
    ax.text(x + width - 0.12, y + 0.02, f"{row.rows:,}", va="center", ha="right", fontsize=8.5,
            color=ink)  # fmt: skip
    dots = [name for name in row.links if name in _HUBS]
    for place, name in enumerate(dots):
        ax.plot(x + 0.2 + 0.22 * place, y - _BOX / 2, "o", ms=6, color=_HUBS[name], mec="white")


def _customers(ax, counts):
    years = counts.index + 1
    ax.bar(years, counts, color=COLOURS["sky"])
    ax.set_title("Customers by year")
    ax.set_xlabel("contract year")
    ax.set_ylim(0, 1.12 * counts.max())
    for year, count in ((years[0], counts.iloc[0]), (years[-1], counts.iloc[-1])):
        ax.text(year, count, f"{count:,}", ha="center", va="bottom", fontsize=8.5)
    _without_scale(ax)


def _bars(ax, shares, heading, colours=None):
    names = list(shares.index)[::-1]
    values = [float(shares[name]) for name in names]
    ax.barh(names, values, color=[(colours or {}).get(name, COLOURS["sky"]) for name in names])
    for place, value in enumerate(values):
        ax.text(value, place, f" {percent(value)}", va="center", fontsize=8.5)
    ax.set_xlim(0, 1.3 * max(values))
    ax.set_title(heading)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)


def _scores(ax, shares):
    zones = [COLOURS["vermilion"]] * 7 + [QUIET] * 2 + [COLOURS["green"]] * 2
    ax.bar(shares.index, shares, color=zones)
    ax.set_title("Would recommend, year 1")
    ax.set_xlabel("score of those who answered")
    ax.set_xticks([0, 6, 8, 10])
    _without_scale(ax)


def _without_scale(ax):
    ax.yaxis.set_visible(False)
    ax.spines["left"].set_visible(False)


def _alt(summary, title):
    tables, customers = summary["tables"], summary["customers"]
    largest = ", ".join(
        f"{row.table} {row.rows:,}" for row in tables.nlargest(5, "rows").itertuples()
    )
    mix = ", ".join(f"{name} {percent(share)}" for name, share in summary["types"].items())
    return (
        f"{title} in {len(tables)} tables; the largest by rows: {largest}. "
        f"Customers: {customers.iloc[0]:,} in the first year, {customers.iloc[-1]:,} in the last. "
        f"Knowledge items as coded: {mix}."
    )
