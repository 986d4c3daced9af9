"""Organize: one place for each thing, no double, nothing stale, all of it findable and clear."""

from ckmlab._lazy import attach

_WHERE = {
    "aging": ["age_bands", "fit_half_life", "freshness", "stale_share", "value_left"],
    "fields": ["completeness", "completeness_score"],
    "drift": ["DriftScan", "drift_scan", "population_stability"],
    "findability": ["reciprocal_rank", "search_items", "success_at_k"],
    "match_quality": ["PairScores", "pair_scores"],
    "matching": ["resolve", "similar_pairs"],
    "reading": ["SuccessModel", "fit_success", "pareto_front", "readability"],
}

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={name: f"{__name__}.{module}" for module, names in _WHERE.items() for name in names},
)
