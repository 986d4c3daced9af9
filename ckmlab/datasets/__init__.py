"""Kestrel, the synthetic company with a sealed truth; small generators; published tables.

``make_company`` builds the company in memory, ``load_company`` reads the one that ships with the
package, ``write_company`` writes a company of any size block by block. The small generators
(``make_…``) stand alone, and ``load_…`` reads published tables.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "Company": "ckmlab.datasets.company",
        "Scenario": "ckmlab.datasets.scenario",
        "scenarios": "ckmlab.datasets.scenario",
        "make_company": "ckmlab.datasets.build",
        "load_company": "ckmlab.datasets.folder",
        "write_company": "ckmlab.datasets.write",
        "make_transactions": "ckmlab.datasets.generators",
        "make_codings": "ckmlab.datasets.generators",
        "make_channel_lists": "ckmlab.datasets.generators",
        "make_needs_interviews": "ckmlab.datasets.generators",
        "make_printed_study": "ckmlab.datasets.generators",
        "make_survey": "ckmlab.datasets.generators",
        "make_contract_cohort": "ckmlab.datasets.generators",
        "load_cdnow": "ckmlab.datasets.published",
        "load_donations": "ckmlab.datasets.published",
        "load_contract_retention": "ckmlab.datasets.published",
        "load_ecsi": "ckmlab.datasets.published",
    },
)
