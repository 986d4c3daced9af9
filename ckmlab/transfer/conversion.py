"""Tacit to explicit and back: the spiral of knowledge as a Markov chain."""

import numpy as np
import pandas as pd

from ckmlab.arguments import as_numbers
from ckmlab.frames import to_pandas

__all__ = ["conversion_matrix", "conversion_modes", "steady_state"]

MODES = {
    ("tacit", "tacit"): "socialisation",
    ("tacit", "explicit"): "externalisation",
    ("explicit", "explicit"): "combination",
    ("explicit", "tacit"): "internalisation",
}


def conversion_matrix(events, *, source="from_form", target="to_form"):
    r"""How often knowledge of one form turns into another.

    .. math:: P_{ij} = n_{ij} \Big/ \sum_j n_{ij}

    Parameters
    ----------
    events : data frame
        One row per conversion; any library, converted to pandas. Incomplete rows are left out.
    source, target : str
        Columns with the form before and after: "tacit" or "explicit", or stages of your own.

    Returns
    -------
    pandas.DataFrame
        Rows (before) add up to 1; a form nothing ever started from has a row of NaN.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no event.

    References
    ----------
    Nonaka (1994), Organization Science 5, 14-37; Nonaka and Takeuchi (1995).

    Examples
    --------
    >>> import pandas as pd
    >>> events = pd.DataFrame({"from_form": ["tacit", "tacit", "explicit", "explicit"],
    ...     "to_form": ["tacit", "explicit", "explicit", "explicit"]})
    >>> conversion_matrix(events).loc["tacit"].to_dict()
    {'explicit': 0.5, 'tacit': 0.5}
    """
    table = to_pandas(events, [source, target], where="conversion_matrix").dropna()
    if table.empty:
        raise ValueError("there is no complete conversion to count")
    forms = sorted(set(table[source]) | set(table[target]))
    counts = pd.crosstab(table[source], table[target])
    counts = counts.reindex(index=forms, columns=forms, fill_value=0)
    return counts.div(counts.sum(axis=1).where(lambda total: total > 0), axis=0)


def conversion_modes(events, *, source="from_form", target="to_form"):
    """Share of the four modes of the SECI spiral.

    Parameters
    ----------
    events : data frame
        One row per conversion between "tacit" and "explicit"; any library, converted to pandas.
    source, target : str
        Columns with the form before and after.

    Returns
    -------
    pandas.Series
        Share of socialisation, externalisation, combination and internalisation.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If a form is neither tacit nor explicit, or there is no event.

    References
    ----------
    Nonaka and Takeuchi (1995), The Knowledge-Creating Company.

    Examples
    --------
    >>> import pandas as pd
    >>> events = pd.DataFrame({"from_form": ["tacit"], "to_form": ["explicit"]})
    >>> float(conversion_modes(events)["externalisation"])
    1.0
    """
    table = to_pandas(events, [source, target], where="conversion_modes").dropna()
    odd = sorted((set(table[source]) | set(table[target])) - {"tacit", "explicit"}, key=str)
    if odd or table.empty:
        raise ValueError(f"forms must be 'tacit' or 'explicit', and there must be some; got {odd}")
    mode = [MODES[pair] for pair in zip(table[source], table[target], strict=True)]
    return pd.Series(mode).value_counts(normalize=True).reindex(MODES.values(), fill_value=0.0)


def steady_state(matrix):
    r"""Where the forms settle if knowledge keeps turning like this.

    .. math:: \pi P = \pi, \qquad \sum_i \pi_i = 1

    Parameters
    ----------
    matrix : pandas.DataFrame or array-like, shape (forms, forms)
        Rows that add up to 1, as :func:`conversion_matrix` returns.

    Returns
    -------
    pandas.Series
        Share of each form in the long run.

    Raises
    ------
    ValueError
        If it is no transition matrix, or the long run depends on where one starts.

    Examples
    --------
    >>> steady_state([[0.5, 0.5], [0.25, 0.75]]).round(3).tolist()
    [0.333, 0.667]
    """
    if np.ndim(matrix) != 2 or not np.size(matrix):
        raise ValueError("a transition matrix has rows and columns; conversion_matrix makes one")
    table = pd.DataFrame(matrix)
    P = np.column_stack([as_numbers(f"column {name!r}", table[name]) for name in table])
    if P.shape[0] != P.shape[1] or np.isnan(P).any() or (P < 0).any():
        raise ValueError("a transition matrix is square, without gaps and without negative shares")
    if not np.allclose(P.sum(axis=1), 1, atol=1e-8):
        raise ValueError("each row of a transition matrix adds up to 1")
    n = len(P)
    system = np.vstack([P.T - np.eye(n), np.ones(n)])
    if np.linalg.matrix_rank(system[:-1], tol=1e-9) < n - 1:
        raise ValueError("the forms fall into parts that never meet; the long run is not one")
    share = np.linalg.lstsq(system, np.append(np.zeros(n), 1), rcond=None)[0]
    return pd.Series(np.clip(share, 0, None), index=table.columns, name="share")
