"""Whether customers are equal partners, and whether refining what we tell them helps."""

import math
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_share
from ckmlab.frames import to_pandas
from ckmlab.intervals import difference, normal_quantile, proportion
from ckmlab.results import Estimate

__all__ = ["Parity", "parity", "refinement_gain"]


@dataclass(frozen=True)
class Parity:
    """How customers' ideas fare beside employees'.

    Parameters
    ----------
    acceptance_odds : Estimate
        Odds that a customer's idea is adopted over those of an employee's of equal quality.
    reply_time : Estimate
        Typical time to a reply for customers over that for employees.
    loop_closure : Estimate
        Share of the customers who contributed and were told what came of it.
    """

    acceptance_odds: Estimate
    reply_time: Estimate
    loop_closure: Estimate


def parity(
    ideas,
    *,
    origin="origin",
    adopted="adopted",
    quality="blind_score",
    reply="reply_days",
    told="told_outcome",
    confidence=0.95,
):
    r"""Compare how ideas from customers and from employees are treated.

    The odds ratio comes from a logistic regression at equal quality,

    .. math:: \operatorname{logit} P(adopted) = \beta_0 + \beta_1 \, customer + \beta_2 \, quality

    so that better or worse ideas do not pass for favour; the times are compared as the ratio
    of their geometric means.

    Parameters
    ----------
    ideas : data frame
        One row per idea; any library, converted to pandas.
    origin : str
        Column with "customer" or "employee"; other ideas are left out.
    adopted, told : str
        Boolean columns: was it adopted, and was the contributor told the outcome?
    quality : str
        Column with a score given by people who did not know the origin.
    reply : str
        Column with the time to a reply; 0 counts as half a unit, missing ones are left out.
    confidence : float, default 0.95
        Level of the intervals (Wald on the log scale, Welch, Wilson).

    Returns
    -------
    Parity
        An odds ratio of 1 and a time ratio of 1 mean equal treatment.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If one of the two origins is missing, or all or no ideas were adopted in one.

    Notes
    -----
    Rests on statsmodels' GLM.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> ideas = pd.DataFrame({"origin": ["customer", "employee"] * 300,
    ...     "blind_score": rng.integers(1, 11, 600), "told_outcome": True,
    ...     "reply_days": rng.integers(1, 9, 600)})
    >>> ideas["adopted"] = rng.random(600) < ideas.blind_score / 12
    >>> parity(ideas).acceptance_odds.covers(1)
    True
    """
    import statsmodels.api as sm

    z = normal_quantile(confidence)
    columns, scored = [origin, adopted, quality, reply, told], [adopted, quality, reply]
    table = to_pandas(ideas, columns, where="parity", numbers=scored, flags=[told])
    if (table[reply] < 0).any():
        raise ValueError(f"column {reply!r} holds {table[reply].min():g}; a reply takes time")
    table = table[table[origin].isin(["customer", "employee"])]
    if not table[adopted].isin([0, 1]).all():
        raise ValueError(f"column {adopted!r} must hold 0/1 or False/True, and no gaps")
    own = (table[origin] == "customer").to_numpy()
    accepted = table[adopted].astype(float)
    for name, part in (("customer", accepted[own]), ("employee", accepted[~own])):
        if part.nunique() < 2:
            raise ValueError(f"all or none of the {name}s' ideas were adopted: no odds to compare")
    design = pd.DataFrame({"const": 1.0, "customer": own.astype(float)}, index=table.index)
    design["quality"] = table[quality].astype(float)
    rated = design.quality.notna()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # separation shows in the interval
        fit = sm.GLM(accepted[rated], design[rated], family=sm.families.Binomial()).fit()
    log_odds, error = float(fit.params["customer"]), float(fit.bse["customer"])
    days = np.log(table[reply].astype(float).clip(lower=0.5))
    gap = difference(days[own], days[~own], confidence=confidence)
    return Parity(
        acceptance_odds=Estimate(
            math.exp(log_odds),
            math.exp(log_odds - z * error),
            math.exp(log_odds + z * error),
            level=confidence,
            n=int(rated.sum()),
            method="odds ratio at equal blind quality, Wald interval",
        ),
        reply_time=Estimate(
            math.exp(gap.value),
            math.exp(gap.low),
            math.exp(gap.high),
            level=confidence,
            n=gap.n,
            method="ratio of geometric mean reply times, Welch 1947 interval",
        ),
        loop_closure=proportion(
            int(table[told][own].fillna(False).astype(bool).sum()),
            int(own.sum()),
            confidence=confidence,
            method="contributors told the outcome",
        ),
    )


def refinement_gain(refined, n_refined, raw, n_raw, *, confidence=0.95):
    """What refining a piece of knowledge did for its readers: difference of success rates.

    Parameters
    ----------
    refined, raw : int
        Numbers of readers who succeeded with the refined and with the raw version.
    n_refined, n_raw : int
        Numbers of readers, who should have been assigned by chance.
    confidence : float, default 0.95
        Level of Newcombe's interval.

    Returns
    -------
    Estimate
        Success rate of the refined version less that of the raw one.

    Raises
    ------
    ValueError
        If more succeeded than read, or nobody read.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> refinement_gain(56, 70, 48, 80)
    0.2 [0.05243, 0.3339] (95 %, n = 150)
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    pairs = []
    for name, wins, readers in (("refined", refined, n_refined), ("raw", raw, n_raw)):
        wins = check_count(name, wins)
        readers = check_count(f"n_{name}", readers, least=1)
        if wins > readers:
            raise ValueError(f"{wins} of {readers} readers succeeded: a part exceeds its whole")
        pairs.append((wins, readers))
    alpha = 1 - check_share("confidence", confidence, ends=False)
    (one, n_one), (other, n_other) = pairs
    low, high = confint_proportions_2indep(
        one, n_one, other, n_other, compare="diff", method="newcomb", alpha=alpha
    )
    return Estimate(
        one / n_one - other / n_other,
        low,
        high,
        level=confidence,
        n=n_one + n_other,
        method="difference of success rates, Newcombe 1998 interval",
    )
