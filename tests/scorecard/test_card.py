import math

import pandas as pd
import polars as pl
import pytest

from ckmlab.concepts import comparison
from ckmlab.datasets import make_company
from ckmlab.scorecard import Measure, goal_measures, regime_measures, scorecard

IDEAS = pd.DataFrame(
    {
        "origin": ["customer", "employee", "customer", "employee"],
        "adopted": [True, True, False, True],
        "customer_id": [1, None, 2, 3],
        "employee_id": [None, 10, None, 11],
        "npv_realised": [90.0, 5.0, 0.0, 30.0],
    }
)
CUSTOMERS = pd.DataFrame({"customer_id": [1, 2, 3, 4]})


@pytest.fixture(scope="module")
def kestrel():
    return scorecard(make_company(600, seed=3))


def test_every_measure_is_either_computed_or_says_what_it_lacks(kestrel):
    done = len(kestrel.goals) + len(kestrel.regimes)
    assert done + len(kestrel.not_computed) == len(goal_measures()) + len(regime_measures())
    assert (kestrel.not_computed.missing.str.len() > 0).all()
    assert done > 32
    # tables that Kestrel does not keep; every other measure can be computed on it
    assert set(kestrel.not_computed.missing) == {
        "costs", "budgets", "incentives", "loyalty_scheme", "decisions"
    }  # fmt: skip


def test_every_row_of_the_comparison_and_every_regime_has_a_measure():
    cells = {(one.area, one.lens) for one in regime_measures()}
    areas = {area for area, _ in cells}
    assert cells == {(area, lens) for area in areas for lens in ("KM", "CRM", "CKM")}
    # the comparison's nine rows, and source A's row of business objectives
    assert set(comparison().index) | {"Business objectives"} == areas


def test_estimates_lie_within_their_intervals_and_shares_between_0_and_1(kestrel):
    table = pd.concat([kestrel.goals.assign(unit="share"), kestrel.regimes])
    known = table.dropna(subset=["low"])
    assert ((known.low <= known.value) & (known.value <= known.high)).all()
    shares = kestrel.goals.value
    assert shares.between(0, 1).all()


@pytest.mark.parametrize("convert", [lambda frame: frame, pl.from_pandas])
def test_cells_by_hand(convert):
    card = scorecard({"ideas": convert(IDEAS), "customers": convert(CUSTOMERS)})
    value = card.regimes.set_index("measure").value
    assert value["adopted ideas that came from customers"] == pytest.approx(1 / 3)
    assert value["adopted ideas that customer and employee had together"] == pytest.approx(1 / 3)
    assert value["emancipation: customers with an adopted idea"] == 0.5
    assert value["realised value of customers' ideas, per customer"] == 30
    assert card.goals.value.tolist() == [0.75]  # three of four ideas adopted
    assert card.comparison().loc["Objectives", "CKM"] == pytest.approx(1 / 3)
    assert math.isnan(card.comparison().loc["Objectives", "KM"])


def test_money_measures_by_hand():
    tables = {
        "transactions": pd.DataFrame(
            {
                "customer_id": [1, 2, 1, 3],
                "product_id": [7, 7, 7, 8],
                "date": pd.to_datetime(["2022-03-01", "2022-05-01", "2023-02-01", "2023-12-31"]),
                "units": 1,
                "price": [100.0, 100.0, 80.0, 40.0],
                "margin": [10.0, 10.0, 8.0, 4.0],
            }
        ),
        "contracts": pd.DataFrame(
            {
                "customer_id": [1, 1, 2, 3],
                "renewal_no": [0, 1, 0, 0],
                "end": pd.to_datetime(["2022-12-31", "2023-12-31", "2022-12-31", "2023-12-31"]),
                "renewed": [True, False, False, False],
            }
        ),
        "products": pd.DataFrame(
            {"product_id": [7, 8], "launched": pd.to_datetime(["2010-01-01", "2023-01-01"])}
        ),
        "costs": pd.DataFrame(
            {"purpose": ["retention", "acquisition"], "cost": [10, 50], "margin_years": [5, 5]}
        ),
        "budgets": pd.DataFrame({"actual": [110, 90], "budget": [100, 100]}),
    }
    value = scorecard(tables).regimes.set_index("measure").value
    assert value["net revenue retention, last full year"] == pytest.approx(0.4)
    assert value["margin per customer in the last full year"] == 6
    vitality = "vitality: last full year's revenue from products under three years"
    assert value[vitality] == pytest.approx(40 / 120)
    # Customer 3 renews in mid-2023 and is watched no longer: 2022 is the last full year.
    tables["contracts"].loc[3, ["end", "renewed"]] = [pd.Timestamp("2023-06-30"), True]
    cut = scorecard(tables).regimes.set_index("measure").value
    assert cut["margin per customer in the last full year"] == 10
    assert cut[vitality] == 0  # what was sold of the young product in 2023 is not watched by all
    assert value["cost of a saved over cost of an acquired margin-year"] == pytest.approx(0.2)
    assert value["actual over budget"] == 1


def test_a_missing_column_is_named():
    card = scorecard({"ideas": IDEAS.drop(columns="origin")})
    gaps = card.not_computed.set_index("measure").missing
    assert gaps["adopted ideas that came from customers"] == "ideas.origin"
    assert gaps["link rate"] == "interactions"


def test_too_little_to_compute_from_is_told_and_does_not_stop_the_rest():
    silent = pd.DataFrame({"duration_min": [5.0], "kb_item_id": [None], "resolved": [True]})
    card = scorecard({"ideas": IDEAS, "interactions": silent})
    gaps = card.not_computed.set_index("measure").missing
    assert "all or none" in gaps["median minutes with an item over without"]
    assert "adopted ideas that came from customers" in card.regimes.measure.tolist()


def test_weakest_and_mean_disagree(kestrel):
    maturity = kestrel.maturity()
    goals = maturity.reading[["transparency", "dissemination", "development", "efficiency"]]
    assert maturity.reading["weakest"] == goals.min() < maturity.reading["mean"]
    assert maturity.reading["mean"] == pytest.approx(goals.mean())
    assert maturity.level.between(1, 5).all()
    assert "weakest" in repr(kestrel)


def test_nothing_at_all_is_no_error():
    card = scorecard({})
    assert len(card.goals) == len(card.regimes) == 0
    assert card.maturity().reading.isna().all()


def test_what_is_no_mapping_is_refused():
    with pytest.raises(TypeError, match="mapping of table names"):
        scorecard([IDEAS])


def test_a_measure_of_ones_own():
    half = Measure("x", "half", {"ideas": ["adopted"]}, lambda ideas: ideas.adopted.mean())
    assert half.missing({}) == ["ideas"]
    assert half.value({"ideas": IDEAS}).value == 0.75


def test_a_single_frame_is_no_set_of_tables():
    with pytest.raises(TypeError, match="mapping of table names"):
        scorecard(pd.DataFrame({"origin": ["customer"]}))
