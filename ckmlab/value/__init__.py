"""From customer knowledge to money: what customers did, say, and are still worth.

``behaviour`` (recency, frequency, monetary value, cohorts, survival), ``attitude`` (NPS, CSAT,
reliability), ``lifetime`` (buy-till-you-die and retention models), ``engagement`` (customer
engagement value, and what knowledge itself is worth).
"""

from ckmlab._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__, modules=["attitude", "behaviour", "engagement", "lifetime"]
)
