"""Same seed, same bytes: digests of small companies, districts, and the shipped data."""

import hashlib
import importlib.util
import json
import warnings

import pandas as pd
import pytest

from ckmlab.datasets import make_company, scenarios
from ckmlab.datasets.dictionary import columns_of
from ckmlab.datasets.folder import as_text, shipped_folder
from ckmlab.datasets.ship import CANONICAL, ship

# A digest that changes means a new version of the data (ckmlab.datasets.package.DATA_VERSION),
# a new entry in the changelog and `make data`; never a silent new digest.
DIGESTS = {
    "classic": "cf724ca521ff9b82",
    "honest": "d75cb89509ac9d68",
    "hard": "e2df4eb5b7d5725c",
    "b2b": "57355b7a74277e5a",
    "nonprofit": "c8b73b9c6a2a2639",
}


def digest(company):
    """One digest over the CSV text of all public tables."""
    sha = hashlib.sha256()
    for name, table in company.tables.items():
        sha.update(as_text(table, columns_of(name)).to_csv(index=False).encode())
    return sha.hexdigest()[:16]


@pytest.mark.parametrize("scenario", scenarios)
def test_small_companies_are_pinned(scenario):
    assert digest(make_company(150, seed=7, scenario=scenario)) == DIGESTS[scenario]


def test_another_seed_gives_another_company():
    assert digest(make_company(150, seed=8)) != DIGESTS["classic"]


def test_a_trap_changes_only_what_it_touches():
    classic = make_company(300, seed=3)
    without = make_company(300, seed=3, nonresponse=False)
    same = [name for name, table in classic.tables.items() if table.equals(without.tables[name])]
    assert set(classic.tables) - set(same) == {"surveys"}


def test_a_district_does_not_depend_on_its_neighbours():
    alone, together = make_company(6000, seed=4), make_company(6060, seed=4)
    for name in ("customers", "interactions", "surveys"):
        first = together.tables[name].iloc[: len(alone.tables[name])]
        pd.testing.assert_frame_equal(first, alone.tables[name])
    assert together.customers["customer_id"].is_unique
    assert together.interactions["interaction_id"].is_unique
    assert len(together.campaigns) == len(alone.campaigns)


def test_the_shipped_company_is_what_the_generator_makes(tmp_path):
    made, shipped = ship(tmp_path), shipped_folder("kestrel")
    assert {path.name for path in made.iterdir()} == {path.name for path in shipped.iterdir()}
    for path in made.iterdir():
        assert path.read_bytes() == (shipped / path.name).read_bytes(), path.name


def test_the_shipped_company_is_small_enough_to_read():
    sizes = [path.stat().st_size for path in shipped_folder("kestrel").iterdir()]
    assert max(sizes) < 1_500_000 and sum(sizes) < 4_500_000
    assert CANONICAL["seed"] == 2002


def test_a_saved_company_is_valid_frictionless(tmp_path):
    """Types, constraints, primary and foreign keys; the shipped company has the same schema."""
    frictionless = pytest.importorskip("frictionless", reason="needs frictionless, from 'dev'")
    folder = make_company(40, seed=7).save(tmp_path / "kestrel")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies' deprecations
        report = frictionless.Package(folder / "datapackage.json").validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])[:5]


def test_the_croissant_description_fits_the_files():
    folder = shipped_folder("kestrel")
    described = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    for file in described["distribution"]:
        content = (folder / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
    for records in described["recordSet"]:
        header = (folder / f"{records['name']}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert [field["name"] for field in records["field"]] == header.split(",")


@pytest.mark.skipif(
    importlib.util.find_spec("mlcroissant") is None, reason="needs mlcroissant (heavy, optional)"
)
def test_the_croissant_description_is_valid():
    import mlcroissant

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = mlcroissant.Dataset(str(shipped_folder("kestrel") / "croissant.json"))
    assert dataset.metadata.issues.report() == ""
