"""Print how far naive estimates miss and remedies hit, over seeds and two scenarios.

    python benchmarks/company_traps.py [seeds]

In ``honest`` the naive (textbook) estimates are right about as often as they claim; in
``classic`` they miss in the direction that the trap's description says, and the remedy recovers
the truth. ``ckmlab/datasets/findings.md``, which every data card quotes, holds this table.
"""

import sys

import numpy as np
from tqdm.auto import tqdm
from trap_drift import drift, retrained
from trap_estimators import ESTIMATORS

from ckmlab.datasets import Company, make_company

SEEDS = 40


class Study(Company):
    """A company together with the same firm elsewhere, from which published rates come."""

    def elsewhere(self):
        return make_company(self.n_customers, seed=self.seed + 10_000, scenario=self.scenario)


def study(seed, scenario):
    company = make_company(seed=seed, scenario=scenario)
    return Study(company.tables, company._recipe, sealed=company._sealed)


def run(seeds, scenario):
    """Estimates by trap: an array with a row per seed (truth, then value, low, high twice)."""
    estimators = ESTIMATORS | {"drift": drift, "drift, after retraining": retrained}
    results = {name: [] for name in estimators}
    for seed in tqdm(range(seeds), desc=scenario, file=sys.stderr):
        company = study(seed, scenario)
        for name, estimator in estimators.items():
            truth, naive, remedy = estimator(company)
            results[name].append([truth, *naive, *remedy])
    return {name: np.array(rows, dtype=float) for name, rows in results.items()}


def line(name, rows):
    """One line of the table: means, standard deviation over seeds, share of intervals that hit."""
    truth = rows[:, 0]
    cells = [number(truth.mean())]
    for first in (1, 4):
        value, low, high = rows[:, first : first + 3].T
        cells.append(f"{number(value.mean())} ± {number(value.std(ddof=1))}")
        hit = (low <= truth) & (truth <= high)
        cells.append("–" if np.isnan(low).all() else f"{100 * hit.mean():.0f} %")
    return f"| {name} | " + " | ".join(cells) + " |"


def number(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


if __name__ == "__main__":
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    for scenario in ("honest", "classic"):
        print(f"\n### {scenario}, {seeds} seeds, 6,000 customers\n")
        print("| trap | truth | naive | 95 % intervals that hit | remedy | that hit |")
        print("|---|---:|---:|---:|---:|---:|")
        for name, rows in run(seeds, scenario).items():
            print(line(name, rows), flush=True)
