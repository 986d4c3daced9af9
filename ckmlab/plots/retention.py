"""Why a cohort's retention rises although nobody in it becomes more loyal."""

import numpy as np

from ckmlab.arguments import check_count
from ckmlab.plots._house import CAUTION, spread, tint
from ckmlab.plots._words import count, listed, percent
from ckmlab.views import COLOURS, QUIET, house_style, picture

__all__ = ["retention_mixture"]

FIFTHS = (0.1, 0.3, 0.5, 0.7, 0.9)  # the middle customer of each fifth
THICK = 0.06  # of the picture's height: a line of which everybody is still there


@house_style()
def retention_mixture(results, periods=None, *, period="year"):
    """Draw the cohort's retention beside that of five of its customers.

    Each customer's own retention is a flat line, which grows thin as customers like that leave.
    The cohort's retention rises because those who remain are more and more the loyal ones.

    Parameters
    ----------
    results : ShiftedBetaGeometricResults
        A fit of :class:`ckmlab.value.lifetime.ShiftedBetaGeometric` without covariates.
    periods : int, optional
        How far to draw; by default as far as the data go.
    period : str, default "year"
        What a period is called.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the fit has covariates, or ``periods`` is below 2.

    References
    ----------
    Fader, P. S. & Hardie, B. G. S. (2007). How to project customer retention. Journal of
    Interactive Marketing 21(1), 76–90, doi:10.1002/dir.20074.

    Examples
    --------
    >>> from ckmlab.value.lifetime import ShiftedBetaGeometric
    >>> fit = ShiftedBetaGeometric([1000, 631, 468, 382, 326, 289, 262, 241]).fit()
    >>> retention_mixture(fit).title
    'Retention rises from 63 % to 91 %, yet no customer became more loyal'
    """
    own = results.retention_quantiles(FIFTHS).to_numpy()
    seen = results.observed_retention().to_numpy()
    last = check_count("periods", periods or len(seen), least=2)
    whole = results.retention_rate(np.arange(1, last + 1))
    there = own[:, None] ** np.arange(last)
    fig, ax = picture(8, 4.6)
    floor = max(0.0, min(own.min(), seen[:last].min()) - 0.08)
    _customers(ax, own, there, period, floor)
    _cohort(ax, whole, seen[:last])
    ax.set(xlim=(0.8, last + 0.03 * last), ylim=(floor, 1 + 0.04 * (1 - floor)))
    ax.set(xlabel=f"{period} of the contract", ylabel=f"stay for another {period}, %")
    ax.set_xticks(np.arange(1, last + 1)[:: 1 + last // 16])
    ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f}")
    fig.title = (
        f"Retention rises from {percent(whole.iloc[0])} to {percent(whole.iloc[-1])}, "
        "yet no customer became more loyal"
    )
    fig.alt = _alt(whole, own, there, period)
    fig.caption = (
        "Flat lines: five customers, one from the middle of each fifth of the cohort; thickness "
        "is the share of such customers who are still there. Dots: the cohort as observed."
    )
    return fig


def _customers(ax, own, there, period, floor):
    time = np.arange(1, there.shape[1] + 1)
    fine = np.linspace(1, time[-1], 241)
    # Lines as thick as they can be without touching where customers are nearly alike.
    thick = max(min(THICK * (1 - floor), 0.9 * -np.diff(own).max()), 0.012 * (1 - floor))
    heights = spread(list(own), 0.055 * (1 - floor))
    for rate, remaining, height in zip(own, there, heights, strict=True):
        half = thick / 2 * np.exp(np.interp(fine, time, np.log(np.maximum(remaining, 1e-9))))
        ax.fill_between(fine, rate - half, rate + half, color=tint(COLOURS["blue"], 0.45), lw=0.4)
        ax.annotate(
            f"{percent(rate)} each {period}: {_of_hundred(remaining[-1])}",
            (1, height), (10, 0), xycoords=("axes fraction", "data"), va="center",
            textcoords="offset points", color=COLOURS["blue"], fontsize=9,
        )  # fmt: skip


def _of_hundred(share):
    return f"{percent(share)} still there" if share >= 0.005 else "nearly all gone"


def _cohort(ax, whole, seen):
    ax.plot(whole.index, whole, color=CAUTION, marker="", lw=3, zorder=3)
    ax.plot(np.arange(1, len(seen) + 1), seen, ls="", marker="o", ms=6, mfc="white", mec=CAUTION,
            mew=1.5, zorder=4)  # fmt: skip
    middle = len(whole) // 2
    ax.annotate("the whole cohort", (whole.index[middle], whole.iloc[middle]), (0, -16),
                textcoords="offset points", ha="center", va="top", color=CAUTION, weight="bold",
                bbox={"fc": "white", "alpha": 0.8, "lw": 0, "pad": 1})  # fmt: skip
    ax.grid(axis="y", color=tint(QUIET, 0.2))


def _alt(whole, own, there, period):
    said = [
        f"{percent(rate)} ({percent(remaining[-1])} of such customers are still there at the end)"
        for rate, remaining in zip(own, there, strict=True)
    ]
    return (
        f"The cohort's retention rises from {percent(whole.iloc[0])} in {period} 1 to "
        f"{percent(whole.iloc[-1])} in {period} {count(len(whole))}. Five customers' own retention "
        f"never changes: {listed(said[::-1])}."
    )
