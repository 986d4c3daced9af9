"""How many interviews are enough when some needs are rare and analysts miss some."""

from dataclasses import dataclass

import numpy as np

from ckmlab.capture import (
    analysts_find,
    interviews_needed,
    share_found,
    share_found_homogeneous,
)
from ckmlab.plots import saturation
from ckmlab.widgets._board import Board, number_slider, share_slider, whole_slider

__all__ = ["InterviewFan", "InterviewFanState"]

INTERVIEWS = np.arange(61)


@dataclass
class InterviewFanState:
    """How often needs come up, how unlike they are, and who listens.

    Parameters
    ----------
    mean : float
        Share of interviews in which a need comes up, averaged over the needs.
    likeness : float
        The sum a + b of the beta distribution: large when all needs are equally common.
    analysts : int
        People who read each transcript, each on their own.
    each : float
        Share of the needs in a transcript that one analyst notices.
    share : float
        Share of all needs that is wanted.

    Examples
    --------
    >>> InterviewFanState(mean=0.16, likeness=9.0, each=1.0).needed()
    31
    """

    mean: float = 0.16
    likeness: float = 9.0
    analysts: int = 2
    each: float = 0.7
    share: float = 0.9

    def needed(self):
        """Interviews needed to hear the wanted share.

        Returns
        -------
        int
        """
        return interviews_needed(self.share, *self._beta(), detection=self._detection())

    def picture(self):
        """The share heard after n interviews, beside what two illusions promise.

        Returns
        -------
        Picture
        """
        detection = self._detection()
        curves = {"as it is": share_found(INTERVIEWS, *self._beta(), detection=detection)}
        if detection < 1:
            curves["nobody misses any"] = share_found(INTERVIEWS, *self._beta())
        curves["all needs alike"] = share_found_homogeneous(INTERVIEWS, self.mean)
        needed = self.needed()
        fig = saturation(
            INTERVIEWS, curves, needed={self.share: needed} if needed <= INTERVIEWS[-1] else None
        )
        fig.title = f"{100 * self.share:.0f} % of the needs take {needed:,} interviews"
        return fig

    def _beta(self):
        return self.mean * self.likeness, (1 - self.mean) * self.likeness

    def _detection(self):
        return float(analysts_find(self.analysts, self.each))


class InterviewFan(Board):
    """Make needs rarer, more unlike each other or harder to notice, and count the interviews.

    Parameters
    ----------
    mean, likeness, analysts, each, share
        Where the sliders stand at first; as for :class:`InterviewFanState`.

    Examples
    --------
    >>> board = InterviewFan()
    >>> board.set(share=0.95)
    >>> board.state.needed() > 50
    True
    """

    def __init__(self, mean=0.16, likeness=9.0, *, analysts=2, each=0.7, share=0.9):
        super().__init__(
            InterviewFanState(mean, likeness, analysts, each, share),
            {
                "share": share_slider("Wanted share of needs", share, low=0.5, high=0.99),
                "mean": share_slider("A need comes up in", mean, low=0.02, high=0.6),
                "likeness": number_slider("Likeness of needs", likeness, 1.0, 60.0, step=0.5),
                "each": share_slider("An analyst notices", each, low=0.1),
                "analysts": whole_slider("Analysts", analysts, 1, 6),
            },
        )
