"""The data card that lies beside every saved company."""

from ckmlab.datasets.package import DATA_VERSION
from ckmlab.datasets.traps import TRAPS

__all__ = ["write_card"]

_CARD = """\
# Kestrel ({scenario}, seed {seed}, {n:,} customers)

**What.** The tables of a fictional regional telecom operator: customers, staff, contacts, the
knowledge store and more, over eight contract years. All persons, firms and texts are invented by
a program. Version {version}.

**Why.** To teach and to test the measurement of customer knowledge: every concept of the CKM
literature leaves a trace in a table, statistical traps are planted on purpose, and the truth is
known. `company.truth` gives it; none of it stands in these files.

**How made.** `ckmlab.datasets.make_company({n}, seed={seed}, scenario="{scenario}")`. One chain of
causes: satisfaction drives problems, renewal, answers and referrals; what is captured, organized,
shared, transferred and published drives how problems end, and so satisfaction.

**Files.** One CSV per table (UTF-8, comma, `\\n`, ISO dates, empty = missing), described in
`datapackage.json` (Frictionless Data Package 2: types, constraints, keys, sha256).

| table | rows | columns |
|---|---:|---|
{tables}

## Traps that are set

{traps}

## Limits

It is a model, not a market: no real firm's rates follow from it. Parameters are taken from the
literature where it gives them and chosen by us where it does not. Effects are additive and simple
on purpose. Do not use it to decide about real customers.

## Licence and citation

CC0 1.0: do with it what you like. Please cite ckmlab (see `CITATION.cff` in the project) with
version, seed and scenario.
"""


def write_card(company, path):
    """Write the data card of a company.

    Parameters
    ----------
    company : Company
        What to describe.
    path : pathlib.Path
        The Markdown file.
    """
    tables = "\n".join(
        f"| {name} | {len(table):,} | {', '.join(table.columns)} |"
        for name, table in company.tables.items()
    )
    set_now = company.scenario.traps_set
    traps = "\n".join(
        f"* **{name}**. *Naive:* {TRAPS[name].naive} *Truth:* {TRAPS[name].truth} "
        f"*Remedy:* {TRAPS[name].remedy}"
        for name in set_now
    )
    path.write_text(
        _CARD.format(
            scenario=company.scenario.name,
            seed=company.seed,
            n=company.n_customers,
            version=DATA_VERSION,
            tables=tables,
            traps=traps or "None.",
        ),
        encoding="utf-8",
    )
