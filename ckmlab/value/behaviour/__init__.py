"""What customers did: recency, frequency, monetary value, cohorts, survival, concentration.

Every function takes a log of transactions (one row a purchase, from pandas, Polars, DuckDB,
PyArrow, Dask or PySpark) or a table made from it, and answers in the caller's own library where the
work is relational.
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    names={
        "cohort_table": "ckmlab.value.behaviour.cohort_tables",
        "cohorts": "ckmlab.value.behaviour.cohort_tables",
        "gini": "ckmlab.concentration",
        "histories_in_parts": "ckmlab.value.behaviour.parts",
        "lorenz": "ckmlab.concentration",
        "purchase_gaps": "ckmlab.value.behaviour.gaps",
        "rfm": "ckmlab.value.behaviour.rfm_scores",
        "summary": "ckmlab.value.behaviour.customer_summary",
        "survival": "ckmlab.value.behaviour.survival_curves",
        "survival_difference": "ckmlab.value.behaviour.survival_curves",
        "top_share": "ckmlab.concentration",
    },
)
