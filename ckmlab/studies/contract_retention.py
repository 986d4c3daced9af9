"""R5: Two cohorts over twelve years, five held out."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count
from ckmlab.datasets import load_contract_retention
from ckmlab.studies.citation import Citation
from ckmlab.studies.rounding import rounding_range
from ckmlab.studies.verdicts import compare_many, reproduction
from ckmlab.value.lifetime import ShiftedBetaGeometric

__all__ = ["CITATION", "METHOD", "TABLES", "constant_churn", "fit", "forecast", "reproduce"]

CITATION = Citation(
    "Fader, P. S.; Hardie, B. G. S.",
    2007,
    "How to project customer retention",
    "Journal of Interactive Marketing 21(1), 76–90",
    "10.1002/dir.20074",
)
METHOD = (
    "The authors print the share of two cohorts left after 0 to 12 years and fit the "
    "shifted-beta-geometric model to the first seven. No customer changes in this model; retention "
    "rises because those likely to leave have left. How well the model forecasts the five years it "
    "has not seen is in forecast()."
)
TABLES = {
    "survival": load_contract_retention(),
    # As a public implementation tests itself against the article.
    "estimates": {"alpha": "0.668", "beta": "3.806"},
}
#: Years the model sees, and the size of the cohort, which the likelihood needs but nobody prints.
SEEN, BASE = 7, 1000


def reproduce():
    """Fit the model to the first seven years of the high-end cohort again.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> reproduce()["verdict"].tolist()
    ['reproduced', 'reproduced']
    """
    texts = [f"{share:.1f}" for share in TABLES["survival"]["high_end"]]
    # The first share is 100 by definition and not rounded.
    ranges = rounding_range(lambda shares: _fit([100, *shares]).params, texts[1 : SEEN + 1])
    printed = {f"{name}, high-end": text for name, text in TABLES["estimates"].items()}
    return reproduction(compare_many("estimates", printed, ranges), CITATION)


def forecast(*, since=SEEN + 1):
    """Forecast years 8 to 12 from years 0 to 7, by the model and by constant churn.

    Parameters
    ----------
    since : int, default 8
        First year to give; before year 8 the figures are fitted, not forecast.

    Returns
    -------
    pandas.DataFrame
        One line a cohort and year: ``cohort, year, printed`` (what came about), ``model``,
        ``constant_churn``; per cent of the cohort.

    Examples
    --------
    >>> forecast().query("year == 12").round(1).values.tolist()
    [['regular', 12, 17.3, 17.0, 4.6], ['high_end', 12, 39.4, 37.8, 27.0]]
    """
    years = np.arange(check_count("since", since), len(TABLES["survival"]))
    parts = [
        pd.DataFrame(
            {
                "cohort": cohort,
                "year": years,
                "printed": TABLES["survival"][cohort].iloc[years].to_numpy(),
                "model": 100 * fit(cohort).predict(list(years)).to_numpy(),
                "constant_churn": 100 * (1 - constant_churn(cohort)) ** years,
            }
        )
        for cohort in ("regular", "high_end")
    ]
    return pd.concat(parts, ignore_index=True)


def fit(cohort="regular"):
    """Fit the shifted-beta-geometric model to a cohort's first seven years.

    Parameters
    ----------
    cohort : {"regular", "high_end"}
        Which subscribers.

    Returns
    -------
    ckmlab.value.lifetime.ShiftedBetaGeometricResults

    Examples
    --------
    >>> fit("high_end").params.round(3).to_dict()
    {'alpha': 0.668, 'beta': 3.806}
    """
    return _fit(TABLES["survival"][cohort].iloc[: SEEN + 1])


def constant_churn(cohort="regular"):
    """Yearly churn if everybody were equally likely to leave: losses over years at risk.

    Parameters
    ----------
    cohort : {"regular", "high_end"}
        Which subscribers.

    Returns
    -------
    float

    Examples
    --------
    >>> round(constant_churn("regular"), 4), round(constant_churn("high_end"), 4)
    (0.226, 0.1033)
    """
    share = TABLES["survival"][cohort].iloc[: SEEN + 1].to_numpy()
    return float((share[0] - share[-1]) / share[:-1].sum())


def _fit(shares):
    return ShiftedBetaGeometric(np.asarray(shares, dtype=float) * BASE / 100).fit()
