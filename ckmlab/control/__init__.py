"""Control: who may know what, for which purpose, for how long, and how well people are hidden."""

from ckmlab._lazy import attach

_WHERE = {
    "anonymity": ["class_sizes", "k_anonymity", "uniqueness"],
    "border": ["reachability", "transparency_exposure"],
    "diversity": ["l_diversity", "t_closeness"],
    "exclusivity": ["exclusivity_half_life", "head_start_value"],
    "generalisation": [
        "Generalisation",
        "bands",
        "generalise",
        "hidden",
        "k_utility_frontier",
        "prefix",
        "smallest_generalisation",
    ],
    "noise": ["LaplaceNoise", "laplace_noise"],
    "obligations": ["Breaches", "purpose_mismatch", "retention_breaches"],
    "policies": ["PolicyReport", "evaluate_policy"],
    "private": ["PrivacyBudget", "private_count", "private_mean", "private_nps"],
}

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={name: f"{__name__}.{module}" for module, names in _WHERE.items() for name in names},
)
