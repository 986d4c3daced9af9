"""Does using knowledge help? The crude comparison, and the one among like cases."""

import math

import pandas as pd

from ckmlab.arguments import choose
from ckmlab.frames import to_pandas
from ckmlab.intervals import difference, normal_quantile
from ckmlab.results import Estimate

__all__ = ["crude_effect", "standardised_effect", "stratum_effects"]


def crude_effect(frame, *, outcome, exposure, confidence=0.95):
    """Mean outcome with less mean outcome without, whatever else differs between the cases.

    Misleading wherever the use of knowledge depends on the case: if people look things up when
    a case is hard, users of knowledge look worse than those who needed none (Simpson's paradox).

    Parameters
    ----------
    frame : data frame
        One row per case; any library, converted to pandas.
    outcome : str
        Column with the outcome, such as solved at first contact (0/1) or minutes.
    exposure : str
        0/1 or boolean column: was knowledge used?
    confidence : float, default 0.95
        Level of Welch's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If one of the two groups has fewer than two cases.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"solved": [1, 0, 1, 1], "used": [1, 1, 0, 0]})
    >>> crude_effect(cases, outcome="solved", exposure="used").value
    -0.5
    """
    table = _cases(frame, outcome, exposure, [], "crude_effect")
    return difference(
        table[outcome][table[exposure]],
        table[outcome][~table[exposure]],
        confidence=confidence,
        method="crude difference",
        notes=("compares unlike cases wherever use depends on the case",),
    )


def standardised_effect(frame, *, outcome, exposure, strata, target="all", confidence=0.95):
    r"""Effect among like cases, averaged over the cases as they come.

    .. math:: \hat\Delta = \sum_s w_s (\bar y_{1s} - \bar y_{0s})

    with :math:`w_s` the share of stratum s among the target's cases.

    Parameters
    ----------
    frame : data frame
        One row per case; any library, converted to pandas.
    outcome, exposure : str
        As in :func:`crude_effect`.
    strata : str or sequence of str
        Columns that make cases alike, such as difficulty. They must come before the use of
        knowledge; standardising by something the use has changed spoils the comparison.
    target : {"all", "exposed", "unexposed"}
        Whose effect: of everybody, of those who used knowledge, or of those who did not.
    confidence : float, default 0.95
        Level of the normal interval; the shares of the strata are taken as given.

    Returns
    -------
    Estimate
        The effect of use if nothing else matters that the strata leave out. Strata in which
        everybody or nobody used knowledge say nothing and are left out; ``notes`` tells.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no stratum holds both kinds of cases.

    References
    ----------
    Direct standardisation; as an effect Pearl (2009), Causality, chapter 3.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"hard": [1] * 6 + [0] * 6, "used": [1] * 4 + [0] * 2 + [1] * 2
    ...     + [0] * 4, "solved": [1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0]})
    >>> standardised_effect(cases, outcome="solved", exposure="used", strata="hard").value
    0.125
    """
    choose("target", target, ["all", "exposed", "unexposed"])
    columns = [strata] if isinstance(strata, str) else [*strata]
    table = _cases(frame, outcome, exposure, columns, "standardised_effect")
    cells = _cells(table, outcome, exposure, columns)
    known = (cells.n_1 > 0) & (cells.n_0 > 0)
    if not known.any():
        raise ValueError(
            f"no stratum of {columns} holds both cases with and without {exposure!r}: like is "
            "never met with like; use coarser strata"
        )
    size = {"all": cells.n_1 + cells.n_0, "exposed": cells.n_1, "unexposed": cells.n_0}[target]
    lost = float(size[~known].sum() / size.sum())
    cells, weight = cells[known], (size[known] / size[known].sum())
    value = float((weight * (cells.mean_1 - cells.mean_0)).sum())
    spread = cells.var_1 / cells.n_1 + cells.var_0 / cells.n_0
    half = normal_quantile(confidence) * math.sqrt(float((weight**2 * spread).sum()))
    return Estimate(
        value,
        value - half,
        value + half,
        level=confidence,
        n=int((cells.n_1 + cells.n_0).sum()),
        method=f"difference standardised over {', '.join(columns)} ({target})",
        notes=(
            "causal only if nothing else makes cases with and without use unlike",
            *([f"{lost:.1%} of the cases are in strata without comparison"] if lost else []),
        ),
    )


def stratum_effects(frame, *, outcome, exposure, strata, confidence=0.95):
    """Outcomes with and without use, in every stratum and over all: what a slope picture shows.

    Parameters
    ----------
    frame : data frame
        One row per case; any library, converted to pandas.
    outcome, exposure : str
        As in :func:`crude_effect`.
    strata : str or sequence of str
        Columns that make cases alike.
    confidence : float, default 0.95
        Level of the intervals of the effects (Welch).

    Returns
    -------
    pandas.DataFrame
        The strata, ``n_with``, ``n_without``, ``with_use``, ``without_use``, ``effect``,
        ``low``, ``high``; the last row, "all", is the crude comparison.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"hard": [1] * 6 + [0] * 6, "used": [1] * 4 + [0] * 2 + [1] * 2
    ...     + [0] * 4, "solved": [1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0]})
    >>> stratum_effects(cases, outcome="solved", exposure="used", strata="hard").effect.tolist()
    [0.25, 0.0, 0.0]
    """
    columns = [strata] if isinstance(strata, str) else [*strata]
    table = _cases(frame, outcome, exposure, columns, "stratum_effects")
    rows = [
        dict(zip(columns, name, strict=True)) | _row(part, outcome, exposure, confidence)
        for name, part in table.groupby(columns, observed=True)
    ]
    rows.append(dict.fromkeys(columns, "all") | _row(table, outcome, exposure, confidence))
    return pd.DataFrame(rows)


def _row(part, outcome, exposure, confidence):
    used, unused = part[outcome][part[exposure]], part[outcome][~part[exposure]]
    if min(len(used), len(unused)) >= 2:
        effect = difference(used, unused, confidence=confidence)
    else:
        effect = Estimate(used.mean() - unused.mean())
    return {
        "n_with": len(used),
        "n_without": len(unused),
        "with_use": used.mean(),
        "without_use": unused.mean(),
        "effect": effect.value,
        "low": effect.low,
        "high": effect.high,
    }


def _cases(frame, outcome, exposure, strata, where):
    columns = [outcome, exposure, *strata]
    table = to_pandas(frame, columns, where=where, numbers=[outcome]).dropna()
    if table.empty:
        raise ValueError(f"{where} got no complete case")
    if not table[exposure].isin([0, 1]).all():
        raise ValueError(f"column {exposure!r} must hold 0/1 or False/True")
    return table.assign(
        **{exposure: table[exposure].astype(bool), outcome: table[outcome].astype(float)}
    )


def _cells(table, outcome, exposure, columns):
    """Size, mean and variance with (1) and without (0) use, one row per stratum."""
    arms = []
    for arm in (False, True):
        part = table[table[exposure] == arm]
        arm_cells = part.groupby(columns, observed=True)[outcome].agg(
            n="size", mean="mean", var="var"
        )
        arm_cells["var"] = arm_cells["var"].fillna(part[outcome].var())  # a single case shows none
        arms.append(arm_cells.add_suffix(f"_{int(arm)}"))
    return pd.concat(arms, axis=1).fillna({"n_0": 0, "n_1": 0})
