"""The data card that lies beside every saved company."""

from importlib.resources import files

from ckmlab.datasets.package import DATA_VERSION
from ckmlab.datasets.traps import TRAPS

__all__ = ["write_card"]

_SCENARIOS = {
    "contract": "consumers and small firms with yearly contracts",
    "accounts": "mostly business accounts with yearly contracts",
    "donors": "donors, who have no contract and give at most once a year",
}


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
    template = files("ckmlab.datasets").joinpath("card.md").read_text(encoding="utf-8")
    findings = files("ckmlab.datasets").joinpath("findings.md").read_text(encoding="utf-8")
    path.write_text(
        template.format(
            scenario=company.scenario.name,
            market=_SCENARIOS[company.scenario.market],
            seed=company.seed,
            n=company.n_customers,
            version=DATA_VERSION,
            tables=tables,
            traps=traps or "None.",
            findings=findings.strip(),
        ),
        encoding="utf-8",
        newline="\n",
    )
