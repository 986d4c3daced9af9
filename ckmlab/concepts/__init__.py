"""The vocabulary of Customer Knowledge Management, as data one can compute with.

Words: :class:`KnowledgeType`, :class:`KnowledgeNature`, :class:`CRMProcess`, :class:`Activity`,
:class:`Style`, and :func:`definitions` for what they mean. Tables: :func:`comparison` (KM, CRM and
CKM side by side), :func:`process_matrix` (which process does what with which type),
:func:`four_cs`, :func:`steps`, :func:`goals`, :func:`styles`. Sources: :func:`citations`.
In a notebook, ``in_full(comparison())`` shows long cells whole.

Every entry names its source and how far it is confirmed (:class:`Evidence`). The texts live in
``data/*.toml``, where they can be read and corrected without touching code.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "Activity": "ckmlab.concepts.vocabulary",
        "CRMProcess": "ckmlab.concepts.vocabulary",
        "Evidence": "ckmlab.concepts.vocabulary",
        "KnowledgeNature": "ckmlab.concepts.vocabulary",
        "KnowledgeType": "ckmlab.concepts.vocabulary",
        "Style": "ckmlab.concepts.vocabulary",
        "definitions": "ckmlab.concepts.vocabulary",
        "comparison": "ckmlab.concepts.comparisons",
        "comparison_cells": "ckmlab.concepts.comparisons",
        "in_full": "ckmlab.concepts.reading",
        "process_cells": "ckmlab.concepts.processes",
        "process_matrix": "ckmlab.concepts.processes",
        "four_cs": "ckmlab.concepts.frameworks",
        "goals": "ckmlab.concepts.frameworks",
        "steps": "ckmlab.concepts.frameworks",
        "styles": "ckmlab.concepts.frameworks",
        "citations": "ckmlab.concepts.bibliography",
        "cite": "ckmlab.concepts.bibliography",
    },
)
