"""Who is still a customer, and does the model keep up: frequency and recency, tracking."""

import numpy as np

from ckmlab.plots._house import CAUTION, spread
from ckmlab.plots._words import count, percent
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["frequency_recency", "tracking"]


@house_style()
def frequency_recency(matrix, *, what="chance of being alive"):
    """Draw what a model expects of customers by how often and how lately they have bought.

    Parameters
    ----------
    matrix : pandas.DataFrame
        What :func:`ckmlab.value.lifetime.frequency_recency_matrix` returns: recency down,
        frequency across.
    what : str
        What the values mean, such as ``"purchases expected in 10 weeks"``.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the matrix is empty.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.value.lifetime import BetaGeoNBD, frequency_recency_matrix
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> fit = BetaGeoNBD(customers).fit()
    >>> frequency_recency(frequency_recency_matrix(fit)).title[:43]
    'Many purchases, long ago, are a bad sign: 8'
    """
    if matrix.empty:
        raise ValueError("plots.frequency_recency: the matrix is empty")
    shares = np.nanmax(matrix.to_numpy()) <= 1
    said = percent if shares else (lambda value: f"{value:.2f}")
    often, middle = matrix.columns[-1], matrix.index[len(matrix) // 2]
    lately, once = matrix.index[-1], matrix.columns[min(1, len(matrix.columns) - 1)]
    fig, ax = picture(8, 4.8)
    mesh = ax.pcolormesh(matrix.columns, matrix.index, matrix, cmap="cividis", shading="nearest")
    bar = fig.colorbar(mesh, ax=ax, pad=0.02)
    bar.outline.set_visible(False)
    bar.set_label(what)
    ax.set(xlabel="frequency: repeat purchases", ylabel="recency: age at the last purchase")
    ax.spines[:].set_visible(False)
    for recency, label in [(middle, "often, but long ago"), (lately, "often and lately")]:
        value = matrix.loc[recency, often]
        ax.annotate(f"{label}: {said(value)}", (often, recency), (-10, -14 if recency == lately
                    else 0), textcoords="offset points", ha="right", va="center", color=INK,
                    bbox={"fc": "white", "alpha": 0.85, "lw": 0, "pad": 2})  # fmt: skip
    paradox = matrix.loc[middle, often] < matrix.loc[middle, once]
    fig.title = (
        f"Many purchases, long ago, are {'a bad' if paradox else 'no bad'} sign: {count(often)} of "
        f"them, the last at {middle:.0f}, and the {what} is {said(matrix.loc[middle, often])}"
    )
    fig.alt = (
        f"Map of the {what} by number of repeat purchases (across) and age at the last one (up). "
        f"{count(often)} purchases, the last at {lately:.0f}: {said(matrix.loc[lately, often])}; "
        f"the last at {middle:.0f}: {said(matrix.loc[middle, often])}. "
        f"{count(once)} purchase at {lately:.0f}: {said(matrix.loc[lately, once])}, "
        f"at {middle:.0f}: {said(matrix.loc[middle, once])}."
    )
    return fig


@house_style()
def tracking(table, *, calibration=None, unit="week"):
    """Draw repeat purchases over time, counted and expected by a model.

    Parameters
    ----------
    table : pandas.DataFrame
        What :func:`ckmlab.value.lifetime.tracking` returns.
    calibration : float, optional
        Last time that the model has seen; a line is drawn there.
    unit : str, default "week"
        The unit of time.

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
    >>> table = pd.DataFrame({"actual": [5, 4], "expected": [4.8, 4.3],
    ...     "actual_cumulative": [5, 9], "expected_cumulative": [4.8, 9.1]}, [1.0, 2.0])
    >>> tracking(table).title
    'After 2 weeks the model expects 9 repeat purchases; 9 were made (+1 %)'
    """
    needed = ["actual", "expected", "actual_cumulative", "expected_cumulative"]
    missing = [column for column in needed if column not in table]
    if missing:
        raise KeyError(f"plots.tracking needs the columns {missing} of lifetime.tracking")
    fig, panels = picture(8, 3.8, columns=2)
    names = [("", f"repeat purchases in the {unit}"), ("_cumulative", "repeat purchases so far")]
    for ax, (kind, label) in zip(panels, names, strict=True):
        ax.plot(table.index, table["actual" + kind], color=QUIET, marker="", lw=1.5)
        ax.plot(table.index, table["expected" + kind], color=COLOURS["blue"], ls="--", marker="")
        if calibration is not None:
            ax.axvline(calibration, color=CAUTION, lw=1, ls=":")
            ax.annotate("not seen by\nthe model →", (calibration, 1), (4, 0), va="top", fontsize=9,
                        xycoords=("data", "axes fraction"), textcoords="offset points",
                        color=CAUTION)  # fmt: skip
        ax.set(xlabel=f"{unit}s since the first purchase", ylabel=label, ylim=(0, None))
        ax.yaxis.set_major_formatter(lambda number, _: count(number))
    last = table.iloc[-1]
    ends = [(last["actual_cumulative"], "made", QUIET)]
    ends.append((last["expected_cumulative"], "expected", COLOURS["blue"]))
    places = spread([end for end, _, _ in ends], 0.07 * max(end for end, _, _ in ends))
    for (_, word, colour), place in zip(ends, places, strict=True):
        panels[1].annotate(word, (table.index[-1], place), (5, 0), textcoords="offset points",
                           va="center", color=colour, weight="bold")  # fmt: skip
    made, wanted = last["actual_cumulative"], last["expected_cumulative"]
    off = f"{100 * (wanted / made - 1):+.0f} %" if made else "none to compare"
    fig.title = (
        f"After {table.index[-1]:g} {unit}s the model expects {count(wanted)} repeat purchases; "
        f"{count(made)} were made ({off})"
    )
    seen = "" if calibration is None else f" The model has seen the first {calibration:g} {unit}s."
    fig.alt = (
        f"Repeat purchases by {unit}, counted and expected. {fig.title}.{seen} In the last {unit} "
        f"{count(last['actual'])} were made and {last['expected']:.1f} expected."
    )
    return fig
