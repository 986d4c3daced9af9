"""Revealing and sorting: what a conversation brings to light, and what is kept of it.

The third step of Garcia-Murillo and Annabi, levelling, is in :mod:`ckmlab.transfer`.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import gammaincinv

from ckmlab.arguments import check_count, check_positive, check_share
from ckmlab.frames import to_pandas
from ckmlab.intervals import f_measure, proportion
from ckmlab.results import Estimate

__all__ = ["Revealing", "Sorting", "revealing", "sorting"]


@dataclass(frozen=True)
class Revealing:
    """What a conversation brought to light.

    Parameters
    ----------
    per_minute : Estimate
        Novel facts per minute.
    reciprocity : float
        Facts of the speaker who revealed least over those of the one who revealed most.
    by_speaker : pandas.Series
        Number of different facts each speaker revealed.
    """

    per_minute: Estimate
    reciprocity: float
    by_speaker: pd.Series


def revealing(
    transcript,
    *,
    minutes,
    speakers=None,
    speaker="speaker",
    fact="fact_id",
    novel="novel",
    confidence=0.95,
):
    r"""How much a conversation revealed, and whether both sides did.

    .. math:: \text{reciprocity} = \min_s f_s / \max_s f_s

    Parameters
    ----------
    transcript : data frame
        One row per turn or fact; any library, converted to pandas.
    minutes : float
        Length of the conversation.
    speakers : sequence of str, optional
        Everybody present; someone who revealed nothing makes reciprocity 0. Otherwise
        those who occur in the transcript.
    speaker, fact, novel : str
        Columns with who speaks, which fact (missing where a turn holds none), and whether it
        was new to the listener.
    confidence : float, default 0.95
        Level of the exact Poisson interval of the rate.

    Returns
    -------
    Revealing

    Raises
    ------
    ValueError
        If minutes is not positive.

    References
    ----------
    Garcia-Murillo and Annabi (2002), Journal of the Operational Research Society 53(8),
    875-884; interval Garwood (1936).

    Examples
    --------
    >>> import pandas as pd
    >>> talk = pd.DataFrame({"speaker": ["agent", "customer", "customer", "agent"],
    ...     "fact_id": [1, 2, 3, None], "novel": [True, True, True, False]})
    >>> result = revealing(talk, minutes=6)
    >>> result.per_minute.value, result.reciprocity
    (0.5, 0.5)
    """
    columns = [speaker, fact, novel]
    turns = to_pandas(transcript, columns, where="revealing", flags=[novel])
    length = check_positive("minutes", minutes)
    present = [*speakers] if speakers is not None else turns[speaker].dropna().unique().tolist()
    told = turns.dropna(subset=[fact, speaker]).drop_duplicates([speaker, fact])
    facts = told.groupby(speaker)[fact].count().reindex(present, fill_value=0).rename("facts")
    fresh = told[told[novel].fillna(False).astype(bool)].drop_duplicates(fact)
    most = facts.max() if len(facts) > 1 else 0
    return Revealing(
        per_minute=_rate(len(fresh), length, confidence),
        reciprocity=float(facts.min() / most) if most else math.nan,
        by_speaker=facts,
    )


@dataclass(frozen=True)
class Sorting:
    """How well the relevant was picked out.

    Parameters
    ----------
    precision : Estimate
        Share of what was kept that is relevant.
    recall : Estimate
        Share of the relevant that was kept.
    f_beta : Estimate
        Their weighted harmonic mean.
    beta : float
        How much more recall counts than precision.
    """

    precision: Estimate
    recall: Estimate
    f_beta: Estimate
    beta: float


def sorting(kept, relevant, *, beta=1.0, confidence=0.95):
    r"""Precision, recall and F-measure of what somebody kept of a conversation.

    .. math:: F_\beta = \frac{(1 + \beta^2) P R}{\beta^2 P + R}

    Parameters
    ----------
    kept, relevant : array-like of bool
        For each fact, whether it was kept, and whether it mattered.
    beta : float, default 1
        2 where losing a relevant fact costs more than keeping an idle one, 0.5 where storage
        and attention are dear.
    confidence : float, default 0.95
        Level of the intervals: Wilson for the shares, delta method for F.

    Returns
    -------
    Sorting

    Raises
    ------
    ValueError
        If lengths differ or there is no fact.

    References
    ----------
    Van Rijsbergen (1979), Information Retrieval; Garcia-Murillo and Annabi (2002).

    Examples
    --------
    >>> result = sorting([1, 1, 1, 0, 0], [1, 1, 0, 1, 0])
    >>> round(result.precision, 3), round(result.recall, 3), round(result.f_beta, 3)
    (0.667, 0.667, 0.667)
    """
    chosen, matters = _flags("kept", kept), _flags("relevant", relevant)
    if len(chosen) != len(matters):
        raise ValueError(f"kept has {len(chosen)} facts, relevant {len(matters)}; give one each")
    hit = int((chosen & matters).sum())
    idle, lost = int((chosen & ~matters).sum()), int((~chosen & matters).sum())
    return Sorting(
        precision=proportion(hit, hit + idle, confidence=confidence, method="precision"),
        recall=proportion(hit, hit + lost, confidence=confidence, method="recall"),
        f_beta=f_measure(hit, idle, lost, beta=beta, confidence=confidence),
        beta=float(beta),
    )


def _rate(count, length, confidence):
    tail = (1 - check_share("confidence", confidence, ends=False)) / 2
    count = check_count("facts", count)
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Estimate(
        count / length,
        low / length,
        float(gammaincinv(count + 1, 1 - tail)) / length,
        level=confidence,
        n=count,
        method="rate, exact Poisson interval (Garwood 1936)",
    )


def _flags(name, values):
    array = np.asarray(values)
    if array.size == 0 or pd.isna(array).any() or not np.isin(array, [0, 1]).all():
        raise ValueError(f"{name} must hold 0/1 or False/True for at least one fact, no gaps")
    return array.astype(bool)
