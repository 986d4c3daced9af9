"""True causal effects of the firm's levers: the same customers, the same luck, another policy."""

from dataclasses import replace
from functools import cache

from ckmlab.datasets.scenario import POLICY

__all__ = ["STEP", "effects_of"]

STEP = 0.20
"""How far a lever is moved: twenty points."""

_OUTCOMES = {"value": "value", "years": "customer_years"}


def effects_of(recipe):
    """Name the effects of moving each lever up by twenty points.

    Parameters
    ----------
    recipe : Recipe
        The company.

    Returns
    -------
    dict of str to callable
        ``effect_capture_value`` (euros), ``effect_capture_years`` (customer-years), and so on for
        each lever; each simulates the company under the other policy when it is called.
    """
    return {
        f"effect_{lever}_{short}": _effect(recipe, lever, outcome)
        for lever in POLICY
        for short, outcome in _OUTCOMES.items()
    }


def _effect(recipe, lever, outcome):
    def difference(sheet):
        moved = min(1.0, getattr(recipe.scenario, lever) + STEP)
        other = replace(recipe, scenario=recipe.scenario.but(**{lever: moved}))
        return _answers(other)[outcome] - sheet[outcome]

    return difference


@cache
def _answers(recipe):
    from ckmlab.datasets.build import answers_under

    return answers_under(recipe)
