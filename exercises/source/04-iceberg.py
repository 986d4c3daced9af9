# ---
# jupyter:
#   ckmlab:
#     exercise: 04-iceberg
# ---

# %% [markdown]
# # Exercise 4: how many unhappy customers did we never hear from?
#
# Five tasks, twelve points, about 30 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** Kestrel, with other customers and other
# numbers, so let your code find the answer instead of typing the number.
#
# *Stuck? The notebook `04-iceberg` shows every function you need.*

# %%
import pandas as pd

import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=1500,
    seed=1504,
)

# %% [markdown]
# `complaints` are the registered complaints of eight contract years. Everything below is about the **first** year
# (`period` 1).

# %% name="complaints"
complaints, customers = company.complaints, company.customers
complaints[["complaint_id", "customer_id", "period", "channel", "to_headquarters"]].head(3)

# %% [markdown]
# ## Task 1 (2 points): count people
#
# What share of Kestrel's **customers** has a complaint on file for the first contract year? (`customers` has one row each;
# all of them were there in the first year.) Give a number between 0 and 1.

# %% tags=["answer"] name="share-on-file"
### BEGIN SOLUTION
first = complaints[complaints["period"] == 1]
share_on_file = first["customer_id"].nunique() / len(customers)
### END SOLUTION

# %% tags=["check"] points=2 bloom="remember"
ckm.check("share on file", share_on_file)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share on file",
    (complaints["period"] == 1).sum() / len(customers),
    hint="You counted complaints. What about somebody who complained twice?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share on file",
    complaints["customer_id"].nunique() / len(customers),
    hint="These are the people of all eight years.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (2 points): from the letters to the people
#
# Suppose a study found that 45 % of those with a problem tell the front line, and that 7 % of those reach headquarters.
# Take the **people** whose complaint went to headquarters in the first year (`to_headquarters`). If these rates held at
# Kestrel, how many unhappy customers would stand behind them? (Do not round.)

# %% tags=["answer"] name="behind-the-letters"
### BEGIN SOLUTION
letters = complaints[(complaints["period"] == 1) & complaints["to_headquarters"]]
behind_letters = ckm.capture.dissatisfied(letters["customer_id"].nunique(), 0.45, 0.07)
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("behind the letters", behind_letters)

# %% tags=["misconception"]
sent = complaints[(complaints["period"] == 1) & complaints["to_headquarters"]]
ckm.grading.misconception(
    "behind the letters",
    sent["customer_id"].nunique() / 0.07,
    hint="These are the people who told the front line. Who is missing below them?",
    credit=1 / 2,
)

# %% tags=["misconception"]
desk = complaints.loc[complaints["period"] == 1, "customer_id"].nunique()
ckm.grading.misconception(
    "behind the letters",
    desk / (0.45 * 0.07),
    hint="You took everybody on file. The 7 % speak of those who reached headquarters: another rung.",
)

# %% [markdown]
# ## Task 3 (3 points): each segment its own rates
#
# A study from door to door, in a city like Kestrel's, found these shares:
#
# | segment | told somebody | of those, on file |
# |---|---|---|
# | basic | 0.50 | 0.65 |
# | premium | 0.50 | 0.65 |
# | business | 0.75 | 0.62 |
#
# Estimate how many customers had a problem in the first year, with the rates of each segment. (Do not round.)

# %% name="rates"
told = pd.Series({"basic": 0.50, "premium": 0.50, "business": 0.75})
on_file = pd.Series({"basic": 0.65, "premium": 0.65, "business": 0.62})

# %% tags=["answer"] name="dissatisfied"
### BEGIN SOLUTION
registered = customers["customer_id"].isin(complaints.loc[complaints["period"] == 1, "customer_id"])
observed = customers.loc[registered, "segment"].value_counts()
dissatisfied = ckm.capture.dissatisfied(observed, told, on_file)
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("unhappy customers", dissatisfied)

# %% tags=["misconception"]
desk = complaints.loc[complaints["period"] == 1, "customer_id"].nunique()
ckm.grading.misconception(
    "unhappy customers",
    desk / (told.mean() * on_file.mean()),
    hint="You gave everybody the average rates. The segments are neither equally large nor equally silent.",
    credit=1 / 3,
)

# %% tags=["misconception"]
known = customers["customer_id"].isin(complaints.loc[complaints["period"] == 1, "customer_id"])
ckm.grading.misconception(
    "unhappy customers",
    (customers.loc[known, "segment"].value_counts() / told).sum(),
    hint="You undid one leak. There is a second one, between what is told and what is written down.",
    credit=1 / 3,
)

# %% tags=["misconception"]
rows = complaints[complaints["period"] == 1].merge(customers, on="customer_id")
ckm.grading.misconception(
    "unhappy customers",
    (rows["segment"].value_counts() / (told * on_file)).sum(),
    hint="You started from complaints. The rates speak of people.",
    credit=2 / 3,
)

# %% [markdown]
# ## Task 4 (2 points): told, and lost
#
# With the same rates: how many customers **told somebody** at Kestrel and are still **not on file**? (Do not round.)

# %% tags=["answer"] name="hidden"
### BEGIN SOLUTION
registered = customers["customer_id"].isin(complaints.loc[complaints["period"] == 1, "customer_id"])
observed = customers.loc[registered, "segment"].value_counts()
hidden = ckm.capture.evidence_table(observed, told, on_file)["hidden"].sum()
### END SOLUTION

# %% tags=["check"] points=2 bloom="analyse"
ckm.check("told and lost", hidden)

# %% tags=["misconception"]
known = customers["customer_id"].isin(complaints.loc[complaints["period"] == 1, "customer_id"])
ckm.grading.misconception(
    "told and lost",
    ckm.capture.evidence_table(customers.loc[known, "segment"].value_counts(), told, on_file)[
        "unvoiced"
    ].sum(),
    hint="These people told nobody. Look at the other leak.",
    credit=1 / 2,
)

# %% tags=["misconception"]
known = customers["customer_id"].isin(complaints.loc[complaints["period"] == 1, "customer_id"])
seen = customers.loc[known, "segment"].value_counts()
ckm.grading.misconception(
    "told and lost",
    float(ckm.capture.dissatisfied(seen, told, on_file)) - seen.sum(),
    hint="This is everybody under the water. Only some of them had opened their mouth.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 5 (3 points): judge the slide
#
# A consultant's slide says: *each customer on file stands for 27 unhappy customers.* You cannot know the right factor. But
# you know how many customers Kestrel has. What is the **largest** factor that could possibly be right for this desk?

# %% tags=["answer"] name="largest-factor"
### BEGIN SOLUTION
first = complaints[complaints["period"] == 1]
largest_factor = len(customers) / first["customer_id"].nunique()
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("largest factor", largest_factor)

# %% tags=["misconception"]
ckm.grading.misconception(
    "largest factor",
    len(customers) / (complaints["period"] == 1).sum(),
    hint="The slide speaks of each *customer* on file, and you divided by complaints.",
    credit=2 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "largest factor",
    27,
    hint="Multiply the people on file by 27, and compare with the number of customers.",
)

# %% tags=["misconception"]
desk = complaints.loc[complaints["period"] == 1, "customer_id"].nunique()
ckm.grading.misconception(
    "largest factor",
    (len(customers) - desk) / desk,
    hint="This is how many *others* each could stand for. The slide counts the one on file as well.",
    credit=2 / 3,
)
