"""The few numbers that a company follows from."""

import math
from dataclasses import dataclass
from numbers import Integral

from ckmlab.datasets.kestrel.setting import DISTRICT_SIZE, Setting
from ckmlab.datasets.scenario import Scenario

__all__ = ["Recipe"]

_LARGEST = 100_000_000


@dataclass(frozen=True)
class Recipe:
    """Number of customers, seed and scenario: all that is needed to make a company again.

    Parameters
    ----------
    n_customers : int
        Number of customers, at least 1.
    seed : int
        0 to 2**64 - 1.
    scenario : Scenario
        The world.

    Examples
    --------
    >>> Recipe(12_500, 1, Scenario()).districts
    3
    """

    n_customers: int
    seed: int
    scenario: Scenario

    def __post_init__(self):
        _check_whole("n_customers", self.n_customers, 1, _LARGEST, "6000")
        _check_whole("seed", self.seed, 0, 2**64 - 1, "2002")
        object.__setattr__(self, "n_customers", int(self.n_customers))
        object.__setattr__(self, "seed", int(self.seed))

    @property
    def districts(self):
        """Number of districts."""
        return math.ceil(self.n_customers / DISTRICT_SIZE)

    def setting(self, district):
        """The district of that number, from 0.

        Parameters
        ----------
        district : int
            Its number.

        Returns
        -------
        Setting
        """
        size = min(DISTRICT_SIZE, self.n_customers - district * DISTRICT_SIZE)
        return Setting(self.seed, self.scenario, district, size)


def _check_whole(name, value, low, high, example):
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} is {value!r}; give a whole number, such as {example}")
    if not low <= value <= high:
        raise ValueError(
            f"{name} is {value:,}; give a whole number from {low:,} to {high:,}, such as {example}"
        )
