"""How long it takes until somebody uses what was shared."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from ckmlab.arguments import check_share
from ckmlab.frames import to_pandas
from ckmlab.native import DAY, date, keyed, microseconds, with_dates

__all__ = ["GroupTest", "first_use", "log_rank", "uptake_curve"]


def first_use(items, log, *, until, item="item_id", created="created_at", used="ts"):
    """Days from an item's creation to its first use, or to the end if it was never used.

    Parameters
    ----------
    items : data frame
        One row per item; any library that narwhals takes. All its columns are kept.
    log : data frame
        One row per use; best of the same library, for one of another is brought over. Dates
        written as texts, here or there, are read by pandas.
    until : date-like
        Last day of observation; later uses and items do not count.
    item, created, used : str
        Columns with the item, its creation, and the time of use. Uses before the creation
        are left out.

    Returns
    -------
    data frame
        The items with ``days`` and ``observed`` (False: still waiting at the end), in their own
        library: lazy where it is lazy, in their order where it is not.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item_id": [1, 2], "created_at": pd.to_datetime(["2024-01-01"] * 2)})
    >>> log = pd.DataFrame({"item_id": [1], "ts": pd.to_datetime(["2024-01-05"])})
    >>> first_use(items, log, until="2024-01-31")[["days", "observed"]].values.tolist()
    [[4.0, True], [30.0, False]]
    """
    end = pd.Timestamp(until)
    table = with_dates(items, [item, created], dates=[created], where="first_use, items")
    opens = with_dates(log, [item, used], dates=[used], where="first_use, log")
    table = table.filter(microseconds(date(table, created), end) >= 0)
    eager = isinstance(table, nw.DataFrame)
    table = table.with_row_index("__row") if eager else table
    opens = opens.select(item, date(opens, used).alias("__used"))
    table, opens, names = keyed(table, opens, [item], where="first_use")
    first = _first_uses(table, opens, names, created, end)
    joined = table.join(first, on=names, how="left")
    observed = ~nw.col("__used").is_null()
    start = date(joined, created)
    waited = nw.when(observed).then(microseconds(start, nw.col("__used")))
    waited = waited.otherwise(microseconds(start, end))
    waits = joined.with_columns(days=waited / DAY, observed=observed)
    if eager:
        waits = nw.maybe_reset_index(waits.sort("__row").drop("__row"))
    return waits.drop("__used", *names).to_native()


def _first_uses(table, opens, names, created, end):
    """Each item's first use between its creation and the end."""
    both = opens.join(table.select(*names, created), on=names, how="inner")
    used = nw.col("__used")
    inside = (microseconds(date(both, created), used) >= 0) & (microseconds(used, end) >= 0)
    return both.filter(inside).group_by(*names).agg(used.min())


def uptake_curve(waits, *, by=None, days="days", observed="observed", confidence=0.95):
    r"""Share of the items not yet used after so many days, by Kaplan and Meier.

    .. math:: \hat S(t) = \prod_{t_j \le t} \left(1 - \frac{d_j}{n_j}\right)

    Items still waiting at the end count as long as they were watched; leaving them out, or
    calling their wait the time of first use, would flatter the store.

    Parameters
    ----------
    waits : data frame
        One row per item, as :func:`first_use` returns; any library, converted to pandas.
    by : str, optional
        Column with groups, such as the team.
    days, observed : str
        Columns with the wait and whether it ended in a use.
    confidence : float, default 0.95
        Level of the pointwise intervals (Greenwood, on the log-log scale).

    Returns
    -------
    pandas.DataFrame
        (``by``,) ``days``, ``unused``, ``low``, ``high`` and ``at_risk``, starting at day 0.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a wait is negative or missing.

    Notes
    -----
    Rests on statsmodels' SurvfuncRight.

    References
    ----------
    Kaplan and Meier (1958), Journal of the American Statistical Association 53, 457-481.

    Examples
    --------
    >>> import pandas as pd
    >>> waits = pd.DataFrame({"days": [1, 2, 2, 5], "observed": [1, 1, 0, 1]})
    >>> uptake_curve(waits).unused.round(3).tolist()
    [1.0, 0.75, 0.5, 0.0]
    """
    table = _waits(waits, by, days, observed, "uptake_curve")
    check_share("confidence", confidence, ends=False)
    groups = table.groupby(by, observed=True) if by else [(None, table)]
    curves = []
    for name, part in groups:
        curve = _curve(part[days], part[observed], confidence)
        curves.append(curve.assign(**{by: name}) if by else curve)
    joined = pd.concat(curves, ignore_index=True)
    return joined[[by, *joined.columns.drop(by)]] if by else joined


@dataclass(frozen=True)
class GroupTest:
    """A test of whether groups differ.

    Parameters
    ----------
    statistic : float
        Chi-square.
    p_value : float
        Chance of one as large if the groups are alike.
    groups : tuple
        Their names.
    """

    statistic: float
    p_value: float
    groups: tuple


def log_rank(waits, by, *, days="days", observed="observed", strata=None):
    """Do groups take up knowledge at different speeds? The log-rank test.

    Parameters
    ----------
    waits : data frame
        One row per item, as :func:`first_use` returns; any library, converted to pandas.
    by : str
        Column with the groups.
    days, observed : str
        Columns with the wait and whether it ended in a use.
    strata : str, optional
        Column within whose values groups are compared.

    Returns
    -------
    GroupTest

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there are fewer than two groups, or nothing was used.

    References
    ----------
    Mantel (1966); Peto and Peto (1972). Rests on statsmodels' survdiff.

    Examples
    --------
    >>> import pandas as pd
    >>> waits = pd.DataFrame({"days": [1, 2, 3, 9, 9, 9], "observed": [1, 1, 1, 1, 0, 0],
    ...     "team": list("aaabbb")})
    >>> log_rank(waits, "team").p_value < 0.05
    True
    """
    from statsmodels.duration.survfunc import survdiff

    table = _waits(waits, by, days, observed, "log_rank", *([strata] if strata else []))
    names = tuple(sorted(table[by].unique(), key=str))
    if len(names) < 2:
        raise ValueError(f"column {by!r} has one group only; comparing takes two")
    if not table[observed].any():
        raise ValueError("nothing was used in any group, so speeds cannot be compared")
    statistic, p_value = survdiff(
        table[days].to_numpy(float),
        table[observed].to_numpy(int),
        table[by].to_numpy(),
        strata=table[strata].to_numpy() if strata else None,
    )
    return GroupTest(float(statistic), float(p_value), names)


def _curve(days, observed, confidence):
    from scipy.special import ndtri
    from statsmodels.duration.survfunc import SurvfuncRight

    fit = SurvfuncRight(days.to_numpy(float), observed.to_numpy(int))
    unused, error = np.asarray(fit.surv_prob, float), np.asarray(fit.surv_prob_se, float)
    inner = (unused > 0) & (unused < 1)
    power = np.ones_like(unused)
    log = np.log(np.where(inner, unused, 0.5))
    power[inner] = np.exp(ndtri(0.5 + confidence / 2) * error[inner] / (unused * -log)[inner])
    start = pd.DataFrame(
        {"days": [0.0], "unused": 1.0, "low": 1.0, "high": 1.0, "at_risk": len(days)}
    )
    steps = pd.DataFrame(
        {
            "days": np.asarray(fit.surv_times, float),
            "unused": unused,
            "low": np.where(inner, unused**power, unused),
            "high": np.where(inner, unused ** (1 / power), unused),
            "at_risk": np.asarray(fit.n_risk, int),
        }
    )
    return pd.concat([start, steps], ignore_index=True)


def _waits(waits, by, days, observed, where, *more):
    columns = [days, observed, *([by] if by else []), *more]
    table = to_pandas(waits, columns, where=where, numbers=[days])
    if table.empty or table[days].isna().any() or (table[days] < 0).any():
        raise ValueError(f"column {days!r} needs a wait of 0 or more for every item")
    if not table[observed].isin([0, 1]).all():
        raise ValueError(f"column {observed!r} must hold 0/1 or False/True, and no gaps")
    gaps = [name for name in columns[2:] if table[name].isna().any()]
    if gaps:
        raise ValueError(f"columns {gaps} name no group for some items; fill or drop them")
    return table
