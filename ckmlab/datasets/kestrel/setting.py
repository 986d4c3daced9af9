"""Where and when: the district being simulated, its identifiers and the calendar."""

from dataclasses import dataclass

import numpy as np

from ckmlab.datasets.scenario import Scenario
from ckmlab.datasets.streams import Streams

__all__ = ["DISTRICT_SIZE", "LAUNCH", "PERIODS", "RELAUNCH", "YEAR", "Setting", "day", "moment"]

DISTRICT_SIZE = 6000
"""Customers in a full district; the last one of a company may be smaller."""

LAUNCH = np.datetime64("2016-01-01")
"""Kestrel opens; all customers of the panel sign in this year."""

PERIODS = 8
"""Contract years that are followed; period 1 is every customer's first year."""

RELAUNCH = 5
"""The period in which the app is relaunched (trap ``drift``)."""

YEAR = 365.25
"""Days in a contract year."""

_ID_BLOCK = 1_000_000
"""Room for a district's rows in each table, so that identifiers never collide."""


@dataclass(frozen=True)
class Setting:
    """One district of one company."""

    seed: int
    scenario: Scenario
    district: int
    size: int

    @property
    def streams(self):
        """The district's own random streams."""
        return Streams(self.seed, self.district)

    @property
    def shared(self):
        """Random streams that all districts of the company share."""
        return Streams(self.seed)

    @property
    def donors(self):
        """Whether customers are donors, who have no contract to renew."""
        return self.scenario.market == "donors"

    @property
    def staff(self):
        """Number of employees: sixty in a full district."""
        return max(12, round(self.size / 100))

    def customer_ids(self, rows):
        """Identifiers of the customers in these rows."""
        return self.district * DISTRICT_SIZE + 1 + np.asarray(rows, dtype=np.int64)

    def ids(self, n):
        """Identifiers for ``n`` rows of another table, unique over all districts."""
        return self.district * _ID_BLOCK + 1 + np.arange(n, dtype=np.int64)

    def id_of(self, rows):
        """Identifiers of given rows of another table."""
        return self.district * _ID_BLOCK + 1 + np.asarray(rows, dtype=np.int64)


def day(days):
    """Days since the launch as a date without a time."""
    return (LAUNCH + np.floor(days).astype("timedelta64[D]")).astype("datetime64[s]")


def moment(days):
    """Days since the launch as a date with hour and minute."""
    minutes = np.floor(np.asarray(days) * 1440).astype("timedelta64[m]")
    return (LAUNCH.astype("datetime64[m]") + minutes).astype("datetime64[s]")
