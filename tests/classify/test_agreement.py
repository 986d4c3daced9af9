import numpy as np
import pandas as pd
import polars as pl
import pytest

from ckmlab.classify import (
    cohen_kappa,
    confusion_table,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    ratings_table,
    scott_pi,
)

OF_TWO = [percent_agreement, cohen_kappa, scott_pi, gwet_ac1, confusion_table]
OF_MANY = [percent_agreement, fleiss_kappa, gwet_ac1, krippendorff_alpha]


def test_worked_table(coders):
    # Research dossier 4.1: p_o = .8250.
    result = percent_agreement(*coders)
    assert result.value == 0.825
    assert result.n == 120
    assert percent_agreement(np.array(coders, dtype=object)).value == pytest.approx(0.825)


def test_percent_agreement_of_many_is_the_mean_over_pairs(four_raters):
    # irrCAC 0.4.4, CAC(...).bp(): observed agreement 0.81818.
    assert percent_agreement(four_raters).value == pytest.approx(0.81818, abs=5e-6)


def test_ratings_table_and_the_coefficients_fit_together():
    codings = pd.DataFrame(
        {"item_id": [1, 1, 2, 2, 3], "coder": list("ABABA"), "label": ["for"] * 2 + ["from"] * 3}
    )
    table = ratings_table(codings)
    assert table.index.tolist() == ["A", "B"]
    assert krippendorff_alpha(table).value == 1
    assert krippendorff_alpha(ratings_table(pl.from_pandas(codings))).n == 2


def test_ratings_table_refuses_what_would_be_lost():
    codings = pd.DataFrame({"item_id": [7, 7], "coder": ["A", "A"], "label": ["for", "from"]})
    with pytest.raises(ValueError, match=r"twice.*coder A.*item_id 7"):
        ratings_table(codings)
    with pytest.raises(ValueError, match="no rows"):
        ratings_table(codings.head(0))
    with pytest.raises(KeyError, match="label"):
        ratings_table(codings.drop(columns="label"))


def test_confusion_table_orders_and_fills_labels(coders):
    table = confusion_table(*coders, labels=["from", "for", "about", "co-created"])
    assert table.loc["about", "from"] == 5
    assert table.loc["co-created"].sum() == 0
    assert confusion_table(*coders, normalize=True).sum(axis=1).to_numpy() == pytest.approx(1)
    with pytest.raises(ValueError, match=r"'co-created'.*no shares"):
        confusion_table(*coders, labels=["about", "for", "from", "co-created"], normalize=True)
    with pytest.raises(ValueError, match=r"unknown labels \['from'\]"):
        confusion_table(*coders, labels=["about", "for"])


@pytest.mark.parametrize("measure", OF_TWO)
def test_units_that_one_coder_left_out_are_dropped(measure, coders):
    first, second = ([*labels, None, "for"] for labels in coders)
    second[-1] = np.nan
    with_gaps, without = measure(first, second), measure(*coders)
    if measure is confusion_table:
        pd.testing.assert_frame_equal(with_gaps, without)
    else:
        assert repr(with_gaps) == repr(without)


@pytest.mark.parametrize("measure", OF_TWO)
def test_errors_of_two_lists(measure):
    with pytest.raises(ValueError, match="2 labels and b 1"):
        measure(["for", "for"], ["for"])
    with pytest.raises(ValueError, match="at least one label"):
        measure([], [])
    with pytest.raises(ValueError, match="no unit was labelled by both"):
        measure(["for", None], [None, "for"])
    with pytest.raises(ValueError, match="got str"):
        measure("for", "for")
    with pytest.raises(ValueError, match="indexed differently"):
        measure(pd.Series(["for", "from"]), pd.Series(["from", "for"], index=[1, 0]))


@pytest.mark.parametrize("measure", OF_MANY)
def test_errors_of_tables(measure):
    with pytest.raises(ValueError, match="at least two coders"):
        measure([["for", "from"]])
    with pytest.raises(ValueError, match="all labels are missing"):
        measure([[None, None], [np.nan, None]])
    with pytest.raises(ValueError, match="no unit was labelled by two"):
        measure([["for", None], [None, "for"]])
    with pytest.raises(ValueError, match="at least one unit"):
        measure([[], []])
    with pytest.raises(ValueError, match="rows of one length"):
        measure([["for", "from"], ["for"]])
    with pytest.raises(ValueError, match="ratings_table"):
        measure(pd.DataFrame({"item_id": [1], "coder": ["A"], "label": ["for"]}))


@pytest.mark.parametrize("measure", OF_MANY)
def test_labels_may_be_numbers_words_or_both(measure):
    assert measure([[1, 2, "for"], [1, 2, "for"]]).value == 1
