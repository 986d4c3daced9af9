"""Why retention rises although no customer becomes more loyal."""

from dataclasses import dataclass

from ckmlab.datasets import make_contract_cohort
from ckmlab.plots import retention_mixture
from ckmlab.value.lifetime import ShiftedBetaGeometric
from ckmlab.widgets._board import Board, share_slider

__all__ = ["RetentionMixture", "RetentionMixtureState"]


@dataclass
class RetentionMixtureState:
    r"""A cohort of customers, each with a chance to leave that never changes.

    Parameters
    ----------
    customers : int
        Size of the cohort.
    seed : int
        Start of the random draws.
    churn : float
        Mean chance to leave in a period, :math:`\alpha / (\alpha + \beta)`.
    unlikeness : float
        How unlike the customers are, :math:`1 / (1 + \alpha + \beta)`: near 0 all are alike,
        near 1 everybody either leaves at once or never.

    Examples
    --------
    >>> state = RetentionMixtureState(4000, seed=1, churn=0.37, unlikeness=0.35)
    >>> rates = state.fit().retention_rate([1, 8])
    >>> bool(rates.iloc[1] > rates.iloc[0] + 0.2)
    True
    """

    customers: int = 4000
    seed: int = 2002
    churn: float = 0.37
    unlikeness: float = 0.35

    def fit(self):
        """The shifted beta-geometric model, fitted to what is seen of the cohort.

        Returns
        -------
        ShiftedBetaGeometricResults
        """
        size = 1 / self.unlikeness - 1
        cohort = make_contract_cohort(
            self.customers, seed=self.seed, alpha=self.churn * size, beta=(1 - self.churn) * size
        )
        return ShiftedBetaGeometric(cohort).fit()

    def picture(self):
        """The cohort's retention beside that of five customers.

        Returns
        -------
        Picture
        """
        return retention_mixture(self.fit())


class RetentionMixture(Board):
    """Make customers more or less alike, and watch the cohort's retention bend.

    Parameters
    ----------
    customers : int, default 4000
        Size of the cohort.
    seed : int, default 2002
        Start of the random draws.

    Examples
    --------
    >>> board = RetentionMixture(2000, seed=1)
    >>> board.set(unlikeness=0.1)
    """

    def __init__(self, customers=4000, *, seed=2002):
        state = RetentionMixtureState(customers, seed)
        super().__init__(
            state,
            {
                "churn": share_slider("Leave each period", state.churn, low=0.05, high=0.7),
                "unlikeness": share_slider("Unlike each other", state.unlikeness, low=0.1,
                                           high=0.7),
            },
        )  # fmt: skip
