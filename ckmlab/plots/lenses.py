"""One company, three lenses: who is asked decides what is seen."""

import textwrap

from matplotlib.patches import FancyBboxPatch

from ckmlab.frames import to_pandas
from ckmlab.plots._house import bare, tint
from ckmlab.plots._words import among, count, listed, percent
from ckmlab.views import COLOURS, QUIET, house_style, picture

__all__ = ["three_lenses"]

LENSES = {
    "employee": ("KM", "asks its employees", COLOURS["purple"]),
    "database": ("CRM", "reads its database", COLOURS["sky"]),
    "customer": ("CKM", "asks its customers", COLOURS["green"]),
}
LETTERS = 34  # that fit on one line of a card


@house_style()
def three_lenses(items, *, cards=3):
    """Draw what knowledge management, CRM and customer knowledge management get to see.

    Each panel shows a few items in their own words, and how many there are in all.

    Parameters
    ----------
    items : data frame
        One row per knowledge item, with ``origin`` (employee, database or customer) and ``text``.
    cards : int, default 3
        Items shown per lens: the first ones whose text fits on a card.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no item has one of the three origins.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"origin": ["employee"] * 3 + ["customer"], "text": list("abcd")})
    >>> three_lenses(items).title
    'One in four things this company knows came from a customer'
    """
    frame = to_pandas(items, ["origin", "text"], where="plots.three_lenses")
    sizes = frame["origin"].value_counts().reindex(list(LENSES), fill_value=0)
    total = int(sizes.sum())
    if not total:
        raise ValueError(f"column 'origin' holds none of {list(LENSES)}: nothing to look at")
    fig, panels = picture(8, 1.1 + 0.95 * cards, columns=3)
    for ax, (origin, lens) in zip(panels, LENSES.items(), strict=True):
        _panel(ax, lens, sizes[origin], total, _short(frame, origin, cards), cards)
    share = sizes["customer"] / total
    fig.title = f"{_capital(_among(share))} things this company knows came from a customer"
    fig.alt = _alt(sizes, total, frame, cards)
    return fig


def _panel(ax, lens, n, total, texts, cards):
    name, does, colour = lens
    bare(ax).set(xlim=(0, 1), ylim=(-0.02, cards + 0.75))
    ax.text(0.02, cards + 0.42, name, fontsize=15, weight="bold")
    ax.text(0.02, cards + 0.12, does, color=QUIET)
    ax.text(0.98, cards + 0.42, count(n), fontsize=15, weight="bold", ha="right")
    ax.text(0.98, cards + 0.12, f"items, {percent(n / total)}", color=QUIET, ha="right")
    for place, text in enumerate(texts):
        bottom = cards - place - 0.96
        style = {"boxstyle": "round,pad=0,rounding_size=0.04", "lw": 0}
        ax.add_patch(FancyBboxPatch((0.01, bottom), 0.98, 0.88, fc=tint(colour, 0.25), **style))
        words = textwrap.fill(text, LETTERS)
        ax.text(0.05, bottom + 0.44, words, va="center", fontsize=8.5, linespacing=1.35)


def _short(frame, origin, cards):
    """The first different texts of this origin that fit on a card of four lines."""
    texts = frame.loc[frame["origin"] == origin, "text"].drop_duplicates()
    return [text for text in texts if len(textwrap.wrap(text, LETTERS)) <= 4][:cards]


def _among(share):
    spoken = among(share)
    return f"{spoken} of the" if spoken.endswith("%") else spoken


def _capital(words):
    return words[:1].upper() + words[1:]


def _alt(sizes, total, frame, cards):
    said = listed(
        [
            f"{LENSES[origin][0]} {LENSES[origin][1]} and sees {count(n)} items "
            f"({percent(n / total)})"
            for origin, n in sizes.items()
        ]
    )
    examples = " ".join(
        f"{LENSES[origin][0]}: “{text}”" for origin in LENSES for text in _short(frame, origin, 1)
    )
    return f"Three panels of cards. {said}. An example of each: {examples}"
