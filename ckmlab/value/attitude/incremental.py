"""What attitudes tell beyond behaviour: the gain in discrimination on the same customers."""

from typing import NamedTuple

import numpy as np

from ckmlab.arguments import check_count, check_share, clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["IncrementalValidity", "incremental_auc", "incremental_validity"]


class IncrementalValidity(NamedTuple):
    """How well an outcome is told from two sets of columns, on the same rows.

    Parameters
    ----------
    base, extended : Estimate
        Areas under the curve without and with the added columns.
    gain : Estimate
        Their difference.
    used, dropped : int
        Rows used, and rows left out because a column was missing: those who did not answer.
    """

    base: Estimate
    extended: Estimate
    gain: Estimate
    used: int
    dropped: int


def incremental_auc(outcome, base, extended, *, confidence=0.95):
    r"""Gain in the area under the ROC curve from one prediction to another, on the same rows.

    The area is the chance that a case ranks above a non-case; DeLong's interval of the difference
    takes into account that both predictions were made for the same customers.

    Parameters
    ----------
    outcome : array-like of bool
        What happened, such as churn; both values must occur.
    base, extended : array-like of float
        Predictions without and with the added knowledge, for the same rows; higher means likelier.
        They must come from data that the models did not learn from.
    confidence : float, default 0.95
        Level of the intervals.

    Returns
    -------
    IncrementalValidity
        ``base``, ``extended``, ``gain``, ``used``, ``dropped`` (0).

    Raises
    ------
    ValueError
        If lengths differ, a value is missing, or the outcome is always the same.

    References
    ----------
    DeLong, E. R., DeLong, D. M. & Clarke-Pearson, D. L. (1988). Comparing the areas under two or
    more correlated receiver operating characteristic curves. Biometrics 44.

    Examples
    --------
    >>> result = incremental_auc([0, 0, 1, 1], [0.1, 0.5, 0.4, 0.8], [0.1, 0.2, 0.6, 0.9])
    >>> float(result.base), float(result.gain)
    (0.75, 0.25)
    """
    confidence = check_share("confidence", confidence, ends=False)
    happened = clean_numbers("outcome", outcome, missing="refuse")
    scores = [
        clean_numbers(name, values, missing="refuse")
        for name, values in (("base", base), ("extended", extended))
    ]
    if len({len(happened), *map(len, scores)}) > 1:
        raise ValueError(
            f"outcome, base and extended have {len(happened)}, {len(scores[0])} and "
            f"{len(scores[1])} rows; give the same rows in the same order"
        )
    if not set(np.unique(happened)) == {0.0, 1.0}:
        raise ValueError(
            f"outcome holds {np.unique(happened).tolist()}; give 0 and 1, both at least once"
        )
    areas, covariance = _delong(happened == 1, np.array(scores))
    variances = [*np.diag(covariance), covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]]
    quantile, n = normal_quantile(confidence), len(happened)

    def estimate(value, variance, method, least):
        half = quantile * np.sqrt(max(variance, 0.0))
        ends = max(value - half, least), min(value + half, 1.0)
        return Estimate(value, *ends, level=confidence, n=n, method=f"{method}, DeLong 1988")

    return IncrementalValidity(
        base=estimate(areas[0], variances[0], "AUC", 0.0),
        extended=estimate(areas[1], variances[1], "AUC", 0.0),
        gain=estimate(areas[1] - areas[0], variances[2], "difference of AUC", -1.0),
        used=n,
        dropped=0,
    )


def incremental_validity(customers, outcome, base, added, *, seed, folds=5, confidence=0.95):
    """Whether attitudes tell an outcome better than behaviour alone, on the same customers.

    Two logistic regressions, with the ``base`` columns and with ``added`` ones besides, each
    predict customers that they did not learn from (cross-fitting); the areas under their curves are
    then compared by :func:`incremental_auc`. Rows with a gap in *any* column are left out of both
    models. Comparing two models on different rows is the classic mistake: those who answer a survey
    are not like the rest.

    Parameters
    ----------
    customers : data frame
        One row a customer, of any library that narwhals takes; brought into memory.
    outcome : str
        Column of what happened later, True or False.
    base, added : list of str
        Numeric columns, such as frequency and recency, and such as satisfaction.
    seed : int
        Decides which customers are predicted together.
    folds : int, default 5
        Number of parts; each is predicted from the others.
    confidence : float, default 0.95
        Level of the intervals. They leave out that other folds would give slightly other models.

    Returns
    -------
    IncrementalValidity
        ``base``, ``extended``, ``gain``, ``used``, ``dropped``.

    Raises
    ------
    KeyError
        If a column is missing.
    TypeError
        If a column holds texts or dates.
    ValueError
        If too few rows are complete, or the outcome is always the same.

    References
    ----------
    Crié, D. & Micheaux, A. (2006). From customer data to value: what is lacking in the information
    chain? Journal of Database Marketing & Customer Strategy Management 13(4).

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> table = pd.DataFrame(rng.standard_normal((400, 2)), columns=["recency", "satisfaction"])
    >>> table["churned"] = table.recency - 2 * table.satisfaction + rng.standard_normal(400) > 0
    >>> result = incremental_validity(table, "churned", ["recency"], ["satisfaction"], seed=1)
    >>> bool(result.gain.low > 0.1)
    True
    """
    base, added = ([part] if isinstance(part, str) else list(part) for part in (base, added))
    folds = check_count("folds", folds, least=2)
    if not base or not added or set(base) & set(added) or outcome in {*base, *added}:
        raise ValueError(
            f"base is {base} and added is {added}; give different columns in each, and not the "
            f"outcome {outcome!r}"
        )
    table = to_pandas(customers, [outcome, *base, *added], where="incremental_validity")
    complete = table.dropna()
    for name in complete.columns if len(complete) else ():
        complete = complete.assign(**{name: clean_numbers(name, complete[name])})
    if len(complete) and not set(complete[outcome]) == {0.0, 1.0}:
        raise ValueError(
            f"outcome {outcome!r} holds {sorted(set(complete[outcome]))[:5]} in complete rows; "
            "give True and False (1 and 0), both at least once"
        )
    rarer = complete[outcome].value_counts().min() if len(complete) else 0
    if rarer < folds:
        raise ValueError(
            f"only {rarer} complete rows have the rarer outcome, fewer than the {folds} folds; "
            "use fewer folds or more customers"
        )
    predictions = [
        _cross_fitted(complete[columns], complete[outcome], seed, folds)
        for columns in (base, base + added)
    ]
    result = incremental_auc(complete[outcome], *predictions, confidence=confidence)
    return result._replace(dropped=len(table) - len(complete))


def _cross_fitted(columns, outcome, seed, folds):
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(C=np.inf, max_iter=1000))
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
    chances = cross_val_predict(
        model, columns.to_numpy(), outcome, cv=parts, method="predict_proba"
    )
    return chances[:, 1]


def _delong(happened, scores):
    """Areas and their covariance, by midranks (Sun & Xu 2014)."""
    from scipy.stats import rankdata

    cases, others = scores[:, happened], scores[:, ~happened]
    m, n = cases.shape[1], others.shape[1]
    every = rankdata(np.hstack([cases, others]), axis=1)
    # For each case the share of non-cases below it, and the other way round.
    above = (every[:, :m] - rankdata(cases, axis=1)) / n
    below = 1 - (every[:, m:] - rankdata(others, axis=1)) / m
    spread = [np.cov(part) if part.shape[1] > 1 else np.zeros((2, 2)) for part in (above, below)]
    return above.mean(axis=1), spread[0] / m + spread[1] / n
