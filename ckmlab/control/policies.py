"""Who may know what, for which purpose: a policy, and what it lets through or keeps back."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ckmlab.frames import to_pandas
from ckmlab.intervals import proportion
from ckmlab.results import Estimate

__all__ = ["PolicyReport", "evaluate_policy"]

ANY = "*"


@dataclass(frozen=True)
class PolicyReport:
    """What a policy did to a series of requests.

    Parameters
    ----------
    leak_rate : Estimate
        Share of the illegitimate requests that were granted.
    block_rate : Estimate
        Share of the legitimate requests that were denied.
    precision : Estimate
        Share of the granted requests that were legitimate.
    recall : Estimate
        Share of the legitimate requests that were granted.
    leaks, blocks : pandas.DataFrame
        The offending requests, with all their columns.
    decisions : pandas.DataFrame
        Every request with ``granted`` and ``verdict`` (fine, leak, block).
    """

    leak_rate: Estimate
    block_rate: Estimate
    precision: Estimate
    recall: Estimate
    leaks: pd.DataFrame
    blocks: pd.DataFrame
    decisions: pd.DataFrame


def evaluate_policy(
    requests,
    policy,
    *,
    legitimate="legitimate",
    keys=("role", "ktype", "purpose"),
    allow="allow",
    confidence=0.95,
):
    """Hold a policy against requests whose legitimacy is known.

    Parameters
    ----------
    requests : data frame
        One row per request, with the columns ``keys`` and ``legitimate``; any library,
        converted to pandas.
    policy : data frame or str
        Rules: the columns ``keys``, in which "*" stands for anything, and ``allow``. The rule
        with the fewest stars decides, of equals a prohibition; what no rule names is denied.
        Or the name of a column of ``requests`` that holds what was really granted.
    legitimate : str
        Boolean column: should the request be granted?
    keys : sequence of str
        Columns that identify a rule: role × knowledge type × purpose by default.
    allow : str
        Boolean column of the policy.
    confidence : float, default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    PolicyReport

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no request, or a flag is not 0/1.

    Examples
    --------
    >>> import pandas as pd
    >>> rules = pd.DataFrame({"role": ["agent", "partner"], "ktype": ["*", "for"],
    ...     "purpose": ["service", "*"], "allow": [True, True]})
    >>> asked = pd.DataFrame({"role": ["agent", "partner", "partner"],
    ...     "ktype": ["about", "about", "for"], "purpose": ["service", "resale", "resale"],
    ...     "legitimate": [True, False, False]})
    >>> report = evaluate_policy(asked, rules)
    >>> report.leak_rate.value, report.block_rate.value
    (0.5, 0.0)
    """
    table = to_pandas(requests, [*keys, legitimate], where="evaluate_policy", rest=True)
    if table.empty:
        raise ValueError("there is no request to evaluate")
    right = _flag(table, legitimate)
    if isinstance(policy, str):
        granted = _flag(to_pandas(requests, [policy], where="evaluate_policy"), policy)
    else:
        rules = to_pandas(policy, [*keys, allow], where="evaluate_policy, policy")
        granted = _decide(table, rules, [*keys], _flag(rules, allow))
    verdict = np.select([granted & ~right, ~granted & right], ["leak", "block"], "fine")
    decisions = table.assign(granted=granted, verdict=verdict)
    both = int((granted & right).sum())

    def share(part, whole, name):
        return proportion(int(part), int(whole), confidence=confidence, method=name)

    return PolicyReport(
        leak_rate=share((granted & ~right).sum(), (~right).sum(), "leak rate"),
        block_rate=share((~granted & right).sum(), right.sum(), "block rate"),
        precision=share(both, granted.sum(), "policy precision"),
        recall=share(both, right.sum(), "policy recall"),
        leaks=decisions[verdict == "leak"],
        blocks=decisions[verdict == "block"],
        decisions=decisions,
    )


def _decide(table, rules, keys, allowed):
    """Whether each request is granted: the most specific rule that fits, else no."""
    stars = (rules[keys] == ANY).sum(axis=1).to_numpy()
    order = np.lexsort((allowed, stars))  # specific first, and prohibitions before permissions
    granted = np.zeros(len(table), dtype=bool)
    settled = np.zeros(len(table), dtype=bool)
    columns = {key: table[key].to_numpy() for key in keys}
    for at in order:
        fits = ~settled
        for key in keys:
            wanted = rules[key].iloc[at]
            if wanted != ANY:
                fits &= columns[key] == wanted
        granted[fits] = allowed[at]
        settled |= fits
    return granted


def _flag(table, column):
    values = table[column]
    if not values.isin([0, 1]).all():
        raise ValueError(f"column {column!r} must hold 0/1 or False/True, and no gaps")
    return values.to_numpy().astype(bool)
