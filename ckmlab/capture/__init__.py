"""Capture: what customers told us, what it cost, and how much we have not heard yet."""

from ckmlab._lazy import attach

_WHERE = {
    "curves": ["accumulation"],
    "dependence": ["loglinear", "loglinear_models"],
    "histories": ["histories"],
    "incidence": ["incidence_table"],
    "lists": ["chapman", "lincoln_petersen"],
    "richness": ["chao1", "chao2", "coverage"],
}

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={name: f"{__name__}.{module}" for module, names in _WHERE.items() for name in names},
)
