"""The published data: CDNOW and the donations ship as files inside the lifetimes package."""

import importlib
import importlib.util
import warnings
from pathlib import Path

import pandas as pd
import pytest


def resource(name):
    spec = importlib.util.find_spec("lifetimes")
    if spec is None:
        pytest.skip("the data sets come with the lifetimes package (extra 'peers')")
    return Path(spec.submodule_search_locations[0]) / "datasets" / name


@pytest.fixture(scope="session")
def cdnow():
    """2,357 customers of the CDNOW 1/10 sample, 39 weeks of calibration."""
    return pd.read_csv(resource("cdnow_customers_summary.csv"))


@pytest.fixture(scope="session")
def cdnow_spend():
    """The same customers with the mean value of their repeat purchases (cdnow, 2,357 rows)."""
    frame = pd.read_csv(resource("cdnow_customers_summary_with_transactions.csv"))
    return frame.rename(columns={"x": "frequency", "zbar": "monetary_value", "t_x": "recency"})


@pytest.fixture(scope="session")
def donations():
    """Fader, Hardie & Shang (2010): 11,104 donors, six yearly occasions."""
    return pd.read_csv(resource("donations.csv"))


@pytest.fixture(scope="session")
def peer():
    """The lifetimes package, which warns on import under today's libraries."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("lifetimes")
