import numpy as np
import pandas as pd
import pytest

from ckmlab.capture import capture_rate, cost_per_item, effort_by, minutes_per_item


def test_discarded_work_counts():
    assert minutes_per_item([30, 30], [1, 0]).value == 60
    assert cost_per_item([30, 30], [1, 0], hourly_rate=50).value == pytest.approx(50)


def test_interval_covers_the_ratio():
    rng, hits = np.random.default_rng(9), 0
    for _ in range(400):
        minutes = rng.gamma(4, 10, 120)
        hits += minutes_per_item(minutes, rng.random(120) < 0.5).covers(80)
    assert 0.91 < hits / 400 < 0.99


def test_groups_cheapest_first_and_fruitless_last():
    work = pd.DataFrame(
        {
            "channel": ["visit", "chat", "chat", "forum"],
            "minutes": [60, 10, 20, 5],
            "validated": [1, 1, 1, 0],
        }
    )
    table = effort_by(work, "channel")
    assert table.channel.tolist() == ["chat", "visit", "forum"]
    assert table.minutes_per_item.iloc[-1] == np.inf


def test_clear_errors():
    with pytest.raises(ValueError, match="endless"):
        minutes_per_item([10], [0])
    with pytest.raises(ValueError, match="cannot be negative"):
        minutes_per_item([-10], [1])
    with pytest.raises(ValueError, match="exceeds its whole"):
        capture_rate(5, 4)
