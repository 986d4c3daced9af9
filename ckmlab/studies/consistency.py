"""Figures of a printed table that cannot be right."""

import pandas as pd

__all__ = ["CHECKS", "check_table"]

#: Section of a table → module that checks it.
CHECKS = ["means", "percentages", "reliability", "correlations", "paths", "r_squared", "tests"]


def check_table(*, means=None, percentages=None, loadings=None, reliability=None,
                correlations=None, paths=None, r_squared=None, tests=None):  # fmt: skip
    """Check a paper's printed figures against each other; give the sections that you have.

    Give figures as text, as printed: ``".860"`` says more than ``0.86``. A figure is called
    impossible only if no unrounded figures behind the print could give it.

    Parameters
    ----------
    means : data frame, optional
        Columns ``mean`` and ``n``; also ``sd``, ``items`` (integer answers averaged per person,
        1 by default), ``low`` and ``high`` (ends of the scale). Answers must be integers: a mean is
        then a whole number over n × items (GRIM; Brown & Heathers 2017), and the sum of squares is
        whole and even or odd as the sum is (GRIMMER; Anaya 2016, Allard 2018).
    percentages : data frame, optional
        Columns ``percent`` and ``n``: a percentage is a count over n.
    loadings : mapping of str to list, optional
        Construct → printed standardised loadings.
    reliability : data frame, optional
        Indexed by construct, columns ``cr`` and ``ave`` (either may be absent); needs ``loadings``.
    correlations : data frame, optional
        Printed correlation matrix, one triangle is enough; no √AVE on the diagonal.
    paths : data frame, optional
        Columns ``source, target, estimate`` of standardised paths; needs ``correlations``. With
        ``se`` and ``t`` their ratio is checked.
    r_squared : mapping of str to str, optional
        Outcome → printed R²; needs ``correlations`` and ``paths``.
    tests : data frame, optional
        Columns ``statistic`` (t, F, chi2, z or r), ``value``, ``df``, ``df2`` (for F), ``p``;
        two-sided. Indexed by what is tested.

    Returns
    -------
    pandas.DataFrame
        One line a checked figure: ``section, figure, printed``, ``low`` and ``high`` (what was
        possible), ``verdict`` (``possible``, ``impossible`` or ``not checked``), ``note``.

    Raises
    ------
    ValueError
        If there is nothing to check, a section lacks what it needs, or a figure is no number.

    References
    ----------
    Brown, N. J. L. & Heathers, J. A. J. (2017). The GRIM test.

    Examples
    --------
    >>> means = pd.DataFrame({"mean": ["3.47", "5.19"], "n": [19, 28]}, index=["trust", "use"])
    >>> check_table(means=means)[["figure", "verdict"]].values.tolist()
    [['mean of trust', 'possible'], ['mean of use', 'impossible']]
    """
    from ckmlab.studies import _check_counts, _check_scales, _check_structure, _check_tests

    lines = []
    if means is not None:
        lines += _check_counts.means(means)
    if percentages is not None:
        lines += _check_counts.percentages(percentages)
    if reliability is not None:
        lines += _check_scales.reliability(loadings, reliability)
    if correlations is not None:
        lines += _check_structure.correlations(correlations)
    if paths is not None:
        lines += _check_structure.paths(correlations, paths)
    if r_squared is not None:
        lines += _check_structure.r_squared(correlations, paths, r_squared)
    if tests is not None:
        lines += _check_tests.tests(tests)
    if not lines:
        raise ValueError(f"check_table has nothing to check; give one or more of {CHECKS}")
    return pd.DataFrame(lines)
