"""Published against recomputed: the frame that every study's ``reproduce()`` returns."""

from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pandas as pd

from ckmlab import provenance
from ckmlab.studies.rounding import read_printed

__all__ = ["VERDICTS", "available", "compare", "compare_many", "report", "reproduction"]

#: What a comparison can end in, from best to worst.
VERDICTS = ["reproduced", "within rounding", "not reproducible", "under-specified"]


def compare(table, figure, printed, recomputed=None, low=None, high=None, *, specified=True,
            note=""):  # fmt: skip
    """Compare one printed figure with its recomputation.

    Parameters
    ----------
    table : str
        Where the figure stands in the paper.
    figure : str
        What it is.
    printed : str, float or Printed
        As printed.
    recomputed : float, optional
        The value that follows from the paper's other figures; none if they do not determine it.
    low, high : float, optional
        How far the recomputed value could move because its inputs are rounded, see
        :func:`rounding_range`.
    specified : bool, default True
        Whether the paper says all that the figure rests on; if not, the recomputed value is only
        for orientation.
    note : str
        What the reader should know.

    Returns
    -------
    dict
        A line of :func:`reproduction`. Its ``verdict`` is ``reproduced`` (the recomputed value is
        printed the same), ``within rounding`` (some value in its range is), ``not reproducible``,
        or ``under-specified`` (nothing to compare with).

    Examples
    --------
    >>> compare("Table 7", "R²", ".5681", .75 * .757, .5680, .5684)["verdict"]
    'within rounding'
    """
    band = read_printed(printed)
    unknown = recomputed is None or np.isnan(recomputed)
    value = np.nan if unknown else float(recomputed)
    low, high = (value if low is None else low), (value if high is None else high)
    if unknown or not specified:
        verdict = "under-specified"
    elif band.contains(value):
        verdict = "reproduced"
    else:
        verdict = "within rounding" if band.overlaps(low, high) else "not reproducible"
    return {
        "table": table, "figure": figure, "printed": str(band), "recomputed": value,
        "low": float(low), "high": float(high), "band_low": band.low, "band_high": band.high,
        "verdict": verdict, "note": note,
    }  # fmt: skip


def compare_many(table, printed, ranges, *, note=""):
    """Compare several printed figures with what :func:`rounding_range` gave for all of them.

    Parameters
    ----------
    table : str
        Where the figures stand.
    printed : mapping of str to str
        Figure → as printed, in the order of the ranges.
    ranges : tuple of array
        Recomputed values and the ends of their ranges.
    note : str
        For each line.

    Returns
    -------
    list of dict

    Examples
    --------
    >>> ranges = ([0.812, 0.634], [0.81, 0.63], [0.814, 0.638])
    >>> lines = compare_many("Table 2", {"alpha": "0.81", "beta": "0.70"}, ranges)
    >>> [line["verdict"] for line in lines]
    ['reproduced', 'not reproducible']
    """
    lines = zip(printed.items(), *(np.ravel(part) for part in ranges), strict=True)
    return [compare(table, name, text, *numbers, note=note) for (name, text), *numbers in lines]


def reproduction(lines, citation):
    """Gather comparisons into the frame that ``reproduce()`` returns.

    Parameters
    ----------
    lines : list of dict
        What :func:`compare` returned.
    citation : Citation
        The study.

    Returns
    -------
    pandas.DataFrame
        One line a figure: ``table, figure, printed`` (text), ``recomputed, low, high`` (range left
        by rounded inputs), ``band_low, band_high`` (values that print the same), ``verdict``,
        ``note``. In ``.attrs``: ``citation`` and ``provenance``.

    Raises
    ------
    ValueError
        If there is nothing to compare.

    Examples
    --------
    >>> from ckmlab.studies import Citation
    >>> lines = [compare("Table 1", "mean", "3.47", 66 / 19)]
    >>> reproduction(lines, Citation("Doe, J.", 2020))["verdict"].tolist()
    ['reproduced']
    """
    if not lines:
        raise ValueError("there is no figure to compare; give at least one compare(…) line")
    frame = pd.DataFrame(lines)
    frame["verdict"] = pd.Categorical(frame["verdict"], VERDICTS, ordered=True)
    frame.attrs = {"citation": str(citation), "provenance": provenance().to_dict()}
    return frame


def available():
    """Names of the studies that can be run again.

    Returns
    -------
    list of str

    Examples
    --------
    >>> "absorptive_capacity" in available()
    True
    """
    package = import_module("ckmlab.studies")
    found = iter_modules(package.__path__)
    return [
        module.name
        for module in found
        if hasattr(import_module(f"ckmlab.studies.{module.name}"), "reproduce")
    ]


def report(study):
    """A study run again, as text: source, method, every figure, the tally and the provenance.

    Parameters
    ----------
    study : str, module or object
        A name from :func:`available`, or anything with ``CITATION``, ``METHOD`` and
        ``reproduce()``.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If there is no study of that name.

    Examples
    --------
    >>> print(report("social_maturity").splitlines()[-1].split()[0])
    platform
    """
    if isinstance(study, str):
        if study not in available():
            raise KeyError(f"no study {study!r}; there are {available()}")
        study = import_module(f"ckmlab.studies.{study}")
    frame = study.reproduce()
    shown = frame[["table", "figure", "printed", "recomputed", "low", "high", "verdict", "note"]]
    counts = frame["verdict"].value_counts().reindex(VERDICTS)
    tally = ", ".join(f"{n} {verdict}" for verdict, n in counts.items() if n)
    parts = [
        str(study.CITATION),
        getattr(study, "METHOD", ""),
        shown.to_string(index=False, float_format="{:.4f}".format, na_rep=""),
        f"{len(frame)} figures: {tally}.",
        "Computed with\n" + pd.Series(frame.attrs["provenance"]).to_string(),
    ]
    return "\n\n".join(part for part in parts if part)
