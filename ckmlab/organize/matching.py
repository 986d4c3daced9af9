"""The same thing twice: similar texts, the same customer in several channels."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from ckmlab.arguments import check_share, choose
from ckmlab.frames import to_pandas

__all__ = ["resolve", "similar_pairs"]

SCORERS = {
    "token_sort": ("fuzz", "ratio", 100),  # of words sorted once, not once a pair
    "ratio": ("fuzz", "ratio", 100),
    "partial": ("fuzz", "partial_ratio", 100),
    "jaro_winkler": ("distance.JaroWinkler", "normalized_similarity", 1),
    "exact": ("distance.Hamming", "normalized_similarity", 1),
}
CHUNK = 500_000  # similarities held in memory at a time


def similar_pairs(frame, compare, *, key="item_id", block=None, threshold=0.85):
    """Pairs of rows alike enough to be one: duplicates, or one customer under two names.

    Only rows that share a block are compared (blocking), and their similarities, column by
    column, are averaged.

    Parameters
    ----------
    frame : data frame
        One row per item or record; any library, converted to pandas.
    compare : str, sequence of str, or mapping
        Columns to compare; or column → how: "token_sort" (texts, whatever the order of words;
        the default), "ratio", "partial" (one within the other), "jaro_winkler" (names),
        "exact". Case and outer blanks never count. Missing values are similar to nothing.
    key : str, default "item_id"
        Column that identifies a row.
    block : str or sequence of str, optional
        Columns; rows are compared if they agree in at least one of them. Left out, everything
        is compared with everything, which takes time with the square of the rows.
    threshold : float, default 0.85
        Smallest mean similarity, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        ``left``, ``right`` (keys, in the order of the rows) and ``similarity``, most alike first.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If keys repeat, or a way of comparing is unknown.

    Notes
    -----
    Similarities are rapidfuzz's.

    References
    ----------
    Christen (2012), Data Matching; Winkler (1990).

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item_id": [1, 2, 3],
    ...     "text": ["Reset the router", "reset router the", "Pay by card"]})
    >>> similar_pairs(items, "text").values.tolist()
    [[1.0, 2.0, 1.0]]
    """
    check_share("threshold", threshold)
    how = _ways(compare)
    blocks = [block] if isinstance(block, str) else [*(block or [])]
    columns = list(dict.fromkeys([key, *how, *blocks]))
    table = to_pandas(frame, columns, where="similar_pairs").reset_index(drop=True)
    if table[key].duplicated().any():
        raise ValueError(f"column {key!r} repeats {table[key][table[key].duplicated()].iloc[0]}")
    cleaned = {name: _clean(table[name], way) for name, way in how.items()}
    groups = [
        rows
        for name in blocks
        for rows in table.groupby(name, observed=True).indices.values()
        if len(rows) > 1
    ] or ([np.arange(len(table))] if not blocks else [])
    found = [_within(rows, cleaned, how, threshold) for rows in tqdm(groups, delay=2, leave=False)]
    pairs = pd.concat(found) if found else _within(np.array([], int), cleaned, how, threshold)
    pairs = pairs.drop_duplicates(["left", "right"]).sort_values(
        ["similarity", "left", "right"], ascending=[False, True, True], ignore_index=True
    )
    names = table[key].to_numpy()
    return pairs.assign(left=names[pairs.left], right=names[pairs.right])


def resolve(pairs, keys):
    """Put what belongs together into one entity: pairs, and pairs of pairs.

    Parameters
    ----------
    pairs : data frame
        ``left`` and ``right``, as :func:`similar_pairs` returns.
    keys : array-like
        All keys, alone ones included.

    Returns
    -------
    pandas.Series
        Number of the entity, indexed by key, in order of first appearance.

    Raises
    ------
    ValueError
        If a pair has a key that is not among the keys.

    Examples
    --------
    >>> import pandas as pd
    >>> resolve(pd.DataFrame({"left": [1], "right": [3]}), [1, 2, 3]).to_dict()
    {1: 0, 2: 1, 3: 0}
    """
    import networkx as nx

    links = to_pandas(pairs, ["left", "right"], where="resolve")
    order = pd.unique(pd.Series(keys))
    graph = nx.Graph()
    graph.add_nodes_from(order)
    strangers = set(links.left) | set(links.right)
    strangers -= set(order)
    if strangers:
        raise ValueError(f"pairs name {sorted(strangers, key=str)[:3]}, which are not among keys")
    graph.add_edges_from(links.itertuples(index=False))
    member = {}
    for component in nx.connected_components(graph):
        member.update(dict.fromkeys(component, len(member)))
    labels = pd.Series([member[one] for one in order], index=order)
    return pd.Series(pd.factorize(labels)[0], index=pd.Index(order), name="entity")


def _ways(compare):
    if isinstance(compare, Mapping):
        how = dict(compare)
    else:
        how = dict.fromkeys([compare] if isinstance(compare, str) else compare, "token_sort")
    if not how:
        raise ValueError("compare names no column")
    for name, way in how.items():
        choose(f"compare[{name!r}]", way, SCORERS)
    return how


def _clean(column, way):
    text = column.astype("string").str.strip().str.lower()
    filled = (text.notna() & (text != "")).fillna(False)
    values = [one if full else None for one, full in zip(text, filled, strict=True)]
    if way != "token_sort":
        return values
    return [one and " ".join(sorted(one.split())) for one in values]


def _within(rows, cleaned, how, threshold):
    """Pairs of one block; in strips, so that memory stays bounded."""
    lefts, rights, scores = [], [], []
    strip = max(CHUNK // max(len(rows), 1), 1)
    # No column may fall below this if the mean is to reach the threshold; rapidfuzz stops there.
    least = max(threshold * len(how) - (len(how) - 1) - 1e-6, 0)
    for start in range(0, len(rows), strip):
        part, rest = rows[start : start + strip], rows[start:]
        mean = sum(_similarity(part, rest, cleaned[name], way, least) for name, way in how.items())
        mean = mean / len(how)
        later = rest[None, :] > part[:, None]
        at = np.argwhere((mean >= threshold - 1e-6) & later)
        lefts.append(part[at[:, 0]])
        rights.append(rest[at[:, 1]])
        scores.append(mean[at[:, 0], at[:, 1]])
    joined = [np.concatenate(one) if one else np.array([]) for one in (lefts, rights, scores)]
    return pd.DataFrame(
        {
            "left": joined[0].astype(int),
            "right": joined[1].astype(int),
            "similarity": np.round(joined[2].astype(float), 6),
        }
    )


def _similarity(part, rows, texts, way, least):
    from rapidfuzz import distance, fuzz, process

    place, function, top = SCORERS[way]
    home = fuzz if place == "fuzz" else getattr(distance, place.split(".")[1])
    here, there = [texts[row] for row in part], [texts[row] for row in rows]
    scores = process.cdist(
        here, there, scorer=getattr(home, function), dtype=np.float32, score_cutoff=least * top
    )
    scores = scores / top
    if way == "exact":
        scores = (scores >= 1).astype(np.float32)
    gaps = np.array([one is None for one in here])[:, None] | np.array(
        [one is None for one in there]
    )
    return np.where(gaps, 0.0, scores)
