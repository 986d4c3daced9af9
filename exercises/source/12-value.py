# ---
# jupyter:
#   ckmlab:
#     exercise: 12-value
# ---

# %% [markdown]
# # Exercise 12: what is knowing your customers worth?
#
# Five tasks, thirteen points, about 35 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** Kestrel, with other customers and other
# numbers, so let your code find the answer instead of typing the number.
#
# *Stuck? The notebook `12-value` shows every function you need.*

# %%
import numpy as np
import pandas as pd

import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=800,
    seed=1512,
)

# %% [markdown]
# `contracts` has one row for each customer and contract year: `renewal_no` is 0 in a customer's first year, and `renewed`
# says whether another year followed. The cell counts who was still there after 0, 1, 2, … years.

# %% name="contracts"
contracts, customers = company.contracts, company.customers
still_there = [len(customers), *contracts.groupby("renewal_no")["renewed"].sum()]
still_there

# %% [markdown]
# ## Task 1 (2 points): which share?
#
# Of the customers who lived through their fourth contract year (`renewal_no` 3), what share renewed at its end? Give a number
# between 0 and 1.

# %% tags=["answer"] name="retention"
### BEGIN SOLUTION
retention = contracts.loc[contracts["renewal_no"] == 3, "renewed"].mean()
### END SOLUTION

# %% tags=["check"] points=2 bloom="understand"
ckm.check("retention after year 4", retention)

# %% tags=["misconception"]
ckm.grading.misconception(
    "retention after year 4",
    still_there[4] / still_there[0],
    hint="This is the share of all who ever signed. Who could decide at the end of the fourth year?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "retention after year 4",
    contracts["renewed"].mean(),
    hint="You took all years together. The question is about one of them.",
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "retention after year 4",
    contracts.loc[contracts["renewal_no"] == 4, "renewed"].mean(),
    hint="The first contract year has number 0. Count once more.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (3 points): look ahead
#
# It is the end of year 4: you know the first five numbers of `still_there`, no more. Fit the shifted beta-geometric model to
# them. What share of **all** customers does it expect to be still there after year 8? Give a number between 0 and 1.

# %% tags=["answer"] name="forecast"
### BEGIN SOLUTION
early = ckm.value.lifetime.ShiftedBetaGeometric(still_there[:5]).fit()
forecast = early.predict(8).iloc[0]
### END SOLUTION

# %% tags=["check"] points=3 bloom="apply"
ckm.check("share expected after year 8", forecast)

# %% tags=["misconception"]
leave = (still_there[0] - still_there[4]) / sum(still_there[:4])
ckm.grading.misconception(
    "share expected after year 8",
    (1 - leave) ** 8,
    hint="You gave everybody the average chance to leave. Who is left after four years?",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share expected after year 8",
    ckm.value.lifetime.ShiftedBetaGeometric(still_there).fit().predict(8).iloc[0],
    hint="Your model has seen years 5 to 8. At the end of year 4 nobody had.",
    credit=1 / 3,
)

# %% tags=["misconception"]
seen = ckm.value.lifetime.ShiftedBetaGeometric(still_there[:5]).fit()
ckm.grading.misconception(
    "share expected after year 8",
    seen.retention_rate(8).iloc[0],
    hint="This is the share of *those who reached year 8* who then renew. Most customers never reach it.",
    credit=1 / 3,
)

# %% tags=["misconception"]
seen = ckm.value.lifetime.ShiftedBetaGeometric(still_there[:5]).fit()
ckm.grading.misconception(
    "share expected after year 8",
    seen.predict(4, renewals=4).iloc[0],
    hint="This is the share of those who are still there *today*. The question counts from the start.",
    credit=2 / 3,
)

# %% [markdown]
# ## Task 3 (2 points): five per cent
#
# Forget for a moment that customers differ. In `contracts`, a share of the contract years ends with a customer who leaves:
# call it the yearly chance to leave. If all were alike, a customer would stay for 1 / chance years. A programme promises
# that **5 % fewer** leave. How many years **longer** would a customer stay?

# %% tags=["answer"] name="longer"
### BEGIN SOLUTION
chance = 1 - contracts["renewed"].mean()
longer = 1 / (0.95 * chance) - 1 / chance
### END SOLUTION

# %% tags=["check"] points=2 bloom="analyse"
ckm.check("years longer", longer)

# %% tags=["misconception"]
leave = 1 - contracts["renewed"].mean()
ckm.grading.misconception(
    "years longer",
    1 / (leave - 0.05) - 1 / leave,
    hint="You took five *points* off the chance to leave. Five per cent of it is much less.",
    credit=1 / 2,
)

# %% tags=["misconception"]
stay = contracts["renewed"].mean()
ckm.grading.misconception(
    "years longer",
    1 / (1 - 1.05 * stay) - 1 / (1 - stay),
    hint="You let 5 % more *stay*. The promise is about those who leave.",
    credit=1 / 2,
)

# %% tags=["misconception"]
leave = 1 - contracts["renewed"].mean()
ckm.grading.misconception(
    "years longer",
    1 / (0.95 * leave),
    hint="This is how long a customer stays with the programme. How much longer is that than without it?",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 4 (3 points): what do they know?
#
# Kestrel's controllers look at the ideas of **customers** before anything is decided. They expect 400 € of revenue for each
# point of `blind_score`, of which 35 % is margin, and think that an idea is carried out with chance `blind_score` / 200. To
# read and answer an idea costs 40 €, adopted or not. Give the knowledge value of the **ten most valuable contributors**
# together, in euros.

# %% name="ideas"
ideas = company.ideas[company.ideas["origin"] == "customer"].copy()
ideas[["idea_id", "customer_id", "blind_score", "adopted"]].head(3)

# %% tags=["answer"] name="top-ten"
### BEGIN SOLUTION
ideas["value"] = 0.35 * 400 * ideas["blind_score"]
ideas["chance"] = ideas["blind_score"] / 200
worth = ckm.value.engagement.knowledge_value(ideas, probability="chance", cost=40)
top_ten = worth["value"].nlargest(10).sum()
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("top ten contributors", top_ten)

# %% tags=["misconception"]
dreamt = ideas.assign(value=400 * ideas["blind_score"], chance=ideas["blind_score"] / 200)
ckm.grading.misconception(
    "top ten contributors",
    ckm.value.engagement.knowledge_value(dreamt, probability="chance", cost=40)["value"]
    .nlargest(10)
    .sum(),
    hint="Revenue is not what Kestrel keeps.",
    credit=1 / 3,
)

# %% tags=["misconception"]
certain = ideas.assign(value=0.35 * 400 * ideas["blind_score"])
ckm.grading.misconception(
    "top ten contributors",
    ckm.value.engagement.knowledge_value(certain, cost=40)["value"].nlargest(10).sum(),
    hint="Will every one of these ideas be carried out?",
    credit=1 / 3,
)

# %% tags=["misconception"]
free = ideas.assign(value=140 * ideas["blind_score"], chance=ideas["blind_score"] / 200)
ckm.grading.misconception(
    "top ten contributors",
    ckm.value.engagement.knowledge_value(free, probability="chance")["value"].nlargest(10).sum(),
    hint="Somebody read all of this. What did that cost?",
    credit=2 / 3,
)

# %% tags=["misconception"]
everyone = ideas.assign(value=140 * ideas["blind_score"], chance=ideas["blind_score"] / 200)
ckm.grading.misconception(
    "top ten contributors",
    ckm.value.engagement.knowledge_value(everyone, probability="chance", cost=40)["value"].sum(),
    hint="These are all contributors. The question asks for ten.",
    credit=2 / 3,
)

# %% [markdown]
# ## Task 5 (3 points): is it worth asking?
#
# A portal wins 100 (thousand euros) if customers want it and loses 60 if they do not; keeping the phone wins nothing. Before
# asking, the board takes as the chance that it is *wanted* the share of customers who allow marketing
# (`consent_marketing`). A survey says *yes* with the chances below and costs 2. What is the survey worth **after its
# price**, in thousand euros?

# %% name="survey"
payoffs = pd.DataFrame({"wanted": [100, 0], "unwanted": [-60, 0]}, index=["launch", "keep"])
survey = pd.DataFrame({"wanted": [0.8, 0.2], "unwanted": [0.3, 0.7]}, index=["yes", "no"])
wanted = customers["consent_marketing"].mean()

# %% tags=["answer"] name="survey-worth"
### BEGIN SOLUTION
prior = {"wanted": wanted, "unwanted": 1 - wanted}
information = ckm.value.engagement.expected_value_of_information(
    payoffs, prior, likelihood=survey, cost=2
)
survey_worth = information.net
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("worth of the survey", survey_worth)

# %% tags=["misconception"]
ckm.grading.misconception(
    "worth of the survey",
    ckm.value.engagement.expected_value_of_information(
        payoffs, [wanted, 1 - wanted], likelihood=survey
    ).sample,
    hint="What does it cost to ask?",
    credit=2 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "worth of the survey",
    ckm.value.engagement.expected_value_of_information(payoffs, [wanted, 1 - wanted], cost=2).net,
    hint="A survey that never errs would be worth this. Look at its table.",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "worth of the survey",
    ckm.value.engagement.expected_value_of_information(
        payoffs, [0.5, 0.5], likelihood=survey, cost=2
    ).net,
    hint="You gave both states the same chance. The board believes something else.",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "worth of the survey",
    float(np.array([100, -60]) @ [wanted, 1 - wanted]),
    hint="This is what the portal is expected to bring without asking.",
)
