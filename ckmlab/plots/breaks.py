"""In which period a mix of categories broke."""

from ckmlab.plots._house import CAUTION
from ckmlab.views import COLOURS, house_style, picture

__all__ = ["drift_curve"]


@house_style()
def drift_curve(scan):
    """Draw how much the mix differs before and after every possible break, and the largest gap.

    Parameters
    ----------
    scan : DriftScan
        What :func:`ckmlab.organize.drift_scan` returns.

    Returns
    -------
    Picture

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.organize import drift_scan
    >>> items = pd.DataFrame({"month": [1, 2, 3, 4] * 25, "topic": ["tv", "tv", "app", "app"] * 25})
    >>> drift_curve(drift_scan(items, period="month", category="topic", seed=1)).title
    'The mix broke most at 3 (p = 0.002)'
    """
    table = scan.table
    names = [str(one) for one in table["period"]]
    peak = names.index(str(scan.period))
    places = range(len(names))
    fig, ax = picture(8, 3.8)
    ax.plot(places, table["cramers_v"], color=COLOURS["blue"], marker="o" if peak < 20 else "")
    highest = table["cramers_v"].iloc[peak]
    ax.plot(peak, highest, color=CAUTION, marker="o", ms=9)
    ax.axvline(peak, color=CAUTION, lw=1, ls=":")
    ax.annotate(names[peak], (peak, highest), (8, 4), textcoords="offset points", color=CAUTION,
                weight="bold")  # fmt: skip
    step = max(1, -(-len(names) // 9))
    ax.set_xticks(list(places)[::step], names[::step])
    ax.set(ylim=(0, 1.18 * highest), xlabel="first period after the break")
    ax.set_ylabel("before against after,\nCramér's V")
    fig.title = f"The mix broke most at {names[peak]}{_chance(scan.p_value)}"
    fig.alt = (
        f"Cramér's V of the mix before against after, for {len(names)} possible breaks: "
        f"{table['cramers_v'].iloc[0]:.3f} at {names[0]}, largest {highest:.3f} at {names[peak]}, "
        f"{table['cramers_v'].iloc[-1]:.3f} at {names[-1]}."
    )
    return fig


def _chance(p_value):
    return f" (p = {p_value:.2g})" if p_value > 0 else ""  # NaN when nothing was shuffled
