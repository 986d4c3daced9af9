"""What another policy would have been worth, for the same customers with the same luck."""

import pandas as pd

from ckmlab.plots import policy_effect
from ckmlab.plots import scorecard as draw_scorecard
from ckmlab.scorecard import scorecard
from ckmlab.widgets._board import Board, share_slider

__all__ = ["PolicyScorecard", "PolicyScorecardState", "PolicyWhatIf", "PolicyWhatIfState"]

POLICIES = {
    "capture": "Problems registered",
    "organize": "Items in order",
    "share": "Items shared",
    "transfer": "Staff trained",
    "publish": "Told to customers",
}
GAINS = {"value": "margin", "customer_years": "customer years"}


class PolicyWhatIfState:
    """A company, and the settings of its five policies in a world that could have been.

    Parameters
    ----------
    company : Company
        What :func:`ckmlab.datasets.make_company` returns.

    Examples
    --------
    >>> from ckmlab.datasets import make_company
    >>> state = PolicyWhatIfState(make_company(300, seed=1))
    >>> state.capture = 0.95
    >>> state.gains()["margin"] > 0
    True
    """

    def __init__(self, company):
        self.company = company
        for policy in POLICIES:
            setattr(self, policy, getattr(company.scenario, policy))
        if not self._periods(company.truth):
            raise ValueError(
                f"scenario {company.scenario.name!r} has no renewals to compare; "
                "use a company with contracts, such as 'classic'"
            )
        self._last = ({}, company)

    def gains(self):
        """What the policies would have changed, in the company's true quantities.

        Returns
        -------
        dict of str to float
        """
        other, own = self._other().truth, self.company.truth
        return {name: float(other[key] - own[key]) for key, name in GAINS.items()}

    def staying(self):
        """Share of the customers still there after each period, as it was and as it would be.

        Returns
        -------
        pandas.DataFrame
            ``period``, ``before``, ``after``.
        """
        own, other = self.company.truth, self._other().truth
        periods = self._periods(own)
        return pd.DataFrame(
            {
                "period": [0, *periods],
                "before": [1.0, *(own[f"survival_{t}"] for t in periods)],
                "after": [1.0, *(other[f"survival_{t}"] for t in periods)],
            }
        )

    def picture(self):
        """Customers who stay under both policies, and the gains.

        Returns
        -------
        Picture
        """
        scenario = self.company.scenario
        changes = {name: (getattr(scenario, name), getattr(self, name)) for name in POLICIES}
        return policy_effect(self.staying(), self.gains(), changes=changes)

    def _other(self):
        """The company under the new policies; the last one is kept."""
        scenario = self.company.scenario
        policy = {name: getattr(self, name) for name in POLICIES}
        policy = {name: new for name, new in policy.items() if new != getattr(scenario, name)}
        if policy != self._last[0]:
            self._last = (policy, self.company.counterfactual(**policy) if policy else self.company)
        return self._last[1]

    @staticmethod
    def _periods(truth):
        return [t for t in range(1, 100) if f"survival_{t}" in truth]


class PolicyScorecardState(PolicyWhatIfState):
    """A company's scorecard in a world that could have been.

    Parameters
    ----------
    company : Company
        What :func:`ckmlab.datasets.make_company` returns.

    Examples
    --------
    >>> from ckmlab.datasets import make_company
    >>> state = PolicyScorecardState(make_company(300, seed=1))
    >>> state.card().maturity().index[-1]
    'mean'
    """

    def card(self):
        """The scorecard under the policies as they are set.

        Returns
        -------
        Scorecard
        """
        return scorecard(self._other())

    def picture(self):
        """The scorecard on one page.

        Returns
        -------
        Picture
        """
        return draw_scorecard(self.card())


class _PolicyBoard(Board):
    """Five sliders for the five policies of a company."""

    def __init__(self, state):
        controls = {
            name: share_slider(words, getattr(state, name)) for name, words in POLICIES.items()
        }
        for control in controls.values():
            control.continuous_update = False  # the company is simulated again at every move
        super().__init__(state, controls)


class PolicyScorecard(_PolicyBoard):
    """Turn the five policies of Kestrel, and watch its scorecard.

    The company is simulated again at every move, so sliders answer when they are let go.

    Parameters
    ----------
    company : Company
        What :func:`ckmlab.datasets.make_company` returns.

    Examples
    --------
    >>> from ckmlab.datasets import make_company
    >>> board = PolicyScorecard(make_company(300, seed=1))
    >>> board.set(share=0.95)
    """

    def __init__(self, company):
        super().__init__(PolicyScorecardState(company))


class PolicyWhatIf(_PolicyBoard):
    """Turn the five policies of Kestrel, and read off what each would have been worth.

    The company is simulated again at every move, so sliders answer when they are let go.

    Parameters
    ----------
    company : Company
        What :func:`ckmlab.datasets.make_company` returns.

    Examples
    --------
    >>> from ckmlab.datasets import make_company
    >>> board = PolicyWhatIf(make_company(300, seed=1))
    >>> board.set(capture=0.95)
    """

    def __init__(self, company):
        super().__init__(PolicyWhatIfState(company))
