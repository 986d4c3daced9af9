"""Same seed, same bytes: digests of small companies, districts, and the shipped data."""

import hashlib
import json
import warnings

import pandas as pd
import pytest

from ckmlab.datasets import Company, load_company, make_company, scenarios
from ckmlab.datasets.folder import shipped_folder
from ckmlab.datasets.ship import CANONICAL, croissant_of_published, ship

# A digest that changes means a new version of the data (ckmlab.datasets.package.DATA_VERSION),
# a new entry in the changelog and `make data`; never a silent new digest.
DIGESTS = {
    "classic": "6d2375abd4a278f0",
    "honest": "6cab9f8fae58188a",
    "hard": "106ee5a04ea57741",
    "b2b": "5e62fef8670c849e",
    "nonprofit": "022eaba2f614714d",
}


# What has joined since version 1.0.0, and the digests of that version, which must stay for ever.
JOINED_TABLES = {"products"}
JOINED_COLUMNS = {
    "interactions": ["item_existed"],
    "knowledge_items": ["nature_coded"],
    "forum": ["period"],
}
JOINED_ANSWERS = {"share_attitudinal", "reinvention_rate"}
FIRST_DIGESTS = {
    "classic": "f401d4f007e43d1b",
    "honest": "f1b60f1072b3d6bc",
    "hard": "16a8faf70449ddfa",
    "b2b": "e4dca59e36e0cb62",
    "nonprofit": "513d8493e9d8cc3d",
}
FIRST_TRUTHS = {
    "classic": "26836822bd30c0a9",
    "honest": "55681af47104e41b",
    "hard": "29d79241a1f71f4d",
    "b2b": "26e36e8942de8f1b",
    "nonprofit": "6e2741cec2b7b8f4",
}

# The same for the answer sheets: a changed truth is noticed even if no table changes.
TRUTHS = {
    "classic": "dfb2eefdcd3ef2d8",
    "honest": "fa7466f13dabd96e",
    "hard": "95a3803a629f0cd0",
    "b2b": "d0e351b54db0aacb",
    "nonprofit": "b485677a960f204e",
}


def truth_digest(company, without=()):
    """One digest over the answers that need no second simulation, to six digits."""
    names = [
        name for name in company.truth if not name.startswith("effect_") and name not in without
    ]
    sheet = ";".join(f"{name}={company.truth[name]:.6g}" for name in names)
    return hashlib.sha256(sheet.encode()).hexdigest()[:16]


def digest(company):
    """The first digits of the digest over the CSV text of all public tables."""
    return company.digest()[:16]


@pytest.mark.parametrize("scenario", scenarios)
def test_small_companies_are_pinned(scenario):
    company = make_company(150, seed=7, scenario=scenario)
    assert digest(company) == DIGESTS[scenario]
    assert truth_digest(company) == TRUTHS[scenario]


@pytest.mark.parametrize("scenario", scenarios)
def test_what_joined_later_changed_nothing_that_was_there(scenario):
    company = make_company(150, seed=7, scenario=scenario)
    tables = {
        name: table.drop(columns=JOINED_COLUMNS.get(name, []))
        for name, table in company.tables.items()
        if name not in JOINED_TABLES
    }
    assert digest(Company(tables, company._recipe)) == FIRST_DIGESTS[scenario]
    assert truth_digest(company, without=JOINED_ANSWERS) == FIRST_TRUTHS[scenario]


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


def test_the_published_tables_are_described_in_croissant_too():
    folder = shipped_folder("published")
    written = (folder / "croissant.json").read_text(encoding="utf-8")
    assert written == croissant_of_published(folder.parent)
    for file in json.loads(written)["distribution"]:
        content = (folder / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies' deprecations
        mlcroissant = pytest.importorskip("mlcroissant", reason="needs mlcroissant, from 'dev'")
        dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
        records = list(dataset.records("contract-retention"))
    assert dataset.metadata.issues.report() == ""
    assert [record["contract-retention/year"] for record in records] == list(range(13))


def test_the_croissant_description_is_valid_and_reads_the_files():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies' deprecations
        mlcroissant = pytest.importorskip("mlcroissant", reason="needs mlcroissant, from 'dev'")
        dataset = mlcroissant.Dataset(str(shipped_folder("kestrel") / "croissant.json"))
        records = list(dataset.records("products"))
    assert dataset.metadata.issues.report() == ""
    shipped = load_company().products
    assert [record["products/product_id"] for record in records] == shipped["product_id"].tolist()
    assert [record["products/launched"] for record in records] == shipped["launched"].tolist()
