"""Making good and renewal in a company whose truth is known, and whose traps are all off."""

import pandas as pd
import pytest

from ckmlab.datasets import make_company
from ckmlab.value.engagement import treatment_effect

KNOWN = ["segment", "acquisition"]


def first_year(company):
    """Customers who spoke up in year 1: all their problems made good, or none; and renewal."""
    problems = company.truth.table("problems")
    voiced = problems[(problems["period"] == 1) & problems["voiced"]]
    spoke = voiced.groupby("customer_id").agg(
        problems=("recovered", "size"), good=("recovered", "sum"), severity=("severity", "sum")
    )
    spoke = spoke[(spoke["good"] == 0) | (spoke["good"] == spoke["problems"])]
    contracts = company.contracts.sort_values("renewal_no").drop_duplicates("customer_id")
    renewed = contracts.set_index("customer_id")["renewed"]
    customers = company.customers.set_index("customer_id")[KNOWN]
    frame = spoke.join(customers).join(renewed).dropna(subset="renewed")
    return frame.assign(recovered=frame["good"] > 0, renewed=frame["renewed"].astype(bool))


@pytest.fixture(scope="module")
def estimates():
    found = []
    for seed in range(1, 6):
        company = make_company(3000, seed=seed, scenario="honest")
        effect = treatment_effect(
            first_year(company).reset_index(),
            outcome="renewed",
            treatment="recovered",
            covariates=["problems", "severity", *KNOWN],
        )
        found.append((effect, company.truth["recovery_effect"]))
    return found


def test_doubly_robust_covers_the_truth_where_causes_are_recorded(estimates):
    assert sum(effect.covers(truth) for effect, truth in estimates) >= 4
    errors = pd.Series([effect.error(truth) for effect, truth in estimates])
    assert abs(errors.mean()) < 0.05  # of a truth of about .27
