"""Capture: what customers told us, what it cost, and how much we have not heard yet."""

from ckmlab._lazy import attach

_WHERE = {
    "curves": ["accumulation"],
    "dependence": ["loglinear", "loglinear_models"],
    "histories": ["histories"],
    "incidence": ["incidence_table"],
    "lists": ["chapman", "lincoln_petersen"],
    "richness": ["chao1", "chao2", "coverage"],
    "saturation": [
        "analysts_find",
        "interviews_needed",
        "share_found",
        "share_found_homogeneous",
    ],
    "saturation_fit": ["SaturationFit", "fit_saturation"],
    "stopping": ["new_needs_expected", "stop_after", "yield_curve"],
}

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={name: f"{__name__}.{module}" for module, names in _WHERE.items() for name in names},
)
