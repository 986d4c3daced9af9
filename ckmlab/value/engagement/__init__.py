"""What customers give beyond their own purchases, and what it is worth to know more.

``engagement_value`` adds up four parts of Kumar et al. (2010), each with an estimator of its own:
lifetime value (from :mod:`ckmlab.value.lifetime`), ``referral_value``, ``influence_value`` and
``knowledge_value``. ``expected_value_of_information`` and ``value_of_sample`` say what a survey is
worth before it is made, ``treatment_effect`` what capture or recovery really changed, ``e_value``
how easily something unrecorded could explain that.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "EValue": "ckmlab.value.engagement.sensitivity",
        "InformationValue": "ckmlab.value.engagement.information",
        "compare_effects": "ckmlab.value.engagement.effects",
        "e_value": "ckmlab.value.engagement.sensitivity",
        "engagement_value": "ckmlab.value.engagement.total",
        "expected_value_of_information": "ckmlab.value.engagement.information",
        "influence_value": "ckmlab.value.engagement.influence",
        "knowledge_value": "ckmlab.value.engagement.knowledge",
        "referral_return": "ckmlab.value.engagement.referral",
        "referral_value": "ckmlab.value.engagement.referral",
        "treatment_effect": "ckmlab.value.engagement.effects",
        "value_of_sample": "ckmlab.value.engagement.information",
        "waterfall": "ckmlab.value.engagement.total",
    },
)
