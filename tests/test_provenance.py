"""Where a number comes from is said in full: an altered company cannot pass for another."""

import numpy as np

import ckmlab
from ckmlab.datasets import make_company


def test_versions_and_platform():
    facts = ckmlab.provenance()
    assert facts["numpy"] == np.__version__ and facts["platform"]
    assert "company's seed" not in facts


def test_a_company_is_named_with_seed_knobs_and_digest():
    company = make_company(50, seed=1, capture=0.9)
    facts = ckmlab.provenance(company)
    assert facts["company's seed"] == 1 and facts["company's customers"] == 50
    assert facts["company's scenario"] == "Scenario('classic', capture=0.9)"
    plain = ckmlab.provenance(make_company(50, seed=1, scenario="honest"))
    assert plain["company's scenario"] == "honest"
    assert facts["company's digest"] == f"sha256:{company.digest()[:16]}"


def test_the_digest_tells_companies_apart_and_outlives_a_file(tmp_path):
    company = make_company(50, seed=1)
    assert company.digest() != make_company(50, seed=1, capture=0.9).digest()
    company.save(tmp_path / "firm")
    assert ckmlab.datasets.load_company(tmp_path / "firm").digest() == company.digest()
