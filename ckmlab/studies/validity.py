"""Do two scales measure two things? Discriminant validity of constructs."""

import numpy as np
import pandas as pd

from ckmlab.studies.matrices import read_correlation

__all__ = ["fornell_larcker"]


def fornell_larcker(construct_correlations, ave):
    """Whether each construct shares more with its own items than with any other construct.

    The criterion: √AVE exceeds the absolute correlation with every other construct. It is lenient:
    two constructs may pass with a correlation of .84 between them; ``htmt`` is stricter.

    Parameters
    ----------
    construct_correlations : pandas.DataFrame, shape (constructs, constructs)
        Correlations of the construct scores.
    ave : mapping of str to float, or pandas.Series
        Average variance extracted of each construct, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One line a construct: ``root_ave``, ``largest`` (the largest absolute correlation),
        ``with`` (whose), ``passes``.

    Raises
    ------
    KeyError
        If a construct has no AVE.

    References
    ----------
    Fornell, C. & Larcker, D. F. (1981). Evaluating structural equation models with unobservable
    variables and measurement error.

    Examples
    --------
    >>> R = pd.DataFrame([[1, .84], [.84, 1]], columns=["INN", "PERF"])
    >>> fornell_larcker(R, {"INN": .95, "PERF": .83})["passes"].tolist()
    [True, True]
    """
    matrix = read_correlation(construct_correlations, where="fornell_larcker")
    missing = [name for name in matrix.columns if name not in ave]
    if missing:
        raise KeyError(f"fornell_larcker: no AVE for {missing}")
    shares = pd.Series({name: float(ave[name]) for name in matrix.columns})
    if not shares.between(0, 1).all():
        odd = shares[~shares.between(0, 1)]
        raise ValueError(f"the AVE of {odd.index[0]!r} is {odd.iloc[0]:g}; it is a share, 0 to 1")
    others = matrix.abs().where(~np.eye(len(matrix), dtype=bool))
    return pd.DataFrame(
        {
            "root_ave": np.sqrt(shares),
            "largest": others.max(),
            "with": others.idxmax(),
            "passes": np.sqrt(shares) > others.max(),
        }
    )
