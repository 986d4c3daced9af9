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
        # models from printed moments
        "ImpossibleCorrelation": "ckmlab.studies.matrices",
        "factor_analysis": "ckmlab.studies.factors",
        "fornell_larcker": "ckmlab.studies.validity",
        "from_triangle": "ckmlab.studies.matrices",
        "htmt": "ckmlab.value.attitude.validity",
        "indirect_effects": "ckmlab.studies.indirect",
        "mediation": "ckmlab.studies.indirect",
        "mediation_from_correlation": "ckmlab.studies.indirect",
        "nearest_correlation": "ckmlab.studies.matrices",
        "ols_from_correlation": "ckmlab.studies.regression",
        "path_model_from_correlation": "ckmlab.studies.paths",
        "pls_bootstrap": "ckmlab.studies.pls_errors",
        "pls_path_model": "ckmlab.studies.pls",
        "simulate_exact": "ckmlab.studies.simulation",
        # printed figures and verdicts
        "Citation": "ckmlab.studies.citation",
        "available": "ckmlab.studies.verdicts",
        "check_table": "ckmlab.studies.consistency",
        "compare": "ckmlab.studies.verdicts",
        "compare_many": "ckmlab.studies.verdicts",
        "read_printed": "ckmlab.studies.rounding",
        "report": "ckmlab.studies.verdicts",
        "reproduction": "ckmlab.studies.verdicts",
        "rounding_range": "ckmlab.studies.rounding",
        # a study of your own
        "load_study": "ckmlab.studies.own",
        "supplement": "ckmlab.studies.own",
        "template": "ckmlab.studies.own",
        "tournament": "ckmlab.studies.tournaments",
    },
)
