"""How long customers stay, how often they will buy, and what that is worth today.

Models in the manner of statsmodels: ``Model(data).fit()`` gives results with ``params``, ``bse``,
``conf_int()``, ``summary()`` and ``predict(...)``.

=====================================  ==================  =======================================
what you see of a customer             leaving is          model
=====================================  ==================  =======================================
renewals of a contract                 seen                :class:`ShiftedBetaGeometric`
purchases at any time                  unseen              :class:`BetaGeoNBD`,
                                                           :class:`ModifiedBetaGeoNBD`,
                                                           :class:`ParetoNBD`
purchases at fixed occasions           unseen              :class:`BetaGeoBetaBinomial`
money per purchase                     –                   :class:`GammaGamma`
=====================================  ==================  =======================================
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "BetaGeoBetaBinomial": "ckmlab.value.lifetime.beta_geo_beta_binomial",
        "BetaGeoNBD": "ckmlab.value.lifetime.beta_geo_nbd",
        "ConvergenceWarning": "ckmlab.value.lifetime._newton",
        "GammaGamma": "ckmlab.value.lifetime.gamma_gamma",
        "ModifiedBetaGeoNBD": "ckmlab.value.lifetime.modified_beta_geo_nbd",
        "ParetoNBD": "ckmlab.value.lifetime.pareto_nbd",
        "ShiftedBetaGeometric": "ckmlab.value.lifetime.shifted_beta_geometric",
        "frequency_histogram": "ckmlab.value.lifetime.goodness",
        "frequency_recency_matrix": "ckmlab.value.lifetime.goodness",
        "holdout": "ckmlab.value.lifetime.goodness",
        "tracking": "ckmlab.value.lifetime.goodness",
    },
)
