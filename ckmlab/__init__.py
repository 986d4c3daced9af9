"""ckmlab: an open laboratory for Customer Knowledge Management.

Rooms bear the verbs of the field: ``concepts`` (the vocabulary), ``datasets`` (the synthetic
company and its sealed truth), ``classify``, ``capture``, ``organize``, ``share``, ``transfer``,
``control`` and ``value`` (metrics), ``scorecard`` (many of them at a glance), ``studies``
(published tables re-run), ``plots`` and ``widgets`` (pictures), ``grading`` (exercises that
mark themselves).

Examples
--------
>>> import ckmlab as ckm
>>> company = ckm.datasets.make_company(400, seed=1)
>>> ckm.classify.type_mix(company.knowledge_items)["ktype"].tolist()
['about', 'for', 'from']
"""

from ckmlab._lazy import attach

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = attach(
    __name__,
    modules=[
        "capture",
        "classify",
        "concepts",
        "control",
        "datasets",
        "grading",
        "organize",
        "plots",
        "scorecard",
        "share",
        "studies",
        "transfer",
        "value",
        "widgets",
    ],
    names={
        "Estimate": "ckmlab.results",
        "check": "ckmlab.grading",
        "provenance": "ckmlab._provenance",
        "show": "ckmlab.views",
    },
)
