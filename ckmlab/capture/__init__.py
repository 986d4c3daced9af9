"""Capture: what customers told us, what it cost, and how much we have not heard yet."""

from ckmlab._lazy import attach

_WHERE = {
    "conversation": ["Revealing", "Sorting", "revealing", "sorting"],
    "curves": ["accumulation", "first_heard"],
    "dependence": ["loglinear", "loglinear_models"],
    "effort": ["capture_rate", "cost_per_item", "effort_by", "minutes_per_item"],
    "evidence": ["dissatisfied", "evidence_table", "ladder"],
    "followup": ["double_sampling", "late_gap", "late_responders"],
    "capture_histories": ["histories"],
    "incidence": ["incidence_table"],
    "lists": ["chapman", "lincoln_petersen"],
    "nonresponse": ["Bounds", "response_bounds"],
    "provenance": ["channel_entropy", "lineage_depth"],
    "richness": ["chao1", "chao2", "coverage"],
    "saturation": [
        "analysts_find",
        "interviews_needed",
        "share_found",
        "share_found_homogeneous",
    ],
    "saturation_fit": ["SaturationFit", "fit_saturation"],
    "stopping": ["new_needs_expected", "stop_after", "yield_curve"],
    "weighting": ["rake", "response_propensity", "weighted_mean"],
}

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={name: f"{__name__}.{module}" for module, names in _WHERE.items() for name in names},
)
