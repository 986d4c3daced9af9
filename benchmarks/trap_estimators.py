"""For each trap: what a naive analyst computes, and what the remedy gives.

Plain numpy, pandas, scipy and statsmodels: nothing of ckmlab's metrics, so that company and
metrics are never wrong together. Each function takes a company and returns
``(truth, naive, remedy)``; an estimate is ``(value, low, high)``.
"""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from scipy.optimize import approx_fprime, minimize
from scipy.special import betaln
from scipy.stats import t
from statsmodels.tools.numdiff import approx_hess

Z = 1.959964


def nonresponse(company):
    truth = company.truth["nps_1"]
    wave = company.surveys.query("wave == 1")
    answered = wave[wave["responded"]]["nps"].to_numpy(dtype=float)
    value, variance = _nps(answered)
    # The remedy: telephone a random tenth of the silent (here the truth answers the telephone).
    silent = wave.loc[~wave["responded"], "customer_id"]
    all_answers = company.truth.table("survey_truth").query("wave == 1").set_index("customer_id")
    called = silent.sample(frac=0.1, random_state=company.seed)
    other, other_variance = _nps(all_answers.loc[called, "nps"].to_numpy(dtype=float))
    share = len(answered) / len(wave)
    both = share * value + (1 - share) * other
    spread = share**2 * variance + (1 - share) ** 2 * other_variance
    return truth, _normal(value, variance), _normal(both, spread)


def silent_complaints(company):
    truth = company.truth["dissatisfied"]
    registered = company.complaints.query("period == 1").drop_duplicates("customer_id")
    naive = 26 * len(registered)
    # The remedy: rates by segment from a study elsewhere (the same firm under another seed).
    segment = company.customers.set_index("customer_id")["segment"]
    counts = segment.loc[registered["customer_id"]].value_counts()
    rates, asked = _evidence_rates(company)
    value = (counts / rates).sum()
    own = counts * (1 - rates) / rates**2
    borrowed = counts**2 * (1 - rates) / (asked * rates**3)
    variance = (own + borrowed).sum()
    return truth, _normal(naive, 26**2 * len(registered)), _normal(value, variance)


def _evidence_rates(company):
    elsewhere = company.elsewhere()
    problems = elsewhere.truth.table("problems").query("period == 1")
    heads = problems.groupby("customer_id")["registered"].any()
    segment = elsewhere.customers.set_index("customer_id")["segment"].loc[heads.index]
    groups = heads.groupby(segment.to_numpy())
    return groups.mean(), groups.size()


def channel_dependence(company):
    truth = company.truth["dissatisfied"]
    ticket, forum, survey = _lists(company)
    naive = _chapman(len(ticket), len(forum), len(ticket & forum))
    return truth, naive, _loglinear(ticket, forum, survey)


def _lists(company):
    """Customers with a problem in year 1 as the desk, the forum and the survey know them."""
    ticket = set(company.complaints.query("period == 1")["customer_id"])
    posts = company.forum[company.forum["about_problem"]]
    start = company.customers.set_index("customer_id")["tenure_start"]
    days = (posts["ts"].to_numpy() - start.loc[posts["author_id"]].to_numpy()) / np.timedelta64(
        1, "D"
    )
    forum = set(posts.loc[days < 365.25, "author_id"])
    answers = company.surveys.query("wave == 1 and responded")
    survey = set(answers.loc[answers["had_problem"].astype(bool), "customer_id"])
    return ticket, forum, survey


def _loglinear(ticket, forum, survey):
    """Three lists, with an interaction of desk and forum; the empty cell is predicted."""
    heard = ticket | forum | survey
    cells = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1) if a or b or c]
    counts = [sum((p in ticket, p in forum, p in survey) == cell for p in heard) for cell in cells]
    design = np.array([(1, a, b, c, a * b) for a, b, c in cells], dtype=float)
    fit = sm.GLM(counts, design, family=sm.families.Poisson()).fit()
    unseen, log_se = np.exp(fit.params[0]), fit.bse[0]
    low, high = unseen * np.exp(-Z * log_se), unseen * np.exp(Z * log_se)
    return len(heard) + unseen, len(heard) + low, len(heard) + high


def survivorship(company):
    """Survival at the end of year 8, forecast from the first four years, by segment."""
    truth = company.truth["survival_8"]
    known = company.contracts.query("renewal_no < 4")
    segment = company.customers.set_index("customer_id")["segment"]
    naive = remedy = variance = remedy_variance = 0.0
    for _, people in segment.groupby(segment):
        rows = known[known["customer_id"].isin(people.index)]
        there = rows.groupby("renewal_no").size().to_numpy()
        left = (~rows["renewed"]).groupby(rows["renewal_no"]).sum().to_numpy()
        churn = left.sum() / there.sum()
        weight = len(people) / len(segment)
        naive += weight * (1 - churn) ** 8
        slope = 8 * (1 - churn) ** 7
        variance += weight**2 * slope**2 * churn * (1 - churn) / there.sum()
        value, own_variance = _sbg_survival(left, there[-1] - left[-1], 8)
        # Who of those left after year 4 will be there after year 8 is chance as well.
        future = value * (1 - value * len(people) / (there[-1] - left[-1])) / len(people)
        remedy += weight * value
        remedy_variance += weight**2 * (own_variance + future)
    return truth, _normal(naive, variance), _normal(remedy, remedy_variance)


def _sbg_survival(left, stayed, year):
    """Shifted-beta-geometric fitted to yearly losses: survival after ``year`` years, variance."""
    year_lost = np.arange(1, len(left) + 1)

    def minus_loglik(log_ab):
        a, b = np.exp(log_ab)
        lost = betaln(a + 1, b + year_lost - 1) - betaln(a, b)
        kept = betaln(a, b + len(left)) - betaln(a, b)
        return -(left @ lost + stayed * kept)

    # Without a mixture the likelihood rises for ever; a bound keeps it finite.
    found = minimize(minus_loglik, [0.0, 1.0], bounds=[(-5, 7)] * 2, method="Nelder-Mead")

    def survival(log_ab):
        a, b = np.exp(log_ab)
        return np.exp(betaln(a, b + year) - betaln(a, b))

    slope = approx_fprime(found.x, survival, 1e-4)
    information = approx_hess(found.x, minus_loglik)
    return survival(found.x), slope @ np.linalg.pinv(information, rcond=1e-6) @ slope


def confounding(company):
    truth = company.truth["kb_effect"]
    contacts = company.interactions.assign(used=company.interactions["kb_item_id"].notna())
    naive = _difference(contacts)
    value = variance = 0.0
    for _, stratum in contacts.groupby("triage"):
        effect, low, high = _difference(stratum)
        weight = len(stratum) / len(contacts)
        value += weight * effect
        variance += (weight * (high - low) / (2 * Z)) ** 2
    return truth, naive, _normal(value, variance)


def _difference(contacts):
    groups = contacts.groupby("used")["resolved"].agg(["mean", "size"])
    value = groups.loc[True, "mean"] - groups.loc[False, "mean"]
    return _normal(value, (groups["mean"] * (1 - groups["mean"]) / groups["size"]).sum())


def vocal_minority(company):
    """Share of the forum's chatter that is about the thirty most common needs."""
    needs = company.truth.table("needs").nlargest(30, "share_of_contacts")
    posts = company.forum.merge(company.truth.table("forum"), on="post_id")
    chatter = posts[posts["reply_to"].isna() & ~posts["about_problem"] & (posts["ts"] < "2020")]
    common = chatter["need_id"].isin(needs["need_id"]).astype(float)
    by_author = common.groupby(chatter["author_id"])
    naive = _clustered_share(by_author.sum().to_numpy(), by_author.size().to_numpy())
    # The remedy: one vote per author, and lead users (screened) at their share of customers.
    votes = by_author.mean()
    leads = company.truth.table("customers").set_index("customer_id")["lead_user"]
    strata = votes.groupby(leads.loc[votes.index].to_numpy()).agg(["mean", "var", "size"])
    weights = leads.value_counts(normalize=True).reindex(strata.index)
    variance = (weights**2 * strata["var"] / strata["size"]).sum()
    remedy = _normal((weights * strata["mean"]).sum(), variance)
    return needs["share_of_contacts"].sum(), naive, remedy


def _clustered_share(hits, sizes):
    value = hits.sum() / sizes.sum()
    return _normal(value, ((hits - value * sizes) ** 2).sum() / sizes.sum() ** 2)


def targeting(company):
    """Purchases within ninety days that a campaign adds per exposed customer."""
    contacts = company.contacts.merge(company.campaigns[["campaign_id", "launched"]])
    bought = company.transactions[["customer_id", "date"]].merge(
        contacts[["campaign_id", "customer_id", "launched"]], on="customer_id"
    )
    days = (bought["date"] - bought["launched"]) / np.timedelta64(1, "D")
    within = bought[(days >= 0) & (days <= 91)].groupby(["campaign_id", "customer_id"]).size()
    keys = pd.MultiIndex.from_frame(contacts[["campaign_id", "customer_id"]])
    count = within.reindex(keys, fill_value=0).to_numpy()
    exposed, holdout = contacts["exposed"].to_numpy(), contacts["holdout"].to_numpy()
    who = contacts["customer_id"].to_numpy()
    naive = _mean_difference(count, exposed, ~exposed, who)
    return company.truth["campaign_lift"], naive, _mean_difference(count, exposed, holdout, who)


def _mean_difference(values, group, other, who):
    """Difference of means; the same customers come again, so errors are clustered."""
    rows = group | other
    design = np.column_stack([np.ones(rows.sum()), group[rows]])
    fit = sm.OLS(values[rows].astype(float), design).fit(
        cov_type="cluster", cov_kwds={"groups": who[rows]}
    )
    return _normal(fit.params[1], fit.bse[1] ** 2)


def coder_error(company):
    """Share of knowledge from customers, by the clerks' coding of all items."""
    truth = company.truth["share_from"]
    items = company.knowledge_items
    naive = _share((items["ktype_coded"] == "from").to_numpy(dtype=float))
    # The remedy: an expert panel re-codes the sub-sample, which gives the clerks' confusion.
    panel = items[items["item_id"].isin(company.codings["item_id"])].merge(
        company.truth.table("knowledge_items"), on="item_id"
    )
    value = _inverted(items["ktype_coded"], panel)
    draws = [
        _inverted(
            items["ktype_coded"].sample(frac=1, replace=True, random_state=seed),
            panel.sample(frac=1, replace=True, random_state=seed),
        )
        for seed in range(100)
    ]
    return truth, naive, _normal(value, np.var(draws))


def _inverted(coded, panel):
    types = ["about", "for", "from"]
    confusion = pd.crosstab(panel["ktype_true"], panel["ktype_coded"], normalize="index")
    confusion = confusion.reindex(index=types, columns=types, fill_value=0.0).to_numpy()
    observed = coded.value_counts(normalize=True).reindex(types, fill_value=0.0)
    return np.linalg.solve(confusion.T, observed.to_numpy())[2]


def mixed_identity(company):
    """Number of people, from the overlap of forum accounts and shop cards."""
    books = dict(list(company.identities.groupby("book")))
    forum, shop = books["forum"], books["shop card"]
    by_mail = len(set(forum["email"]) & set(shop["email"]))
    naive = _chapman(len(forum), len(shop), by_mail)
    # The remedy: records also match when they share the birth year and nearly the name.
    linked = len(set(forum["email"]) & set(shop["email"]) | _alike(forum, shop))
    return company.truth["customers"], naive, _chapman(len(forum), len(shop), linked)


def _alike(forum, shop):
    """Mail addresses of forum records that have a shop card of nearly the same name and year."""
    found = set()
    cards = dict(list(shop.groupby("birth_year")))
    for year, accounts in forum.groupby("birth_year"):
        if year in cards:
            scores = cdist(accounts["name"], cards[year]["name"], scorer=fuzz.ratio)
            found |= set(accounts["email"][scores.max(axis=1) >= 90])
    return found


def regression_to_mean(company):
    """Change in the share of solved contacts from the end of 2018 to 2019."""
    contacts = company.interactions.merge(company.employees[["employee_id", "training"]])
    when = contacts["ts"]
    phase = np.select(
        [(when >= "2018-10-01") & (when < "2019-01-01"), when.dt.year == 2019], ["old", "new"], ""
    )
    groups = contacts.groupby(["training", phase, "employee_id"])
    means = groups["resolved"].mean()

    changes = (means[:, "new"] - means[:, "old"]).groupby("training").agg(["mean", "var", "size"])
    trained, waiting = changes.loc["trained"], changes.loc["waiting list"]
    naive = _few(trained["mean"], trained["var"] / trained["size"], trained["size"] - 1)
    both = trained["var"] / trained["size"] + waiting["var"] / waiting["size"]
    remedy = _few(trained["mean"] - waiting["mean"], both, trained["size"] + waiting["size"] - 2)
    return company.truth["training_effect"], naive, remedy


def _few(value, variance, degrees):
    half = t.ppf(0.975, degrees) * variance**0.5
    return value, value - half, value + half


def _nps(scores):
    promoters, detractors = (scores >= 9).mean(), (scores <= 6).mean()
    value = promoters - detractors
    return 100 * value, 1e4 * (promoters + detractors - value**2) / len(scores)


def _chapman(first, second, both):
    value = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both)
    return _normal(value, variance / ((both + 1) ** 2 * (both + 2)))


def _share(values):
    return _normal(values.mean(), values.var() / len(values))


def _normal(value, variance):
    half = Z * variance**0.5
    return value, value - half, value + half


ESTIMATORS = {
    function.__name__: function
    for function in (
        nonresponse,
        silent_complaints,
        channel_dependence,
        survivorship,
        confounding,
        vocal_minority,
        targeting,
        coder_error,
        mixed_identity,
        regression_to_mean,
    )
}
