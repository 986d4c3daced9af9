# ---
# jupyter:
#   ckmlab:
#     exercise: 09-share-and-transfer
# ---

# %% [markdown]
# # Exercise 9: everybody opens it. Does it help?
#
# Five tasks, twelve points, about 35 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** Kestrel, with other customers and other
# numbers, so let your code find the answer instead of typing the number.
#
# *Stuck? The notebook `09-share-and-transfer` shows every function you need.*

# %%
import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=800,
    seed=1509,
)

# %% [markdown]
# `stock` holds the items that were in the store when 2019 began, `log` every request of that year, the denied ones
# included (`action`).

# %% name="stock"
items = company.knowledge_items
stock = items[items["created_at"] < "2019-01-01"]
log = company.access_log
log = log[log["ts"].dt.year.eq(2019) & log["item_id"].isin(stock["item_id"])]
log[["employee_id", "role", "item_id", "ts", "action"]].head(3)

# %% [markdown]
# ## Task 1 (2 points): how evenly?
#
# How unevenly were the **openings** of 2019 spread over the items of the `stock`? Give the Gini coefficient. (A download
# is an opening, too.)

# %% tags=["answer"] name="gini"
### BEGIN SOLUTION
opens = log[log["action"] != "denied"]
gini = ckm.share.gini(ckm.share.item_reach(opens, stock)["opens"])
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("gini of the openings", gini)

# %% tags=["misconception"]
ckm.grading.misconception(
    "gini of the openings",
    ckm.share.gini(ckm.share.item_reach(log[log["action"] != "denied"])["opens"]),
    hint="Your list holds the items that somebody opened. Which items of the stock are missing from it?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "gini of the openings",
    ckm.share.gini(ckm.share.item_reach(log, stock)["opens"]),
    hint="Some of these requests opened nothing. Look at the column `action`.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "gini of the openings",
    ckm.share.gini(ckm.share.item_reach(log[log["action"] != "denied"], stock)["people"]),
    hint="You counted each reader of an item once. How often was the item opened?",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (3 points): how soon?
#
# `waits` says for each item stored since the log began how many `days` it waited for its first reader, watched until
# the end of 2019; `observed` is False where it was still waiting on that day. What share of the items finds a first reader
# **within 180 days**? Estimate it with Kaplan and Meier's curve. Give a number between 0 and 1.

# %% name="waits"
used = company.access_log[company.access_log["action"] != "denied"]
waits = ckm.share.first_use(items[items["created_at"] >= "2016-01-01"], used, until="2019-12-31")
waits[["item_id", "created_at", "days", "observed"]].head(3)

# %% tags=["answer"] name="within-180-days"
### BEGIN SOLUTION
curve = ckm.share.uptake_curve(waits)
within_180_days = 1 - curve.loc[curve["days"] <= 180, "unused"].iloc[-1]
### END SOLUTION

# %% tags=["check"] points=3 bloom="apply"
ckm.check("read within 180 days", within_180_days)

# %% tags=["misconception"]
ckm.grading.misconception(
    "read within 180 days",
    (waits.loc[waits["observed"], "days"] <= 180).mean(),
    hint="You looked only at items that found a reader. What about those still waiting?",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "read within 180 days",
    (waits["observed"] & (waits["days"] <= 180)).mean(),
    hint="You took every item still waiting for one that waits 180 days. Some were stored only last week.",
    credit=1 / 3,
)

# %% tags=["misconception"]
steps = ckm.share.uptake_curve(waits)
ckm.grading.misconception(
    "read within 180 days",
    steps.loc[steps["days"] <= 180, "unused"].iloc[-1],
    hint="This is the share that is *not* yet read.",
    credit=2 / 3,
)

# %% [markdown]
# ## Task 3 (2 points): how much did they learn?
#
# `readers` are the **customers** who took the quiz before and after reading an article. What share of the improvement that
# was possible did they achieve, as a group? Give a number between 0 and 1.

# %% name="readers"
readers = company.quiz[company.quiz["customer_id"].notna()]
readers[["article_id", "pre", "post"]].head(3)

# %% tags=["answer"] name="gain"
### BEGIN SOLUTION
gain = ckm.transfer.normalised_gain(readers["pre"], readers["post"])
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("gain of the customers", gain)

# %% tags=["misconception"]
ckm.grading.misconception(
    "gain of the customers",
    (readers["post"] - readers["pre"]).mean(),
    hint="This is the improvement itself. How much was possible?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "gain of the customers",
    (readers["post"] - readers["pre"]).mean() / readers["pre"].mean(),
    hint="You divided by what they knew already. The question is about what they did not know.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 4 (3 points): like with like
#
# `contacts` has one row per contact. Among contacts that are alike in `triage`, by how much does `looked_up` change the
# chance to be `resolved`? Standardise over **all** contacts, and give a difference of chances (0.01 is one point).

# %% name="contacts"
contacts = company.interactions
contacts = contacts.assign(looked_up=contacts["kb_item_id"].notna())
contacts[["triage", "looked_up", "resolved"]].head(3)

# %% tags=["answer"] name="effect"
### BEGIN SOLUTION
effect = ckm.transfer.standardised_effect(
    contacts, outcome="resolved", exposure="looked_up", strata="triage"
)
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("effect of looking up", effect)

# %% tags=["misconception"]
ckm.grading.misconception(
    "effect of looking up",
    ckm.transfer.crude_effect(contacts, outcome="resolved", exposure="looked_up").value,
    hint="You compared all contacts with a look-up to all without. What kind of cases are the ones and the others?",
)

# %% tags=["misconception"]
rows = ckm.transfer.stratum_effects(
    contacts, outcome="resolved", exposure="looked_up", strata="triage"
).set_index("triage")
ckm.grading.misconception(
    "effect of looking up",
    rows.drop("all")["effect"].mean(),
    hint="You gave both groups the same weight. Are there as many tricky contacts as routine ones?",
    credit=2 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "effect of looking up",
    ckm.transfer.standardised_effect(
        contacts, outcome="resolved", exposure="looked_up", strata="process"
    ).value,
    hint="Two complaints can be as unlike as a routine and a tricky one. Use the column that says how hard a case was.",
    credit=1 / 3,
)

# %% [markdown]
# ## Task 5 (2 points): judge the store
#
# The controller wants to close the store. How many of the contacts **in which something was looked up** would, by your
# reckoning, have lost their solution at first contact without it? (Weigh the effects in the groups by the contacts with a
# look-up: they are the ones that would lose it.) Give a number of contacts; do not round.

# %% tags=["answer"] name="owed-to-the-store"
### BEGIN SOLUTION
on_users = ckm.transfer.standardised_effect(
    contacts, outcome="resolved", exposure="looked_up", strata="triage", target="exposed"
)
owed_to_the_store = on_users.value * contacts["looked_up"].sum()
### END SOLUTION

# %% tags=["check"] points=2 bloom="evaluate"
ckm.check("solutions owed to the store", owed_to_the_store)

# %% tags=["misconception"]
over_all = ckm.transfer.standardised_effect(
    contacts, outcome="resolved", exposure="looked_up", strata="triage"
).value
ckm.grading.misconception(
    "solutions owed to the store",
    over_all * contacts["looked_up"].sum(),
    hint="Your effect is that on an average contact. Look-ups happen mostly in one of the two groups.",
    credit=1 / 2,
)

# %% tags=["misconception"]
users = ckm.transfer.standardised_effect(
    contacts, outcome="resolved", exposure="looked_up", strata="triage", target="exposed"
).value
ckm.grading.misconception(
    "solutions owed to the store",
    users * len(contacts),
    hint="You counted every contact. Where nothing was looked up, nothing would be lost.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "solutions owed to the store",
    (contacts["looked_up"] & contacts["resolved"]).sum(),
    hint="These were all solved after a look-up. Many of them would have been solved anyway.",
)
