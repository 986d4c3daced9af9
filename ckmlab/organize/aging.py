"""Knowledge ages: what is past its date, and what is merely losing its use."""

import math

import numpy as np
import pandas as pd
from scipy.optimize import brentq, minimize_scalar

from ckmlab.arguments import check_positive, clean_numbers
from ckmlab.frames import to_pandas
from ckmlab.intervals import mean, normal_quantile, proportion
from ckmlab.results import Estimate

__all__ = ["age_bands", "fit_half_life", "freshness", "stale_share", "value_left"]


def value_left(age, half_life):
    r"""Share of its first usefulness that an item has left.

    .. math:: v = 2^{-age / h}

    Parameters
    ----------
    age : float or array-like of float
        Age in days.
    half_life : float or array-like of float
        Days in which usefulness halves, h; one number, or one per item.

    Returns
    -------
    float or numpy.ndarray

    Raises
    ------
    ValueError
        If an age is negative or a half-life not positive.

    Examples
    --------
    >>> round(value_left(365, half_life=180), 3)
    0.245
    """
    age, half = np.asarray(age, dtype=float), np.asarray(half_life, dtype=float)
    if (age < 0).any():
        raise ValueError("an age is negative: the item was created after the day of the count")
    if not (half > 0).all():
        raise ValueError("half_life must be above 0")
    left = 2.0 ** (-age / half)
    return float(left) if left.ndim == 0 else left


def freshness(items, today, *, half_life, created="created_at", kind=None, confidence=0.95):
    """Mean usefulness left in a store of knowledge.

    Parameters
    ----------
    items : data frame
        One row per item; any library, converted to pandas.
    today : date-like
        The day of the count; items created later do not exist yet and are left out.
    half_life : float or mapping
        Days in which usefulness halves; or kind → days, with ``kind``.
    created : str, default "created_at"
        Column with the day of creation.
    kind : str, optional
        Column with the kind of knowledge; how-to, needs and prices age at their own pace.
    confidence : float, default 0.95
        Level of Student's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a kind has no half-life, or no item exists on that day.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"created_at": pd.to_datetime(["2024-01-01", "2024-06-29"])})
    >>> freshness(items, "2024-06-29", half_life=180).value
    0.75
    """
    columns = [created, *([kind] if kind else [])]
    table = to_pandas(items, columns, where="freshness", dates=[created])
    age = (pd.Timestamp(today) - table[created]).dt.days
    table, age = table[age >= 0], age[age >= 0]
    if age.empty:
        raise ValueError(f"no item exists on {pd.Timestamp(today).date()}")
    half = half_life
    if kind:
        missing = sorted(set(map(str, table[kind].unique())) - set(map(str, half_life)))
        if missing:
            raise ValueError(f"half_life has no entry for {missing}")
        half = table[kind].map(half_life).to_numpy()
    return mean(
        value_left(age, half),
        within=(0, 1),
        confidence=confidence,
        method="mean value left, 2^(-age/h)",
    )


def age_bands(items, today, *, half_life, created="created_at", until="valid_until", width=182.625):
    """How many items of which age are still valid, and how much use is left in them.

    Parameters
    ----------
    items : data frame
        One row per item; any library, converted to pandas.
    today : date-like
        The day of the count; items created later are left out.
    half_life : float or Estimate
        Days in which usefulness halves (:func:`fit_half_life`).
    created, until : str
        Columns with the day of creation and the last day of validity; an item without a last
        day is valid.
    width : float, default 182.625
        Days in a band: half a year.

    Returns
    -------
    pandas.DataFrame
        Youngest first: ``from_days``, ``to_days``, ``valid``, ``past`` (numbers of items) and
        ``left`` (usefulness left in the middle of the band, 0 to 1).

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no item exists on that day.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.to_datetime(["2023-01-01", "2024-01-01", "2024-05-01"])
    >>> items = pd.DataFrame({"created_at": days, "valid_until": days + pd.Timedelta(days=200)})
    >>> age_bands(items, "2024-07-01", half_life=180)[["valid", "past"]].values.tolist()
    [[2, 0], [0, 0], [0, 1]]
    """
    width, half = check_positive("width", width), check_positive("half_life", half_life)
    day = pd.Timestamp(today)
    table = to_pandas(items, [created, until], where="age_bands", dates=[created, until])
    table = table[table[created] <= day]
    if table.empty:
        raise ValueError(f"no item exists on {day.date()}; choose a later day")
    ages, late = (day - table[created]) / pd.Timedelta(days=1), table[until] < day
    ends = width * np.arange(int(ages.max() // width) + 2)
    valid, past = (np.histogram(ages[chosen], ends)[0] for chosen in (~late, late))
    bands = pd.DataFrame({"from_days": ends[:-1], "to_days": ends[1:], "valid": valid})
    return bands.assign(past=past, left=value_left((ends[:-1] + ends[1:]) / 2, half))


def stale_share(items, today, *, until="valid_until", confidence=0.95):
    """Share of the items that are past their date.

    Old is not stale: an item without a date is taken as valid.

    Parameters
    ----------
    items : data frame
        One row per item; any library, converted to pandas.
    today : date-like
        The day of the count.
    until : str, default "valid_until"
        Column with the last day of validity.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If the column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"valid_until": pd.to_datetime(["2024-01-01", "2025-01-01", None])})
    >>> round(stale_share(items, "2024-06-01").value, 3)
    0.333
    """
    last = to_pandas(items, [until], where="stale_share", dates=[until])[until]
    late = int((last < pd.Timestamp(today)).sum())
    return proportion(late, len(last), confidence=confidence, method="items past their date")


def fit_half_life(age, useful, *, confidence=0.95):
    r"""Half-life of usefulness, from how old items were when they did or did not help.

    Maximum likelihood for :math:`P(\text{useful}) = 2^{-age/h}`.

    Parameters
    ----------
    age : array-like of float
        Age in days at each use, above 0.
    useful : array-like of bool
        Whether the item helped.
    confidence : float, default 0.95
        Level of the profile-likelihood interval.

    Returns
    -------
    Estimate
        Days.

    Raises
    ------
    ValueError
        If lengths differ, an age is not positive, or all or none helped.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> age = rng.uniform(1, 720, 800)
    >>> fit_half_life(age, rng.random(800) < 2 ** (-age / 180)).covers(180)
    True
    """
    days = clean_numbers("age", age, missing="refuse")
    helped = clean_numbers("useful", useful, missing="refuse").astype(bool)
    if len(days) != len(helped):
        raise ValueError(f"{len(days)} ages but {len(helped)} outcomes; give one for each")
    if (days <= 0).any():
        raise ValueError("an age is 0 or negative; use days since creation, at least 1")
    if helped.all() or not helped.any():
        raise ValueError("all or none of the uses helped, so a half-life cannot be told")

    def log_likelihood(log_half):
        decay = days * math.log(2) / math.exp(log_half)
        return float(-decay[helped].sum() + np.log(-np.expm1(-decay[~helped])).sum())

    bounds = math.log(days.min() / 1e3), math.log(days.max() * 1e3)
    best = minimize_scalar(lambda x: -log_likelihood(x), bounds=bounds, method="bounded")
    drop = normal_quantile(confidence) ** 2 / 2

    def excess(log_half):
        return log_likelihood(log_half) + best.fun + drop

    return Estimate(
        math.exp(best.x),
        math.exp(brentq(excess, bounds[0], best.x)),
        math.exp(brentq(excess, best.x, bounds[1])),
        level=confidence,
        n=len(days),
        method="maximum likelihood of 2^(-age/h), profile interval",
    )
