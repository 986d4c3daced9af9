"""How much knowledge there is of each type, as coded, as corrected and as it is."""

from ckmlab.frames import to_pandas
from ckmlab.plots._house import TYPE_COLOURS, tint
from ckmlab.plots._words import listed, percent
from ckmlab.views import INK, QUIET, house_style, picture

__all__ = ["type_mix"]


@house_style()
def type_mix(mix, *, corrected=None, truth=None):
    """Draw the shares of the knowledge types with their intervals.

    Parameters
    ----------
    mix : data frame
        What :func:`ckmlab.classify.type_mix` returns: ``ktype, share, low, high``.
    corrected : data frame, optional
        What :func:`ckmlab.classify.correct_mix` or
        :func:`ckmlab.classify.prediction_powered_mix` makes of it: drawn below the coded share.
    truth : mapping of str to float, optional
        True share by type, drawn as a line.

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
    >>> mix = pd.DataFrame({"ktype": ["about", "for", "from"], "share": [.45, .35, .2],
    ...                     "low": [.41, .31, .17], "high": [.49, .39, .23]})
    >>> type_mix(mix).title
    'Knowledge from customers is the rarest: 20 % of the items'
    """
    coded = _by_type(mix)
    better = None if corrected is None else _by_type(corrected)
    fig, ax = picture(8, 3.4)
    _draw(ax, coded, 0.0 if better is None else -0.14, filled=better is None)
    if better is not None:
        _draw(ax, better, 0.14, filled=True)
        first = coded.index[0]
        _name(ax, coded.loc[first, "high"], -0.14, "coded")
        _name(ax, better.loc[first, "high"], 0.14, "corrected")
    _lines(ax, coded.index, truth)
    _axes(ax, coded.index)
    fig.title = _title(coded, better, truth)
    fig.alt = _alt(coded, better, truth)
    fig.caption = "Dots are estimates, bars their intervals; the dotted line is an equal share." + (
        " Black lines: the truth." if truth is not None else ""
    )
    return fig


def _by_type(frame):
    shares = to_pandas(frame, ["ktype", "share", "low", "high"], where="plots.type_mix")
    return shares.set_index("ktype").astype(float)


def _draw(ax, shares, shift, *, filled):
    for place, (name, row) in enumerate(shares.iterrows()):
        colour = TYPE_COLOURS.get(name, QUIET)
        y = place + shift
        ax.plot([row["low"], row["high"]], [y, y], color=tint(colour, 0.5), lw=7, marker="")
        face = colour if filled else "white"
        ax.plot(row["share"], y, marker="o", ms=9, mfc=face, mec=colour, mew=2)


def _name(ax, x, y, word):
    ax.annotate(word, (x, y), (8, 0), textcoords="offset points", va="center", color=QUIET)


def _lines(ax, types, truth):
    ax.axvline(1 / len(types), color=QUIET, ls=":", lw=1)
    if truth is None:
        return
    for place, name in enumerate(types):
        ax.plot([truth[name]] * 2, [place - 0.34, place + 0.34], color=INK, lw=2, marker="")


def _axes(ax, types):
    ax.set_yticks(range(len(types)), types, fontsize=11, weight="bold")
    ax.set(ylim=(len(types) - 0.4, -0.6), xlim=(0, None), xlabel="share of all items, %")
    ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _title(coded, better, truth):
    shares = coded["share"] if better is None else better["share"]
    rarest = shares.idxmin()
    if better is None:
        return f"Knowledge {rarest} customers is the rarest: {percent(shares[rarest])} of the items"
    if truth is None:
        change = better["share"] / coded["share"] - 1
        name = change.abs().idxmax()
        return (
            f"Corrected for the coder's mistakes, '{name}' goes from "
            f"{percent(coded.loc[name, 'share'], 1)} to {percent(better.loc[name, 'share'], 1)}"
        )
    before = sum(abs(coded["share"] - _series(truth, coded)))
    after = sum(abs(better["share"] - _series(truth, coded)))
    closer = "closer to" if after < before else "further from"
    return f"The correction moves the mix {closer} the truth"


def _series(truth, shares):
    import pandas as pd

    return pd.Series({name: truth[name] for name in shares.index})


def _alt(coded, better, truth):
    def said(shares):
        return listed([f"{name} {percent(share, 1)}" for name, share in shares.items()])

    return (
        f"Shares of the knowledge types as coded: {said(coded['share'])}."
        + (f" Corrected: {said(better['share'])}." if better is not None else "")
        + (f" True: {said(_series(truth, coded))}." if truth is not None else "")
    )
