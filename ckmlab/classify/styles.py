"""Tell the five styles of Customer Knowledge Management apart by what they leave in the data.

Gibbert, Leibold & Probst (2002) describe the styles in words. The signatures here, one number per
style, are our proposal for recognising them in a log of contributions.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ckmlab.classify import _resampling
from ckmlab.classify._intervals import no_width
from ckmlab.classify.agreement import confusion_table
from ckmlab.classify.ratings import pair
from ckmlab.concepts import Style
from ckmlab.frames import to_pandas
from ckmlab.results import Estimate

__all__ = ["SIGNATURES", "cluster_styles", "style_agreement", "style_features"]

SIGNATURES = {
    "production_share": Style.PROSUMERISM,
    "team_share": Style.CO_LEARNING,
    "log_value_per_customer": Style.MUTUAL_INNOVATION,
    "peer_share": Style.COMMUNITIES,
    "revenue_share": Style.JOINT_OWNERSHIP,
}


def style_features(contributions):
    r"""Five signature features of each initiative, one per style.

    * ``production_share``: share of contributions made inside production records (prosumerism).
    * ``team_share``: share made in a team of customers and employees (team-based co-learning).
    * ``log_value_per_customer``: :math:`\ln(1 + \sum v / c)` with :math:`v` the value of the
      contributions and :math:`c` the number of different customers: few customers, ideas of high
      value (mutual innovation).
    * ``peer_share``: share of contributions that answer another customer (communities of creation).
    * ``revenue_share``: mean share of revenue that contributors keep (joint ownership).

    Parameters
    ----------
    contributions : data frame
        One row per contribution: ``initiative_id``; ``customer_id``; ``in_production`` (bool);
        ``team_id`` and ``reply_to`` (the customer answered), missing where there is none;
        ``value`` (currency units, 0 or more); ``revenue_share`` (0 to 1). Converted to pandas.

    Returns
    -------
    pandas.DataFrame
        One row per ``initiative_id``, five columns.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If there is no contribution, or a value or share is missing or out of range.

    References
    ----------
    Gibbert, Leibold & Probst (2002). European Management Journal 20(5):459–469,
    doi:10.1016/S0263-2373(02)00101-9.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({
    ...     "initiative_id": ["forum", "forum", "pilot"], "customer_id": [1, 2, 3],
    ...     "in_production": False, "team_id": None, "reply_to": [None, 1, None],
    ...     "value": [0.0, 0.0, 50_000.0], "revenue_share": 0.0})
    >>> style_features(log)["peer_share"].to_dict()
    {'forum': 0.5, 'pilot': 0.0}
    """
    columns = ["in_production", "team_id", "reply_to", "value", "revenue_share"]
    log = to_pandas(
        contributions,
        ["initiative_id", "customer_id", *columns],
        where="style_features",
        numbers=["value", "revenue_share"],
        flags=["in_production"],
    )
    _check(log)
    answered = log["reply_to"].notna() & (log["reply_to"] != log["customer_id"])
    marks = log.assign(
        in_production=log["in_production"].astype(bool),
        in_team=log["team_id"].notna(),
        answered=answered.astype(bool),
    )
    by_initiative = marks.groupby("initiative_id")
    features = by_initiative.agg(
        production_share=("in_production", "mean"),
        team_share=("in_team", "mean"),
        total=("value", "sum"),
        customers=("customer_id", "nunique"),
        peer_share=("answered", "mean"),
        revenue_share=("revenue_share", "mean"),
    )
    features["log_value_per_customer"] = np.log1p(
        features["total"] / features["customers"].clip(lower=1)
    )
    return features[list(SIGNATURES)]


def cluster_styles(features, *, n_clusters=5, seed, signatures=SIGNATURES):
    """Group initiatives by their features and name each group after a style.

    k-means on standardised features; then each cluster is matched with the style whose signature
    stands out in it, such that the matches fit best as a whole (assignment problem). With more
    clusters than styles, some stay without a name.

    Parameters
    ----------
    features : data frame
        One row per initiative, with the columns that ``signatures`` names; by default those of
        :func:`style_features`. Converted to pandas.
    n_clusters : int, default 5
        Number of clusters, at least 2.
    seed : int
        Seed of the starting points.
    signatures : mapping of str to str, or list of str
        Feature → the style that it marks out, by being high: turn a feature around that marks by
        being low. Without a log of contributions, a table of initiatives does, such as few
        contacts for prosumerism and many replies among customers for communities. A list of
        features groups by them and names no style: :func:`style_agreement` compares groups
        without names.

    Returns
    -------
    pandas.DataFrame
        Indexed like ``features``: ``cluster`` (1, 2, …) and ``style`` (missing without a match).

    Raises
    ------
    KeyError
        If a feature is missing.
    ValueError
        If there are fewer different initiatives than clusters, or a feature holds no number.

    References
    ----------
    Kuhn, H. W. (1955). The Hungarian method for the assignment problem. Naval Research Logistics
    Quarterly 2:83–97.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> features = pd.DataFrame(np.repeat(np.eye(5), 4, axis=0), columns=list(SIGNATURES))
    >>> cluster_styles(features, seed=1)["style"].iloc[[0, 19]].tolist()
    ['prosumerism', 'joint ownership']
    """
    from sklearn.cluster import KMeans
    from sklearn.preprocessing import StandardScaler

    names = list(signatures)
    frame = to_pandas(features, names, where="cluster_styles", numbers=names)
    distinct = len(frame.drop_duplicates())
    if n_clusters < 2 or distinct < n_clusters:
        raise ValueError(
            f"{distinct} different initiatives cannot make {n_clusters} clusters; "
            "give at least 2 clusters and no more than there are different initiatives"
        )
    gaps = frame.columns[~np.isfinite(frame.to_numpy(dtype=float)).all(axis=0)].tolist()
    if gaps:
        raise ValueError(f"the features {gaps} hold missing or infinite numbers; fill or drop them")
    scaled = StandardScaler().fit_transform(frame)
    model = KMeans(n_clusters, n_init=20, random_state=seed).fit(scaled)
    styles = list(signatures.values()) if isinstance(signatures, Mapping) else []
    names = _named(model.cluster_centers_, [str(style) for style in styles])
    return pd.DataFrame(
        {
            "cluster": model.labels_ + 1,
            "style": pd.Series([names.get(label) for label in model.labels_], dtype="str").array,
        },
        index=frame.index,
    )


def style_agreement(given, found, *, confidence=0.95, bootstrap=0, seed=None):
    r"""Adjusted Rand index: how well two ways to group initiatives match, whatever the names.

    .. math:: \frac{\sum_{ij} \binom{n_{ij}}{2} - E}{\frac12 (A + B) - E}, \qquad
       A = \sum_i \binom{n_{i\cdot}}{2},\; B = \sum_j \binom{n_{\cdot j}}{2},\;
       E = AB / \tbinom{n}{2}

    Parameters
    ----------
    given, found : sequence, shape (initiatives,)
        Two groupings in the same order, such as given styles and clusters found.
    confidence : float, default 0.95
        Confidence level of the interval.
    bootstrap : int, default 0
        Number of bootstrap samples; 0 means the jackknife.
    seed : int, optional
        Needed for the bootstrap.

    Returns
    -------
    Estimate
        1: the same groups; 0: no better than chance.

    Raises
    ------
    ValueError
        If the lists do not fit together or hold fewer than two initiatives.

    References
    ----------
    Hubert, L., Arabie, P. (1985). Comparing partitions. Journal of Classification 2:193–218.

    Examples
    --------
    >>> style_agreement(["forum"] * 4 + ["pilot"] * 4, [2, 2, 2, 2, 1, 1, 1, 1]).value
    1.0
    """
    first, second = pair(given, found, where="style_agreement")
    if len(first) < 2:
        raise ValueError("style_agreement needs at least two initiatives")
    # Groups of one list need no namesake in the other, so each list gets names of its own.
    table = confusion_table([f"given {x}" for x in first], [f"found {x}" for x in second])
    table = table.loc[table.any(axis=1), table.any(axis=0)].to_numpy(dtype=float)

    def coefficient(frequencies):
        return _adjusted_rand(frequencies.reshape(table.shape))

    value = coefficient(table.ravel())
    low, high, how = _resampling.interval(
        coefficient, table.ravel(), confidence=confidence, bootstrap=bootstrap, seed=seed
    )
    return Estimate(
        value,
        low,
        high,
        level=confidence,
        n=len(first),
        method=f"adjusted Rand index, Hubert & Arabie 1985, {how}",
        notes=no_width(low, high),
    )


def _adjusted_rand(table):
    together = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    expected = rows * columns / _pairs(table.sum())
    best = (rows + columns) / 2
    # Both groupings put everything together, or everything apart: they are the same.
    return 1.0 if best == expected else float((together - expected) / (best - expected))


def _pairs(numbers):
    return numbers * (numbers - 1) / 2


def _named(centres, styles):
    """Cluster number → style, such that the signatures stand out most over all matches."""
    from scipy.optimize import linear_sum_assignment

    clusters, columns = linear_sum_assignment(-centres[:, : len(styles)])
    return {cluster: styles[column] for cluster, column in zip(clusters, columns, strict=True)}


def _check(log):
    if log.empty:
        raise ValueError("there is no contribution: the frame has no rows")
    for column, top in [("value", np.inf), ("revenue_share", 1.0)]:
        bad = log[~log[column].between(0, top)]
        if len(bad):
            raise ValueError(
                f"column {column!r} holds {bad[column].iloc[0]}; give numbers from 0"
                + (" to 1" if top == 1 else " on")
            )
