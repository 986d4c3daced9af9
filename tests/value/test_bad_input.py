"""What must never become a plausible wrong number: each gets an error that names column and value.

Found by trying every public function on texts, dates, durations, truth values, gaps, twins.
"""

import numpy as np
import pandas as pd
import pytest

from ckmlab.value import attitude, behaviour, engagement, lifetime

LOG = pd.DataFrame(
    {
        "customer_id": [1, 1, 2],
        "date": pd.to_datetime(["2024-03-01", "2024-01-05", "2024-02-01"]),
        "amount": [5.0, 4.0, 3.0],
    }
)
STAY = pd.DataFrame({"duration": [1.0, 2.0, 3.0], "churned": [1, 0, 1], "plan": list("abb")})
ITEMS = pd.DataFrame(np.random.default_rng(0).integers(1, 6, (30, 4)), columns=list("abcd"))
HISTORIES = pd.DataFrame(
    {
        "frequency": [0, 1, 1, 2, 3, 8],
        "recency": [0.0, 4, 25, 12, 30, 36],
        "T": 38.0,
        "count": [60, 12, 8, 9, 6, 5],
    }
)
CASES = pd.DataFrame({"y": [0, 1] * 9, "t": [0, 0, 1] * 6, "x": np.arange(18.0) % 4})
IDEAS = pd.DataFrame({"idea_id": [1, 2], "customer_id": [7, 9], "value": [10.0, 20.0]})
CONSTRUCTS = {"one": ["a", "b"], "two": ["c", "d"]}
DAY = pd.Timestamp("2024-01-01")
DAYS = pd.to_timedelta([1, 2, 3], unit="D")


def fit(frame=HISTORIES):
    return lifetime.BetaGeoNBD(frame).fit()


BAD = {
    "ids of several kinds": (
        lambda: behaviour.summary(LOG.assign(customer_id=[1, "a", 2])),
        TypeError,
        r"'customer_id' mixes \['int', 'str'\]",
    ),
    "two columns of one name": (
        lambda: behaviour.rfm(pd.concat([LOG, LOG[["amount"]]], axis=1)),
        ValueError,
        "two columns of one name",
    ),
    "one column in two roles": (
        lambda: behaviour.summary(LOG, customer="date"),
        ValueError,
        "column 'date' is named for two roles",
    ),
    "no name": (lambda: behaviour.cohorts(LOG, date=None), TypeError, "None is no column's name"),
    "placeholder dates": (
        lambda: behaviour.cohorts(LOG.assign(date=[*LOG["date"][:2], pd.Timestamp("2999-12-31")])),
        ValueError,
        "placeholder",
    ),
    "durations with a unit": (
        lambda: behaviour.survival(STAY.assign(duration=DAYS)),
        TypeError,
        "duration holds Timedelta",
    ),
    "durations as text": (
        lambda: behaviour.survival(STAY.assign(duration=["1", "2", "3"])),
        TypeError,
        "duration holds '1'",
    ),
    "nobody lost": (
        lambda: behaviour.survival_difference(STAY.assign(churned=0), group="plan"),
        ValueError,
        "nobody was lost",
    ),
    "truth values as scores": (lambda: attitude.nps([True, None]), TypeError, "True and False"),
    "items as text": (
        lambda: attitude.cronbach_alpha(ITEMS.astype(str)),
        TypeError,
        "hold text or dates",
    ),
    "items as dates": (
        lambda: attitude.htmt(ITEMS.assign(a=DAY), CONSTRUCTS),
        TypeError,
        r"\['a'\] hold text or dates",
    ),
    "endless item": (
        lambda: attitude.cronbach_alpha(ITEMS.assign(a=np.inf)),
        ValueError,
        "infinite",
    ),
    "item without variation": (
        lambda: attitude.htmt(ITEMS.assign(a=3), CONSTRUCTS),
        ValueError,
        "same answer",
    ),
    "predictor as text": (
        lambda: attitude.incremental_validity(CASES.assign(x="a"), "y", ["x"], ["t"], seed=1),
        TypeError,
        "x holds 'a'",
    ),
    "outcome that never varies": (
        lambda: attitude.incremental_validity(CASES.assign(y=1), "y", ["x"], ["t"], seed=1),
        ValueError,
        "both at least once",
    ),
    "frequency as text": (
        lambda: fit(HISTORIES.assign(frequency=HISTORIES["frequency"].astype(str))),
        TypeError,
        "'frequency' holds '0'",
    ),
    "frequency as truth values": (
        lambda: fit(HISTORIES.assign(frequency=HISTORIES["frequency"] > 0)),
        TypeError,
        "'frequency' holds True and False",
    ),
    "recency with a unit": (
        lambda: fit(HISTORIES.assign(recency=pd.to_timedelta(HISTORIES["recency"], unit="D"))),
        TypeError,
        "'recency' holds Timedelta",
    ),
    "no customer behind any row": (
        lambda: fit(HISTORIES.assign(count=0)),
        ValueError,
        "count is 0 in every row",
    ),
    "one customer": (
        lambda: fit(HISTORIES.tail(1).drop(columns="count")),
        ValueError,
        "learns from differences between many customers",
    ),
    "one customer's spend": (
        lambda: lifetime.GammaGamma(HISTORIES.tail(1).assign(monetary_value=5.0, count=1)),
        ValueError,
        "learns from differences between many customers",
    ),
    "negative age": (lambda: fit().expected_purchases(-1), ValueError, "t holds -1"),
    "negative count": (lambda: fit().purchase_probabilities(-1, 5), ValueError, "n is -1"),
    "discount as text": (lambda: fit().residual_purchases("5 %"), TypeError, "discount is '5 %'"),
    "missing margin": (
        lambda: fit().residual_value(0.1, np.nan),
        ValueError,
        "value has 1 missing",
    ),
    "negative purchases": (
        lambda: lifetime.holdout(fit(), [-1] * 6, 10),
        ValueError,
        "actual holds -1",
    ),
    "treatment as its own covariate": (
        lambda: engagement.treatment_effect(
            CASES, outcome="y", treatment="t", covariates=["t", "x"]
        ),
        ValueError,
        "name a column twice",
    ),
    "outcome as date": (
        lambda: engagement.treatment_effect(
            CASES.assign(y=DAY), outcome="y", treatment="t", covariates=["x"]
        ),
        TypeError,
        "outcome 'y' holds Timestamp",
    ),
    "treatment as text": (
        lambda: engagement.treatment_effect(
            CASES.assign(t="yes"), outcome="y", treatment="t", covariates=["x"]
        ),
        TypeError,
        "treatment 't' holds 'yes'",
    ),
    "value as text": (
        lambda: engagement.knowledge_value(IDEAS.assign(value="a")),
        TypeError,
        "knowledge_value: value holds 'a'",
    ),
    "shares as text": (
        lambda: engagement.knowledge_value(IDEAS.assign(part="a"), rule="share", share="part"),
        TypeError,
        "knowledge_value: share holds 'a'",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_is_refused_clearly(case):
    call, error, message = BAD[case]
    with pytest.raises(error, match=message):
        call()
