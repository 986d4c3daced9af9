"""What customers say and what they do: love and loyalty are not the same."""

from matplotlib.patches import Rectangle

from ckmlab.plots._house import CAUTION, letters_on, tint
from ckmlab.plots._words import among, count, percent
from ckmlab.views import COLOURS, INK, house_style, picture

__all__ = ["loves_leaves"]

GAP = 0.008


@house_style()
def loves_leaves(satisfied, left):
    """Draw how many satisfied and dissatisfied customers stayed and left, areas true to scale.

    Parameters
    ----------
    satisfied : sequence of bool, shape (customers,)
        What each customer says.
    left : sequence of bool, shape (customers,)
        What the same customer then does.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the two differ in length, hold anything but True and False, or a side (satisfied,
        dissatisfied, stayed, left) has nobody.

    Examples
    --------
    >>> satisfied = [True] * 8 + [False] * 2
    >>> left = [False] * 5 + [True] * 3 + [False, True]
    >>> loves_leaves(satisfied, left).title
    'Three in four of those who left had said they were satisfied'
    """
    counts = _counted(list(satisfied), list(left))
    fig, ax = picture(8, 4.2)
    total, at = sum(counts.values()), 0.0
    for says in (True, False):
        width = (counts[says, False] + counts[says, True]) / total
        stayed = counts[says, False] / (width * total)
        _cell(ax, at, 0.0, width, stayed, counts[says, False], f"{_said(says)}, stayed")
        _cell(ax, at, stayed, width, 1 - stayed, counts[says, True], f"{_said(says)}, left",
              gone=True, alone=says)  # fmt: skip
        at += width
    ax.set(xlim=(0, 1), ylim=(0, 1.02))
    ax.set_axis_off()
    gone = counts[True, True] + counts[False, True]
    fig.title = (
        f"{_begin(among(counts[True, True] / gone))} of those who left had said they were satisfied"
    )
    fig.alt = "Customers by what they say and what they do: " + "; ".join(
        f"{_said(says)} and {'left' if left else 'stayed'}: {count(n)} ({percent(n / total)})"
        for (says, left), n in counts.items()
    )
    fig.caption = "Areas are true to scale; the orange ones left."
    return fig


def _counted(satisfied, left):
    if len(satisfied) != len(left):
        raise ValueError(
            f"satisfied has {len(satisfied)} and left {len(left)} customers; give the same ones "
            "in the same order"
        )
    strange = [value for value in satisfied + left if value not in (True, False)]
    if strange:
        raise ValueError(
            f"satisfied and left hold {strange[0]!r}; give True or False, and leave out those "
            "who did not answer"
        )
    counts = {(says, does): 0 for says in (True, False) for does in (False, True)}
    for says, does in zip(satisfied, left, strict=True):
        counts[bool(says), bool(does)] += 1
    for side, words in ((0, ("is satisfied", "is dissatisfied")), (1, ("left", "stayed"))):
        for value, word in zip((True, False), words, strict=True):
            if not sum(n for key, n in counts.items() if key[side] == value):
                raise ValueError(f"nobody {word}: there is nothing to compare")
    return counts


def _cell(ax, x, y, width, height, n, words, *, gone=False, alone=False):
    """One quadrant; a low one has its words in one line, a narrow one has them broken."""
    colour = tint(CAUTION if gone else COLOURS["blue"], 0.75 if gone and alone else 0.35)
    inner = max(0.0, width - GAP), max(0.0, height - 2 * GAP)
    ax.add_patch(Rectangle((x, y + GAP), *inner, color=colour, lw=0))
    broken = width < 0.35
    words = words.replace(", ", ",\n") if broken else words
    label = f"{words}{chr(10) if broken else ': '}{count(n)}"
    ink = letters_on(colour) if height > 0.05 else INK
    ax.text(x + inner[0] / 2, y + height / 2, label, ha="center", va="center", color=ink,
            weight="bold" if gone else None)  # fmt: skip


def _said(says):
    return "satisfied" if says else "dissatisfied"


def _begin(words):
    return words[0].upper() + words[1:]
