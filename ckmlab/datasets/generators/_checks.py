"""Arguments that only generators take: seeds and moments."""

import numbers
from datetime import date, datetime

import numpy as np

__all__ = ["check_seed", "moment"]


def check_seed(seed):
    """A whole number from 0 to 2**64 - 1, kept exactly as given."""
    if isinstance(seed, bool) or not isinstance(seed, numbers.Integral) or not 0 <= seed < 2**64:
        raise ValueError(f"seed is {seed!r}; give a whole number from 0 to 2**64 - 1")
    return int(seed)


def moment(name, value):
    """Microseconds since 1970 of a date without a time zone."""
    try:
        when = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        when = None
    if not isinstance(when, date) or getattr(when, "tzinfo", None) is not None:
        raise ValueError(f"{name} is {value!r}; give a date without a time zone: '2024-01-01'")
    return np.datetime64(when, "us").astype(np.int64)
