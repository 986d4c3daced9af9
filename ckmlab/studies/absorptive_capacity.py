"""R1: from training to performance by way of absorptive and innovative capacity."""

import numpy as np
import pandas as pd

from ckmlab.studies.citation import Citation
from ckmlab.studies.matrices import from_triangle
from ckmlab.studies.paths import path_model_from_correlation
from ckmlab.studies.rounding import rounding_range
from ckmlab.studies.verdicts import compare, compare_many, reproduction

__all__ = ["CITATION", "METHOD", "PATHS", "TABLES", "reproduce"]

CITATION = Citation(
    "Yáñez-Araque, B.; Hernández-Perlines, F.; Moreno-García, J.",
    2017,
    "From training to organizational behavior: a mediation model through absorptive and "
    "innovative capacities",
    "Frontiers in Psychology 8:1532",
    "10.3389/fpsyg.2017.01532",
)
METHOD = (
    "The authors fitted a partial least squares model. Its paths are least squares on the "
    "construct scores, so they follow from the printed correlations of the constructs. Models A "
    "and B rest on other scores (weights depend on the model) and need not follow from this matrix."
)
NAMES = ["ACAP", "TRAIN", "PERF", "INN"]
#: Model C: training acts directly, through either capacity, and through both in turn.
PATHS = {"ACAP": ["TRAIN"], "INN": ["TRAIN", "ACAP"], "PERF": ["TRAIN", "ACAP", "INN"]}
TABLES = {
    # Table 7, below the diagonal; the diagonal holds √AVE.
    "correlations": [[".7538"], [".7378", ".5156"], [".6327", ".4027", ".8409"]],
    "root_ave": pd.Series([".8112", ".8224", ".9121", ".9768"], index=NAMES),
    # Table 6, model C. The sign of TRAIN → INN is not printed; a note says that it is negative.
    "r_squared": {"ACAP": ".5681", "INN": ".4130", "PERF": ".7777"},
    "contributions": {
        "TRAIN → INN": ".0692",
        "ACAP → INN": ".4822",
        "TRAIN → PERF": ".0070",
        "ACAP → PERF": ".2447",
        "INN → PERF": ".5260",
    },
    # Model A, training alone on performance.
    "r_squared_model_a": ".3275",
}


def reproduce():
    """Run model C again from the printed correlations, and show that model A does not follow.

    Returns
    -------
    pandas.DataFrame
        See :func:`ckmlab.studies.reproduction`.

    Examples
    --------
    >>> frame = reproduce()
    >>> frame.loc[frame["figure"] == "R² of PERF, model A", "verdict"].item()
    'not reproducible'
    """
    printed = [text for row in TABLES["correlations"] for text in row]
    ranges = np.array(rounding_range(_figures, printed))
    shares = {f"R² of {name}": text for name, text in TABLES["r_squared"].items()}
    lines = compare_many("Table 6", shares, ranges[:, : len(shares)])
    for (route, text), numbers in zip(
        TABLES["contributions"].items(), ranges[:, len(shares) :].T, strict=True
    ):
        # The table prints sizes only; its note says which one is negative.
        value, low, high = np.sort(np.abs(numbers))[[1, 0, 2]]
        note = "printed without its minus sign" if numbers[0] < 0 else ""
        name = f"contribution {route}"
        lines.append(compare("Table 6", name, text, value, low, high, note=note))
    lines.append(_model_a(printed))
    return reproduction(lines, CITATION)


def correlations():
    """The printed correlations of the construct scores.

    Returns
    -------
    pandas.DataFrame
    """
    return from_triangle(TABLES["correlations"], NAMES)


def model(n=None):
    """Model C as a path model: coefficients, routes and effects.

    Parameters
    ----------
    n : int, optional
        Sample size, which the source at hand does not show; without it there are no errors.

    Returns
    -------
    ckmlab.studies.paths.PathModel

    Examples
    --------
    Most of what training does to performance takes the long way:

    >>> model().routes("TRAIN", "PERF")["effect"].round(4).to_dict()
    {'TRAIN → PERF': 0.0136, 'TRAIN → ACAP → PERF': 0.2501, 'TRAIN → INN → PERF': -0.1075,
    'TRAIN → ACAP → INN → PERF': 0.3594}
    """
    return path_model_from_correlation(correlations(), PATHS, n=n)


def _figures(values):
    """R² of each outcome, then the contributions to INN and PERF, from the triangle's values."""
    fitted = path_model_from_correlation(from_triangle(values, NAMES), PATHS)
    table = fitted.coefficients
    contributions = table.loc[table["target"] != "ACAP", "contribution"]
    return np.concatenate([fitted.r_squared, contributions])


def _model_a(printed):
    """Training alone explains r² of performance, if the scores were those of model C."""
    place = 2  # TRAIN and PERF, second row of the triangle
    value, low, high = rounding_range(lambda values: values[place] ** 2, printed)
    return compare("Table 6", "R² of PERF, model A", TABLES["r_squared_model_a"], value, low, high,
                   note="other construct scores: the weights depend on the model")  # fmt: skip
