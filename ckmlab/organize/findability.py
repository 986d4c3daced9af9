"""Can it be found? A fixed set of questions, put to the store."""

import pandas as pd

from ckmlab.arguments import check_count
from ckmlab.frames import join, to_pandas
from ckmlab.intervals import mean, proportion

__all__ = ["reciprocal_rank", "search_items", "success_at_k"]


def search_items(
    items, queries, *, k=10, item="item_id", text="text", query="query_id", words="text"
):
    """Rank the items for each question by the words they share (TF-IDF, cosine).

    A plain, repeatable search engine: if it does not find an item, neither will a hurried agent.

    Parameters
    ----------
    items : data frame
        One row per item, with ``item`` and ``text``; any library, converted to pandas.
    queries : data frame
        One row per question, with ``query`` and ``words``.
    k : int, default 10
        Number of results per question.
    item, text, query, words : str
        The columns' names.

    Returns
    -------
    pandas.DataFrame
        ``query_id``, ``rank`` (from 1), ``item_id`` and ``score`` under the names given; items
        that share no word with the question are not listed.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If no item has a word.

    References
    ----------
    Salton and Buckley (1988), Information Processing and Management 24, 513-523; scikit-learn.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item_id": [1, 2], "text": ["reset the router", "pay the bill"]})
    >>> asked = pd.DataFrame({"query_id": [7], "text": ["router broken"]})
    >>> search_items(items, asked).item_id.tolist()
    [1]
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    store = to_pandas(items, [item, text], where="search_items, items")
    asked = to_pandas(queries, [query, words], where="search_items, queries")
    model = TfidfVectorizer(sublinear_tf=True)
    try:
        texts = model.fit_transform(store[text].fillna("").astype(str))
    except ValueError:
        raise ValueError(f"no item has a word in column {text!r}") from None
    if asked.empty:
        raise ValueError("there is no question to search for")
    scores = (model.transform(asked[words].fillna("").astype(str)) @ texts.T).tocsr()
    rows = []
    for at, name in enumerate(asked[query]):
        one = scores[[at]].tocoo()
        ranked = sorted(zip(-one.data, one.col, strict=True))[: check_count("k", k, least=1)]
        rows += [
            {query: name, "rank": rank, item: store[item].iloc[column], "score": -score}
            for rank, (score, column) in enumerate(ranked, 1)
        ]
    return pd.DataFrame(rows, columns=[query, "rank", item, "score"])


def success_at_k(results, relevant, *, k=3, item="item_id", query="query_id", confidence=0.95):
    """Share of the questions with a right answer among the first k results.

    Parameters
    ----------
    results : data frame
        ``query``, ``rank`` and ``item``, as :func:`search_items` returns.
    relevant : data frame
        One row per question and right answer. The questions in it are those that count, also
        when a search returned nothing for them.
    k : int, default 3
        Number of results a reader looks at.
    item, query : str
        The columns' names.
    confidence : float, default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> found = pd.DataFrame({"query_id": [1, 1, 2], "rank": [1, 2, 1], "item_id": [5, 6, 7]})
    >>> right = pd.DataFrame({"query_id": [1, 2], "item_id": [6, 9]})
    >>> success_at_k(found, right, k=2).value
    0.5
    """
    best = _best_rank(results, relevant, item, query, "success_at_k")
    found = int((best <= check_count("k", k, least=1)).sum())
    return proportion(found, len(best), confidence=confidence, method=f"success@{k}")


def reciprocal_rank(results, relevant, *, item="item_id", query="query_id", confidence=0.95):
    """Mean reciprocal rank: one over the place of the first right answer, 0 without one.

    Parameters
    ----------
    results, relevant : data frame
        As in :func:`success_at_k`.
    item, query : str
        The columns' names.
    confidence : float, default 0.95
        Level of Student's interval.

    Returns
    -------
    Estimate

    Raises
    ------
    KeyError
        If a column is missing.

    References
    ----------
    Voorhees (1999), the TREC-8 question answering track report.

    Examples
    --------
    >>> import pandas as pd
    >>> found = pd.DataFrame({"query_id": [1, 1, 2], "rank": [1, 2, 1], "item_id": [5, 6, 7]})
    >>> right = pd.DataFrame({"query_id": [1, 2], "item_id": [6, 9]})
    >>> reciprocal_rank(found, right).value
    0.25
    """
    best = _best_rank(results, relevant, item, query, "reciprocal_rank")
    return mean(
        (1 / best).fillna(0), within=(0, 1), confidence=confidence, method="mean reciprocal rank"
    )


def _best_rank(results, relevant, item, query, where):
    """Place of the first right answer to each question; missing if there was none."""
    columns = [query, "rank", item]
    listed = to_pandas(results, columns, where=f"{where}, results", numbers=["rank"])
    right = to_pandas(relevant, [query, item], where=f"{where}, relevant").drop_duplicates()
    if right.empty:
        raise ValueError("there is no question with a right answer")
    hits = join(listed, right, [query, item], where=where)
    return hits.groupby(query)["rank"].min().reindex(right[query].unique()).astype(float)
