"""How well a classifier does: macro-F1, confusion, calibration."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ckmlab.classify import _resampling
from ckmlab.classify._intervals import wilson
from ckmlab.classify.agreement import confusion_table
from ckmlab.results import Estimate

__all__ = ["ClassifierResults", "Split"]


@dataclass(frozen=True)
class Split:
    """How the items were split into earlier and later ones.

    Parameters
    ----------
    n_train, n_test : int
        Numbers of earlier and later items.
    cut : timestamp
        The first moment of the later items.
    seen : float
        Share of the later texts that stand word for word among the earlier ones: the classifier
        knows these by heart, so a large share flatters it.
    """

    n_train: int
    n_test: int
    cut: object
    seen: float


@dataclass(frozen=True, repr=False)
class ClassifierResults:
    """A trained classifier and how it did on items that came later.

    Made by :func:`train_classifier`.

    Parameters
    ----------
    model : sklearn.pipeline.Pipeline
        The fitted model.
    truth : pandas.Series, shape (n_test,)
        Labels of the later items.
    probabilities : pandas.DataFrame, shape (n_test, labels)
        The model's probabilities for the later items.
    split : Split
        How earlier and later items were told apart.
    majority : str
        The commonest label among the earlier items.
    confidence : float
        Confidence level of the intervals.
    """

    model: object
    truth: pd.Series
    probabilities: pd.DataFrame
    split: Split
    majority: str
    confidence: float = 0.95

    @property
    def labels(self):
        """All labels, of the model and of the later items, sorted."""
        return sorted({*self.probabilities.columns, *self.truth})

    @cached_property
    def predicted(self):
        """The labels that the model gives to the later items."""
        return self.probabilities.idxmax(axis=1)

    @cached_property
    def confusion(self):
        """Later items by true label (rows) and predicted label (columns).

        Divided by its rows it is what :func:`correct_mix` takes; it takes the counts as well.
        """
        return confusion_table(self.truth, self.predicted, labels=self.labels).rename_axis(
            index="truth", columns="predicted"
        )

    @cached_property
    def accuracy(self):
        """Share of the later items that get the right label; Wilson interval."""
        right, total = int(np.trace(self.confusion)), len(self.truth)
        low, high = wilson(right, total, self.confidence)
        return Estimate(right / total, low, high, level=self.confidence, n=total, method="accuracy")

    @cached_property
    def macro_f1(self):
        """Mean over labels of the F1 score, so that a rare label counts like a common one.

        F1 is the harmonic mean of precision and recall. Labels that neither occur nor are
        predicted among the later items are left out. Jackknife interval.
        """
        counts = self.confusion.to_numpy(dtype=float)

        def score(frequencies):
            return float(np.nanmean(_f1(frequencies.reshape(counts.shape))))

        low, high, how = _resampling.interval(score, counts.ravel(), confidence=self.confidence)
        return Estimate(
            score(counts),
            max(0.0, low),
            high,
            level=self.confidence,
            n=len(self.truth),
            method=f"macro-F1, {how}",
        )

    @cached_property
    def baseline_f1(self):
        """Macro-F1 of always answering with the commonest label: what any classifier must beat."""
        counts = np.zeros(self.confusion.shape)
        counts[:, self.labels.index(self.majority)] = self.confusion.sum(axis=1)
        return float(np.nanmean(_f1(counts)))

    @cached_property
    def per_label(self):
        """Precision, recall, F1 and number of later items, one row per label."""
        counts = self.confusion.to_numpy(dtype=float)
        right = np.diag(counts)
        with np.errstate(invalid="ignore"):  # a label never predicted has no precision
            return pd.DataFrame(
                {
                    "precision": right / counts.sum(axis=0),
                    "recall": right / counts.sum(axis=1),
                    "f1": _f1(counts),
                    "n": counts.sum(axis=1).astype(int),
                },
                index=pd.Index(self.labels, name="label"),
            )

    @cached_property
    def calibration(self):
        """Whether "80 % sure" means right in 80 % of the cases.

        Later items in up to ten groups of like size, from unsure to sure: ``predicted`` (mean
        probability of the label given), ``observed`` (share that is right) with Wilson's ``low``
        and ``high``, and ``n``.
        """
        sure = self.probabilities.max(axis=1)
        right = self.predicted == self.truth
        groups = pd.qcut(sure.rank(method="first"), min(10, len(sure)), labels=False) + 1
        table = pd.DataFrame({"group": groups, "predicted": sure, "right": right}).groupby("group")
        table = table.agg(
            predicted=("predicted", "mean"), hits=("right", "sum"), n=("right", "size")
        )
        table["observed"] = table["hits"] / table["n"]
        table["low"], table["high"] = wilson(table["hits"], table["n"], self.confidence)
        return table[["predicted", "observed", "low", "high", "n"]]

    @property
    def calibration_error(self):
        """Expected calibration error: mean gap between predicted and observed over the groups."""
        table = self.calibration
        return float(np.average((table["predicted"] - table["observed"]).abs(), weights=table["n"]))

    @property
    def brier(self):
        """Brier score: mean squared distance of the probabilities from the truth; 0 is perfect.

        Summed over labels, so it lies between 0 and 2 (Brier 1950).
        """
        given = self.probabilities.reindex(columns=self.labels, fill_value=0.0)
        truth = np.equal.outer(self.truth.to_numpy(), np.array(self.labels, dtype=object))
        return float(((given.to_numpy() - truth) ** 2).sum(axis=1).mean())

    def predict(self, texts):
        """Label new texts.

        Parameters
        ----------
        texts : sequence of str, shape (n,)
            Statements.

        Returns
        -------
        pandas.Series
            One label per text, with the index of ``texts`` if it is a Series.
        """
        return self.predict_proba(texts).idxmax(axis=1).rename("predicted")

    def predict_proba(self, texts):
        """Probability of each label for new texts.

        Parameters
        ----------
        texts : sequence of str, shape (n,)
            Statements.

        Returns
        -------
        pandas.DataFrame, shape (n, labels)
            Rows add up to 1.

        Raises
        ------
        ValueError
            If there is no text, or something is no text.
        """
        texts = texts if isinstance(texts, pd.Series) else pd.Series(_listed(texts), dtype=object)
        wrong = [value for value in texts if not isinstance(value, str)]
        if wrong or texts.empty:
            found = f"{wrong[0]!r} is no text" if wrong else "there is no text"
            raise ValueError(f"{found}: give a list of statements, without gaps")
        return pd.DataFrame(
            self.model.predict_proba(texts), index=texts.index, columns=self.model.classes_
        )

    def top_terms(self, n=8):
        """The words that speak most for each label: a look at what the classifier has learned.

        Parameters
        ----------
        n : int, default 8
            Number of words or word pairs per label.

        Returns
        -------
        pandas.DataFrame
            One column per label, strongest first.
        """
        words, logit = (step for _, step in self.model.steps)
        terms = words.get_feature_names_out()
        weights = logit.coef_ if len(logit.classes_) > 2 else np.vstack([-logit.coef_, logit.coef_])
        best = np.argsort(-weights, axis=1, kind="stable")[:, :n]
        return pd.DataFrame(
            {label: terms[row] for label, row in zip(logit.classes_, best, strict=True)},
            index=pd.RangeIndex(1, best.shape[1] + 1, name="rank"),
        )

    def summary(self):
        """The main figures in one table.

        Returns
        -------
        pandas.DataFrame
            One row per measure: ``value``, ``low``, ``high`` (missing where there is no interval).
        """
        rows = {
            "macro-F1": self.macro_f1,
            "macro-F1 of the commonest label": self.baseline_f1,
            "accuracy": self.accuracy,
            "calibration error": self.calibration_error,
            "Brier score": self.brier,
            "share of later texts seen before": self.split.seen,
        }
        return pd.DataFrame(
            {
                "value": [float(value) for value in rows.values()],
                "low": [getattr(value, "low", np.nan) for value in rows.values()],
                "high": [getattr(value, "high", np.nan) for value in rows.values()],
            },
            index=pd.Index(rows, name="measure"),
        )

    def __repr__(self):
        return (
            f"<classifier for {', '.join(self.labels)}: macro-F1 {self.macro_f1!r} on items from "
            f"{self.split.cut} on>"
        )


def _f1(counts):
    """F1 of each label from a confusion matrix; NaN for labels that occur on neither side."""
    occurrences = counts.sum(axis=0) + counts.sum(axis=1)
    with np.errstate(invalid="ignore"):
        return 2 * np.diag(counts) / occurrences


def _listed(texts):
    if isinstance(texts, str):
        raise ValueError("give a list of statements, not a single string")
    return list(texts)
