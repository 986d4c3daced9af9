"""What a metric returns: a number together with how far it can be trusted."""

import math
import numbers
from dataclasses import dataclass, replace
from functools import total_ordering
from html import escape

__all__ = ["Estimate"]


@total_ordering
@dataclass(frozen=True, eq=False)
class Estimate:
    """A number with its interval, sample size and method; behaves like a float.

    Parameters
    ----------
    value : float
        The point estimate.
    low, high : float, optional
        Ends of the interval; NaN where the method gives none.
    level : float, default 0.95
        Confidence level of the interval, between 0 and 1.
    n : int, optional
        Number of observations the estimate rests on.
    method : str, optional
        How value and interval were obtained, with the source's author and year.
    notes : tuple of str, optional
        What the reader should know before quoting the number.

    Examples
    --------
    >>> share = Estimate(0.62, 0.55, 0.69, n=200, method="Wilson 1927")
    >>> share
    0.62 [0.55, 0.69] (95 %, n = 200)
    >>> share * 100
    62.0
    >>> share.covers(0.60)
    True
    >>> round(share.error(0.60), 2)
    0.02
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    level: float = 0.95
    n: int | None = None
    method: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self):
        for name in ("value", "low", "high", "level"):
            object.__setattr__(self, name, float(getattr(self, name)))
        if not 0 < self.level < 1:
            raise ValueError(f"level is {self.level:g}; give a share between 0 and 1, such as 0.95")
        if self.low > self.high:
            raise ValueError(
                f"the interval's low end {self.low:g} is above its high end {self.high:g}"
            )
        object.__setattr__(self, "notes", tuple(self.notes))

    def covers(self, truth):
        """Whether the interval contains a true value.

        Parameters
        ----------
        truth : float
            The quantity that was estimated.

        Returns
        -------
        bool
        """
        return bool(self.low <= float(truth) <= self.high)

    def error(self, truth):
        """How far the value is off: ``value - truth``, in the value's unit.

        Parameters
        ----------
        truth : float
            The quantity that was estimated.

        Returns
        -------
        float
        """
        return self.value - float(truth)

    def scaled(self, factor):
        """The same estimate in another unit.

        Parameters
        ----------
        factor : float
            Number of new units in one old unit, such as 100 from shares to per cent.

        Returns
        -------
        Estimate
        """
        ends = sorted((self.low * factor, self.high * factor))
        return replace(self, value=self.value * factor, low=ends[0], high=ends[1])

    def __float__(self):
        return self.value

    def __bool__(self):
        return bool(self.value)

    def __round__(self, digits=None):
        return round(self.value, digits)

    def __format__(self, spec):
        return format(self.value, spec) if spec else repr(self)

    def __eq__(self, other):
        # Two estimates are equal when their values are: they stand in for numbers.
        return self.value == other if _is_number(other) else NotImplemented

    def __lt__(self, other):
        return self.value < other if _is_number(other) else NotImplemented

    def __hash__(self):
        return hash(self.value)

    def __neg__(self):
        return -self.value

    def __abs__(self):
        return abs(self.value)

    def __add__(self, other):
        return self.value + other

    __radd__ = __add__

    def __sub__(self, other):
        return self.value - other

    def __rsub__(self, other):
        return other - self.value

    def __mul__(self, other):
        return self.value * other

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self.value / other

    def __rtruediv__(self, other):
        return other / self.value

    def __pow__(self, other):
        return self.value**other

    def __repr__(self):
        interval = "" if math.isnan(self.low) else f" [{self.low:.4g}, {self.high:.4g}]"
        basis = [f"{100 * self.level:g} %"] if interval else []
        basis += [f"n = {self.n:,}"] if self.n is not None else []
        return f"{self.value:.4g}{interval}" + (f" ({', '.join(basis)})" if basis else "")

    def _repr_html_(self):
        small = escape(" · ".join(part for part in (self.method, *self.notes) if part))
        return f"<b>{self.value:.4g}</b>{repr(self).removeprefix(f'{self.value:.4g}')}" + (
            f"<br><small>{small}</small>" if small else ""
        )


numbers.Real.register(Estimate)


def _is_number(other):
    return isinstance(other, Estimate | int | float) or hasattr(other, "__float__")
