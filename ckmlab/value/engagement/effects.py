"""What did it really change? Effects of capture or recovery from data nobody randomised."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_share, choose, clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.intervals import normal_quantile
from ckmlab.results import Estimate

__all__ = ["METHODS", "compare_effects", "treatment_effect"]

METHODS = ("naive", "stratified", "weighted", "doubly robust")
FEW = 20  # distinct numbers that are a scale, not a measurement
CLASSES = 5  # a measurement is cut into as many classes for strata
NO_OVERLAP = 1e-4  # propensities this close to 0 or 1 leave nothing to compare with
POOR_OVERLAP = 0.1  # effective share of the sample below which weights are called extreme


def treatment_effect(
    frame, *, outcome, treatment, covariates=(), method="doubly robust", confidence=0.95
):
    r"""Average effect of a treatment on an outcome, adjusted for what drove the treatment.

    * ``naive``: difference of the means of treated and untreated; right only after randomising.
    * ``stratified``: that difference within every combination of the covariates (numbers with
      more than 20 values cut into fifths), averaged with the strata's sizes.
    * ``weighted``: weights :math:`1/e(x)` and :math:`1/(1-e(x))` from a logistic model of the
      treatment (Hájek's estimator).
    * ``doubly robust``: linear outcome models for both groups, corrected by the weighted
      residuals; right if either the treatment or the outcome model is.

    None helps against a cause of both treatment and outcome that is not among the covariates. A
    firm that makes good the worst cases first, by a severity that it never records, will see
    recovered customers leave *more*: every estimate then lies below the truth, and its interval,
    which only knows of chance, misses it however large the sample. :func:`e_value` says how strong
    such a cause would have to be to explain an effect away.

    Parameters
    ----------
    frame : data frame
        One row per customer or case, of any library; turned into pandas.
    outcome : str
        Column of numbers, or True and False.
    treatment : str
        Column of True and False, or 1 and 0.
    covariates : sequence of str
        Columns that were known before the treatment; strings and booleans become indicators.
    method : {"naive", "stratified", "weighted", "doubly robust"}
        How to adjust.
    confidence : float, default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        In units of the outcome; ``notes`` say how much of the data could be compared.

    Raises
    ------
    KeyError, TypeError, ValueError
        For missing columns or values, texts where numbers are due, a treatment that is not binary
        or that nobody (or everybody) got, no covariates where the method needs some, or no overlap.

    References
    ----------
    Rosenbaum, P. R. & Rubin, D. B. (1983). The central role of the propensity score in
    observational studies for causal effects. Biometrika 70.
    Robins, J. M., Rotnitzky, A. & Zhao, L. P. (1994). Estimation of regression coefficients when
    some regressors are not always observed. Journal of the American Statistical Association 89.

    Examples
    --------
    >>> cases = pd.DataFrame(
    ...     {"hard": [0] * 60 + [1] * 60,
    ...      "used": [1] * 10 + [0] * 50 + [1] * 40 + [0] * 20,
    ...      "solved": [1] * 9 + [0] + [1] * 40 + [0] * 10
    ...                + [1] * 20 + [0] * 20 + [1] * 8 + [0] * 12})
    >>> roles = {"outcome": "solved", "treatment": "used"}
    >>> round(float(treatment_effect(cases, **roles, method="naive")), 3)
    -0.106
    >>> round(float(treatment_effect(cases, **roles, covariates=["hard"])), 3)
    0.1
    """
    choose("method", method, METHODS)
    check_share("confidence", confidence, ends=False)
    covariates = [covariates] if isinstance(covariates, str) else list(covariates)
    y, treated, data = _read(frame, outcome, treatment, covariates)
    if method != "naive" and data.empty:
        raise ValueError(f"method {method!r} needs covariates: name what drove the treatment")
    value, variance, n, notes = _HOW[method](y, treated, data)
    half = normal_quantile(confidence) * np.sqrt(variance)
    return Estimate(
        value, value - half, value + half, confidence, n, f"{method} difference", tuple(notes)
    )


def compare_effects(frame, *, outcome, treatment, covariates, confidence=0.95):
    """All four estimates of one effect, side by side.

    Parameters
    ----------
    frame, outcome, treatment, covariates, confidence
        As in :func:`treatment_effect`.

    Returns
    -------
    pandas.DataFrame
        Index ``method``; columns ``value``, ``low``, ``high``, ``n``.

    Examples
    --------
    >>> cases = pd.DataFrame(
    ...     {"hard": [0, 0, 0, 0, 1, 1, 1, 1] * 9, "used": [0, 0, 1, 0, 1, 1, 0, 1] * 9,
    ...      "solved": [1, 1, 1, 0, 0, 1, 0, 0] * 9})
    >>> roles = {"outcome": "solved", "treatment": "used", "covariates": ["hard"]}
    >>> compare_effects(cases, **roles).index.tolist()
    ['naive', 'stratified', 'weighted', 'doubly robust']
    """
    roles = {"outcome": outcome, "treatment": treatment, "covariates": covariates}
    found = [
        treatment_effect(frame, **roles, method=method, confidence=confidence) for method in METHODS
    ]
    rows = [(each.value, each.low, each.high, each.n) for each in found]
    index = pd.Index(METHODS, name="method")
    return pd.DataFrame(rows, columns=["value", "low", "high", "n"], index=index)


def _read(frame, outcome, treatment, covariates):
    roles = [outcome, treatment, *covariates]
    if len(set(roles)) < len(roles):
        raise ValueError(f"treatment_effect: {roles} name a column twice; give each role its own")
    data = to_pandas(frame, roles, where="treatment_effect")
    data = data.reset_index(drop=True)
    missing = data.isna().sum()
    if missing.any():
        column = missing.idxmax()
        raise ValueError(
            f"column {column!r} has {missing[column]} missing values; drop those rows knowingly, "
            "or make missing a category of its own"
        )
    if data.empty:
        raise ValueError("treatment_effect: the frame is empty")
    y = clean_numbers(f"outcome {outcome!r}", data[outcome])
    treated = clean_numbers(f"treatment {treatment!r}", data[treatment])
    if not np.isin(treated, [0, 1]).all():
        odd = data[treatment][~np.isin(treated, [0, 1])].iloc[0]
        raise ValueError(f"treatment {treatment!r} holds {odd!r}; give True and False, or 1 and 0")
    if min(treated.sum(), (1 - treated).sum()) < 2:
        raise ValueError(
            f"{treated.sum():g} of {len(treated)} rows are treated; both groups need at least 2"
        )
    return y, treated, data[covariates]


def _naive(y, treated, _):
    groups = [y[treated == side] for side in (1, 0)]
    variance = sum(group.var(ddof=1) / len(group) for group in groups)
    return groups[0].mean() - groups[1].mean(), variance, len(y), ()


def _stratified(y, treated, data):
    cells = data.apply(_classes).astype(str).agg("|".join, axis=1)
    groups = [
        pd.Series(y[treated == side]).groupby(cells[treated == side].to_numpy()) for side in (1, 0)
    ]
    given, control = (group.agg(["mean", "var", "size"]) for group in groups)
    both = given.add_suffix("_1").join(control.add_suffix("_0"), how="inner")
    both = both[(both["size_1"] >= 2) & (both["size_0"] >= 2)]
    if both.empty:
        raise ValueError("no stratum has treated and untreated rows; use fewer covariates")
    sizes = both["size_1"] + both["size_0"]
    weights = sizes / sizes.sum()
    differences = both["mean_1"] - both["mean_0"]
    variances = both["var_1"] / both["size_1"] + both["var_0"] / both["size_0"]
    used = int(sizes.sum())
    notes = []
    if used < len(y):
        notes = [f"{len(y) - used:,} of {len(y):,} rows have nobody to be compared with"]
    return (weights * differences).sum(), (weights**2 * variances).sum(), used, notes


def _classes(column):
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        return column
    if column.nunique() <= FEW:
        return column
    return pd.qcut(column, CLASSES, labels=False, duplicates="drop")


def _weighted(y, treated, data):
    design = _design(data)
    chance = _propensity(design, treated)
    weights = np.where(treated == 1, 1 / chance, 1 / (1 - chance))
    means = [np.average(y[treated == side], weights=weights[treated == side]) for side in (0, 1)]
    side = np.where(treated == 1, y - means[1], -(y - means[0]))
    influence = weights * side
    # The propensities are estimated, too: what they explain of the influence is no error.
    scores = design * (treated - chance)[:, None]
    influence -= scores @ np.linalg.lstsq(scores, influence, rcond=None)[0]
    return means[1] - means[0], influence.var() / len(y), len(y), _overlap(weights, treated)


def _doubly_robust(y, treated, data):
    design = _design(data)
    chance = _propensity(design, treated)
    guesses = []
    for side in (0, 1):
        rows = treated == side
        fit = np.linalg.lstsq(design[rows], y[rows], rcond=None)[0]
        guesses.append(design @ fit)
    residual = np.where(treated == 1, (y - guesses[1]) / chance, -(y - guesses[0]) / (1 - chance))
    influence = guesses[1] - guesses[0] + residual
    weights = np.where(treated == 1, 1 / chance, 1 / (1 - chance))
    return influence.mean(), influence.var() / len(y), len(y), _overlap(weights, treated)


def _overlap(weights, treated):
    """A note if few rows carry most of the weight."""
    shares = [
        weights[treated == side].sum() ** 2 / (weights[treated == side] ** 2).sum()
        for side in (0, 1)
    ]
    worst = min(share / (treated == side).sum() for side, share in enumerate(shares))
    if worst < POOR_OVERLAP:
        return [f"extreme weights: {worst:.0%} of a group carries the comparison"]
    return []


def _design(data):
    """Constant, standardised numbers and indicators of categories, as independent columns."""
    numeric = data.select_dtypes("number").astype(float)
    numeric = numeric.loc[:, numeric.max() > numeric.min()]
    numeric = (numeric - numeric.mean()) / numeric.std()
    other = data.select_dtypes(exclude="number").astype(str)
    other = pd.get_dummies(other, drop_first=True, dtype=float) if len(other.columns) else other
    parts = [np.ones((len(data), 1)), numeric.to_numpy(), other.to_numpy(dtype=float)]
    # Where a plan implies a segment columns repeat each other; what they span is all that matters.
    basis, sizes, _ = np.linalg.svd(np.concatenate(parts, axis=1), full_matrices=False)
    return basis[:, sizes > 1e-10 * sizes[0]] * np.sqrt(len(data))


def _propensity(design, treated):
    """Chances of treatment from a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=np.inf, fit_intercept=False, solver="newton-cholesky", tol=1e-8)
    chance = model.fit(design, treated).predict_proba(design)[:, 1]
    if min(chance.min(), 1 - chance.max()) < NO_OVERLAP:
        raise ValueError(
            "no overlap: the covariates tell (almost) for certain who is treated, so that there "
            "is nobody to compare some rows with; restrict the data to where both occur"
        )
    return chance


_HOW = {
    "naive": _naive,
    "stratified": _stratified,
    "weighted": _weighted,
    "doubly robust": _doubly_robust,
}
