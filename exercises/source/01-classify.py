# ---
# jupyter:
#   ckmlab:
#     exercise: 01-classify
# ---

# %% [markdown]
# # Exercise 1: what kind of knowledge is it?
#
# Four tasks, ten points, about 25 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** Kestrel, with other customers and other
# numbers, so let your code find the answer instead of typing the number.
#
# *Stuck? The notebook `01-classify` shows every function you need.*

# %%
import numpy as np

import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=1500,
    seed=1501,
)

# %% [markdown]
# `items` are Kestrel's knowledge items, one row each. `ktype_coded` says which type a clerk gave the item: knowledge
# *about*, *for* or *from* customers.

# %% name="items"
items = company.knowledge_items
items[["item_id", "origin", "ktype_coded", "created_process", "used_process", "text"]].head(3)

# %% [markdown]
# ## Task 1 (2 points): the neglected type
#
# Which share of **all** items is coded as knowledge *from* customers? Give a number between 0 and 1.

# %% tags=["answer"] name="from-share"
### BEGIN SOLUTION
mix = ckm.classify.type_mix(items).set_index("ktype")
from_share = mix.loc["from", "share"]
### END SOLUTION

# %% tags=["check"] points=2 bloom="remember"
ckm.check("share from customers", from_share)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share from customers",
    (items["origin"] == "customer").mean(),
    hint="You counted where items come from. An item a customer gave us can still be knowledge *about* that customer.",
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share from customers",
    (items["ktype_coded"] == "from").sum() / (items["ktype_coded"] != "from").sum(),
    hint="You divided by the other items. A share has all items below the line.",
)

# %% [markdown]
# ## Task 2 (3 points): better than chance?
#
# Coders A and B labelled the same sample, without talking to each other (`company.codings`). How well do they agree
# **beyond what chance alone would give**? Give Cohen's kappa.

# %% tags=["answer"] name="kappa"
### BEGIN SOLUTION
labels = company.codings.pivot(index="item_id", columns="coder", values="label")
kappa = ckm.classify.cohen_kappa(labels["A"], labels["B"])
### END SOLUTION

# %% tags=["check"] points=3 bloom="apply"
ckm.check("kappa of the two coders", kappa)

# %% tags=["misconception"]
pair = company.codings.pivot(index="item_id", columns="coder", values="label")
ckm.grading.misconception(
    "kappa of the two coders",
    (pair["A"] == pair["B"]).mean(),
    hint="This is the share of items on which they agree. Two people who guess agree now and then as well.",
    credit=1 / 3,
)

# %% tags=["misconception"]
pair = company.codings.pivot(index="item_id", columns="coder", values="label")
ckm.grading.misconception(
    "kappa of the two coders",
    ((pair["A"] == pair["B"]).mean() - 1 / 3) / (1 - 1 / 3),
    hint="You let chance pick each type equally often. These coders use some labels more than others.",
    credit=1 / 3,
)

# %% [markdown]
# ## Task 3 (2 points): does knowledge flow as it should?
#
# The process matrix of Gebert and colleagues says which CRM process may create and which may use each type. Which
# share of Kestrel's **items** runs along a path that the matrix foresees? Give a number between 0 and 1.

# %% tags=["answer"] name="conformance"
### BEGIN SOLUTION
flow = ckm.classify.type_flow(items)
conforming = ckm.classify.conformance(flow)
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("share that flows as it should", conforming)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share that flows as it should",
    ckm.classify.mark_conformance(ckm.classify.type_flow(items))["conforms"].mean(),
    hint="You counted paths. A path with one item is not as heavy as a path with fifty.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share that flows as it should",
    1 - ckm.classify.conformance(ckm.classify.type_flow(items)).value,
    hint="This is the part that offends against the matrix. Read the question once more.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 4 (3 points): from what was coded to what is true
#
# Kestrel's clerks label items in passing, and their mistakes are not symmetric. A librarian re-read a large sample and
# found how items of each **true** type (rows) are labelled (columns):
#
# | true type | about | for | from |
# |---|---|---|---|
# | about | 0.92 | 0.05 | 0.03 |
# | for | 0.06 | 0.92 | 0.02 |
# | from | 0.28 | 0.10 | 0.62 |
#
# Correct the coded mix for this confusion. What is the **true** share of knowledge *from* customers? Give a number
# between 0 and 1.

# %% name="confusion"
confusion = np.array([[0.92, 0.05, 0.03], [0.06, 0.92, 0.02], [0.28, 0.10, 0.62]])

# %% tags=["answer"] name="true-from-share"
### BEGIN SOLUTION
corrected = ckm.classify.correct_mix(ckm.classify.type_mix(items), confusion)
true_from_share = corrected.set_index("ktype").loc["from", "share"]
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("true share from customers", true_from_share)

# %% tags=["misconception"]
ckm.grading.misconception(
    "true share from customers",
    (items["ktype_coded"] == "from").mean(),
    hint="This is the coded share, mistakes included. Which items hide under another label?",
)

# %% tags=["misconception"]
coded = ckm.classify.type_mix(items)["share"].to_numpy()
ckm.grading.misconception(
    "true share from customers",
    np.linalg.solve(confusion, coded)[2],
    hint="The matrix leads from the true to the coded mix along its rows. You used it the other way round.",
    credit=1 / 3,
)

# %% tags=["misconception"]
coded = ckm.classify.type_mix(items)["share"].to_numpy()
ckm.grading.misconception(
    "true share from customers",
    (confusion.T @ coded)[2],
    hint="You added the clerks' mistakes a second time. Now take them away.",
    credit=1 / 3,
)
