"""Two channels that hear the same people, or different ones."""

from dataclasses import dataclass

from ckmlab.capture import chapman
from ckmlab.datasets import make_channel_lists
from ckmlab.plots import overlap
from ckmlab.widgets._board import Board, number_slider, share_slider

__all__ = ["ListOverlap", "ListOverlapState"]


@dataclass
class ListOverlapState:
    """Cases that exist, and the two channels that each register some of them.

    Parameters
    ----------
    cases : int
        How many there are: known here, for once.
    seed : int
        Start of the random draws.
    first, second : float
        Share of the cases that each channel registers.
    odds_ratio : float
        How much likelier the second registers what the first has; 1 is independence.

    Examples
    --------
    >>> state = ListOverlapState(cases=1000, seed=1, odds_ratio=4.0)
    >>> float(state.estimate()) < 1000
    True
    """

    cases: int = 1000
    seed: int = 2002
    first: float = 0.3
    second: float = 0.25
    odds_ratio: float = 1.0

    def counts(self):
        """Cases on the first list, on the second, and on both.

        Returns
        -------
        tuple of int
        """
        shares = {"phone": self.first, "forum": self.second}
        lists = make_channel_lists(
            self.cases, seed=self.seed, channels=shares, odds_ratio=self.odds_ratio
        )
        one, two = lists["phone"], lists["forum"]
        return int(one.sum()), int(two.sum()), int((one & two).sum())

    def estimate(self):
        """Chapman's estimate of all cases.

        Returns
        -------
        Estimate
        """
        return chapman(*self.counts())

    def picture(self):
        """The two lists, the estimate and the truth.

        Returns
        -------
        Picture
        """
        counts = self.counts()
        return overlap(*counts, chapman(*counts), names=("phone", "forum"), truth=self.cases)


class ListOverlap(Board):
    """Let two channels hear the same people more and more, and watch the estimate fall.

    Parameters
    ----------
    cases : int, default 1000
        How many cases there are.
    seed : int, default 2002
        Start of the random draws.

    Examples
    --------
    >>> board = ListOverlap(1000, seed=1)
    >>> board.set(odds_ratio=5.0)
    """

    def __init__(self, cases=1000, *, seed=2002):
        state = ListOverlapState(cases, seed)
        super().__init__(
            state,
            {
                "odds_ratio": number_slider("Dependence (odds ratio)", 1.0, 0.2, 8.0),
                "first": share_slider("Phone registers", state.first, low=0.05, high=0.9),
                "second": share_slider("Forum registers", state.second, low=0.05, high=0.9),
            },
        )
