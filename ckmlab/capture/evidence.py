"""The evidence ladder: of the people who had a problem, how few ever reach the desk."""

import math
from collections.abc import Mapping

import pandas as pd

from ckmlab.arguments import check_count, check_share
from ckmlab.capture.lists import unseen_interval
from ckmlab.frames import distinct, to_pandas
from ckmlab.intervals import normal_quantile, proportion
from ckmlab.results import Estimate

__all__ = ["dissatisfied", "evidence_table", "ladder"]


def ladder(rungs, *, customers=None, by=None, key="customer_id", confidence=0.95):
    """How many people stand on each rung, and what share climbs on to the next.

    Parameters
    ----------
    rungs : mapping
        Rung name → who stands on it, from the widest rung to the narrowest, such as
        ``{"experienced": 2700, "voiced": told, "registered": complaints}``. A rung is a number,
        a data frame with the column ``key`` (each person counts once), or a collection of ids.
    customers : data frame, optional
        Has ``key`` and ``by``: splits every rung by segment. Rungs must then be frames or ids.
    by : str, optional
        Column with the segment.
    key : str, default "customer_id"
        Column that identifies a person (or a problem, if you count problems).
    confidence : float, default 0.95
        Level of the intervals of the shares (Wilson).

    Returns
    -------
    pandas.DataFrame
        One row per rung (and segment): ``rung``, ``people``, ``of_previous`` with its ``low``
        and ``high``, and ``of_first``.

    Raises
    ------
    ValueError
        If a rung holds more people than the one before it.

    References
    ----------
    Goodman (2005), ASQ Quality Progress: "4 % complain" mixes two rungs, about half tell the
    front line and some 8 % of those reach headquarters. Stauss and Seidel, evidence
    controlling.

    Examples
    --------
    >>> ladder({"experienced": 1000, "front line": 500, "headquarters": 40}).of_first.tolist()
    [1.0, 0.5, 0.04]
    """
    if not isinstance(rungs, Mapping) or len(rungs) < 2:
        raise TypeError("rungs must map at least two rung names to numbers, frames or ids")
    if customers is None:
        counts = {name: _people(rung, name, key) for name, rung in rungs.items()}
        return _climb(counts, confidence)
    segment = to_pandas(customers, [key, by], where="ladder").set_index(key)[by]
    parts = []
    if segment.isna().all():
        raise ValueError(f"column {by!r} names no segment to compare")
    for name_of_segment in sorted(segment.dropna().unique()):
        members = segment.index[segment == name_of_segment]
        counts = {
            name: int(_ids(rung, name, key).isin(members).sum()) for name, rung in rungs.items()
        }
        parts.append(_climb(counts, confidence).assign(**{by: name_of_segment}))
    table = pd.concat(parts, ignore_index=True)
    return table[[by, *table.columns.drop(by)]]


def dissatisfied(observed, *rates, population=None, confidence=0.95):
    r"""Climb down the ladder: from the complaints on the desk to the people behind them.

    .. math:: \hat D = \sum_s \frac{R_s}{a_s \, g_s \cdots}

    with R the complaints registered in segment s, a the share of the dissatisfied who voice
    it (articulation), g the share of voiced complaints that are registered, and so on for as
    many rungs as there are.

    Parameters
    ----------
    observed : int or mapping
        Number on the narrowest rung; by segment if a mapping or Series.
    *rates : float, Estimate or mapping
        Share climbing each rung, in any order. An :class:`ckmlab.Estimate` brings its own
        uncertainty; a mapping gives each segment its own.
    population : int, optional
        Number of customers there are; a note is added when the result exceeds it.
    confidence : float, default 0.95
        Level of the log-normal interval (chance of the climb, and uncertainty of the rates).

    Returns
    -------
    Estimate
        Number of dissatisfied people. ``n`` is the number observed.

    Raises
    ------
    ValueError
        If nothing was observed, a rate is 0, or segments do not match.

    References
    ----------
    Stauss and Seidel, evidence controlling: evidence rate = articulation × registration.

    Examples
    --------
    >>> dissatisfied(40, 0.5, 0.08)
    1000 [741.1, 1354] (95 %, n = 40)
    """
    table = evidence_table(observed, *rates)
    seen = int(table.observed.sum())
    total = float(table.dissatisfied.sum())
    variance = float((table.dissatisfied**2 * table.log_variance).sum())
    low, high = unseen_interval(seen, total - seen, variance, confidence)
    notes = ("as good as its rates: a rate that belongs to another rung is off by a multiple",)
    if population is not None and total > population:
        notes = (
            f"more than the {population:,} customers there are: a rate belongs to another rung",
            *notes,
        )
    return Estimate(
        total,
        low,
        high,
        level=confidence,
        n=seen,
        method="evidence ladder inverted (Stauss and Seidel), log-normal interval",
        notes=notes,
    )


def evidence_table(observed, *rates):
    """The inverted ladder by segment: what is known, and what each rung holds back.

    Parameters
    ----------
    observed : int or mapping
        Number on the narrowest rung, by segment if a mapping or Series.
    *rates : float, Estimate or mapping
        As in :func:`dissatisfied`, the widest rung first: articulation, then registration.

    Returns
    -------
    pandas.DataFrame
        Indexed by segment: ``observed``, ``evidence_rate`` (product of the rates),
        ``dissatisfied``, ``unvoiced`` (lost at the first rung), ``hidden`` (lost later) and
        ``log_variance`` (of the logarithm of the estimate).

    Raises
    ------
    ValueError
        If nothing was observed, a rate is 0, or segments do not match.

    Examples
    --------
    >>> table = evidence_table({"consumer": 31, "business": 46}, {"consumer": 0.5,
    ...     "business": 0.75}, 0.62)
    >>> table[["dissatisfied", "unvoiced", "hidden"]].round(1).values.tolist()
    [[100.0, 50.0, 19.0], [98.9, 24.7, 28.2]]
    """
    counts = observed if isinstance(observed, Mapping | pd.Series) else {"all": observed}
    if not rates:
        raise ValueError("give at least one rate, such as the share of people who speak up")
    rows = []
    for segment, count in counts.items():
        known = check_count(f"observed[{segment!r}]", count)
        pairs = [_rate(rate, segment) for rate in rates]
        evidence = math.prod(value for value, _ in pairs)
        total = known / evidence
        rows.append(
            {
                "observed": known,
                "evidence_rate": evidence,
                "dissatisfied": total,
                "unvoiced": total * (1 - pairs[0][0]),
                "hidden": total * pairs[0][0] - known,
                "log_variance": (1 - evidence) / max(known, 1) + sum(v for _, v in pairs),
            }
        )
    table = pd.DataFrame(rows, index=pd.Index(counts.keys(), name="segment"))
    if table.observed.sum() == 0:
        raise ValueError("nothing was observed on the narrowest rung, so nothing can be scaled up")
    return table


def _rate(rate, segment):
    """A rate's value and the variance of its logarithm."""
    if isinstance(rate, Mapping | pd.Series):
        if segment not in rate:
            raise ValueError(
                f"a rate has no value for segment {segment!r}; it has {[*rate.keys()]}"
            )
        rate = rate[segment]
    value = check_share("rate", rate)
    if value == 0:
        raise ValueError("a rate is 0: where nobody climbs, nothing on the rung tells of the rest")
    if not isinstance(rate, Estimate) or math.isnan(rate.low):
        return value, 0.0
    if rate.low <= 0:
        raise ValueError(f"the rate {rate!r} cannot be told from 0; observe more cases")
    spread = math.log(rate.high) - math.log(rate.low)
    return value, (spread / (2 * normal_quantile(rate.level))) ** 2


def _climb(counts, confidence):
    first, previous, before, rows = None, None, None, []
    for rung, people in counts.items():
        if previous is not None and people > previous:
            raise ValueError(
                f"{rung!r} holds {people} people, more than {before!r} with {previous}; "
                "order the rungs from the widest to the narrowest"
            )
        first = people if first is None else first
        share = proportion(people, people if previous is None else previous, confidence=confidence)
        rows.append(
            {
                "rung": rung,
                "people": people,
                "of_previous": math.nan if previous is None else share.value,
                "low": math.nan if previous is None else share.low,
                "high": math.nan if previous is None else share.high,
                "of_first": people / first if first else math.nan,
            }
        )
        previous, before = people, rung
    return pd.DataFrame(rows)


def _people(rung, name, key):
    if isinstance(rung, int | float):
        return check_count(f"rungs[{name!r}]", rung)
    return len(_ids(rung, name, key))


def _ids(rung, name, key):
    if isinstance(rung, int | float):
        raise TypeError(f"rungs[{name!r}] is a number; splitting by segment needs ids or a frame")
    return distinct(rung, key, where=f"ladder, rung {name!r}")
