import numpy as np
import pandas as pd
import pytest

from ckmlab.share import first_use, log_rank, uptake_curve

# Freireich et al. (1963): weeks in remission, 6-MP against placebo, the textbook example
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
TRIAL = pd.DataFrame(
    {
        "days": TREATED + PLACEBO,
        "observed": ENDED + [1] * 21,
        "arm": ["treated"] * 21 + ["placebo"] * 21,
    }
)


def test_published_survival_of_the_remission_trial():
    # Kalbfleisch and Prentice: .857, .807, .753, .690, .627, .538, .448
    curve = uptake_curve(TRIAL, by="arm")
    curve = curve[curve.arm == "treated"].set_index("days")
    at = [6, 7, 10, 13, 16, 22, 23]
    assert curve.unused[at].round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert curve.at_risk[at].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert ((curve.low <= curve.unused) & (curve.unused <= curve.high)).all()


def test_published_log_log_interval():
    # R: survfit(conf.type = "log-log") at week 6 of the treated arm: .6197 to .9516
    row = uptake_curve(TRIAL[TRIAL.arm == "treated"]).set_index("days").loc[6]
    assert (row.low, row.high) == pytest.approx((0.6197, 0.9516), abs=0.0002)


def test_published_log_rank():
    # R's survdiff prints Chisq= 16.8 and p= 4.17e-05
    test = log_rank(TRIAL, "arm")
    assert round(test.statistic, 1) == 16.8
    assert test.p_value == pytest.approx(4.17e-05, abs=5e-8)
    assert test.groups == ("placebo", "treated")


def test_waiting_items_are_watched_until_the_end():
    items = pd.DataFrame(
        {
            "item_id": [1, 2, 3, 4],
            "team": list("abab"),
            "created_at": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-01-10", "2024-03-01"]),
        }
    )
    log = pd.DataFrame(
        {
            "item_id": [1, 1, 2, 3],
            "ts": pd.to_datetime(["2024-01-05", "2024-01-03", "2024-02-10", "2024-01-09"]),
        }
    )
    waits = first_use(items, log, until="2024-01-31")
    assert waits.item_id.tolist() == [1, 2, 3]  # item 4 did not exist yet
    assert waits.days.tolist() == [2, 30, 21]  # a use before the creation is none
    assert waits.observed.tolist() == [True, False, False]
    assert "team" in waits


def test_leaving_out_the_waiting_flatters_and_kaplan_meier_does_not():
    rng = np.random.default_rng(3)
    truth = rng.exponential(30, 4000)
    waits = pd.DataFrame({"days": np.minimum(truth, 20), "observed": truth <= 20})
    curve = uptake_curve(waits)
    at_ten = curve[curve.days <= 10].unused.iloc[-1]
    assert at_ten == pytest.approx(np.exp(-10 / 30), abs=0.02)
    assert (waits.days[waits.observed] > 10).mean() < at_ten - 0.2


def test_clear_errors():
    with pytest.raises(ValueError, match="one group only"):
        log_rank(TRIAL[TRIAL.arm == "placebo"], "arm")
    with pytest.raises(ValueError, match="wait of 0 or more"):
        uptake_curve(TRIAL.assign(days=-1))
    with pytest.raises(ValueError, match="nothing was used"):
        log_rank(TRIAL.assign(observed=0), "arm")
    with pytest.raises(KeyError, match="observed"):
        uptake_curve(TRIAL.drop(columns="observed"))
