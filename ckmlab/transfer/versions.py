"""Versions of a text tried on different readers: who succeeds with which, and if all do alike."""

import math

import pandas as pd

from ckmlab.frames import to_pandas
from ckmlab.intervals import proportion
from ckmlab.results import Estimate

__all__ = ["interaction", "success_by_version"]


def success_by_version(
    trials,
    by=None,
    *,
    version="version",
    success="success",
    readers="views",
    confidence=0.95,
):
    """Share of the readers who succeeded with each version, for each group of readers.

    Parameters
    ----------
    trials : data frame
        Counts, such as one row per text, version and group; any library, converted to pandas.
        Rows of the same version and group are added up.
    by : str, optional
        Column with the groups of readers.
    version, success, readers : str
        Columns with the version, how many succeeded, and how many read.
    confidence : float, default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    pandas.DataFrame
        (``by``,) ``version``, ``readers``, ``successes``, ``share``, ``low``, ``high``.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If more succeeded than read.

    Examples
    --------
    >>> import pandas as pd
    >>> trials = pd.DataFrame({"version": [1, 2, 1, 2], "skill": ["low", "low", "high", "high"],
    ...     "views": [10, 10, 10, 10], "success": [7, 1, 5, 9]})
    >>> success_by_version(trials, "skill")["share"].tolist()
    [0.5, 0.9, 0.7, 0.1]
    """
    keys = [*([by] if by else []), version]
    table = to_pandas(trials, [*keys, success, readers], where="success_by_version")
    counts = table.groupby(keys, observed=True)[[readers, success]].sum().reset_index()
    rows = []
    for won, read in zip(counts[success], counts[readers], strict=True):
        found = proportion(int(won), int(read), confidence=confidence)
        rows.append([int(read), int(won), found.value, found.low, found.high])
    columns = ["readers", "successes", "share", "low", "high"]
    return pd.concat([counts[keys], pd.DataFrame(rows, columns=columns)], axis=1)


def interaction(one, other):
    r"""Does an effect differ between two groups? The difference of two independent estimates.

    With :math:`\hat\theta_i` in the interval :math:`[l_i, u_i]`, by squaring and adding,

    .. math:: \hat\theta_1 - \hat\theta_2 \;{}^{+\sqrt{(u_1 - \hat\theta_1)^2 +
        (\hat\theta_2 - l_2)^2}}_{-\sqrt{(\hat\theta_1 - l_1)^2 + (u_2 - \hat\theta_2)^2}}

    Parameters
    ----------
    one, other : Estimate
        The effect in either group, from different people, with intervals of one level: such as
        what :func:`ckmlab.transfer.refinement_gain` returns.

    Returns
    -------
    Estimate
        0 if both groups profit alike, on the scale of the effects. An interval without 0 says
        that no single effect describes both groups.

    Raises
    ------
    ValueError
        If the levels differ, or an interval is missing.

    References
    ----------
    The way in which Newcombe (1998), Statistics in Medicine 17, 873-890, joins two intervals.

    Examples
    --------
    >>> from ckmlab.transfer import refinement_gain
    >>> interaction(refinement_gain(70, 100, 40, 100), refinement_gain(60, 100, 70, 100))
    0.4 [0.2098, 0.5759] (95 %, n = 400)
    """
    ends = [one.low, one.high, other.low, other.high]
    if any(math.isnan(end) for end in ends) or one.level != other.level:
        raise ValueError("interaction needs two estimates with intervals of the same level")
    value = one.value - other.value
    return Estimate(
        value,
        value - math.hypot(one.value - one.low, other.high - other.value),
        value + math.hypot(one.high - one.value, other.value - other.low),
        level=one.level,
        n=None if one.n is None or other.n is None else one.n + other.n,
        method="difference of two independent effects, intervals joined by squaring and adding",
    )
