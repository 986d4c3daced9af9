"""When the happy answer more readily than the others."""

from dataclasses import dataclass

from ckmlab.datasets import make_survey
from ckmlab.plots import silence
from ckmlab.value.attitude import nps
from ckmlab.widgets._board import Board, number_slider, share_slider

__all__ = ["NonResponse", "NonResponseState"]


@dataclass
class NonResponseState:
    """A survey of which we know, for once, what everybody would have said.

    Parameters
    ----------
    people : int
        Number of people invited.
    seed : int
        Start of the random draws.
    response_rate : float
        Share who answer.
    slope : float
        How much readier the satisfied are to answer: change of the log odds of answering per
        standard deviation of satisfaction; 0 means that silence has nothing to do with it.

    Examples
    --------
    >>> NonResponseState(2000, seed=1).picture().title
    'NPS +23 among the 26 % who answered, -14 among everybody'
    """

    people: int = 2000
    seed: int = 2002
    response_rate: float = 0.25
    slope: float = 0.75

    def picture(self):
        """Scores of all, and of those who answered.

        Returns
        -------
        Picture
        """
        answers, everybody = make_survey(
            self.people, seed=self.seed, response_rate=self.response_rate, slope=self.slope,
            truth=True,
        )  # fmt: skip
        scores, answered = everybody["score"], answers["responded"]
        return silence(scores, answered, heard=nps(scores[answered]), everybody=nps(scores))


class NonResponse(Board):
    """Tilt the readiness to answer, and watch one NPS climb while the other stays.

    Parameters
    ----------
    people : int, default 2000
        Number of people invited.
    seed : int, default 2002
        Start of the random draws.

    Examples
    --------
    >>> NonResponse(500, seed=1).set(slope=0.0)
    """

    def __init__(self, people=2000, *, seed=2002):
        state = NonResponseState(people, seed)
        super().__init__(
            state,
            {
                "slope": number_slider("The happy answer more", state.slope, -2.0, 2.0, step=0.05),
                "response_rate": share_slider("Answer at all", state.response_rate, low=0.05,
                                              high=0.95),
            },
        )  # fmt: skip
