"""What a printed number still says: the band of values that would have been printed the same."""

import re
from dataclasses import dataclass

import numpy as np

from ckmlab.arguments import check_count

__all__ = ["Printed", "read_printed", "rounding_range"]

#: Room for the last bits of a double: 0.8965 rounds to .896 or .897, and both are honest.
TOLERANCE = 1e-9
PATTERN = re.compile(
    r"^(?P<relation>[<>=]?)\s*(?P<number>[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)\s*%?$"
)


@dataclass(frozen=True)
class Printed:
    """A number as a paper prints it, with the band of values that round to it.

    Parameters
    ----------
    text : str
        As printed, such as ``".860"``.
    value : float
        The number.
    decimals : int
        Digits after the decimal point: the printed figure is known to half a unit of the last.
    relation : {"=", "<", ">"}
        ``"<"`` for a figure printed as a limit, such as p < .001.

    Examples
    --------
    >>> figure = read_printed(".860")
    >>> round(figure.low, 4), round(figure.high, 4)
    (0.8595, 0.8605)
    >>> figure.contains(0.8601), figure.contains(0.8612)
    (True, False)
    """

    text: str
    value: float
    decimals: int
    relation: str = "="

    @property
    def half_unit(self):
        """Half a unit of the last printed digit."""
        return 0.5 * 10.0**-self.decimals

    @property
    def low(self):
        """Smallest value that may stand behind the print."""
        if self.relation == "<":
            return -np.inf
        return self.value if self.relation == ">" else self.value - self.half_unit

    @property
    def high(self):
        """Largest value that may stand behind the print."""
        if self.relation == ">":
            return np.inf
        return self.value if self.relation == "<" else self.value + self.half_unit

    def contains(self, number):
        """Whether a number would have been printed like this.

        Parameters
        ----------
        number : float
            A value that is not rounded.

        Returns
        -------
        bool
        """
        return bool(self.low - TOLERANCE <= number <= self.high + TOLERANCE)

    def overlaps(self, low, high):
        """Whether some number between two ends would have been printed like this.

        Parameters
        ----------
        low, high : float
            The ends.

        Returns
        -------
        bool
        """
        return bool(low <= self.high + TOLERANCE and high >= self.low - TOLERANCE)

    def __str__(self):
        return self.text


def read_printed(figure, *, decimals=None):
    """Read a figure from a paper's table, keeping the number of its digits.

    Parameters
    ----------
    figure : str, float, int or Printed
        As printed. Give text where zeros stand at the end: ``".860"`` says more than ``0.86``.
        A leading ``<`` or ``>``, a per-cent sign, stars and a typographic minus are understood.
    decimals : int, optional
        Printed digits after the decimal point, for a figure that is given as a number.

    Returns
    -------
    Printed

    Raises
    ------
    ValueError
        If the text is no number; a comma is refused because it may be a decimal or a thousands
        mark.

    Examples
    --------
    >>> read_printed("−.07**").value
    -0.07
    >>> read_printed("< .001").contains(0.0004)
    True
    >>> read_printed(0.86, decimals=3).contains(0.8604)
    True
    """
    if isinstance(figure, Printed):
        return figure
    text = str(figure).strip()
    plain = text.replace("\u2212", "-").replace("\u2013", "-").rstrip("*†‡ ")
    found = PATTERN.match(plain.lower())
    if found is None:
        comma = "; write a full stop as decimal mark and no thousands mark" if "," in plain else ""
        raise ValueError(f"{text!r} is not a printed number such as '.860' or '< .001'{comma}")
    number = found["number"]
    if decimals is None:
        mantissa, _, exponent = number.partition("e")
        decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    else:
        decimals = check_count("decimals", decimals)
    return Printed(text, float(number), decimals, found["relation"] or "=")


def rounding_range(function, figures):
    r"""How far a recomputed number could move because its inputs were printed rounded.

    To first order, with half units h of the printed digits:

    .. math:: f(x) \pm \sum_i \tfrac12 \, | f(x + h_i e_i) - f(x - h_i e_i) |

    Parameters
    ----------
    function : callable
        Takes an array shaped like ``figures``; returns a number or an array.
    figures : array-like of str, float or Printed
        The printed inputs.

    Returns
    -------
    recomputed, low, high : float or numpy.ndarray
        The value at the printed inputs, and the ends of its range.

    Examples
    --------
    >>> value, low, high = rounding_range(lambda x: x[0] * x[1], [".50", ".20"])
    >>> round(float(value), 4), round(float(low), 4), round(float(high), 4)
    (0.1, 0.0965, 0.1035)
    """
    shape = np.shape(figures)
    printed = [read_printed(figure) for figure in np.ravel(np.asarray(figures, dtype=object))]
    values = np.array([figure.value for figure in printed])
    centre = np.asarray(function(values.reshape(shape)), dtype=float)
    reach = np.zeros_like(centre)
    for place, figure in enumerate(printed):
        step = np.zeros_like(values)
        step[place] = figure.half_unit
        up = np.asarray(function((values + step).reshape(shape)), dtype=float)
        down = np.asarray(function((values - step).reshape(shape)), dtype=float)
        reach = reach + np.abs(up - down) / 2
    return centre[()], (centre - reach)[()], (centre + reach)[()]
