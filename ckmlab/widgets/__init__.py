"""Things to move and try, for pages where moving teaches more than reading.

Every widget keeps its state in a plain object that works without a browser, computes nothing
itself, and has a static picture behind it for print, screen readers and verification.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "CoderCard": "ckmlab.widgets.coding",
        "CoderState": "ckmlab.widgets.coding",
        "Comprehension": "ckmlab.widgets.readers",
        "ComprehensionState": "ckmlab.widgets.readers",
        "Generalisation": "ckmlab.widgets.hiding",
        "GeneralisationState": "ckmlab.widgets.hiding",
        "Iceberg": "ckmlab.widgets.hidden_complaints",
        "IcebergState": "ckmlab.widgets.hidden_complaints",
        "InterviewFan": "ckmlab.widgets.interviews",
        "InterviewFanState": "ckmlab.widgets.interviews",
        "KappaParadox": "ckmlab.widgets.paradox",
        "KappaParadoxState": "ckmlab.widgets.paradox",
        "ListOverlap": "ckmlab.widgets.two_lists",
        "ListOverlapState": "ckmlab.widgets.two_lists",
        "RetentionMixture": "ckmlab.widgets.loyalty",
        "RetentionMixtureState": "ckmlab.widgets.loyalty",
        "EngagementWaterfall": "ckmlab.widgets.worth",
        "EngagementWaterfallState": "ckmlab.widgets.worth",
        "PolicyScorecard": "ckmlab.widgets.policies",
        "PolicyScorecardState": "ckmlab.widgets.policies",
        "PolicyWhatIf": "ckmlab.widgets.policies",
        "PolicyWhatIfState": "ckmlab.widgets.policies",
        "NonResponse": "ckmlab.widgets.nonresponse",
        "NonResponseState": "ckmlab.widgets.nonresponse",
    },
)
