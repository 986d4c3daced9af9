"""The scorecard: four goals, three regimes, and how mature a firm is."""

from ckmlab._lazy import attach

_WHERE = {
    "captives": ["captivity"],
    "card": ["Scorecard", "scorecard"],
    "goals": ["goal_measures"],
    "measure": ["Measure"],
    "regimes": ["regime_measures"],
}

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={name: f"{__name__}.{module}" for module, names in _WHERE.items() for name in names},
)
