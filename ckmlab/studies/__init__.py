"""The reproduction clinic: published studies run again to the printed digit.

Each study is a module with its printed tables as data: ``TABLES``, ``CITATION`` and
``reproduce()``. The tools that made this possible are here too, for a study of your own: exact
simulation from printed moments, regression, mediation, path and partial least squares models from
summary statistics, a checker of printed tables, and a tournament of estimators.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    modules=[
        "absorptive_capacity",
        "complaint_ladder",
        "contract_retention",
        "donations",
        "interview_saturation",
        "interview_themes",
        "postcode_uniqueness",
        "referral_programme",
        "satisfaction_index",
        "social_maturity",
        "social_media_scales",
        "switching_costs",
        "voice_of_customer",
    ],
    names={
        "Citation": "ckmlab.studies.citation",
        "available": "ckmlab.studies.reproduction",
        "check_table": "ckmlab.studies.consistency",
        "compare": "ckmlab.studies.reproduction",
        "compare_many": "ckmlab.studies.reproduction",
        "from_triangle": "ckmlab.studies.matrices",
        "report": "ckmlab.studies.reproduction",
        "ImpossibleCorrelation": "ckmlab.studies.matrices",
        "factor_analysis": "ckmlab.studies.factors",
        "fornell_larcker": "ckmlab.studies.validity",
        "htmt": "ckmlab.value.attitude.validity",
        "mediation": "ckmlab.studies.indirect",
        "mediation_from_correlation": "ckmlab.studies.indirect",
        "nearest_correlation": "ckmlab.studies.matrices",
        "ols_from_correlation": "ckmlab.studies.regression",
        "indirect_effects": "ckmlab.studies.indirect",
        "pls_bootstrap": "ckmlab.studies.pls_bootstrap",
        "pls_path_model": "ckmlab.studies.pls",
        "path_model_from_correlation": "ckmlab.studies.paths",
        "read_printed": "ckmlab.studies.rounding",
        "rounding_range": "ckmlab.studies.rounding",
        "tournament": "ckmlab.studies.tournaments",
        "simulate_exact": "ckmlab.studies.simulation",
    },
)
