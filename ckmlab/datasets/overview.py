"""What one page says about a company: sizes, links and a few distributions."""

import pandas as pd

__all__ = ["summarise"]

_ROOMS = {
    "Customers, purchases": (
        "customers", "contracts", "products", "transactions", "referrals", "identities",
    ),
    "Campaign, lead, offer": ("campaigns", "contacts", "leads", "offers", "exports"),
    "Service, complaint": (
        "employees", "interactions", "complaints", "need_rankings", "beliefs", "quiz",
    ),
    "The customers' voice": (
        "surveys", "forum", "ideas", "initiatives", "interviews", "transcripts",
    ),
    "The knowledge store": (
        "knowledge_items", "codings", "queries", "articles", "access_log", "policies",
    ),
}  # fmt: skip


def summarise(company):
    """Count what the overview shows; nothing of it comes from the truth.

    Parameters
    ----------
    company : Company
        The company.

    Returns
    -------
    dict of str to DataFrame or Series
        ``tables`` (table, room, rows, links), ``customers`` (by year), ``channels``, ``types``,
        ``scores`` (shares).
    """
    return {
        "tables": _tables(company),
        "customers": _customers_by_year(company),
        "channels": company.interactions["channel"].value_counts(normalize=True),
        "types": company.knowledge_items["ktype_coded"].value_counts(normalize=True).sort_index(),
        "scores": _scores(company),
    }


def _tables(company):
    keys = company.dictionary.query("key.str.contains('.', regex=False)")
    targets = keys["key"].str.removeprefix("primary; ").str.split(".").str[0]
    links = targets.groupby(keys["table"]).agg(lambda names: sorted(set(names)))
    rows = [
        (name, room, len(company.tables[name]), [t for t in links.get(name, []) if t != name])
        for room, names in _ROOMS.items()
        for name in names
    ]
    return pd.DataFrame(rows, columns=["table", "room", "rows", "links"])


def _customers_by_year(company):
    """Customers at the start of each contract year; donors, who have none, by gifts."""
    if len(company.contracts):
        return company.contracts.groupby("renewal_no").size().rename_axis("year")
    year = company.transactions["date"].dt.year
    givers = company.transactions.groupby(year - year.min())["customer_id"].nunique()
    return givers.rename_axis("year")


def _scores(company):
    scores = company.surveys.query("wave == 1")["nps"].dropna().astype(int)
    return scores.value_counts(normalize=True).reindex(range(11), fill_value=0.0)
