"""Published tables: digests, schemas, and figures that other people printed about them."""

import hashlib
import importlib.util
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ckmlab.datasets.published import (
    load_cdnow,
    load_contract_retention,
    load_donations,
    load_ecsi,
)

FOLDER = Path(__file__).parents[2] / "datasets" / "published"
DESCRIPTION = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))

has_lifetimes = pytest.mark.skipif(
    importlib.util.find_spec("lifetimes") is None, reason="the CDNOW files come with lifetimes"
)


@pytest.mark.parametrize("resource", DESCRIPTION["resources"], ids=lambda entry: entry["name"])
def test_files_are_the_described_ones(resource):
    content = (FOLDER / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["bytes"] == len(content)
    assert b"\r" not in content
    header = content.split(b"\n")[0].decode().split(",")
    assert header == [field["name"] for field in resource["schema"]["fields"]]


def test_every_file_is_described():
    described = {resource["path"] for resource in DESCRIPTION["resources"]}
    assert described == {path.name for path in FOLDER.glob("*.csv")}


def test_frictionless_finds_the_package_valid():
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_donations():
    table = load_donations()
    assert len(table) == 22
    assert table["donors"].sum() == 11_104  # Fader, Hardie & Shang (2010)
    assert (table["recency"] >= table["frequency"]).all()


@has_lifetimes
def test_donations_are_those_of_the_peer_package():
    spec = importlib.util.find_spec("lifetimes")
    path = Path(spec.submodule_search_locations[0], "datasets", "donations.csv")
    np.testing.assert_array_equal(load_donations(), pd.read_csv(path))


def test_contract_retention():
    table = load_contract_retention()
    # Fader & Hardie (2007): retention rates rise from .631 to .945 among the regular customers.
    rates = table["regular"].to_numpy()[1:] / table["regular"].to_numpy()[:-1]
    assert rates[0] == pytest.approx(0.631)
    assert rates[-1] == pytest.approx(0.945, abs=5e-4)
    assert table["year"].tolist() == list(range(13))


def test_ecsi_matrices_are_correlations():
    ecsi = load_ecsi()
    for matrix in (ecsi.constructs, ecsi.item_correlations):
        assert (matrix.index == matrix.columns).all()
        np.testing.assert_array_equal(matrix, matrix.T)
        np.testing.assert_array_equal(np.diag(matrix), 1)
        assert np.linalg.eigvalsh(matrix).min() > 0


def test_ecsi_paths_follow_from_the_construct_correlations():
    # Partial least squares paths are standardised least squares on the construct scores.
    ecsi = load_ecsi()
    for target, paths in ecsi.paths.groupby("target"):
        sources = paths["source"].tolist()
        among, onto = ecsi.constructs.loc[sources, sources], ecsi.constructs.loc[sources, target]
        # To the rounding of the correlations: four decimals in, three or more out.
        np.testing.assert_allclose(np.linalg.solve(among, onto), paths["estimate"], atol=3e-4)


@pytest.mark.parametrize(
    ("construct", "printed"),
    [("image", 0.714), ("expectation", 0.433), ("value", 0.817), ("satisfaction", 0.770)],
)
def test_ecsi_alpha_follows_from_items(construct, printed):
    # Dossier R2: alpha computed on the raw answers.
    ecsi = load_ecsi()
    items = ecsi.items.index[ecsi.items["construct"] == construct]
    sd = ecsi.items.loc[items, "sd"].to_numpy()
    covariance = ecsi.item_correlations.loc[items, items].to_numpy() * np.outer(sd, sd)
    k = len(items)
    alpha = k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())
    assert alpha == pytest.approx(printed, abs=6e-4)


@has_lifetimes
@pytest.mark.parametrize(
    ("part", "customers", "rows"), [("sample", 2357, 6919), ("master", 23_570, 69_659)]
)
def test_cdnow(part, customers, rows):
    purchases = load_cdnow(part)
    assert (purchases["customer_id"].nunique(), len(purchases)) == (customers, rows)
    assert purchases["date"].min() == pd.Timestamp("1997-01-01")
    assert purchases["date"].max() == pd.Timestamp("1998-06-30")
    # The cohort: everybody's first purchase falls into the first quarter of 1997.
    assert purchases.groupby("customer_id")["date"].min().max() <= pd.Timestamp("1997-03-31")


def test_cdnow_from_a_path(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text(" 00004 0001 19970101  2   29.33\r\n", encoding="ascii")
    assert load_cdnow(path=path).values.tolist() == [[1, pd.Timestamp("1997-01-01"), 2, 29.33]]


def test_cdnow_missing_package_or_file(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FileNotFoundError, match="pip install 'ckmlab"):
        load_cdnow()
    with pytest.raises(FileNotFoundError, match="give the path of CDNOW_sample"):
        load_cdnow(path=tmp_path / "none.txt")


def test_cdnow_wrong_file_or_part(tmp_path):
    path = tmp_path / "master.txt"
    path.write_text(" 00001 19970101  1   11.77\n", encoding="ascii")
    with pytest.raises(ValueError, match=r"is not CDNOW's sample: row 0 has not the 5 columns"):
        load_cdnow(path=path)
    with pytest.raises(ValueError, match="part is 'tenth'; choose one of"):
        load_cdnow("tenth")
