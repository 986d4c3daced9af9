"""Whether constructs are measured well, and apart from each other."""

from itertools import combinations

import numpy as np
import pandas as pd

from ckmlab.arguments import clean_numbers
from ckmlab.frames import require, to_pandas
from ckmlab.results import Estimate
from ckmlab.value.attitude.reliability import complete_answers

__all__ = ["average_variance_extracted", "composite_reliability", "htmt"]


def composite_reliability(loadings):
    r"""Composite reliability (also rho C or omega) from standardised loadings.

    .. math:: CR = \frac{(\sum_i \lambda_i)^2}{(\sum_i \lambda_i)^2 + \sum_i (1 - \lambda_i^2)}

    Parameters
    ----------
    loadings : array-like of float
        Standardised loadings of one construct's items, each from -1 to 1.

    Returns
    -------
    Estimate
        Without interval: loadings alone do not give one. ``n`` is the number of items.

    Raises
    ------
    ValueError
        If a loading is missing or beyond -1 and 1.

    References
    ----------
    Fornell, C. & Larcker, D. F. (1981). Evaluating structural equation models with unobservable
    variables and measurement error. Journal of Marketing Research 18.

    Examples
    --------
    >>> round(float(composite_reliability([0.809, 0.785, 0.810, 0.820])), 3)
    0.881
    """
    loading = _loadings(loadings)
    common = loading.sum() ** 2
    value = common / (common + (1 - loading**2).sum())
    return Estimate(value, n=len(loading), method="composite reliability from loadings")


def average_variance_extracted(loadings):
    r"""Average variance extracted: what share of its items' variance a construct explains.

    .. math:: AVE = \frac{1}{k} \sum_i \lambda_i^2

    Parameters
    ----------
    loadings : array-like of float
        Standardised loadings of one construct's items, each from -1 to 1.

    Returns
    -------
    Estimate
        Without interval. ``n`` is the number of items. By custom at least .5 is wanted, and a root
        above the construct's correlations with the others (Fornell & Larcker 1981).

    Raises
    ------
    ValueError
        If a loading is missing or beyond -1 and 1.

    Examples
    --------
    >>> round(float(average_variance_extracted([0.809, 0.785, 0.810, 0.820])), 3)
    0.65
    """
    loading = _loadings(loadings)
    return Estimate(
        (loading**2).mean(), n=len(loading), method="average variance extracted from loadings"
    )


def htmt(items, constructs, *, correlations=False):
    r"""Heterotrait-monotrait ratio: how far two constructs' items correlate across, against within.

    .. math::

        HTMT_{ab} =
        \frac{\overline{|r|}_{ab}}{\sqrt{\overline{|r|}_{aa}\,\overline{|r|}_{bb}}}

    with the mean correlation of items of different constructs above, and of different items of one
    construct below. Near 1 the two are hardly told apart; .85 or .90 are the usual limits.

    Parameters
    ----------
    items : data frame
        Answers, one column an item (any library; brought into memory; respondents with a gap are
        dropped), or with ``correlations=True`` a pandas correlation matrix of the items.
    constructs : dict
        Construct → list of its items' columns, at least two each.
    correlations : bool, default False
        Whether ``items`` is a correlation matrix.

    Returns
    -------
    pandas.DataFrame
        Symmetric, constructs by constructs, the diagonal missing.

    Raises
    ------
    KeyError
        If an item is missing.
    TypeError
        If answers are no numbers.
    ValueError
        If a construct has a single item, there is a single construct, or an item does not vary.

    References
    ----------
    Henseler, J., Ringle, C. M. & Sarstedt, M. (2015). A new criterion for assessing discriminant
    validity in variance-based structural equation modeling. Journal of the Academy of Marketing
    Science 43.

    Examples
    --------
    >>> corr = pd.DataFrame(0.4, index=list("abcd"), columns=list("abcd"))
    >>> corr.iloc[:2, :2] = corr.iloc[2:, 2:] = 0.8
    >>> ratios = htmt(corr, {"one": ["a", "b"], "two": ["c", "d"]}, correlations=True)
    >>> round(float(ratios.loc["one", "two"]), 2)
    0.5
    """
    constructs = {name: list(columns) for name, columns in constructs.items()}
    if len(constructs) < 2:
        raise ValueError("htmt compares constructs; give at least two")
    single = [name for name, columns in constructs.items() if len(columns) < 2]
    if single:
        raise ValueError(f"htmt: {single} has one item only; at least two are needed each")
    columns = [column for part in constructs.values() for column in part]
    size = _sizes(items, columns, correlations)
    within = {}
    for name, own in constructs.items():
        pairs = [size.loc[one, other] for one, other in combinations(own, 2)]
        within[name] = np.mean(pairs)
    ratios = pd.DataFrame(np.nan, index=list(constructs), columns=list(constructs))
    for one, other in combinations(constructs, 2):
        across = size.loc[constructs[one], constructs[other]].to_numpy().mean()
        ratio = across / np.sqrt(within[one] * within[other])
        ratios.loc[one, other] = ratios.loc[other, one] = ratio
    return ratios


def _sizes(items, columns, correlations):
    """Absolute correlations of the items."""
    if not correlations:
        frame = to_pandas(items, columns, where="htmt")
        return complete_answers(frame, "htmt")[0].corr().abs()
    require(items, columns, where="htmt")
    missing = [column for column in columns if column not in items.index]
    if missing:
        raise KeyError(f"htmt: the correlation matrix has no row {missing}; name rows as columns")
    return items.loc[columns, columns].abs()


def _loadings(loadings):
    loading = clean_numbers("loadings", loadings, missing="refuse")
    odd = loading[np.abs(loading) > 1]
    if len(odd):
        raise ValueError(f"loadings holds {odd[0]:g}; a standardised loading lies between -1 and 1")
    return loading
