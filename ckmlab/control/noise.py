"""How much noise privacy needs: the accuracy of a private number, known before it is released."""

import math
from dataclasses import dataclass

from ckmlab.arguments import check_positive, check_share

__all__ = ["LaplaceNoise", "laplace_noise"]


@dataclass(frozen=True)
class LaplaceNoise:
    """The noise of an ε-private release.

    Parameters
    ----------
    scale : float
        Scale b of the Laplace distribution.
    """

    scale: float

    @property
    def deviation(self):
        """float: standard deviation, √2 · b."""
        return math.sqrt(2) * self.scale

    def half_width(self, confidence=0.95):
        r"""Error that is not exceeded with the given chance, :math:`b \ln(1 / \alpha)`.

        Parameters
        ----------
        confidence : float, default 0.95
            The chance, 1 - α.

        Returns
        -------
        float
        """
        return -self.scale * math.log(1 - check_share("confidence", confidence, ends=False))


def laplace_noise(epsilon, *, sensitivity=1.0):
    r"""Noise that makes a number ε-differentially private.

    .. math:: b = \Delta / \varepsilon

    with the sensitivity Δ, the most that one person can change the number.

    Parameters
    ----------
    epsilon : float
        Privacy loss ε: no outcome becomes more than e^ε times as likely because you took part.
    sensitivity : float, default 1
        Δ; 1 for a count of people.

    Returns
    -------
    LaplaceNoise
        A statement about accuracy; to release a number use
        :func:`ckmlab.control.private_count`.

    Raises
    ------
    ValueError
        If a number is not positive.

    References
    ----------
    Dwork, McSherry, Nissim and Smith (2006), Theory of Cryptography Conference, 265-284.

    Examples
    --------
    >>> noise = laplace_noise(0.5)
    >>> round(noise.deviation, 2), round(noise.half_width(), 2)
    (2.83, 5.99)
    """
    return LaplaceNoise(
        check_positive("sensitivity", sensitivity) / check_positive("epsilon", epsilon)
    )
