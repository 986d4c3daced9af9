"""Purchase histories: moments against theory, determinism, threads, files, errors."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

from ckmlab.datasets.generators import make_transactions
from ckmlab.datasets.generators._purchases import BLOCK
from ckmlab.datasets.generators.transactions import MODELS

HALF_HOUR = pd.Timedelta(minutes=30)


def expected_bgnbd(t, r, alpha, a, b):
    """E[X(t)], Fader, Hardie & Lee (2005), equation 9."""
    hyp = special.hyp2f1(r, b, a + b - 1, t / (alpha + t))
    return (a + b - 1) / (a - 1) * (1 - (alpha / (alpha + t)) ** r * hyp)


def expected_mbgnbd(t, r, alpha, a, b):
    """E[X(t)] of the MBG/NBD, by integrating each customer's own expectation numerically."""
    nodes, weights = np.polynomial.legendre.leggauss(400)
    share = (nodes + 1) / 2
    rate, dropout = stats.gamma(r, scale=1 / alpha).ppf(share), stats.beta(a, b).ppf(share)
    # Given both: the first purchase is survived with 1 - p, then d E[X]/dt = rate * P(alive).
    alive = (1 - dropout)[:, None] * -np.expm1(-np.outer(dropout, rate * t)) / dropout[:, None]
    return weights @ alive @ weights / 4


def expected_paretonbd(t, r, alpha, s, beta):
    """E[X(t)], Schmittlein, Morrison & Colombo (1987)."""
    return r * beta / (alpha * (s - 1)) * (1 - (beta / (beta + t)) ** (s - 1))


EXPECTED = {"BG/NBD": expected_bgnbd, "MBG/NBD": expected_mbgnbd, "Pareto/NBD": expected_paretonbd}


@pytest.fixture(scope="module", params=list(MODELS))
def simulated(request):
    purchases, latent = make_transactions(
        60_000, seed=5, model=request.param, weeks=52, acquisition_weeks=0, truth=True
    )
    repeats = purchases.groupby("customer_id").size() - 1
    return request.param, purchases, latent, repeats


def test_mean_number_of_repeat_purchases_is_the_models(simulated):
    model, _, _, repeats = simulated
    expected = EXPECTED[model](52, **MODELS[model])
    error = repeats.std() / np.sqrt(len(repeats))
    assert abs(repeats.mean() - expected) < 4 * error


def test_mean_at_half_time_is_the_models(simulated):
    # Fails when purchases are spread wrongly over the time, whatever their number.
    model, purchases, _, repeats = simulated
    early = purchases["date"] < pd.Timestamp("2024-01-01") + pd.Timedelta(weeks=26)
    halfway = early.sum() / len(repeats) - 1
    error = repeats.std() / np.sqrt(len(repeats))
    assert abs(halfway - EXPECTED[model](26, **MODELS[model])) < 4 * error


def test_latent_quantities_follow_their_distributions(simulated):
    model, _, latent, _ = simulated
    parameters = MODELS[model]
    rate = stats.gamma(parameters["r"], scale=1 / parameters["alpha"])
    dropout = (
        stats.gamma(parameters["s"], scale=1 / parameters["beta"])
        if model == "Pareto/NBD"
        else stats.beta(parameters["a"], parameters["b"])
    )
    assert stats.kstest(latent["rate"], rate.cdf).pvalue > 1e-4
    assert stats.kstest(latent["dropout"], dropout.cdf).pvalue > 1e-4


def test_distribution_of_counts_given_no_dropout_is_nbd():
    # Without dropping out, counts over t weeks are negative binomial (Ehrenberg 1959).
    purchases = make_transactions(
        40_000, seed=6, parameters={"a": 1e-9, "b": 1e6}, weeks=40, acquisition_weeks=0, spend=None
    )
    repeats = (purchases.groupby("customer_id").size() - 1).to_numpy()
    theory = stats.nbinom(0.243, 4.414 / 44.414)
    observed = np.bincount(np.minimum(repeats, 6), minlength=7)
    expected = np.append(theory.pmf(range(6)), theory.sf(5)) * len(repeats)
    assert stats.chisquare(observed, expected).pvalue > 1e-4


def test_bgnbd_probability_of_no_repeat_purchase():
    # P(X(t) = 0) = (alpha / (alpha + t))^r: nobody drops out before a repeat purchase.
    purchases = make_transactions(60_000, seed=7, weeks=39, acquisition_weeks=0, spend=None)
    none = (purchases.groupby("customer_id").size() == 1).mean()
    expected = (4.414 / 43.414) ** 0.243
    assert abs(none - expected) < 4 * np.sqrt(expected * (1 - expected) / 60_000)


@pytest.mark.parametrize("model", ["BG/NBD", "MBG/NBD"])
def test_the_last_purchase_of_a_lost_customer_is_the_moment_of_loss(model):
    purchases, latent = make_transactions(
        3000, seed=8, model=model, acquisition_weeks=0, truth=True, spend=None
    )
    last = purchases.groupby("customer_id")["date"].max()
    lost = latent[~latent["alive"]]
    moment = pd.Timestamp("2024-01-01") + pd.to_timedelta(lost["lifetime"] * 7, unit="D")
    assert len(lost) > 500
    assert ((last[lost["customer_id"]].to_numpy() - moment.to_numpy()) < HALF_HOUR).all()


def test_spend_follows_the_gamma_gamma_model():
    purchases, latent = make_transactions(60_000, seed=9, truth=True)
    # E[Z] = p * gamma / (q - 1) = 35.22 with CDNOW's estimates.
    assert latent["mean_amount"].mean() == pytest.approx(6.25 * 15.44 / 2.74, rel=0.02)
    ratio = purchases["amount"] / latent["mean_amount"].to_numpy()[purchases["customer_id"]]
    # Around the customer's mean: gamma with shape p, so a variance of 1 / p.
    assert ratio.mean() == pytest.approx(1, abs=0.005)
    assert ratio.var() == pytest.approx(1 / 6.25, rel=0.03)
    often = purchases.groupby("customer_id")["amount"].agg(["size", "mean"])
    assert abs(np.corrcoef(often["size"], often["mean"])[0, 1]) < 0.02


def test_rows_are_ordered_and_within_the_observation():
    purchases, latent = make_transactions(5000, seed=2, truth=True)
    pd.testing.assert_frame_equal(
        purchases[["customer_id", "date"]],
        purchases[["customer_id", "date"]].sort_values(["customer_id", "date"]),
    )
    end = pd.Timestamp("2024-01-01") + pd.Timedelta(weeks=78)
    assert purchases["date"].between("2024-01-01", end).all()
    first = purchases.groupby("customer_id")["date"].min() - pd.Timestamp("2024-01-01")
    np.testing.assert_allclose(
        first.dt.total_seconds() / 604_800, latent["start_week"], atol=1 / 604_800
    )
    assert (purchases["amount"] >= 0.01).all()


def test_same_seed_same_rows_and_more_customers_change_nobody():
    few, more = make_transactions(300, seed=4), make_transactions(BLOCK + 300, seed=4)
    pd.testing.assert_frame_equal(few, make_transactions(300, seed=4))
    pd.testing.assert_frame_equal(few, more[more["customer_id"] < 300])
    assert not few.equals(make_transactions(300, seed=5))


def test_content_depends_neither_on_threads_nor_on_going_through_a_file(tmp_path):
    size = 2 * BLOCK + 100
    alone = make_transactions(size, seed=3, weeks=20)
    pd.testing.assert_frame_equal(alone, make_transactions(size, seed=3, weeks=20, workers=3))
    pytest.importorskip("pyarrow")
    for workers in (1, 2):
        path = tmp_path / f"{workers}.parquet"
        written, latent = make_transactions(
            size, seed=3, weeks=20, path=path, workers=workers, truth=True
        )
        assert written == path
        assert len(latent) == size
        pd.testing.assert_frame_equal(alone, pd.read_parquet(path))
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()


def test_an_interrupted_file_leaves_nothing_behind(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    from ckmlab.datasets.generators import transactions

    def interrupted(number, *args, **kwargs):
        if number == 1:
            raise KeyboardInterrupt
        return draw(number, *args, **kwargs)

    draw = transactions.draw_block
    monkeypatch.setattr(transactions, "draw_block", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make_transactions(2 * BLOCK, seed=1, path=tmp_path / "x.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_cannot_be_is_named(tmp_path):
    pytest.importorskip("pyarrow")
    with pytest.raises(FileNotFoundError, match=r"there is no folder .*nowhere; make it"):
        make_transactions(10, seed=1, path=tmp_path / "nowhere" / "x.parquet")
    with pytest.raises(IsADirectoryError, match="is a folder; give the name of a file"):
        make_transactions(10, seed=1, path=tmp_path)


@pytest.mark.parametrize(
    "parameters", [{"a": 1e-3, "b": 1e-3}, {"r": 1e-3}, {"r": 1e3, "alpha": 1e3}, {"alpha": 1e6}]
)
@pytest.mark.parametrize("model", ["BG/NBD", "MBG/NBD"])
def test_extreme_parameters_give_sound_rows(model, parameters):
    purchases = make_transactions(2000, seed=1, model=model, parameters=parameters)
    assert purchases["customer_id"].nunique() == 2000
    assert purchases.notna().all(axis=None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n_customers": 0}, "n_customers is 0; it must be at least 1"),
        ({"n_customers": 2.5}, "n_customers is 2.5"),
        ({"seed": -1}, "seed is -1"),
        ({"model": "BGNBD"}, "model is 'BGNBD'; give one of"),
        ({"parameters": {"s": 1}}, r"parameters has \['s'\], which this model lacks"),
        ({"parameters": {"r": -1}}, r"parameters\['r'\] is -1; it must be a finite number above 0"),
        ({"parameters": {"r": float("nan")}}, "missing .NaN.; give a number"),
        ({"spend": {"p": 0}}, r"spend\['p'\] is 0"),
        ({"weeks": 12}, "acquisition_weeks is 12, but"),
        ({"start": "soon"}, "start is 'soon'; give a date"),
        ({"start": "2024-01-01T00:00+01:00"}, "without a time zone"),
        ({"parameters": {"alpha": 1e-6}}, "1.9e.07 purchases a customer; give alpha in weeks"),
        ({"workers": 0}, "workers is 0"),
    ],
)
def test_impossible_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        make_transactions(**{"n_customers": 10, "seed": 1, **arguments})


# The first digits of sha256 over the three columns' values as CSV, for 1000 customers and seed 11:
# the same purchases on every machine, for ever. A new digest needs a new stream version.
PINNED = {
    "BG/NBD": "fffbcaa2ef801308",
    "MBG/NBD": "e43efed5b3060dc8",
    "Pareto/NBD": "f25e74b8dc038312",
}


@pytest.mark.parametrize("model", PINNED)
def test_purchases_are_pinned(model):
    text = make_transactions(1000, seed=11, model=model).to_csv(index=False, lineterminator="\n")
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == PINNED[model]
