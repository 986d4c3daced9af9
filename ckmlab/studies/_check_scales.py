"""Composite reliability and average variance extracted, from printed loadings."""

import pandas as pd

from ckmlab.studies._check_lines import checked
from ckmlab.studies.rounding import read_printed

__all__ = ["reliability", "reliability_range"]

NOTE = "does not follow from the printed loadings"


def reliability(loadings, frame):
    """Check printed CR and AVE against the loadings."""
    if loadings is None:
        raise ValueError("check_table: reliability needs loadings=…, construct → printed loadings")
    lines = []
    for construct, row in pd.DataFrame(frame).iterrows():
        if construct not in loadings:
            raise ValueError(f"check_table: there are no loadings of {construct!r}")
        for kind in ("cr", "ave"):
            if kind in row.index and not pd.isna(row[kind]):
                _, low, high = reliability_range(loadings[construct], kind)
                figure = f"{kind.upper()} of {construct}"
                lines.append(checked("reliability", figure, row[kind], low, high, NOTE))
    return lines


def reliability_range(loadings, kind):
    """CR or AVE with the range that the loadings' rounding leaves.

    Both grow with the absolute value of each loading, so the ends are exact.

    Parameters
    ----------
    loadings : list of str or float
        As printed.
    kind : {"cr", "ave"}
        Which of the two.

    Returns
    -------
    value, low, high : float
    """
    from ckmlab.value.attitude import average_variance_extracted, composite_reliability

    compute = {"cr": composite_reliability, "ave": average_variance_extracted}[kind]
    printed = [read_printed(loading) for loading in loadings]
    if all(figure.value < 0 for figure in printed):  # a scale scored the other way round
        printed = [read_printed(str(figure).lstrip("-−–")) for figure in printed]
    ends = [
        [figure.value for figure in printed],
        [figure.low for figure in printed],
        [min(figure.high, 1.0) for figure in printed],
    ]
    return tuple(float(compute(values)) for values in ends)
