"""The gain in discrimination: areas, DeLong's covariance, and the same rows for both models."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from ckmlab.value.attitude import incremental_auc, incremental_validity


@pytest.fixture(scope="module")
def scored():
    rng = np.random.default_rng(1)
    latent = rng.standard_normal(90)
    happened = (latent + rng.standard_normal(90) > 0.5).astype(int)
    # Rounded, so that there are ties.
    scores = [np.round(latent + size * rng.standard_normal(90), 1) for size in (1.5, 0.7)]
    return happened, *scores


def test_areas_are_those_of_scikit_learn(scored):
    happened, base, extended = scored
    result = incremental_auc(*scored)
    assert float(result.base) == pytest.approx(roc_auc_score(happened, base))
    assert float(result.extended) == pytest.approx(roc_auc_score(happened, extended))
    assert float(result.gain) == pytest.approx(float(result.extended) - float(result.base))


def test_delongs_variance_by_its_definition(scored):
    happened, *scores = scored
    placements = []
    for score in scores:
        cases, others = score[happened == 1], score[happened == 0]
        wins = (cases[:, None] > others) + 0.5 * (cases[:, None] == others)
        placements.append((wins.mean(axis=1), wins.mean(axis=0)))
    covariance = sum(
        np.cov(placements[0][side], placements[1][side]) / len(placements[0][side])
        for side in (0, 1)
    )
    result = incremental_auc(*scored)
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    half = (result.gain.high - result.gain.low) / 2
    assert half == pytest.approx(1.959964 * np.sqrt(variance), rel=1e-6)


def test_interval_of_the_gain_keeps_its_level():
    rng = np.random.default_rng(2)

    def draw(n):
        latent = rng.standard_normal(n)
        happened = latent + rng.standard_normal(n) > 0
        return happened, latent + 2 * rng.standard_normal(n), latent + rng.standard_normal(n)

    truth = float(incremental_auc(*draw(400_000)).gain)
    covered = sum(incremental_auc(*draw(150)).gain.covers(truth) for _ in range(300))
    assert 273 <= covered <= 297


@pytest.fixture(scope="module")
def customers():
    rng = np.random.default_rng(3)
    n = 1500
    recency, satisfaction = rng.standard_normal((2, n))
    churned = rng.random(n) < 1 / (1 + np.exp(1 - recency + 1.2 * satisfaction))
    answered = rng.random(n) < 1 / (1 + np.exp(-satisfaction))
    return pd.DataFrame(
        {
            "recency": recency,
            "satisfaction": np.where(answered, satisfaction, np.nan),
            "noise": rng.standard_normal(n),
            "churned": churned,
        }
    )


def test_attitude_adds_what_it_adds_and_noise_adds_nothing(customers):
    useful = incremental_validity(customers, "churned", ["recency"], ["satisfaction"], seed=1)
    assert useful.gain.low > 0.03
    useless = incremental_validity(customers, "churned", ["recency"], ["noise"], seed=1)
    assert useless.gain.covers(0)
    assert abs(float(useless.gain)) < 0.01


def test_both_models_use_the_rows_that_answered(customers):
    result = incremental_validity(customers, "churned", ["recency"], ["satisfaction"], seed=1)
    answered = customers.dropna()
    assert (result.used, result.dropped) == (len(answered), len(customers) - len(answered))
    alone = incremental_validity(answered, "churned", ["recency"], ["satisfaction"], seed=1)
    assert float(alone.base) == float(result.base)


def test_the_seed_decides(customers):
    arguments = (customers, "churned", ["recency"], ["satisfaction"])
    one, same = (incremental_validity(*arguments, seed=1) for _ in range(2))
    assert float(one.gain) == float(same.gain)
    assert float(one.gain) != float(incremental_validity(*arguments, seed=2).gain)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0, 1], [0.1], [0.1, 0.2]), "have 2, 1 and 2 rows"),
        (([0, 0], [0.1, 0.2], [0.1, 0.2]), "give 0 and 1, both at least once"),
        (([0, 2], [0.1, 0.2], [0.1, 0.2]), "give 0 and 1"),
        (([0, 1], [0.1, np.nan], [0.1, 0.2]), "missing"),
    ],
)
def test_bad_predictions(arguments, message):
    with pytest.raises(ValueError, match=message):
        incremental_auc(*arguments)


def test_bad_columns(customers):
    with pytest.raises(ValueError, match="give different columns in each"):
        incremental_validity(customers, "churned", ["recency"], ["recency"], seed=1)
    with pytest.raises(ValueError, match="not the outcome 'churned'"):
        incremental_validity(customers, "churned", ["recency"], ["churned"], seed=1)
    with pytest.raises(KeyError, match="needs the column"):
        incremental_validity(customers, "churned", ["recency"], ["mood"], seed=1)
    with pytest.raises(ValueError, match="fewer than the 5 folds"):
        incremental_validity(customers.head(3), "churned", ["recency"], ["noise"], seed=1)
