"""Numbers as the words of a title, a label or an alternative text."""

import math

__all__ = ["among", "count", "listed", "percent", "times"]


def count(number):
    """A whole number with thousands separators: 1203 → ``1,203``."""
    return f"{number:,.0f}"


def percent(share, digits=0):
    """A share between 0 and 1 as per cent: 0.524 → ``52 %``; what is not zero never reads 0."""
    if math.isnan(share):
        return "unknown"
    smallest = 10**-digits
    if 0 < 100 * share < smallest / 2:
        return f"under {smallest:.{digits}f} %"
    return f"{100 * share:.{digits}f} %"


def listed(parts, last="and"):
    """Parts as a list in a sentence: ``a, b and c``."""
    parts = [str(part) for part in parts]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def among(share):
    """A share as people say it: 0.33 → ``one in three``; otherwise as per cent."""
    for spoken, value in _SPOKEN.items():
        if abs(share - value) < 0.015:
            return spoken
    return percent(share)


def times(ratio):
    """A ratio as people say it: 4.02 → ``four times``, 2.6 → ``2.6 times``."""
    whole = round(ratio)
    if whole in _NUMBERS and abs(ratio - whole) < 0.05 * whole:
        return _NUMBERS[whole]
    return f"{ratio:.1f} times" if ratio < 10 else f"{ratio:.0f} times"


_NUMBERS = {1: "as many", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}
_SPOKEN = {
    "half": 1 / 2,
    "one in three": 1 / 3,
    "two in three": 2 / 3,
    "one in four": 1 / 4,
    "three in four": 3 / 4,
    "one in five": 1 / 5,
    "one in ten": 1 / 10,
}
