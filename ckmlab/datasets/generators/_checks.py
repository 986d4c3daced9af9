"""Arguments of the generators, checked with messages that name the mend."""

import math
import numbers
from datetime import date, datetime

import numpy as np

__all__ = ["count", "moment", "positive", "probability"]


def count(name, value, least=1):
    """A whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < least:
        raise ValueError(f"{name} is {value!r}; give a whole number of at least {least}")
    return int(value)


def moment(name, value):
    """Microseconds since 1970 of a date without a time zone."""
    try:
        when = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        when = None
    if not isinstance(when, date) or getattr(when, "tzinfo", None) is not None:
        raise ValueError(f"{name} is {value!r}; give a date without a time zone: '2024-01-01'")
    return np.datetime64(when, "us").astype(np.int64)


def positive(name, value, *, zero=False):
    """A finite number above zero (or zero itself, where that makes sense)."""
    number = _number(name, value)
    if number < 0 or (number == 0 and not zero):
        raise ValueError(
            f"{name} is {value!r}; give a number {'of at least' if zero else 'above'} 0"
        )
    return number


def probability(name, value):
    """A number from 0 to 1."""
    number = _number(name, value)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} is {value!r}; give a share from 0 to 1, such as 0.25 for 25 %")
    return number


def _number(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise ValueError(f"{name} is {value!r}; give a finite number")
    return float(value)
