"""Who is still a customer: the frequency and recency map."""

import numpy as np

from ckmlab.plots._words import count, percent
from ckmlab.views import INK, house_style, picture

__all__ = ["frequency_recency"]


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
    fig.title = (
        f"Many purchases, long ago, are a bad sign: {count(often)} of them, the last at "
        f"{middle:.0f}, and the {what} is {said(matrix.loc[middle, often])}"
    )
    fig.alt = (
        f"Map of the {what} by number of repeat purchases (across) and age at the last one (up). "
        f"{count(often)} purchases, the last at {lately:.0f}: {said(matrix.loc[lately, often])}; "
        f"the last at {middle:.0f}: {said(matrix.loc[middle, often])}. "
        f"{count(once)} purchase at {lately:.0f}: {said(matrix.loc[lately, once])}, "
        f"at {middle:.0f}: {said(matrix.loc[middle, once])}."
    )
    return fig
