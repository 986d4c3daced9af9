"""Pictures of what the metrics return: they draw and say what is seen, and compute nothing.

Every function returns a :class:`ckmlab.views.Picture`: its title is the finding, its ``alt`` says
the numbers to those who cannot see it.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "company_overview": "ckmlab.plots.company",
        "lorenz": "ckmlab.plots.concentration",
        "tracking": "ckmlab.plots.lifetime",
        "engagement_waterfall": "ckmlab.plots.engagement",
        "frequency_recency": "ckmlab.plots.lifetime",
        "retention_forecast": "ckmlab.plots.forecasts",
        "retention_mixture": "ckmlab.plots.retention",
        "scorecard": "ckmlab.plots.maturity",
        "simpson_slopes": "ckmlab.plots.slopes",
        "policy_effect": "ckmlab.plots.what_if",
        "kappa_paradox": "ckmlab.plots.prevalence",
        "silence": "ckmlab.plots.unheard",
        "survey_answers": "ckmlab.plots.unheard",
        "compare_estimates": "ckmlab.plots.estimates",
        "success_contour": "ckmlab.plots.comprehension",
        "access_network": "ckmlab.plots.network",
        "age_pyramid": "ckmlab.plots.ageing",
        "drift_curve": "ckmlab.plots.breaks",
        "border": "ckmlab.plots.privacy",
        "k_frontier": "ckmlab.plots.privacy",
        "accumulation": "ckmlab.plots.curves",
        "first_heard": "ckmlab.plots.curves",
        "iceberg": "ckmlab.plots.ladders",
        "lists_upset": "ckmlab.plots.upset",
        "overlap": "ckmlab.plots.lists",
        "loves_leaves": "ckmlab.plots.quadrant",
        "reproduction": "ckmlab.plots.studies",
        "saturation": "ckmlab.plots.curves",
        "three_lenses": "ckmlab.plots.lenses",
        "first_readers": "ckmlab.plots.uptake",
        "versions_by_reader": "ckmlab.plots.trials",
        "agreement_heatmap": "ckmlab.plots.agreement",
        "type_mix": "ckmlab.plots.mix",
        "type_flow": "ckmlab.plots.flow",
    },
)
