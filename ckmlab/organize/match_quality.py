"""How well duplicates or identities were found, pair by pair."""

from dataclasses import dataclass

from ckmlab.arguments import one_column
from ckmlab.intervals import f_measure, proportion
from ckmlab.results import Estimate

__all__ = ["PairScores", "pair_scores"]


@dataclass(frozen=True)
class PairScores:
    """Quality of a resolution, over pairs of rows.

    Parameters
    ----------
    precision : Estimate
        Share of the pairs put together that belong together.
    recall : Estimate
        Share of the pairs that belong together that were put together.
    f1 : Estimate
        Their harmonic mean.
    """

    precision: Estimate
    recall: Estimate
    f1: Estimate


def pair_scores(found, truth, *, confidence=0.95):
    """Pairwise precision, recall and F1 of entities against the truth.

    Parameters
    ----------
    found, truth : mapping or pandas.Series
        Key → entity, for the same keys (see :func:`ckmlab.organize.resolve`). Names of
        entities do not matter.
    confidence : float, default 0.95
        Level of the intervals (Wilson; delta method for F1). Pairs of one entity hang together,
        so with large entities the intervals are too short.

    Returns
    -------
    PairScores

    Raises
    ------
    ValueError
        If the keys differ or an entity is missing.

    References
    ----------
    Christen (2012), Data Matching, chapter 7.

    Examples
    --------
    >>> pair_scores({1: "a", 2: "a", 3: "a"}, {1: "x", 2: "x", 3: "y"}).precision.value.__round__(3)
    0.333
    """
    found, truth = one_column("found", found), one_column("truth", truth)
    if found.isna().any() or truth.isna().any():
        raise ValueError("every key needs an entity; give lonely ones an entity of their own")
    if set(found.index) != set(truth.index) or found.index.has_duplicates:
        raise ValueError("found and truth must name the same keys, each once")
    truth = truth.reindex(found.index)
    both = _pairs(found.astype(str).str.cat(truth.astype(str), sep="\0"))
    put, true = _pairs(found), _pairs(truth)
    return PairScores(
        precision=proportion(both, put, confidence=confidence, method="pairwise precision"),
        recall=proportion(both, true, confidence=confidence, method="pairwise recall"),
        f1=f_measure(both, put - both, true - both, confidence=confidence),
    )


def _pairs(labels):
    size = labels.value_counts()
    return int((size * (size - 1) // 2).sum())
