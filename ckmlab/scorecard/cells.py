"""What stands in the cells of the comparison: the computations behind the regimes' measures.

Each takes pandas frames of the columns it needs and returns a number or an Estimate.
"""

import numpy as np
import pandas as pd

from ckmlab.arguments import as_numbers, clean_numbers
from ckmlab.intervals import difference, mean, proportion, ratio
from ckmlab.results import Estimate

__all__ = [
    "answers_before_renewal",
    "base_margin",
    "complement",
    "lift",
    "of_customers",
    "promoters",
    "retention_ratio",
    "revenue_retention",
    "satisfaction_gain",
    "share",
    "time_ratio",
    "value_per_customer",
    "vitality",
]


def share(flags):
    """Share of the rows in which a flag is set."""
    return proportion(int(as_numbers(flags.name, flags).fillna(0).astype(bool).sum()), len(flags))


def complement(share):
    """What is left of a share."""
    return Estimate(
        1 - share.value, 1 - share.high, 1 - share.low, n=share.n, method=f"1 - {share.method}"
    )


def retention_ratio(costs):
    """Cost of a margin-year saved by retention over one won by acquisition."""
    totals = costs.groupby("purpose")[["cost", "margin_years"]].sum()
    if not {"retention", "acquisition"} <= set(totals.index):
        raise ValueError("costs.purpose must hold both 'retention' and 'acquisition'")
    each = totals.cost / totals.margin_years
    return each["retention"] / each["acquisition"]


def lift(leads):
    """Conversion among the tenth of the leads that a model likes best, over that of all."""
    best = leads.score_model.rank(pct=True) > 0.9
    return leads.converted[best].mean() / leads.converted.mean()


def time_ratio(interactions):
    """Median minutes of solved cases with a knowledge item, over those without."""
    solved = interactions[interactions.resolved.astype(bool)]
    used = solved.kb_item_id.notna()
    if used.all() or not used.any():
        raise ValueError("all or none of the solved cases have an item")
    return solved.duration_min[used].median() / solved.duration_min[~used].median()


def _yearly(transactions, contracts):
    """Transactions with their year, and the last year in which every customer was watched."""
    years = transactions.assign(year=transactions.date.dt.year)
    # Who renewed but has no next contract here was not watched any longer: what looks like a
    # loss of revenue in that year would be the end of the records.
    renewed = contracts[contracts.renewed.astype(bool)]
    following = contracts.assign(renewal_no=contracts.renewal_no - 1)
    key = ["customer_id", "renewal_no"]
    unseen = renewed.merge(following[key].drop_duplicates(), on=key, how="left", indicator=True)
    ends = [years.date.max(), unseen.end[unseen._merge == "left_only"].min()]
    last = pd.Series(ends).min()
    full = last.year if (last.month, last.day) >= (12, 25) else last.year - 1
    return years, full


def revenue_retention(transactions, contracts):
    """Revenue of last year's customers this year, over what they brought last year."""
    revenue = transactions.units * transactions.price
    years, full = _yearly(transactions.assign(revenue=revenue), contracts)
    before = years[years.year == full - 1].groupby("customer_id").revenue.sum()
    after = years[years.year == full].groupby("customer_id").revenue.sum()
    return ratio(after.reindex(before.index, fill_value=0), before, method="net revenue retention")


def base_margin(transactions, contracts):
    """Margin per active customer in the last full year."""
    years, full = _yearly(transactions, contracts)
    each = years[years.year == full].groupby("customer_id").margin.sum()
    return mean(each, method="margin per customer")


def promoters(surveys):
    """Net promoter score of the last wave's answers, -100 to 100."""
    scores = clean_numbers("nps", surveys.nps[surveys.wave == surveys.wave.max()])
    voice = np.where(scores >= 9, 100.0, np.where(scores <= 6, -100.0, 0.0))
    return mean(voice, within=(-100, 100), method="net promoter score")


def vitality(transactions, products, contracts):
    """Share of the last full year's revenue that comes from products younger than three years."""
    years, full = _yearly(transactions, contracts)
    sold = years[years.year == full].merge(products, on="product_id")
    revenue = sold.units * sold.price
    young = (sold.date - sold.launched).dt.days < 3 * 365.25
    return ratio(revenue * young, revenue, method="revenue from young products")


def value_per_customer(ideas, customers):
    """Realised value of the ideas of one's own customers, over all customers."""
    worth = ideas.groupby("customer_id").npv_realised.sum()
    return mean(customers.customer_id.map(worth).fillna(0), method="value of ideas per customer")


def satisfaction_gain(complaints, interactions):
    """Share satisfied after a complaint handled with a knowledge item, less without."""
    both = complaints.dropna().merge(interactions, on="interaction_id")
    satisfied, used = both.satisfied_after.astype(float), both.kb_item_id.notna()
    return difference(satisfied[used], satisfied[~used], method="difference in satisfied share")


def of_customers(quiz):
    """Scores before and after of the customers among the learners."""
    own = quiz[quiz.customer_id.notna()]
    return own["pre"], own["post"]


def answers_before_renewal(surveys, contracts):
    """Satisfaction of those who answered in a year, and whether they then renewed."""
    # The first wave asks in the first contract's year; that contract is renewal number 0.
    asked = contracts.assign(wave=contracts.renewal_no + 1)
    both = surveys.merge(asked, on=["customer_id", "wave"])
    return both.cusa1, both.renewed
