"""The share of the iceberg above the water, when people speak up and desks write down."""

from dataclasses import dataclass

from ckmlab.arguments import check_count, check_share
from ckmlab.capture import dissatisfied, ladder
from ckmlab.plots import iceberg
from ckmlab.widgets._board import Board, share_slider, whole_slider

__all__ = ["Iceberg", "IcebergState"]


@dataclass
class IcebergState:
    """The complaints on file, and the two shares that stand between them and the truth.

    Parameters
    ----------
    registered : int
        Complaints on file; the one number a desk knows.
    voiced : float
        Share of the dissatisfied who tell somebody.
    written_down : float
        Share of what is told that is registered.

    Examples
    --------
    >>> IcebergState(40, voiced=0.5, written_down=0.08).people()
    1000
    """

    registered: int = 812
    voiced: float = 0.5
    written_down: float = 0.6

    def __post_init__(self):
        check_count("registered", self.registered, least=1)
        check_share("voiced", self.voiced)
        check_share("written_down", self.written_down)

    def people(self):
        """Number of dissatisfied people behind the complaints on file.

        Returns
        -------
        int
        """
        return round(float(dissatisfied(self.registered, self.voiced, self.written_down)))

    def picture(self):
        """The iceberg.

        Returns
        -------
        Picture
        """
        told = round(float(dissatisfied(self.registered, self.written_down)))
        rungs = {"dissatisfied": self.people(), "voiced": told, "registered": self.registered}
        return iceberg(ladder(rungs))


class Iceberg(Board):
    """Move the two shares; the number on the tip stays, what is under it does not.

    Parameters
    ----------
    registered : int, default 812
        Complaints on file.
    voiced, written_down : float
        Where the sliders stand at first.

    Examples
    --------
    >>> board = Iceberg(812)
    >>> board.set(voiced=0.3)
    >>> board.state.people()
    4511
    """

    def __init__(self, registered=812, *, voiced=0.5, written_down=0.6):
        state = IcebergState(registered, voiced, written_down)
        most = max(2000, 2 * registered)
        super().__init__(
            state,
            {
                "registered": whole_slider("Complaints on file", registered, 1, most),
                "voiced": share_slider("Tell somebody", voiced, low=0.01),
                "written_down": share_slider("Told, and registered", written_down, low=0.01),
            },
        )
