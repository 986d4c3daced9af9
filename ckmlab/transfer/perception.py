"""What managers believe of customers, beside what customers say."""

import pandas as pd

from ckmlab.frames import to_pandas
from ckmlab.intervals import difference
from ckmlab.results import Estimate

__all__ = ["driver_distance", "driver_weights", "perception_gap"]


def perception_gap(managers, customers, *, confidence=0.95):
    """Mean of what managers believe less mean of what customers say.

    Parameters
    ----------
    managers, customers : array-like of float
        Answers to the same question on the same scale (satisfaction, loyalty), or 0/1 for
        "complained last year".
    confidence : float, default 0.95
        Level of Welch's interval.

    Returns
    -------
    Estimate
        Above 0: managers think too well of it.

    Raises
    ------
    ValueError
        If a group has fewer than two answers.

    References
    ----------
    Hult, Morgeson, Morgan, Mithas and Fornell (2017), Journal of the Academy of Marketing
    Science 45, 37-54, doi:10.1007/s11747-016-0487-4.

    Examples
    --------
    >>> perception_gap([8, 9, 9, 8], [6, 7, 8, 5, 7])
    1.9 [0.4738, 3.326] (95 %, n = 9)
    """
    return difference(managers, customers, confidence=confidence, method="perception gap")


def driver_weights(frame, outcome, drivers):
    """How strongly each driver moves the outcome: standardised regression coefficients.

    Parameters
    ----------
    frame : data frame
        One row per respondent; any library, converted to pandas. Incomplete rows are left out.
    outcome : str
        Column to explain.
    drivers : sequence of str
        Columns that explain it.

    Returns
    -------
    pandas.DataFrame
        Indexed by driver: ``weight`` (standard deviations per standard deviation), ``low`` and
        ``high`` (95 %, Student).

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there are too few rows, or a column does not vary.

    Notes
    -----
    Rests on statsmodels' OLS. The interval takes the standard deviations as given.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"loyal": [1, 2, 3, 4, 6], "price": [1, 2, 3, 4, 6],
    ...     "care": [2, 1, 2, 1, 2]})
    >>> driver_weights(answers, "loyal", ["price", "care"]).weight.abs().round(3).tolist()
    [1.0, 0.0]
    """
    import statsmodels.api as sm

    drivers = [*drivers]
    columns = [outcome, *drivers]
    table = to_pandas(frame, columns, where="driver_weights", numbers=columns)
    table = table.dropna().astype(float)
    if len(table) < len(drivers) + 2:
        raise ValueError(f"{len(table)} complete rows are too few for {len(drivers)} drivers")
    flat = [name for name in table if table[name].std() == 0]
    if flat:
        raise ValueError(f"columns {flat} do not vary, so they cannot drive or be driven")
    scaled = (table - table.mean()) / table.std()
    fit = sm.OLS(scaled[outcome], sm.add_constant(scaled[drivers])).fit()
    ends = fit.conf_int().loc[drivers]
    return pd.DataFrame({"weight": fit.params[drivers], "low": ends[0], "high": ends[1]})


def driver_distance(managers, customers, outcome, drivers):
    r"""How differently two groups weigh what matters.

    .. math:: D = \tfrac12 \sum_j |v_j - w_j|, \qquad v_j = |\beta_j| / \sum_k |\beta_k|

    Parameters
    ----------
    managers, customers : data frame
        Answers of the two groups, with the same columns.
    outcome : str
        Column to explain.
    drivers : sequence of str
        Columns that explain it.

    Returns
    -------
    Estimate
        0 when both weigh alike, 1 when what matters to one does not matter to the other. No
        interval is customary; noise alone makes it larger than 0.

    Raises
    ------
    KeyError
        If a column is missing.

    References
    ----------
    After Hult et al. (2017), doi:10.1007/s11747-016-0487-4: managers misjudge the drivers.

    Examples
    --------
    >>> import pandas as pd
    >>> one = pd.DataFrame({"y": [1, 2, 3, 4, 6], "a": [1, 2, 3, 4, 6], "b": [2, 1, 2, 1, 2]})
    >>> round(driver_distance(one, one, "y", ["a", "b"]).value, 3)
    0.0
    """
    shares, rows = [], 0
    for group in (managers, customers):
        weight = driver_weights(group, outcome, drivers).weight.abs()
        shares.append(weight / weight.sum())
        rows += len(to_pandas(group, [outcome, *drivers], where="driver_distance").dropna())
    return Estimate(
        float((shares[0] - shares[1]).abs().sum() / 2),
        n=rows,
        method="half the sum of differences between shares of standardised weights",
    )
