import pandas as pd
import pytest

from ckmlab import organize, plots

DAYS = pd.to_datetime(["2022-01-01", "2023-01-01", "2024-05-01", "2024-06-01", "2025-01-01"])
ITEMS = pd.DataFrame({"created_at": DAYS, "valid_until": DAYS + pd.Timedelta(days=600)})


def test_stale_items_stand_on_the_right_and_are_counted():
    fig = plots.age_pyramid(ITEMS, "2024-07-01", half_life=180)
    widths = [bar.get_width() for bar in fig.axes[0].patches]
    assert -sum(width for width in widths if width < 0) == 3
    assert sum(width for width in widths if width > 0) == 1
    before = ITEMS[ITEMS["created_at"] < "2024-07-01"]
    share = organize.stale_share(before, "2024-07-01")
    assert fig.title.startswith(f"{100 * float(share):.0f} % of the items are past their date")


def test_a_day_before_the_first_item_is_refused():
    with pytest.raises(ValueError, match="no item exists on 2020-01-01"):
        plots.age_pyramid(ITEMS, "2020-01-01", half_life=180)
