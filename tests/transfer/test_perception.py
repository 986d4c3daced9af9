import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from ckmlab.transfer import driver_distance, driver_weights, perception_gap

DRIVERS = ["price", "care", "network"]


def answers(seed, weights, n=3000):
    rng = np.random.default_rng(seed)
    x = pd.DataFrame(rng.normal(size=(n, 3)) * [1, 5, 0.1], columns=DRIVERS)
    z = (x / [1, 5, 0.1]).to_numpy()
    return x.assign(loyal=z @ np.array(weights) + 0.3 * rng.normal(size=n))


def test_managers_who_think_too_well():
    assert perception_gap([8, 9, 8, 9], [5, 6, 7, 6, 5, 6]).low > 0


def test_weights_do_not_depend_on_units_and_equal_statsmodels():
    table = answers(1, [0.6, 0.3, 0.1])
    z = (table - table.mean()) / table.std()
    peer = sm.OLS(z.loyal, z[DRIVERS]).fit()
    weights = driver_weights(table, "loyal", DRIVERS)
    assert weights.weight.tolist() == pytest.approx(peer.params.tolist())
    cents = driver_weights(table.assign(price=table.price * 100), "loyal", DRIVERS)
    assert cents.weight.tolist() == pytest.approx(weights.weight.tolist())


def test_distance_of_opposite_minds():
    # shares (.6, .3, .1) and (.1, .3, .6) are one half apart
    apart = driver_distance(
        answers(1, [0.6, 0.3, 0.1]), answers(2, [0.1, 0.3, 0.6]), "loyal", DRIVERS
    )
    assert apart.value == pytest.approx(0.5, abs=0.03)
    alike = driver_distance(
        answers(3, [0.6, 0.3, 0.1]), answers(4, [0.6, 0.3, 0.1]), "loyal", DRIVERS
    )
    assert alike.value < 0.03


def test_clear_errors():
    table = answers(1, [1, 0, 0], n=4)
    with pytest.raises(ValueError, match="too few"):
        driver_weights(table, "loyal", DRIVERS)
    with pytest.raises(ValueError, match=r"\['price'\] do not vary"):
        driver_weights(answers(1, [1, 0, 0]).assign(price=1), "loyal", DRIVERS)
    with pytest.raises(ValueError, match="at least two"):
        perception_gap([1], [1, 2])
