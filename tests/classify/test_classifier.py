import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.metrics import brier_score_loss, classification_report, f1_score

from ckmlab.classify import correct_mix, train_classifier

FRAMES = {
    "about": ["customer wants {}", "prefers {} over mail", "asked for {} twice"],
    "for": ["press the button for {}", "{} costs 9.90 a month", "how to set up {}"],
    "from": ["my idea: sell {}", "we built {} on our own", "why not offer {}"],
}
TOPICS = ["fibre", "wifi", "roaming", "a second line", "a router", "the app", "an invoice"]


def statements(n, seed, wrong=0.15):
    """Statements in time order; some bear another label than they should."""
    draw = np.random.default_rng(seed)
    labels = draw.choice(list(FRAMES), n, p=[0.5, 0.3, 0.2])
    texts = [draw.choice(FRAMES[label]).format(draw.choice(TOPICS)) for label in labels]
    labels = np.where(draw.random(n) < wrong, draw.choice(list(FRAMES), n), labels)
    dates = pd.date_range("2024-01-01", periods=n, freq="h")
    return pd.DataFrame({"text": texts, "ktype_coded": labels, "created_at": dates})


@pytest.fixture(scope="module")
def results():
    return train_classifier(statements(400, seed=1))


def test_the_split_follows_time(results):
    items = statements(400, seed=1)
    again = train_classifier(items.sample(frac=1, random_state=3))
    assert (again.split.n_train, again.split.n_test) == (280, 120)
    assert again.split.cut == items["created_at"].iloc[280]
    assert again.macro_f1.value == pytest.approx(results.macro_f1.value)


def test_items_of_one_moment_are_never_torn_apart():
    items = statements(40, seed=1)
    items["created_at"] = items["created_at"].dt.floor("D")
    split = train_classifier(items, test_share=0.5).split
    assert (split.n_train, split.n_test) == (24, 16)


def test_measures_agree_with_scikit_learn(results):
    truth, predicted = results.truth, results.predicted
    assert results.macro_f1.value == pytest.approx(f1_score(truth, predicted, average="macro"))
    report = classification_report(truth, predicted, output_dict=True)
    assert results.accuracy.value == pytest.approx(report["accuracy"])
    for label in FRAMES:
        assert results.per_label.loc[label, "recall"] == pytest.approx(report[label]["recall"])
        assert results.per_label.loc[label, "precision"] == pytest.approx(
            report[label]["precision"]
        )
    peer = brier_score_loss(truth, results.probabilities, scale_by_half=False)
    assert results.brier == pytest.approx(peer)


def test_it_beats_the_commonest_label_and_knows_its_ceiling(results):
    assert results.baseline_f1 == pytest.approx(
        f1_score(results.truth, ["about"] * 120, average="macro", zero_division=0)
    )
    assert results.macro_f1.low > results.baseline_f1
    # One label in ten is wrong: 15 % are drawn anew, a third of them right by luck.
    assert results.accuracy.value < 0.97
    assert results.macro_f1.low < results.macro_f1.value < results.macro_f1.high


def test_confusion_feeds_the_correction(results):
    assert results.confusion.to_numpy().sum() == 120
    mix = correct_mix(results.predicted.value_counts(), results.confusion)
    truth = results.truth.value_counts(normalize=True)
    assert mix.set_index("ktype")["share"].to_dict() == pytest.approx(truth.to_dict())


def test_calibration_table(results):
    table = results.calibration
    assert table["n"].tolist() == [12] * 10
    assert table["predicted"].is_monotonic_increasing
    assert (table["low"] <= table["observed"]).all()
    assert (table["observed"] <= table["high"]).all()
    assert 0 <= results.calibration_error < 0.25


def test_predictions_keep_the_callers_index(results):
    texts = pd.Series(["customer wants wifi", "my idea: sell the app"], index=["x", "y"])
    assert results.predict(texts).to_dict() == {"x": "about", "y": "from"}
    probabilities = results.predict_proba(["how to set up fibre"])
    assert probabilities.sum(axis=1).iloc[0] == pytest.approx(1)
    assert probabilities.idxmax(axis=1).tolist() == ["for"]


def test_summary_and_terms(results):
    summary = results.summary()
    assert summary.loc["macro-F1", "value"] == results.macro_f1.value
    assert summary["low"].notna().sum() == 2
    terms = results.top_terms(5)
    assert terms.shape == (5, 3)
    assert "idea" in results.top_terms(20)["from"].tolist()
    assert "macro-F1" in repr(results)


def test_texts_learned_by_heart_are_reported():
    items = statements(60, seed=2)
    items["text"] = ["the same again"] * 60
    assert train_classifier(items).split.seen == 1


def test_two_labels_and_other_libraries():
    items = statements(80, seed=4).query("ktype_coded != 'from'")
    results = train_classifier(pl.from_pandas(items))
    assert results.labels == ["about", "for"]
    assert results.top_terms(3).columns.tolist() == ["about", "for"]


def test_a_label_that_comes_up_late_counts_against_the_classifier():
    items = statements(100, seed=5)
    items.loc[90:, "ktype_coded"] = "co-created"
    results = train_classifier(items)
    assert results.per_label.loc["co-created", "recall"] == 0
    assert results.brier > 0


def test_clear_errors(results):
    items = statements(40, seed=1)
    with pytest.raises(KeyError, match="created_at"):
        train_classifier(items.drop(columns="created_at"))
    with pytest.raises(ValueError, match="at least 10 coded items"):
        train_classifier(items.assign(ktype_coded=None))
    with pytest.raises(ValueError, match="nothing to tell apart"):
        train_classifier(items.assign(ktype_coded="for"))
    with pytest.raises(ValueError, match="cannot be split by 'created_at'"):
        train_classifier(items.assign(created_at=pd.Timestamp("2024-01-01")))
    with pytest.raises(ValueError, match="test_share is 30"):
        train_classifier(items, test_share=30)
    with pytest.raises(ValueError, match="cannot be used"):
        train_classifier(items.assign(text="..."))
    with pytest.raises(ValueError, match="None is no text"):
        results.predict(["fibre", None])
    with pytest.raises(ValueError, match="there is no text"):
        results.predict([])
    with pytest.raises(ValueError, match="not a single string"):
        results.predict("fibre")
