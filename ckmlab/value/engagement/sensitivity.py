"""How strong something nobody recorded would have to be to explain an effect away."""

import math
from typing import NamedTuple

from ckmlab.arguments import check_positive
from ckmlab.results import Estimate

__all__ = ["EValue", "e_value"]


class EValue(NamedTuple):
    """How strongly an unmeasured cause must be tied to both treatment and outcome.

    Parameters
    ----------
    value : float
        Risk ratio, 1 or more, needed to move the estimate to no effect.
    limit : float
        The same for the nearer end of the interval; 1 if it contains no effect already.
    ratio : float
        The estimate as a risk ratio.
    """

    value: float
    limit: float
    ratio: float


def e_value(effect, *, base=None, sd=None):
    r"""E-value of an effect: what an unmeasured confounder must do to explain it away.

    For a risk ratio RR (turned over if below 1),

    .. math:: E = RR + \sqrt{RR\,(RR - 1)} .

    An unrecorded cause that raises both the chance of treatment and the risk of the outcome
    E-fold, beyond the recorded covariates, could make up the whole effect; a weaker one could not.
    Compare it with the strongest cause that you did record. For the other direction, a true effect
    that an unrecorded cause hides, it says nothing.

    Parameters
    ----------
    effect : Estimate
        A difference, as :func:`treatment_effect` returns it.
    base : float, optional
        For an outcome of yes and no: the risk without treatment. The ratio is
        (base + effect) / base.
    sd : float, optional
        For a measured outcome: its standard deviation. The ratio is approximately
        exp(0.91 effect / sd).

    Returns
    -------
    EValue
        ``value``, ``limit``, ``ratio``.

    Raises
    ------
    TypeError
        If ``effect`` is no Estimate.
    ValueError
        Unless exactly one of ``base`` and ``sd`` is given, or if base and effect make no risk.

    References
    ----------
    VanderWeele, T. J. & Ding, P. (2017). Sensitivity analysis in observational research:
    introducing the E-value. Annals of Internal Medicine 167.

    Examples
    --------
    >>> e_value(Estimate(0.29, 0.08, 0.77), base=0.1).value  # a risk ratio of 3.9
    7.263...
    """
    if not isinstance(effect, Estimate):
        raise TypeError(f"effect is {effect!r}; give an Estimate, such as treatment_effect's")
    if (base is None) == (sd is None):
        raise ValueError("give base= for an outcome of yes and no, or sd= for a measured one")
    size = check_positive("base", base) if sd is None else check_positive("sd", sd)

    def ratio(difference):
        return 1 + difference / size if sd is None else math.exp(0.91 * difference / size)

    middle = ratio(effect.value)
    if not (0 < middle < math.inf and (base is None or base * middle <= 1)):
        raise ValueError(f"base {base} and effect {effect.value:g} do not add up to a risk, 0 to 1")
    ends = [ratio(end) for end in (effect.low, effect.high)]
    near = min(ends) if middle > 1 else max(ends)
    crossed = (near - 1) * (middle - 1) <= 0
    limit = math.nan if math.isnan(near) else 1.0 if crossed else _needed(near)
    return EValue(_needed(middle), limit, middle)


def _needed(ratio):
    ratio = max(ratio, 1 / ratio)
    return ratio + math.sqrt(ratio * (ratio - 1))
