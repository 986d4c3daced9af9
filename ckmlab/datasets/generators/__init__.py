"""Small generators, each usable alone: one known model, one plain table, the truth on request.

Every generator takes an explicit ``seed``, returns pandas frames and, with ``truth=True``, a second
frame with what an analyst would never see. The first rows do not change when more are asked for.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "make_channel_lists": "ckmlab.datasets.generators.channel_lists",
        "make_codings": "ckmlab.datasets.generators.codings",
        "make_contract_cohort": "ckmlab.datasets.generators.contract_cohort",
        "make_needs_interviews": "ckmlab.datasets.generators.needs_interviews",
        "make_printed_study": "ckmlab.datasets.generators.printed_study",
        "make_survey": "ckmlab.datasets.generators.survey",
        "make_transactions": "ckmlab.datasets.generators.transactions",
    },
)
