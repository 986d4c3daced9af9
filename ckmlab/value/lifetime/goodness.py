"""Does the model fit? Frames to draw: counts, tracking, hold-out, and the frequency/recency map.

Each function takes the results of a fit and returns a pandas frame with what happened beside what
the model expects.
"""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_positive, clean_numbers

__all__ = ["frequency_histogram", "frequency_recency_matrix", "holdout", "tracking"]


def frequency_histogram(results, max_frequency=7):
    """Customers by number of repeat purchases: counted, and expected by the model.

    Parameters
    ----------
    results : results of a model of purchases
        BG/NBD, MBG/NBD, Pareto/NBD (without covariates) or BG/BB.
    max_frequency : int, default 7
        Counts from here on are added up in the last row.

    Returns
    -------
    pandas.DataFrame
        Index ``frequency`` (0 to ``max_frequency``, the last "or more"), columns ``actual`` and
        ``expected``, in customers.

    Examples
    --------
    >>> from ckmlab.value.lifetime import BetaGeoNBD
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> table = frequency_histogram(BetaGeoNBD(customers).fit(), 3)
    >>> table["actual"].tolist(), bool(np.isclose(table["expected"].sum(), 100))
    ([60.0, 20.0, 9.0, 11.0], True)
    """
    max_frequency = check_count("max_frequency", max_frequency, least=1)
    rows = results.model.rows
    capped = np.minimum(rows.frequency, max_frequency).astype(np.int64)
    actual = np.bincount(capped, rows.weights, minlength=max_frequency + 1)
    age = rows.columns.get("T", rows.columns.get("opportunities"))
    ages, back = np.unique(age, return_inverse=True)
    customers = np.bincount(back, rows.weights)
    counts = np.arange(max_frequency)
    below = np.array([results.purchase_probabilities(counts, time) for time in ages])
    expected = customers @ below
    expected = np.append(expected, customers.sum() - expected.sum())
    index = pd.RangeIndex(max_frequency + 1, name="frequency")
    return pd.DataFrame({"actual": actual, "expected": expected}, index=index)


def tracking(results, purchase_times, *, until=None, step=1.0):
    """Repeat purchases of the whole cohort over calendar time: counted, and expected.

    Parameters
    ----------
    results : results of BG/NBD, MBG/NBD or Pareto/NBD
        A fit; every customer's T runs to the same day, the end of calibration.
    purchase_times : array_like of float
        When each repeat purchase happened, of all customers together, calibration and after, in
        the model's unit of time since the earliest customer's first purchase.
    until : float, optional
        Last time of the table; by default that of the last purchase.
    step : float, default 1
        Length of a row's period.

    Returns
    -------
    pandas.DataFrame
        Index ``time`` (end of each period), columns ``actual``, ``expected`` (in the period),
        ``actual_cumulative``, ``expected_cumulative``.

    Examples
    --------
    >>> from ckmlab.value.lifetime import BetaGeoNBD
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> tracking(BetaGeoNBD(customers).fit(), [1, 5, 9], step=5)["actual"].tolist()
    [2, 1]
    """
    times = clean_numbers("purchase_times", purchase_times, missing="refuse")
    if (times < 0).any():
        raise ValueError(f"purchase_times holds {times.min():g}; count from the first purchase on")
    step = check_positive("step", step)
    end = check_positive("until", times.max() if until is None else until)
    edges = step * np.arange(np.ceil(end / step - 1e-9) + 1)
    rows = results.model.rows
    born, back = np.unique(rows.T.max() - rows.T, return_inverse=True)
    customers = np.bincount(back, rows.weights)
    lived = edges[1:] - born[:, None]
    expected = np.zeros(lived.shape)
    ages, places = np.unique(lived[lived > 0], return_inverse=True)
    expected[lived > 0] = results.expected_purchases(ages).to_numpy()[places]
    cumulative = customers @ expected
    # A purchase at the very end of a period belongs to it.
    actual = np.bincount(
        np.searchsorted(edges[1:], times[times <= edges[-1]]), minlength=len(edges) - 1
    )
    return pd.DataFrame(
        {
            "actual": actual,
            "expected": np.diff(cumulative, prepend=0.0),
            "actual_cumulative": actual.cumsum(),
            "expected_cumulative": cumulative,
        },
        index=pd.Index(edges[1:], name="time"),
    )


def holdout(results, actual, t, *, data=None, max_frequency=7):
    """Purchases in a hold-out period by frequency before it: counted, and expected.

    Parameters
    ----------
    results : results of a model of purchases
        Fitted to the calibration period.
    actual : array_like of float
        Purchases of each customer in the hold-out period, in the order of the data.
    t : float
        Length of the hold-out period, in the model's unit of time (or occasions).
    data : data frame, optional
        The customers' calibration histories; the fitted rows by default.
    max_frequency : int, default 7
        Customers with that many purchases or more are one group.

    Returns
    -------
    pandas.DataFrame
        Index ``frequency``, columns ``customers``, ``actual`` and ``expected`` (mean purchases
        per customer in the hold-out period).

    Examples
    --------
    >>> from ckmlab.value.lifetime import BetaGeoNBD
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> results = BetaGeoNBD(customers).fit()
    >>> holdout(results, [0.2, 0, 1, 1, 2, 6], 38, max_frequency=2)["customers"].tolist()
    [60.0, 20.0, 20.0]
    """
    max_frequency = check_count("max_frequency", max_frequency, least=1)
    histories = results.histories(data)
    bought = clean_numbers("actual", actual, missing="refuse")
    if (bought < 0).any():
        raise ValueError(f"actual holds {bought.min():g}; nobody buys less than nothing")
    if len(bought) != len(histories):
        raise ValueError(
            f"actual has {len(bought)} values for {len(histories)} rows of histories; give one for "
            "each, in the same order (0 for customers without a purchase)"
        )
    expected = results.predict(t, data).to_numpy()
    group = np.minimum(histories["frequency"], max_frequency).astype(np.int64)
    weights = np.ones(len(histories)) if histories.counts is None else histories.counts
    table = pd.DataFrame(
        {"customers": weights, "actual": weights * bought, "expected": weights * expected}
    )
    table = table.groupby(pd.Index(group, name="frequency")).sum()
    return table.assign(
        actual=table["actual"] / table["customers"],
        expected=table["expected"] / table["customers"],
    )


def frequency_recency_matrix(results, t=None, *, T=None, max_frequency=None, steps=40):
    """The heat map: what to expect of customers by frequency (columns) and recency (rows).

    Parameters
    ----------
    results : results of BG/NBD, MBG/NBD or Pareto/NBD
        A fit without covariates.
    t : float, optional
        Expected purchases in the next ``t`` time units; without it, P(alive).
    T : float, optional
        Age of the customers on the map; by default the oldest in the data.
    max_frequency : int, optional
        Last column; by default the largest frequency in the data, at most 100.
    steps : int, default 40
        Rows between recency 0 and T.

    Returns
    -------
    pandas.DataFrame
        Index ``recency``, columns ``frequency``; NaN where the combination cannot be (frequency
        0 at a recency above 0).

    Examples
    --------
    >>> from ckmlab.value.lifetime import BetaGeoNBD
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 1, 1, 2, 3, 8], "recency": [0, 4, 25, 12, 30, 36], "T": 38,
    ...      "count": [60, 12, 8, 9, 6, 5]})
    >>> frequency_recency_matrix(BetaGeoNBD(customers).fit(), steps=2).shape
    (3, 9)
    """
    rows = results.model.rows
    age = check_positive("T", rows.T.max() if T is None else T)
    most = min(rows.frequency.max(), 100) if max_frequency is None else max_frequency
    frequency = np.arange(check_count("max_frequency", most, least=1) + 1)
    recency = np.linspace(0, age, check_count("steps", steps, least=1) + 1)
    grid = pd.MultiIndex.from_product([recency, frequency], names=["recency", "frequency"])
    frame = grid.to_frame(index=False).assign(T=age)
    possible = (frame["frequency"] > 0) | (frame["recency"] == 0)
    frame = frame[possible]
    found = results.p_alive(frame) if t is None else results.predict(t, frame)
    values = np.full(len(possible), np.nan)
    values[possible] = found
    return pd.DataFrame(
        values.reshape(len(recency), -1),
        index=pd.Index(recency, name="recency"),
        columns=pd.Index(frequency, name="frequency"),
    )
