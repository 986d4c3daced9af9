"""What customers are worth beyond what they buy, under assumptions one can move."""

from ckmlab.plots import engagement_waterfall
from ckmlab.value.engagement import engagement_value, knowledge_value, referral_value, waterfall
from ckmlab.widgets._board import Board, number_slider, share_slider

__all__ = ["EngagementWaterfall", "EngagementWaterfallState"]


class EngagementWaterfallState:
    """Customers' lifetime values, their referrals and ideas, and what one assumes of them.

    Parameters
    ----------
    lifetime : pandas.Series
        Lifetime value by customer, in money.
    referrals : data frame, optional
        One row per referral: ``referrer_id`` and ``referred_id``.
    ideas : data frame, optional
        One row per idea and contributor: ``customer_id``, ``idea_id`` and ``value`` (net present
        value if carried out).
    money : str
        What money is counted in.

    Attributes
    ----------
    anyway : float
        Share of the referred friends who would have come without a referral.
    reward : float
        Money paid for a referral.
    probability : float
        Chance that an idea is carried out.
    cost : float
        Money it takes to handle an idea.

    Examples
    --------
    >>> import pandas as pd
    >>> ideas = pd.DataFrame({"customer_id": [1], "idea_id": [7], "value": [400.0]})
    >>> state = EngagementWaterfallState(pd.Series({1: 100.0, 2: 80.0}), ideas=ideas)
    >>> state.probability = 0.5
    >>> state.values()["total"].sum()
    np.float64(380.0)
    """

    def __init__(self, lifetime, *, referrals=None, ideas=None, money="money"):
        if referrals is None and ideas is None:
            raise ValueError("give referrals, ideas or both: there is nothing to add to lifetime")
        self.lifetime = lifetime
        self.referrals = referrals
        self.ideas = ideas
        self.money = money
        self.anyway, self.reward = 0.0, 0.0
        self.probability, self.cost = 0.2, 0.0

    def values(self):
        """Engagement value of each customer under the present assumptions.

        Returns
        -------
        pandas.DataFrame
            As :func:`ckmlab.value.engagement.engagement_value`.
        """
        parts = {}
        if self.referrals is not None:
            # A friend who is in no table of customers is worth as much as the mean customer.
            parts["referral"] = referral_value(
                self.referrals,
                self.lifetime,
                reward=self.reward,
                anyway=self.anyway,
                fallback=float(self.lifetime.mean()),
            )
        if self.ideas is not None:
            parts["knowledge"] = knowledge_value(
                self.ideas, probability=self.probability, cost=self.cost
            )
        return engagement_value(self.lifetime, **parts)

    def picture(self):
        """The waterfall of the parts.

        Returns
        -------
        Picture
        """
        return engagement_waterfall(waterfall(self.values()), money=self.money)


class EngagementWaterfall(Board):
    """Move what you assume of friends and ideas, and see what customers are worth.

    Parameters
    ----------
    lifetime, referrals, ideas, money
        As for :class:`EngagementWaterfallState`.

    Examples
    --------
    >>> import pandas as pd
    >>> ideas = pd.DataFrame({"customer_id": [1], "idea_id": [7], "value": [400.0]})
    >>> board = EngagementWaterfall(pd.Series({1: 100.0, 2: 80.0}), ideas=ideas)
    >>> board.set(probability=0.1)
    """

    def __init__(self, lifetime, *, referrals=None, ideas=None, money="money"):
        state = EngagementWaterfallState(lifetime, referrals=referrals, ideas=ideas, money=money)
        controls = {}
        if referrals is not None:
            controls["anyway"] = share_slider("Friends come anyway", state.anyway)
            controls["reward"] = _amount("Reward per referral", 2 * float(lifetime.mean()))
        if ideas is not None:
            controls["probability"] = share_slider("An idea is carried out", state.probability)
            controls["cost"] = _amount("Cost per idea", float(ideas["value"].mean()) / 2)
        super().__init__(state, controls)


def _amount(description, most):
    """A slider for money, from nothing up to about ``most``, in fifty steps."""
    return number_slider(description, 0.0, 0.0, most, step=most / 50)
