"""The same customers under another policy: what it would have changed."""

from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["policy_effect"]


@house_style()
def policy_effect(staying, gains, *, changes):
    """Draw how many customers stay under two policies, and what the change is worth.

    Parameters
    ----------
    staying : data frame
        ``period``, ``before`` and ``after``: share of the customers still there after each
        period, under the one policy and under the other.
    gains : mapping of str to float
        What changed by how much, such as ``{"value": 10863.5, "customer years": 54}``.
    changes : mapping of str to tuple of float
        Policy → its settings before and after, as shares; those that did not change may be left
        out.

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
    >>> staying = pd.DataFrame({"period": [1, 2], "before": [0.7, 0.5], "after": [0.7, 0.55]})
    >>> policy_effect(staying, {"value": 1200.0}, changes={"capture": (0.6, 0.9)}).title
    'Capture 60 → 90 %: value +1,200'
    """
    table = to_pandas(staying, ["period", "before", "after"], where="plots.policy_effect")
    moved = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    fig, (left, right) = picture(8, 4.2, columns=2, width_ratios=[1.7, 1])
    _curves(left, table)
    _gains(right, gains)
    said = [f"{name} {100 * a:.0f} → {percent(b)}" for name, (a, b) in moved.items()]
    worth = listed([f"{name} {gain:+,.0f}" for name, gain in gains.items()])
    finding = f"{listed(said)}: {worth}" if said else "nothing changed yet: move a policy"
    fig.title = finding[0].upper() + finding[1:]
    last = table.iloc[-1]
    fig.alt = (
        f"{fig.title}. After {count(last['period'])} periods {percent(last['before'], 1)} of the "
        f"customers stay before the change and {percent(last['after'], 1)} after it."
    )
    fig.caption = "The same customers with the same luck; only what the policy causes is different."
    return fig


def _curves(ax, table):
    colour = COLOURS["blue"]
    ax.fill_between(table["period"], table["before"], table["after"], color=tint(colour, 0.25),
                    lw=0)  # fmt: skip
    ax.plot(table["period"], table["before"], color=QUIET, ls="--", marker="o", ms=4)
    ax.plot(table["period"], table["after"], color=colour, marker="o", ms=4)
    last = table.iloc[-1]
    ends = sorted(["before", "after"], key=lambda column: -last[column])
    words = "\n\n".join(f"{column}\n{percent(last[column], 1)}" for column in ends)
    ax.annotate(words, (last["period"], (last["before"] + last["after"]) / 2), (10, 0),
                textcoords="offset points", va="center", annotation_clip=False)  # fmt: skip
    ax.set(ylim=(0, 1.03), xlabel="periods", ylabel="customers still there, %")
    ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")


def _gains(ax, gains):
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    for place, (name, gain) in enumerate(gains.items()):
        height = 0.82 - 0.3 * place
        colour = CAUTION if gain < 0 else INK
        ax.text(0.15, height, f"{gain:+,.0f}", fontsize=18, weight="bold", color=colour)
        ax.text(0.15, height - 0.02, name, va="top", color=QUIET)
