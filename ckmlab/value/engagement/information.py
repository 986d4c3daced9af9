"""What is it worth to know more before deciding? Perfect and sample information."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ckmlab.arguments import check_positive, clean_numbers

__all__ = ["InformationValue", "expected_value_of_information", "value_of_sample"]


@dataclass(frozen=True)
class InformationValue:
    """What a decision gains from knowing more, in the unit of the payoffs.

    Parameters
    ----------
    action : object
        Best action without further information.
    value : float
        Its expected payoff.
    perfect : float
        Expected value of perfect information (EVPI): the most any study can be worth.
    sample : float
        Expected value of the sample information at hand (EVSI); NaN if none was described.
    cost : float
        Cost of the information.
    strategy : pandas.DataFrame or None
        For each signal its probability, the action to take then, and its expected payoff.
    """

    action: object
    value: float
    perfect: float
    sample: float = np.nan
    cost: float = 0.0
    strategy: pd.DataFrame | None = None

    @property
    def net(self):
        """Gain after cost: of the sample information if described, else of perfect information."""
        return (self.perfect if np.isnan(self.sample) else self.sample) - self.cost

    @property
    def worthwhile(self):
        """Whether the information is worth its cost."""
        return bool(self.net > 0)


def expected_value_of_information(payoffs, prior, *, likelihood=None, cost=0.0):
    r"""Expected value of perfect and of sample information for a choice between actions.

    .. math::

        EVPI = \sum_s p_s \max_a u_{as} - \max_a \sum_s p_s u_{as}, \qquad
        EVSI = \sum_z \max_a \sum_s p_s\,P(z \mid s)\,u_{as} - \max_a \sum_s p_s u_{as}

    Parameters
    ----------
    payoffs : pandas.DataFrame or array_like
        Payoff :math:`u_{as}` of each action (row) in each state of the world (column).
    prior : array_like, mapping or pandas.Series
        Probability of each state, shape (states,). By name where ``payoffs`` names the states
        and the prior does too; in the order of the columns otherwise.
    likelihood : pandas.DataFrame or array_like, optional
        Probability of each signal (row) in each state (column); every column adds up to 1.
        Matched by name as the prior is.
    cost : float, default 0
        What the information costs.

    Returns
    -------
    InformationValue

    Raises
    ------
    ValueError
        If shapes or the names of the states disagree, or probabilities are negative or do not
        add up to 1.

    References
    ----------
    Raiffa, H. & Schlaifer, R. (1961). Applied statistical decision theory.

    Examples
    --------
    Launch a self-service portal (wins 100 if customers want it, loses 60 if not) or keep the
    phone; a survey says "yes" to 80 % of the wanted and to 30 % of the unwanted ones.

    >>> payoffs = pd.DataFrame({"wanted": [100, 0], "unwanted": [-60, 0]}, index=["launch", "keep"])
    >>> survey = pd.DataFrame({"wanted": [0.8, 0.2], "unwanted": [0.3, 0.7]}, index=["yes", "no"])
    >>> worth = expected_value_of_information(payoffs, [0.4, 0.6], likelihood=survey)
    >>> worth.action, round(worth.perfect, 2), round(worth.sample, 2)
    ('launch', 36.0, 17.2)
    """
    table = pd.DataFrame(payoffs)
    values = table.to_numpy(dtype=float)
    prior = pd.Series(prior) if isinstance(prior, Mapping) else prior
    if isinstance(prior, pd.Series):
        prior = _by_state("prior", prior.to_frame().T, payoffs).iloc[0]
    prior = _probabilities("prior", np.asarray(prior, dtype=float), table.shape[1])
    if not np.isfinite(values).all():
        raise ValueError("payoffs hold a missing or infinite value; every cell needs a number")
    expected = values @ prior
    best = int(expected.argmax())
    perfect = float(values.max(axis=0) @ prior - expected[best])
    found = (table.index[best], float(expected[best]), max(perfect, 0.0))
    if likelihood is None:
        return InformationValue(*found, cost=cost)
    signals = likelihood
    if isinstance(likelihood, pd.DataFrame):
        signals = _by_state("likelihood", likelihood, payoffs)
    signals = pd.DataFrame(signals)
    chances = signals.to_numpy(dtype=float)
    if chances.ndim != 2 or chances.shape[1] != table.shape[1]:
        raise ValueError(
            f"likelihood has {chances.shape[1]} columns for {table.shape[1]} states of payoffs"
        )
    for state, column in zip(signals.columns, chances.T, strict=True):
        _probabilities(f"likelihood of {state!r}", column, len(column))
    joint = chances * prior  # P(signal and state)
    gains = joint @ values.T
    likely = joint.sum(axis=1)
    strategy = pd.DataFrame(
        {
            "probability": likely,
            "action": table.index[gains.argmax(axis=1)],
            "value": np.divide(
                gains.max(axis=1), likely, where=likely > 0, out=np.zeros(len(likely))
            ),
        },
        index=signals.index.rename("signal"),
    )
    sample = max(float(gains.max(axis=1).sum() - expected[best]), 0.0)
    return InformationValue(*found, sample, cost, strategy)


def value_of_sample(prior_mean, prior_sd, sd, n, *, stake=1.0, fixed_cost=0.0, cost_per_answer=0.0):
    r"""Expected value of asking *n* customers before a go/no-go decision, for each *n*.

    The decision pays ``stake`` · θ if taken and nothing if not; θ is the unknown mean effect, with
    prior N(m, s²), and an answer is θ plus noise of standard deviation σ. The mean after *n*
    answers will have moved by a standard deviation of :math:`s^* = s\sqrt{n s^2 / (n s^2 +
    \sigma^2)}`, and

    .. math:: EVSI = \text{stake}\cdot s^* \left[\varphi(u) - u\,\Phi(-u)\right], \quad u = |m|/s^*

    Parameters
    ----------
    prior_mean, prior_sd : float
        What is believed of θ before, in units of θ per customer.
    sd : float
        Standard deviation of a single answer around θ.
    n : int or sequence of int
        Sizes of the sample to compare.
    stake : float, default 1
        Money per unit of θ, such as the number of customers the decision concerns.
    fixed_cost, cost_per_answer : float, default 0
        What the survey costs.

    Returns
    -------
    pandas.DataFrame
        Index ``n``; columns ``evsi``, ``cost``, ``net`` and ``evpi`` (the ceiling), in money.

    References
    ----------
    Raiffa, H. & Schlaifer, R. (1961). Applied statistical decision theory.

    Examples
    --------
    >>> table = value_of_sample(0.5, 2.0, 10.0, [0, 100, 400], stake=1000, cost_per_answer=1)
    >>> table["net"].round(0).tolist()
    [0.0, 391.0, 150.0]
    """
    prior_sd, sd = check_positive("prior_sd", prior_sd), check_positive("sd", sd)
    sizes = clean_numbers("n", np.atleast_1d(n), missing="refuse")
    if (sizes < 0).any() or (sizes != np.floor(sizes)).any():
        raise ValueError(f"n holds {sizes.min():g}; sizes of a sample are whole numbers ≥ 0")
    moved = prior_sd * np.sqrt(sizes * prior_sd**2 / (sizes * prior_sd**2 + sd**2))
    evsi = stake * _unit_loss(prior_mean, moved)
    cost = np.where(sizes > 0, fixed_cost + cost_per_answer * sizes, 0.0)
    ceiling = stake * float(_unit_loss(prior_mean, np.array([prior_sd]))[0])
    return pd.DataFrame(
        {"evsi": evsi, "cost": cost, "net": evsi - cost, "evpi": ceiling},
        index=pd.Index(sizes.astype(int), name="n"),
    )


def _unit_loss(mean, spread):
    """Expected gain of a free option on N(mean, spread²) over deciding by the mean."""
    u = np.divide(abs(mean), spread, where=spread > 0, out=np.full(len(spread), np.inf))
    density = np.exp(-(np.minimum(u, 1e6) ** 2) / 2) / np.sqrt(2 * np.pi)
    tail = np.where(np.isfinite(u), u, 0.0) * ndtr(-np.minimum(u, 1e6))
    return np.where(np.isfinite(u), spread * (density - tail), 0.0)


def _by_state(name, frame, payoffs):
    """The columns in the order of the payoffs' states, where both name them."""
    named = isinstance(payoffs, pd.DataFrame) and not isinstance(frame.columns, pd.RangeIndex)
    if not named:
        return frame
    states = payoffs.columns
    if len(frame.columns) == len(states) and set(frame.columns) != set(states):
        raise ValueError(
            f"{name} speaks of the states {list(frame.columns)}, payoffs of {list(states)}; "
            "give them the same names"
        )
    return frame[states] if len(frame.columns) == len(states) else frame


def _probabilities(name, values, size):
    if values.shape != (size,):
        raise ValueError(f"{name} has {values.size} probabilities for {size} states")
    if not np.isfinite(values).all() or (values < 0).any() or abs(values.sum() - 1) > 1e-6:
        raise ValueError(
            f"{name} adds up to {values.sum():g}; probabilities are ≥ 0 and add up to 1"
        )
    return values
