"""Who may know what, for which purpose: a policy, and what it lets through or keeps back."""

from dataclasses import dataclass

import narwhals as nw

from ckmlab.frames import check_alike, require, to_pandas
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
    leaks, blocks : data frame
        The offending requests, with all their columns, in the caller's own library and lazy
        where that is lazy.
    decisions : data frame
        Every request with ``granted`` and ``verdict`` (fine, leak, block), likewise.
    """

    leak_rate: Estimate
    block_rate: Estimate
    precision: Estimate
    recall: Estimate
    leaks: object
    blocks: object
    decisions: object


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
        One row per request, with the columns ``keys`` and ``legitimate``; any library that
        narwhals takes. Only the numbers of each kind of request leave it.
    policy : data frame or str
        Rules: the columns ``keys``, in which "*" stands for anything, and ``allow``. The rule
        with the fewest stars decides, of equals a prohibition; what no rule names is denied.
        Or the name of a column of ``requests`` that holds what was really granted. Rules of
        any library are read by pandas.
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
    table = require(requests, [*keys, legitimate], where="evaluate_policy")
    if isinstance(policy, str):
        require(requests, [policy], where="evaluate_policy")
        granted = nw.col(policy)
    else:
        rules = to_pandas(policy, [*keys, allow], where="evaluate_policy, policy")
        granted = _decide(table, rules, [*keys], _flag(rules[allow], allow))
    counts = _counts(table, granted, {"right": legitimate, "granted": policy})
    right, granted = nw.col(legitimate).cast(nw.Boolean), granted.cast(nw.Boolean)
    wrong = nw.when(granted).then(nw.lit("leak")).otherwise(nw.lit("block"))
    verdict = nw.when(granted == right).then(nw.lit("fine")).otherwise(wrong)
    decisions = table.with_columns(granted=granted, verdict=verdict)
    right, granted, n = counts.right, counts.granted, counts.n

    def share(part, whole, name):
        return proportion(
            int(n[part & whole].sum()), int(n[whole].sum()), confidence=confidence, method=name
        )

    return PolicyReport(
        leak_rate=share(granted, ~right, "leak rate"),
        block_rate=share(~granted, right, "block rate"),
        precision=share(right, granted, "policy precision"),
        recall=share(granted, right, "policy recall"),
        leaks=decisions.filter(nw.col("verdict") == "leak").to_native(),
        blocks=decisions.filter(nw.col("verdict") == "block").to_native(),
        decisions=decisions.to_native(),
    )


def _counts(table, granted, flags):
    """How many requests there are of each kind, as a small pandas table."""
    kinds = table.select(nw.col(flags["right"]).alias("right"), granted.alias("granted"))
    counted = kinds.group_by("right", "granted").agg(nw.len().alias("n")).to_native()
    counts = to_pandas(counted, ["right", "granted", "n"], where="evaluate_policy")
    if counts.empty:
        raise ValueError("there is no request to evaluate")
    read = {name: _flag(counts[name], column) for name, column in flags.items()}
    return counts.assign(**read)


def _decide(table, rules, keys, allowed):
    """Whether a request is granted: the most specific rule that fits, else no."""
    named = {key: _comparable(table, rules, key) for key in keys}
    stars = (rules[keys] == ANY).sum(axis=1)
    known = rules[keys].notna().all(axis=1)  # a rule with a gap fits nothing
    granted = nw.lit(False)
    for level in sorted(stars.unique(), reverse=True):
        some = known & (stars == level)
        yes, no = (_any_fits(named, rules.loc[some & (allowed == one), keys]) for one in (1, 0))
        granted = (granted | yes) & ~no  # specific last, and prohibitions over permissions
    return granted


def _any_fits(named, rules):
    """Whether one of these rules fits."""
    fits = [
        nw.all_horizontal(
            nw.lit(True),
            *(
                named[key].is_in([*some])
                for key, some in zip(named, way, strict=True)
                if ANY not in some
            ),
            ignore_nulls=False,
        )
        for way in _merged(rules)
    ]
    return nw.any_horizontal(nw.lit(False), *fits, ignore_nulls=False).fill_null(False)


def _merged(rules):
    """Rules that differ in one key only as one rule with several values: fewer to ask."""
    ways = {tuple(frozenset([one]) for one in rule) for rule in rules.to_numpy().tolist()}
    for at in range(rules.shape[1]):
        values = {}
        for way in ways:
            rest = (*way[:at], *way[at + 1 :])
            values[rest] = values.get(rest, frozenset()) | way[at]
        ways = {(*rest[:at], some, *rest[at:]) for rest, some in values.items()}
    return ways


def _comparable(table, rules, key):
    """A key of the requests in the type in which the rules name it."""
    dtype = table.collect_schema()[key]
    values = rules[key][rules[key] != ANY].dropna().infer_objects()
    if dtype.is_numeric() and len(values):
        present = table.filter(~nw.col(key).is_null()).select(key).head(1).to_native()
        held = to_pandas(present, [key], where="evaluate_policy")[key]
        check_alike(values, held, where="evaluate_policy")
    return nw.col(key).cast(nw.String) if dtype in (nw.Categorical, nw.Enum) else nw.col(key)


def _flag(values, column):
    if not values.isin([0, 1]).all():
        raise ValueError(f"column {column!r} must hold 0/1 or False/True, and no gaps")
    return values.astype(bool)
