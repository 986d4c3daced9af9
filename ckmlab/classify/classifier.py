"""A text classifier for knowledge types, judged on items that came later."""

import numpy as np
import pandas as pd

from ckmlab.classify._intervals import check_confidence
from ckmlab.classify.performance import ClassifierResults, Split
from ckmlab.frames import to_pandas

__all__ = ["train_classifier"]


def train_classifier(
    items,
    *,
    text="text",
    label="ktype_coded",
    time="created_at",
    test_share=0.3,
    confidence=0.95,
):
    """Train a classifier on the earlier items and judge it on the later ones.

    Words and word pairs weighted by TF-IDF, and a multinomial logit on top. The split follows
    time, because that is how the classifier will be used: on items that nobody has seen yet. A
    random split would let it peek at the future and look better than it is.

    Nothing is drawn at random: the same items give the same classifier.

    Parameters
    ----------
    items : data frame
        One row per item; any library that narwhals takes, converted to pandas. Items without text
        or label are left out.
    text, label, time : str
        Columns with the statement, its label, and when it was created.
    test_share : float, default 0.3
        Share of the items, the latest ones, kept for judging.
    confidence : float, default 0.95
        Confidence level of the intervals.

    Returns
    -------
    ClassifierResults
        ``macro_f1``, ``accuracy``, ``per_label``, ``confusion``, ``calibration``,
        ``summary()``, ``predict(texts)``, ``predict_proba(texts)``, ``top_terms()``.

    Raises
    ------
    KeyError
        If a column is missing.
    ValueError
        If too few items are left, the earlier items bear one label only, all items have one and
        the same time, or ``test_share`` is no share.

    References
    ----------
    Pedregosa, F. et al. (2011). Scikit-learn: machine learning in Python. Journal of Machine
    Learning Research 12:2825–2830.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({
    ...     "text": ["customer prefers mail", "press the button", "my idea: a pause key"] * 20,
    ...     "ktype_coded": ["about", "for", "from"] * 20,
    ...     "created_at": pd.date_range("2025-01-01", periods=60)})
    >>> results = train_classifier(items)
    >>> results.predict(["customer prefers chat"]).tolist()
    ['about']
    >>> results.split.n_train, results.split.n_test
    (42, 18)
    """
    check_confidence(confidence)
    if not 0 < test_share < 1:
        raise ValueError(f"test_share is {test_share:g}; give a share such as 0.3")
    frame = to_pandas(items, [text, label, time], where="train_classifier").dropna()
    frame.columns = ["text", "label", "time"]
    early, late = _split(frame.astype({"label": str}), test_share, time)
    model = _fit(early)
    probabilities = pd.DataFrame(
        model.predict_proba(late["text"]), index=late.index, columns=model.classes_
    )
    return ClassifierResults(
        model=model,
        truth=late["label"],
        probabilities=probabilities,
        split=Split(len(early), len(late), late["time"].min(), _seen(early, late)),
        majority=early["label"].mode()[0],
        confidence=confidence,
    )


def _fit(early):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    if early["label"].nunique() < 2:
        raise ValueError(
            f"the {len(early)} earlier items all bear the label {early['label'].iloc[0]!r}; "
            "there is nothing to tell apart: code more items"
        )
    if early["label"].nunique() > len(early) / 2:
        raise ValueError(
            f"{early['label'].nunique()} different labels for {len(early)} earlier items: "
            "is label= the right column?"
        )
    # Numbers stay in: a price is a strong hint at knowledge for customers.
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    model = make_pipeline(words, LogisticRegression(C=10.0, max_iter=5000))
    try:
        return model.fit(early["text"], early["label"])
    except ValueError as error:
        raise ValueError(f"the texts of the earlier items cannot be used: {error}") from None


def _split(frame, test_share, column):
    """The earlier and the later items; items of one moment are never torn apart."""
    if len(frame) < 10:
        raise ValueError(
            f"{len(frame)} items have text, label and time; train on at least 10 coded items"
        )
    ordered = frame.sort_values("time", kind="stable")
    cut = ordered["time"].iloc[int(np.floor(len(ordered) * (1 - test_share)))]
    moments = ordered["time"].unique()
    if len(moments) < 2:
        raise ValueError(f"the items cannot be split by {column!r}: all have the time {cut}")
    cut = max(cut, moments[1])  # some items must come earlier
    return ordered[ordered["time"] < cut], ordered[ordered["time"] >= cut]


def _seen(early, late):
    return float(late["text"].isin(set(early["text"])).mean())
