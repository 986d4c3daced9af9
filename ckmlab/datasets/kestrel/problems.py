"""Everything that could go wrong for each customer in each year, had they stayed that long.

Problems are drawn for all years before anyone leaves. Whoever stays longer under another policy
then meets the very problems that were waiting: the same draws, so that two policies differ by
their effect and not by luck.
"""

import numpy as np
from scipy.special import expit

from ckmlab.datasets.kestrel.needs import choose_need
from ckmlab.datasets.kestrel.setting import PERIODS, RELAUNCH

__all__ = [
    "REFERENCE",
    "TRICKY",
    "draw_problems",
    "looks_tricky",
    "problem_rate",
    "registration",
    "self_service_share",
]

REFERENCE = {"capture": 0.62, "organize": 0.60, "share": 0.55, "transfer": 0.50, "publish": 0.40}
"""Policy at which the rates of the data card hold; other policies move away from them."""

_SATISFACTION = -0.45
_SEVERITY = (2.0, 0.5)
_DRIFT_SEVERITY = 1.25
TRICKY = 0.45
"""Share of contacts that are tricky."""

_BUSINESS_VOICE = 1.1
_SEVERITY_VOICE = 0.9
_SEVERITY_REGISTERED = 1.1
_ESCALATED = 0.11
_FATES = (
    "self_served",
    "voiced",
    "registered",
    "escalated",
    "agent",
    "kb",
    "resolved",
    "recovered",
)


def draw_problems(setting, people):
    """Draw the potential problems of a district, ordered by period and customer.

    Parameters
    ----------
    setting : Setting
        The district.
    people : dict
        Its customers.

    Returns
    -------
    dict of str to array
        One value per potential problem: whose, when, about what, how heavy, and the uniforms that
        will decide its fate.
    """
    draw = setting.streams
    rate = problem_rate(setting, people) / (1 - self_service_share(people, REFERENCE["publish"]))
    counts = draw("problems.count").poisson(np.repeat(rate[:, None], PERIODS, axis=1))
    cells = np.repeat(np.arange(PERIODS * setting.size), counts.T.ravel())
    period, customer = cells // setting.size + 1, cells % setting.size
    n = len(cells)
    relaunched = period >= RELAUNCH
    severity = draw("problems.severity").gamma(_SEVERITY[0], _SEVERITY[1], size=n)
    if setting.scenario.drift:
        severity = np.where(relaunched, _DRIFT_SEVERITY * severity, severity)
    problems = {
        "customer": customer,
        "period": period,
        "when": people["start"][customer] + 365.25 * (period - 1 + draw.uniform("problems.day", n)),
        "severity": severity,
        "tricky": draw.chance("problems.difficulty", np.full(n, TRICKY)),
        "need": choose_need(
            setting, "problems.need", lead_user=people["lead_user"][customer], relaunched=relaunched
        ),
    }
    problems["looks_tricky"] = looks_tricky(setting, "problems.looks_tricky", problems["tricky"])
    problems |= {f"u_{fate}": draw.uniform(f"problems.{fate}", n) for fate in _FATES}
    problems["p_voiced"] = _voice(setting, people["business"][customer], severity)
    problems["p_escalated"] = np.full(n, _ESCALATED)
    return problems


def problem_rate(setting, people):
    """Problems per year that a customer cannot solve alone, at the reference policy."""
    return np.exp(setting.scenario.problem_rate + _SATISFACTION * people["satisfaction"])


def self_service_share(people, publish):
    """Share of problems solved with the help of published knowledge; the skilled solve more."""
    return 0.35 * publish * (0.5 + 0.1667 * people["skill_level"])


def looks_tricky(setting, name, tricky):
    """What an agent decides by whether to look something up.

    With the trap ``confounding`` it is the difficulty; otherwise as many cases look tricky, but
    at random.
    """
    if setting.scenario.confounding:
        return tricky
    return setting.streams.chance(name, np.full(len(tricky), TRICKY))


def _voice(setting, business, severity):
    scenario = setting.scenario
    if not scenario.silent_complaints:
        return np.full(len(severity), 0.5)
    strength = scenario.silence_strength
    weight = np.log(severity + 0.2)
    logit = scenario.voice + strength * (_SEVERITY_VOICE * weight + _BUSINESS_VOICE * business)
    return expit(logit)


def registration(setting, severity):
    """Probability that a voiced problem is registered; with dependence, heavy ones more often."""
    share = setting.scenario.capture
    if not setting.scenario.channel_dependence or share in (0, 1):
        return np.full(len(severity), share)
    slope = _SEVERITY_REGISTERED * setting.scenario.dependence_strength
    # Voiced problems are heavier than others; the shift keeps the overall share near `capture`.
    return expit(np.log(share / (1 - share)) + slope * (np.log(severity + 0.2) - 0.21))
