"""What customers say: recommendation, satisfaction, effort, and how well scales measure.

Non-response, the great trap of these figures, is treated in ``ckmlab.capture`` (bounds, weighting,
following up a sample of the silent).
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "IncrementalValidity": "ckmlab.value.attitude.incremental",
        "alpha_if_dropped": "ckmlab.value.attitude.reliability",
        "average_variance_extracted": "ckmlab.value.attitude.validity",
        "ces": "ckmlab.value.attitude.scores",
        "compare_groups": "ckmlab.value.attitude.groups",
        "composite_reliability": "ckmlab.value.attitude.validity",
        "cronbach_alpha": "ckmlab.value.attitude.reliability",
        "csat": "ckmlab.value.attitude.scores",
        "htmt": "ckmlab.value.attitude.validity",
        "incremental_auc": "ckmlab.value.attitude.incremental",
        "incremental_validity": "ckmlab.value.attitude.incremental",
        "nps": "ckmlab.value.attitude.scores",
        "nps_points": "ckmlab.value.attitude.scores",
        "sample_size": "ckmlab.value.attitude.precision",
        "top_box": "ckmlab.value.attitude.scores",
    },
)
