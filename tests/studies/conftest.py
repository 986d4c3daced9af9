from importlib.resources import files

import pandas as pd
import pytest

BLOCKS = {
    "image": [f"IMAG{i}" for i in range(1, 6)],
    "expectation": [f"CUEX{i}" for i in range(1, 4)],
    "quality": [f"PERQ{i}" for i in range(1, 8)],
    "value": ["PERV1", "PERV2"],
    "satisfaction": ["CUSA1", "CUSA2", "CUSA3"],
    "complaints": ["CUSCO"],
    "loyalty": ["CUSL1", "CUSL2", "CUSL3"],
}
PATHS = {
    "expectation": ["image"],
    "quality": ["expectation"],
    "value": ["expectation", "quality"],
    "satisfaction": ["image", "expectation", "quality", "value"],
    "complaints": ["satisfaction"],
    "loyalty": ["image", "satisfaction", "complaints"],
}


@pytest.fixture(scope="session")
def ecsi_items():
    """Item correlations of the mobile-phone satisfaction index, 24 × 24, five decimals."""
    path = files("ckmlab.studies") / "satisfaction_index_items.csv"
    return pd.read_csv(path, index_col="item")


@pytest.fixture(scope="session")
def ecsi_model():
    return {"blocks": BLOCKS, "paths": PATHS}
