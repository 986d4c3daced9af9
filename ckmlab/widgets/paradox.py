"""The same agreement, another kappa: what the mix of labels does."""

from functools import cache

import numpy as np
import pandas as pd

from ckmlab.arguments import check_share
from ckmlab.classify import cohen_kappa, gwet_ac1, percent_agreement
from ckmlab.plots import kappa_paradox
from ckmlab.widgets._board import Board, share_slider

__all__ = ["KappaParadox", "KappaParadoxState"]

ITEMS = 200
GRID = np.round(1 - np.geomspace(0.5, 0.01, 16), 3)  # denser where kappa falls fastest


class KappaParadoxState:
    """Two coders of 200 items, how often they agree, and how common the first label is.

    Parameters
    ----------
    agreement : float
        Share of the items on which the two agree.
    prevalence : float
        Share of the items they agree on that have the first label.

    Examples
    --------
    >>> state = KappaParadoxState(agreement=0.9, prevalence=0.95)
    >>> first, second = state.labels(0.95)
    >>> round(float(cohen_kappa(first, second)), 2)
    0.42
    """

    def __init__(self, agreement=0.9, prevalence=0.5):
        self.agreement = check_share("agreement", agreement)
        self.prevalence = check_share("prevalence", prevalence)

    def labels(self, prevalence):
        """Labels of the two coders for a given prevalence.

        Parameters
        ----------
        prevalence : float
            Share of the agreed items that have the first label.

        Returns
        -------
        tuple of list of str
        """
        return _labels(self.agreement, prevalence)

    def curve(self):
        """The coefficients over the whole range of prevalence.

        Returns
        -------
        pandas.DataFrame
            ``prevalence``, ``agreement``, ``kappa``, ``ac1``.
        """
        rows = [_coefficients(self.agreement, prevalence) for prevalence in GRID]
        rows.append(_coefficients(self.agreement, self.prevalence))
        table = pd.DataFrame(rows).drop_duplicates("prevalence")
        return table.sort_values("prevalence", ignore_index=True)

    def picture(self):
        """The coefficients by prevalence, the present one marked.

        Returns
        -------
        Picture
        """
        return kappa_paradox(self.curve(), at=self.prevalence)


class KappaParadox(Board):
    """Move the mix of labels while two coders keep agreeing as often as before.

    Parameters
    ----------
    agreement, prevalence : float
        Where the sliders stand at first.

    Examples
    --------
    >>> KappaParadox(0.9).set(prevalence=0.95)
    """

    def __init__(self, agreement=0.9, prevalence=0.5):
        super().__init__(
            KappaParadoxState(agreement, prevalence),
            {
                "prevalence": share_slider("Share of the first label", prevalence, low=0.5,
                                           high=0.99),
                "agreement": share_slider("They agree on", agreement, low=0.5, high=0.99),
            },
        )  # fmt: skip


def _labels(agreement, prevalence):
    agreed = round(ITEMS * agreement)
    first = round(agreed * prevalence)
    apart = ITEMS - agreed
    same = ["about"] * first + ["from"] * (agreed - first)
    one = ["about"] * (apart // 2) + ["from"] * (apart - apart // 2)
    other = ["from"] * (apart // 2) + ["about"] * (apart - apart // 2)
    return same + one, same + other


@cache
def _coefficients(agreement, prevalence):
    pair = _labels(agreement, prevalence)
    return {
        "prevalence": prevalence,
        "agreement": float(percent_agreement(*pair)),
        "kappa": float(cohen_kappa(*pair)),
        "ac1": float(gwet_ac1(*pair)),
    }
