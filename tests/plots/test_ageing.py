import pandas as pd
import pytest

from ckmlab import organize, plots

DAYS = pd.to_datetime(["2022-01-01", "2023-01-01", "2024-05-01", "2024-06-01", "2025-01-01"])
ITEMS = pd.DataFrame({"created_at": DAYS, "valid_until": DAYS + pd.Timedelta(days=600)})


def test_stale_items_stand_on_the_right_and_are_counted():
    bands = organize.age_bands(ITEMS, "2024-07-01", half_life=180)
    fig = plots.age_pyramid(bands, half_life=180)
    widths = [bar.get_width() for bar in fig.axes[0].patches]
    assert -sum(width for width in widths if width < 0) == 3
    assert sum(width for width in widths if width > 0) == 1
    before = ITEMS[ITEMS["created_at"] < "2024-07-01"]
    share = organize.stale_share(before, "2024-07-01")
    assert fig.title.startswith(f"{100 * float(share):.0f} % of the items are past their date")


def test_bands_without_items_are_refused():
    bands = organize.age_bands(ITEMS, "2024-07-01", half_life=180)
    with pytest.raises(ValueError, match="no item in any band"):
        plots.age_pyramid(bands.assign(valid=0, past=0), half_life=180)
