"""Transfer: whether those whom knowledge reached can act on it, and know what customers need."""

from ckmlab._lazy import attach

_WHERE = {
    "conversion": ["conversion_matrix", "conversion_modes", "steady_state"],
    "effects": ["crude_effect", "standardised_effect", "stratum_effects"],
    "learning": ["gain_by", "normalised_gain"],
    "partnership": ["Parity", "parity", "refinement_gain"],
    "perception": ["driver_distance", "driver_weights", "perception_gap"],
    "rankings": [
        "Levelling",
        "levelling",
        "need_knowledge",
        "need_knowledge_by_pair",
        "rank_agreement",
    ],
    "versions": ["interaction", "success_by_version"],
}

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={name: f"{__name__}.{module}" for module, names in _WHERE.items() for name in names},
)
