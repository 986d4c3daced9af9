"""Who will still be there: two forecasts, and what came about."""

from math import ceil

from ckmlab.frames import to_pandas
from ckmlab.plots._house import CAUTION, tint
from ckmlab.plots._words import count, listed
from ckmlab.views import COLOURS, INK, QUIET, house_style, picture

__all__ = ["retention_forecast"]

COLUMNS = ["cohort", "year", "printed", "model", "constant_churn"]
LOOKS = {"model": (COLOURS["blue"], "-"), "constant_churn": (CAUTION, "--")}


@house_style()
def retention_forecast(forecasts, *, seen):
    """Draw how many of each cohort are left, as it came about and as two models foresaw it.

    Parameters
    ----------
    forecasts : data frame
        ``cohort``, ``year``, and in per cent of the cohort ``printed`` (what came about), ``model``
        and ``constant_churn``, as :func:`ckmlab.studies.contract_retention.forecast` returns it.
    seen : int
        The last year that the models were fitted to.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no year lies after ``seen``.

    Examples
    --------
    >>> from ckmlab.studies import contract_retention
    >>> retention_forecast(contract_retention.forecast(since=0), seen=7).title
    'By year 12 constant churn loses up to 13 points too many; the mixture is within 2'
    """
    table = to_pandas(forecasts, COLUMNS, where="plots.retention_forecast")
    if not (table["year"] > seen).any():
        raise ValueError(
            f"plots.retention_forecast: no year lies after seen={seen}; "
            f"the last is {table['year'].max()}"
        )
    cohorts = {name: rows.sort_values("year") for name, rows in table.groupby("cohort", sort=False)}
    fig, axes = picture(8, 4.2, columns=len(cohorts), sharey=True)
    axes = [axes] if len(cohorts) == 1 else axes
    for ax, (name, rows) in zip(axes, cohorts.items(), strict=True):
        _cohort(ax, rows, seen)
        ax.set_title(_words(name), fontsize=11, loc="left", color=INK)
        ax.set_xlabel("year")
    axes[0].set_ylabel("still there, % of the cohort")
    last = {name: rows.iloc[-1] for name, rows in cohorts.items()}
    fig.title = _title(last)
    fig.alt = f"{fig.title}. " + " ".join(_said(name, row) for name, row in last.items())
    fig.caption = (
        f"Dots: what came about, filled up to year {count(seen)}, which the models were fitted to. "
        "Solid: every customer has a chance to leave of their own. "
        "Dashed: all have the average chance."
    )
    return fig


def _cohort(ax, rows, seen):
    ax.axvspan(seen + 0.5, rows["year"].max() + 0.5, color=tint(QUIET, 0.12), lw=0)
    for column, (colour, dashes) in LOOKS.items():
        ax.plot(rows["year"], rows[column], color=colour, ls=dashes, marker="", lw=2)
    fitted = rows["year"] <= seen
    for part, face in [(rows[fitted], INK), (rows[~fitted], "white")]:
        ax.plot(part["year"], part["printed"], ls="", marker="o", ms=5, mfc=face, mec=INK)
    last = rows.iloc[-1]
    for column, up in [("model", 14), ("constant_churn", -9)]:
        ax.annotate(_words(column), (last["year"], last[column]), (0, up), ha="right",
                    va="bottom" if up > 0 else "top", textcoords="offset points",
                    color=LOOKS[column][0])  # fmt: skip
    ax.set(xlim=(rows["year"].min() - 0.3, last["year"] + 0.5), ylim=(-8, 103))


def _title(last):
    rows = list(last.values())
    short = max(row["printed"] - row["constant_churn"] for row in rows)
    off = max(abs(row["printed"] - row["model"]) for row in rows)
    year = count(rows[0]["year"])
    if short <= off:
        return f"By year {year} the mixture is {off:.0f} points off, constant churn {short:.0f}"
    return (
        f"By year {year} constant churn loses up to {short:.0f} points too many; "
        f"the mixture is within {ceil(off)}"
    )


def _said(name, row):
    figures = listed(
        [
            f"{row['printed']:.1f} % came about",
            f"the mixture said {row['model']:.1f}",
            f"constant churn {row['constant_churn']:.1f}",
        ]
    )
    return f"{_words(name).capitalize()}, year {count(row['year'])}: {figures}."


def _words(name):
    return "mixture" if name == "model" else str(name).replace("_", " ")
