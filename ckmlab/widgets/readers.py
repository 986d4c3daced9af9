"""One text for all? Which version suits readers of which skill."""

from ckmlab.arguments import check_positive
from ckmlab.frames import require
from ckmlab.plots import success_contour
from ckmlab.widgets._board import Board, number_slider

__all__ = ["Comprehension", "ComprehensionState"]


class ComprehensionState:
    """Versions of a text, what makes readers succeed, and the reader.

    Parameters
    ----------
    model : SuccessModel
        What :func:`ckmlab.organize.fit_success` returns.
    versions : pandas.DataFrame
        One row per version, labelled by its index, with ``ease`` and ``precision``.
    skill : float, default 1
        Skill of the reader, above 0.

    Examples
    --------
    >>> import pandas as pd
    >>> from ckmlab.organize import SuccessModel
    >>> names = ["const", "ease_per_skill", "precision"]
    >>> model = SuccessModel(pd.Series([-6.0, 2.0, 8.0], names), pd.Series(0.1, names), 500)
    >>> texts = pd.DataFrame({"ease": [0.9, 0.2], "precision": [0.2, 0.7]}, ["short", "full"])
    >>> ComprehensionState(model, texts, skill=0.2).best()
    'short'
    """

    def __init__(self, model, versions, *, skill=1.0):
        require(versions, ["ease", "precision"], where="Comprehension")
        self.model = model
        self.versions = versions
        self.skill = check_positive("skill", skill)

    def best(self):
        """The version with the highest chance of success.

        Returns
        -------
        object
            Its index label.
        """
        return self.model.best(self.versions, self.skill)

    def picture(self):
        """Chance of success over ease and precision, the best version marked.

        Returns
        -------
        Picture
        """
        return success_contour(self.model, self.versions, skill=self.skill)


class Comprehension(Board):
    """Move the reader's skill, and see which version wins.

    Parameters
    ----------
    model, versions, skill
        As for :class:`ComprehensionState`.
    low, high : float
        Ends of the slider.
    """

    def __init__(self, model, versions, *, skill=1.0, low=0.1, high=3.0):
        super().__init__(
            ComprehensionState(model, versions, skill=skill),
            {"skill": number_slider("Skill of the reader", skill, low, high, step=0.05)},
        )
