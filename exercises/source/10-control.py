# ---
# jupyter:
#   ckmlab:
#     exercise: 10-control
# ---

# %% [markdown]
# # Exercise 10: who may know what?
#
# Five tasks, twelve points, about 35 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** Kestrel, with other customers and other
# numbers, so let your code find the answer instead of typing the number.
#
# *Stuck? The notebook `10-control` shows every function you need.*

# %%
import math

import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=600,
    seed=1510,
)

# %% [markdown]
# `extract` is what a university asks for: no names, one row per customer. `left` says who has left Kestrel.

# %% name="extract"
customers, contracts = company.customers, company.contracts
gone = contracts.loc[~contracts["renewed"], "customer_id"]
extract = customers[["postcode", "birth_year", "gender", "skill_level"]]
extract = extract.assign(left=customers["customer_id"].isin(gone))
extract.head(3)

# %% [markdown]
# ## Task 1 (2 points): who stands alone?
#
# An outsider may know `postcode`, `birth_year` and `gender`. What share of the rows looks like nobody else's? Give a number
# between 0 and 1.

# %% tags=["answer"] name="alone"
### BEGIN SOLUTION
alone = ckm.control.uniqueness(extract, ["postcode", "birth_year", "gender"])
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("share that stands alone", alone)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share that stands alone",
    len(extract.drop_duplicates(["postcode", "birth_year", "gender"])) / len(extract),
    hint="You counted every combination once, also those that several people share.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share that stands alone",
    ckm.control.uniqueness(extract, ["postcode", "birth_year"]).value,
    hint="The outsider knows one column more than you used.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share that stands alone",
    ckm.control.uniqueness(
        extract, ["postcode", "birth_year", "gender", "skill_level", "left"]
    ).value,
    hint="You also used columns that the outsider does not know, but wants to learn.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (3 points): hide them, and stay useful
#
# The university asks how age goes with skill. `useful` says what is left of that in a coarsened table. Of all the ways to
# coarsen along `by_steps` with **at least 5** people in every group: how useful is the most useful one?


# %% name="useful"
def useful(table):
    explained = table.groupby("birth_year")["skill_level"].transform("mean")
    return explained.var() / table["skill_level"].var()


by_steps = {
    "postcode": [ckm.control.prefix(3), ckm.control.prefix(2), ckm.control.hidden],
    "birth_year": [ckm.control.bands(5), ckm.control.bands(10), ckm.control.hidden],
    "gender": [ckm.control.hidden],
}

# %% tags=["answer"] name="most-useful"
### BEGIN SOLUTION
ways = ckm.control.k_utility_frontier(extract, by_steps, utility=useful)
most_useful = ways.loc[ways["k"] >= 5, "utility"].max()
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("most useful with k of 5", most_useful)

# %% tags=["misconception"]
ckm.grading.misconception(
    "most useful with k of 5",
    useful(ckm.control.smallest_generalisation(extract, by_steps, k=5).table),
    hint="This way coarsens least, counting each column alike. Does the question need each column alike?",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "most useful with k of 5",
    useful(extract),
    hint="This is the table as it was, in which nearly everybody stands alone.",
)

# %% tags=["misconception"]
every_way = ckm.control.k_utility_frontier(extract, by_steps)
ckm.grading.misconception(
    "most useful with k of 5",
    every_way.loc[every_way["k"] >= 5, "utility"].max(),
    hint="You measured how little was coarsened. Hand over what *this* question calls useful.",
    credit=1 / 3,
)

# %% [markdown]
# ## Task 3 (3 points): the crowd is not enough
#
# In `coarse`, people hide in groups of equal postcode area, five years of birth and gender. In some groups **everybody
# has left, or nobody has**: there the group alone tells what you did. What share of the **people** is in such a group?
# Give a number between 0 and 1.

# %% name="coarse"
levels = {"postcode": 2, "birth_year": 1, "gender": 0}
coarse = ckm.control.generalise(extract, by_steps, levels)
coarse.head(3)

# %% tags=["answer"] name="given-away"
### BEGIN SOLUTION
groups = coarse.groupby(["postcode", "birth_year", "gender"])["left"]
told = groups.transform("nunique") == 1
given_away = told.mean()
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("share given away", given_away)

# %% tags=["misconception"]
by_group = coarse.groupby(["postcode", "birth_year", "gender"])["left"]
ckm.grading.misconception(
    "share given away",
    (by_group.nunique() == 1).mean(),
    hint="You counted groups. The question is about people, and the groups differ in size.",
    credit=2 / 3,
)

# %% tags=["misconception"]
by_group = coarse.groupby(["postcode", "birth_year", "gender"])["left"]
ckm.grading.misconception(
    "share given away",
    (by_group.transform("mean") == 1).mean(),
    hint="You found the groups that have left. That somebody stayed is knowledge about them as well.",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share given away",
    ckm.control.uniqueness(coarse, ["postcode", "birth_year", "gender"]).value,
    hint="These stand alone. In larger groups people can be given away, too, if all did the same.",
    credit=1 / 3,
)

# %% [markdown]
# ## Task 4 (2 points): as private as can be
#
# Kestrel wants to release the **number of customers who left**, with Laplace noise ($\Delta = 1$). The standard deviation
# of the noise shall be just one per cent of that number. Which $\varepsilon$ does that take?

# %% tags=["answer"] name="epsilon"
### BEGIN SOLUTION
epsilon = math.sqrt(2) / (0.01 * extract["left"].sum())
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("epsilon of the release", epsilon)

# %% tags=["misconception"]
ckm.grading.misconception(
    "epsilon of the release",
    1 / (0.01 * extract["left"].sum()),
    hint="You made the *scale* one per cent. The standard deviation of Laplace noise is a little larger than its scale.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "epsilon of the release",
    math.log(20) / (0.01 * extract["left"].sum()),
    hint="You made the 95 per cent half-width one per cent. The task speaks of the standard deviation.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "epsilon of the release",
    math.sqrt(2) / (0.01 * len(extract)),
    hint="One per cent of which number? You took all customers.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 5 (2 points): judge the report
#
# `outside` holds what partners and customers asked for. `legitimate` says what Kestrel's policy allows, `granted` what the
# desk did. The desk reports: *“Of all requests from outside only a few leaked.”* Compute the number it should have reported:
# of the requests that had to be **denied**, what share was granted? Give a number between 0 and 1.

# %% name="outside"
items = company.knowledge_items.rename(columns={"ktype_coded": "ktype"})[["item_id", "ktype"]]
log = company.access_log[company.access_log["employee_id"].isna()].merge(items, on="item_id")
rules = company.policies.rename(columns={"allow": "legitimate"})
outside = log.merge(rules, on=["role", "ktype", "purpose"])
outside["granted"] = outside["action"] != "denied"
outside[["role", "ktype", "purpose", "legitimate", "granted"]].head(3)

# %% tags=["answer"] name="leak-rate"
### BEGIN SOLUTION
leak_rate = ckm.control.evaluate_policy(outside, "granted").leak_rate
### END SOLUTION

# %% tags=["check"] points=2 bloom="evaluate"
ckm.check("leak rate of the desk", leak_rate)

# %% tags=["misconception"]
ckm.grading.misconception(
    "leak rate of the desk",
    (outside["granted"] & ~outside["legitimate"]).mean(),
    hint="This is the desk's own number. What does it divide by?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "leak rate of the desk",
    1 - ckm.control.evaluate_policy(outside, "granted").precision.value,
    hint="You divided by what was granted. The task divides by what had to be denied.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "leak rate of the desk",
    ckm.control.evaluate_policy(outside, "granted").block_rate.value,
    hint="These are the requests refused without need: the other side of the border.",
    credit=1 / 2,
)
