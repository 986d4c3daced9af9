"""Weights that make those who answered look like those who were asked."""

import math
import warnings
from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from ckmlab.arguments import check_share, clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.results import Estimate

__all__ = ["rake", "response_propensity", "weighted_mean"]

SWEEPS = 200


def response_propensity(frame, responded, covariates):
    """Chance to answer of every invited person, from what is known of all of them.

    A logistic regression (statsmodels); the weight of a respondent is one over the chance.
    It mends bias only as far as the covariates explain why people stay silent. If the silence
    depends on the answer itself, weighting leaves most of the bias in place: only following up
    a sample of the silent helps (:func:`ckmlab.capture.double_sampling`).

    Parameters
    ----------
    frame : data frame
        One row per invited person; any library, converted to pandas.
    responded : str
        Boolean or 0/1 column: did the person answer?
    covariates : sequence of str
        Columns known for everybody; text and category columns become indicators.

    Returns
    -------
    pandas.Series
        Chances strictly between 0 and 1, in the order of the rows, named ``propensity``.

    Raises
    ------
    ValueError
        If everybody or nobody answered, a covariate is missing somewhere, or the covariates
        tell respondents and non-respondents apart perfectly.

    References
    ----------
    Rosenbaum and Rubin (1983), Biometrika 70, 41-55.

    Examples
    --------
    >>> import pandas as pd
    >>> asked = pd.DataFrame({"age": ["young", "young", "old", "old"], "answered": [0, 1, 1, 1]})
    >>> asked = pd.concat([asked, asked.assign(answered=[0, 1, 1, 0])])
    >>> response_propensity(asked, "answered", ["age"]).round(2).tolist()[:4]
    [0.5, 0.5, 0.75, 0.75]
    """
    import statsmodels.api as sm

    table = to_pandas(
        frame, [responded, *covariates], where="response_propensity", numbers=[responded]
    )
    answered = table[responded].astype(float)
    if not answered.isin([0, 1]).all():
        raise ValueError(f"column {responded!r} must say 0 or 1 (or False, True) for everybody")
    if answered.nunique() < 2:
        raise ValueError("everybody or nobody answered; there is no propensity to model")
    gaps = [name for name in covariates if table[name].isna().any()]
    if gaps:
        raise ValueError(f"{gaps} have missing values; propensities need covariates of everybody")
    design = pd.get_dummies(table[[*covariates]], drop_first=True, dtype=float).astype(float)
    scale = design.std().replace(0, 1)  # cents and years fit as well as units
    design = sm.add_constant((design - design.mean()) / scale, has_constant="add")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # separation is judged by the outcome, below
        fit = sm.GLM(answered.to_numpy(), design.to_numpy(), family=sm.families.Binomial()).fit()
    chance = np.asarray(fit.fittedvalues)
    if chance.min() < 1e-8 or chance.max() > 1 - 1e-8:
        raise ValueError(
            "the covariates say for certain who answers in some group; merge categories, or "
            "leave the covariate out: a group that never answers cannot be weighted up"
        )
    return pd.Series(chance, index=table.index, name="propensity")


def weighted_mean(values, weights, *, confidence=0.95):
    r"""Mean with weights, and an interval that knows what the weights cost.

    .. math:: \bar y_w = \frac{\sum w_i y_i}{\sum w_i}, \qquad
        n_{eff} = \frac{(\sum w_i)^2}{\sum w_i^2}

    Parameters
    ----------
    values : array-like of float
        Answers; people whose answer is missing are left out.
    weights : array-like of float
        One weight per value, not negative; only their ratios matter.
    confidence : float, default 0.95
        Level of the interval (linearised variance of a ratio, Student's quantile). The
        weights are taken as given.

    Returns
    -------
    Estimate
        ``notes`` gives Kish's effective sample size.

    Raises
    ------
    ValueError
        If lengths differ, a weight is negative or missing, or all are 0.

    References
    ----------
    Hájek (1971); Kish (1965), Survey Sampling.

    Examples
    --------
    >>> weighted_mean([10, 10, 4, 4], [1, 1, 3, 3])
    5.5 [1.366, 9.634] (95 %, n = 4)
    """
    confidence = check_share("confidence", confidence, ends=False)
    answers = clean_numbers("values", values, missing="keep")
    weight = clean_numbers("weights", weights, missing="keep")
    if len(answers) != len(weight):
        raise ValueError(f"{len(answers)} values but {len(weight)} weights; give one for each")
    keep = ~np.isnan(answers)
    answers, weight = answers[keep], weight[keep]
    if np.isnan(weight).any() or (weight < 0).any() or weight.sum() == 0:
        raise ValueError("weights of people who answered must be 0 or more, and not all 0")
    share = weight / weight.sum()
    centre, n = float(share @ answers), len(answers)
    half = math.nan
    if n > 1:
        variance = n / (n - 1) * float(share**2 @ (answers - centre) ** 2)
        half = float(stdtrit(n - 1, 0.5 + confidence / 2)) * math.sqrt(variance)
    return Estimate(
        centre,
        centre - half,
        centre + half,
        level=confidence,
        n=n,
        method="weighted mean (Hájek 1971), linearised interval",
        notes=(f"effective sample size {1 / float(share @ share):.1f} (Kish 1965)",),
    )


def rake(frame, targets, *, weights=None):
    """Weights that match known margins, one column after the other, until all of them fit.

    Also called iterative proportional fitting; with one column it is post-stratification.

    Parameters
    ----------
    frame : data frame
        Those who answered; any library, converted to pandas.
    targets : mapping
        Column → {category → share or number in the population}.
    weights : str, optional
        Column with weights to start from; equal ones by default.

    Returns
    -------
    pandas.Series
        Weights with mean 1, in the order of the rows, named ``weight``.

    Raises
    ------
    ValueError
        If a category occurs on one side only, a value is missing, or the margins cannot be
        met together.

    References
    ----------
    Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427-444.

    Examples
    --------
    >>> import pandas as pd
    >>> answered = pd.DataFrame({"segment": ["basic", "basic", "basic", "business"]})
    >>> rake(answered, {"segment": {"basic": 0.5, "business": 0.5}}).round(3).tolist()
    [0.667, 0.667, 0.667, 2.0]
    """
    if not isinstance(targets, Mapping) or not targets:
        raise TypeError("targets must map each column to its categories' shares")
    columns = [*targets, *([weights] if weights else [])]
    table = to_pandas(frame, columns, where="rake")
    goals = {name: _goal(name, table[name], shares) for name, shares in targets.items()}
    weight = table[weights].astype(float) if weights else pd.Series(1.0, index=table.index)
    weight = weight / weight.sum()
    for _ in range(SWEEPS):
        worst = 0.0
        for name, goal in goals.items():
            factor = goal / weight.groupby(table[name].to_numpy()).sum()
            worst = max(worst, float((factor - 1).abs().max()))
            weight = weight * table[name].map(factor).to_numpy()
        if worst < 1e-10:
            return (weight * len(weight)).rename("weight")
    raise ValueError(
        f"the margins of {[*targets]} cannot be met together by these respondents: some "
        "combination of categories has nobody; merge categories or drop a column"
    )


def _goal(name, column, shares):
    if column.isna().any():
        raise ValueError(f"column {name!r} has missing values; raking needs every respondent's")
    here, there = set(column), set(shares)
    if here != there:
        raise ValueError(
            f"column {name!r}: categories {sorted(map(str, here ^ there))} are on one side only, "
            "in the answers or in the targets; merge them"
        )
    goal = pd.Series(shares, dtype=float)
    if (goal <= 0).any():
        raise ValueError(f"targets of {name!r} must be above 0")
    return goal / goal.sum()
