"""A study as a paper prints it, rounded and with one figure that does not follow."""

from itertools import count
from typing import NamedTuple

import numpy as np
import pandas as pd

from ckmlab.datasets.generators._checks import check_seed
from ckmlab.datasets.streams import stream

__all__ = ["PrintedStudy", "make_printed_study"]

SCALES = {"training": 0.69, "capacity": 0.76, "image": 0.80, "trust": 0.84, "loyalty": 0.88}
CONSTRUCTS = ["training", "capacity", "innovation"]
ITEMS = 5


class PrintedStudy(NamedTuple):
    """Two tables of an invented paper, and its sample size.

    Parameters
    ----------
    scales : pandas.DataFrame
        Indexed by ``scale``, all as printed text: ``loadings`` (a list, two digits), ``alpha``,
        ``cr`` and ``ave`` (three digits).
    correlations : pandas.DataFrame
        Correlations of training, capacity and innovation, four digits.
    n : int
        Respondents.
    """

    scales: pd.DataFrame
    correlations: pd.DataFrame
    n: int


def make_printed_study(*, seed, truth=False):
    r"""Print the tables of a study that never took place, to practise checking tables.

    Five scales with loadings :math:`\lambda_i` have composite reliability and average variance
    extracted

    .. math::

        CR = \frac{(\sum_i \lambda_i)^2}{(\sum_i \lambda_i)^2 + \sum_i (1 - \lambda_i^2)}, \qquad
        AVE = \frac{1}{k} \sum_i \lambda_i^2,

    computed before the loadings were rounded for print, so that some do not follow from the printed
    loadings to the last digit. The CR of one scale does not follow at all. In the correlations,
    training goes with innovation although its own path is negative: capacity hides the sign.

    Parameters
    ----------
    seed : int
        Start of the random streams.
    truth : bool, default False
        Whether to return the name of the scale with the wrong CR as well.

    Returns
    -------
    PrintedStudy
    str
        Only with ``truth=True``.

    Raises
    ------
    ValueError
        If the seed is impossible.

    Examples
    --------
    >>> study, wrong = make_printed_study(seed=1, truth=True)
    >>> study.scales.loc["training", "loadings"]
    ['.71', '.75', '.69', '.70', '.73']
    >>> wrong in study.scales.index
    True
    """
    seed = check_seed(seed)
    wrong = int(stream(seed, "printed_study.wrong").random() * len(SCALES))
    loadings = _loadings(seed, wrong)
    cr, ave = _cr(loadings), (loadings**2).mean(axis=1)
    # Too high by more than the rounding of the loadings could explain.
    cr[wrong] += 0.012 + 0.008 * stream(seed, "printed_study.excess").random()
    # Items of unequal spread pull alpha below CR by an amount that no loading tells.
    alpha = _cr(loadings) - 0.005 - 0.03 * stream(seed, "printed_study.alpha").random(len(SCALES))
    scales = pd.DataFrame(
        {
            "loadings": [[_text(value, 2) for value in row] for row in loadings],
            "alpha": [_text(value, 3) for value in alpha],
            "cr": [_text(value, 3) for value in cr],
            "ave": [_text(value, 3) for value in ave],
        },
        index=pd.Index(SCALES, name="scale"),
    )
    n = 150 + int(250 * stream(seed, "printed_study.n").random())
    study = PrintedStudy(scales, _correlations(seed), n)
    return (study, scales.index[wrong]) if truth else study


def _loadings(seed, wrong):
    """Loadings of which some, not all, honest CR follow to the last digit once rounded."""
    level = np.array(list(SCALES.values()))[:, None]
    honest = np.arange(len(SCALES)) != wrong
    same, attempts = honest, count()
    while same[honest].all() or not same[honest].any():
        u = stream(seed, f"printed_study.loadings.{next(attempts)}").random((len(SCALES), ITEMS))
        loadings = level + 0.14 * (u - 0.5)
        same = np.round(_cr(loadings), 3) == np.round(_cr(np.round(loadings, 2)), 3)
    return loadings


def _cr(loadings):
    common = loadings.sum(axis=1) ** 2
    return common / (common + (1 - loadings**2).sum(axis=1))


def _correlations(seed):
    """What paths of about -.18 and .75 imply, with training and capacity closely related."""
    own, through, related = stream(seed, "printed_study.paths").random(3)
    own, through, related = -0.25 + 0.13 * own, 0.70 + 0.12 * through, 0.68 + 0.10 * related
    total, whole = own + through * related, through + own * related
    matrix = [[1, related, total], [related, 1, whole], [total, whole, 1]]
    return pd.DataFrame(np.round(matrix, 4), index=CONSTRUCTS, columns=CONSTRUCTS)


def _text(value, digits):
    return f"{value:.{digits}f}".removeprefix("0")
