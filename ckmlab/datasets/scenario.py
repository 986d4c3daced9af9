"""Scenarios: the knobs of Kestrel's world and the traps planted in its data."""

from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from types import MappingProxyType

from ckmlab.datasets.traps import TRAPS

__all__ = ["POLICY", "Scenario", "resolve", "scenarios"]

POLICY = ("capture", "organize", "share", "transfer", "publish")
"""The firm's five levers, each a share between 0 and 1; a counterfactual may change them."""


@dataclass(frozen=True, repr=False)
class Scenario:
    """A world to simulate: what the firm does, what its market is like, which traps are set.

    A scenario never changes. ``scenario.but(capture=0.8)`` gives a new one, and so do the extra
    arguments of :func:`ckmlab.datasets.make_company`.

    Parameters
    ----------
    name : str
        What to call it.
    capture : float
        Share of voiced problems that are registered, and with it what is stored of contacts.
    organize : float
        How well items are typed, dated and freed of duplicates; share of items one can find.
    share : float
        Share of staff that the store reaches.
    transfer : float
        Share of staff trained to use what the store says.
    publish : float
        How much is turned into knowledge *for* customers, who then solve problems themselves.
    market : {"contract", "accounts", "donors"}
        Consumers with yearly contracts, business accounts, or donors without a contract.
    segment_shares : tuple of float
        Shares of basic, premium and business customers.
    problem_rate : float
        Logarithm of the yearly number of problems of a customer of average satisfaction.
    voice : float
        Log-odds that a problem of average weight is voiced.
    nonresponse_strength, silence_strength, dependence_strength, coder_strength : float
        How strong those traps are when set; 1 is the size documented in the data card.
    linkage_errors : float
        Share of records that the firm fails to link to their customer when identities are mixed.
    triage_errors : float
        Share of contacts whose difficulty the agent notes wrongly.
    nonresponse, silent_complaints, channel_dependence, survivorship, confounding, vocal_minority, targeting, drift, coder_error, mixed_identity, regression_to_mean : bool
        The traps, each on or off; :meth:`traps` says what each does to a naive analyst.

    Examples
    --------
    >>> Scenario("mine").but(drift=False, capture=0.8)
    Scenario('mine', capture=0.8, drift=False)
    >>> scenarios["honest"].nonresponse
    False
    >>> Scenario.traps().columns.tolist()
    ['naive conclusion', 'truth', 'remedy']
    """  # noqa: E501 (the list of traps is one numpydoc entry)

    name: str = "classic"
    capture: float = 0.62
    organize: float = 0.60
    share: float = 0.55
    transfer: float = 0.50
    publish: float = 0.40
    market: str = "contract"
    segment_shares: tuple[float, float, float] = (0.55, 0.25, 0.20)
    problem_rate: float = -0.55
    voice: float = -0.40
    nonresponse_strength: float = 1.0
    silence_strength: float = 1.0
    dependence_strength: float = 1.0
    coder_strength: float = 1.0
    linkage_errors: float = 0.12
    triage_errors: float = 0.0
    nonresponse: bool = True
    silent_complaints: bool = True
    channel_dependence: bool = True
    survivorship: bool = True
    confounding: bool = True
    vocal_minority: bool = True
    targeting: bool = True
    drift: bool = True
    coder_error: bool = True
    mixed_identity: bool = True
    regression_to_mean: bool = True

    def __post_init__(self):
        for name in (*POLICY, "linkage_errors", "triage_errors"):
            _check_share(name, getattr(self, name))
        for name in TRAPS:
            if not isinstance(getattr(self, name), bool):
                raise TypeError(f"{name} is {getattr(self, name)!r}; a trap is True or False")
        if self.market not in ("contract", "accounts", "donors"):
            raise ValueError(
                f"market is {self.market!r}; choose 'contract', 'accounts' or 'donors'"
            )
        object.__setattr__(self, "segment_shares", _checked_shares(self.segment_shares))
        for name in ("problem_rate", "voice"):
            _check_range(name, getattr(self, name), -5, 3)
        for name in (field.name for field in fields(self) if field.name.endswith("_strength")):
            _check_range(name, getattr(self, name), 0, 3)

    def __repr__(self):
        # Only what differs from the usual world: thirty knobs are more than one can read.
        changed = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)
            if field.name != "name" and getattr(self, field.name) != field.default
        ]
        return f"Scenario({', '.join([repr(self.name), *changed])})"

    def but(self, **changes):
        """The same world with some knobs or traps changed.

        Parameters
        ----------
        **changes
            Any parameter of :class:`Scenario`.

        Returns
        -------
        Scenario

        Raises
        ------
        TypeError
            If there is no such knob or trap; the message names the nearest one.
        ValueError
            If a value is impossible.
        """
        known = [field.name for field in fields(self)]
        for name in changes:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"did you mean {near[0]!r}? " if near else ""
                raise TypeError(f"a scenario has no {name!r}; {hint}It has {', '.join(known)}")
        return replace(self, **changes)

    @property
    def policy(self):
        """The five levers and their settings."""
        return {name: getattr(self, name) for name in POLICY}

    @property
    def traps_set(self):
        """Names of the traps that are on."""
        return tuple(name for name in TRAPS if getattr(self, name))

    @staticmethod
    def traps():
        """What each trap does: a frame with the naive conclusion, the truth and the remedy.

        Returns
        -------
        pandas.DataFrame
            One row per trap.
        """
        import pandas as pd

        rows = {name: (trap.naive, trap.truth, trap.remedy) for name, trap in TRAPS.items()}
        columns = ["naive conclusion", "truth", "remedy"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("trap")


def resolve(scenario, overrides):
    """The scenario of that name, with the overrides applied; a clear error when there is none.

    Parameters
    ----------
    scenario : str or Scenario
        A name in :data:`scenarios`, or a scenario.
    overrides : dict
        Knobs and traps to change.

    Returns
    -------
    Scenario
    """
    if isinstance(scenario, str):
        if scenario not in scenarios:
            raise ValueError(
                f"there is no scenario {scenario!r}; choose one of {', '.join(scenarios)} "
                "or pass a Scenario"
            )
        scenario = scenarios[scenario]
    if not isinstance(scenario, Scenario):
        raise TypeError(f"scenario is a {type(scenario).__name__}; give a name or a Scenario")
    return scenario.but(**overrides) if overrides else scenario


def _check_share(name, value):
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"{name} is {value!r}; give a share between 0 and 1, such as 0.6")


def _check_range(name, value, low, high):
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{name} is {value!r}; give a number between {low} and {high}")


def _checked_shares(shares):
    shares = tuple(float(share) for share in shares)
    if len(shares) != 3 or min(shares) < 0 or abs(sum(shares) - 1) > 1e-9:
        raise ValueError(
            f"segment_shares is {shares}; give three shares (basic, premium, business) "
            "that add up to 1"
        )
    return shares


_OFF = dict.fromkeys(TRAPS, False)

scenarios = MappingProxyType(
    {
        "classic": Scenario(),
        "honest": Scenario("honest", **_OFF),
        "hard": Scenario(
            "hard",
            nonresponse_strength=1.5,
            silence_strength=1.3,
            dependence_strength=1.8,
            coder_strength=1.6,
            linkage_errors=0.25,
            triage_errors=0.15,
        ),
        "b2b": Scenario(
            "b2b", market="accounts", segment_shares=(0.10, 0.15, 0.75), problem_rate=-0.25
        ),
        "nonprofit": Scenario(
            "nonprofit", market="donors", segment_shares=(0.70, 0.20, 0.10), problem_rate=-1.10
        ),
    }
)
"""The five ready-made scenarios by name."""
