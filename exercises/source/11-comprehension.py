# ---
# jupyter:
#   ckmlab:
#     exercise: 11-comprehension
# ---

# %% [markdown]
# # Exercise 11: plain or precise?
#
# Five tasks, twelve points, about 35 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** Kestrel, with other customers and other
# numbers, so let your code find the answer instead of typing the number.
#
# *Stuck? The notebook `11-comprehension` shows every function you need.*

# %%
import pandas as pd

import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=800,
    seed=1511,
)

# %% [markdown]
# `articles` counts, for each article, version (1 the plainest, 3 the most exact) and group of readers, how many read it
# (`views`) and how many of them solved their problem (`success`).

# %% name="articles"
articles, items = company.articles, company.knowledge_items
articles.head(3)

# %% [markdown]
# ## Task 1 (2 points): how hard is it?
#
# Measure the readability of the texts of all items coded as knowledge **for** customers (`ktype_coded`). What is their mean
# LIX?

# %% tags=["answer"] name="mean-lix"
### BEGIN SOLUTION
texts = items.loc[items["ktype_coded"] == "for", "text"]
mean_lix = ckm.organize.readability(texts)["lix"].mean()
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("mean lix of the texts", mean_lix)

# %% tags=["misconception"]
ckm.grading.misconception(
    "mean lix of the texts",
    ckm.organize.readability(items["text"])["lix"].mean(),
    hint="You measured every item. Which ones are written for customers?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "mean lix of the texts",
    ckm.organize.readability(items.loc[items["ktype_coded"] == "for", "text"])[
        "words_per_sentence"
    ].mean(),
    hint="This is the length of the sentences. LIX adds something about the words.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (2 points): the test
#
# Over **all** readers: by how much does version 2 change the share that succeeds, compared with version 3? Give a difference of
# shares.

# %% tags=["answer"] name="refinement"
### BEGIN SOLUTION
total = articles.groupby("version")[["success", "views"]].sum()
refinement = ckm.transfer.refinement_gain(*total.loc[2], *total.loc[3])
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("gain of version 2 over 3", refinement)

# %% tags=["misconception"]
each = articles.assign(share=articles["success"] / articles["views"])
each = each.groupby("version")["share"].mean()
ckm.grading.misconception(
    "gain of version 2 over 3",
    each[2] - each[3],
    hint="You took the mean of shares. Rows with many readers must weigh more than rows with few.",
    credit=1 / 2,
)

# %% tags=["misconception"]
sums = articles.groupby("version")[["success", "views"]].sum()
sums = sums["success"] / sums["views"]
ckm.grading.misconception(
    "gain of version 2 over 3",
    sums[2] / sums[3] - 1,
    hint="This is a ratio: how much larger one share is than the other. The task asks for the difference.",
    credit=1 / 2,
)

# %% tags=["misconception"]
sums = articles.groupby("version")[["success", "views"]].sum()
sums = sums["success"] / sums["views"]
ckm.grading.misconception(
    "gain of version 2 over 3",
    sums[3] - sums[2],
    hint="Right size. Which of the two versions is the refined one?",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 3 (3 points): reader by reader
#
# How much larger is the gain of version **1 over 3** for readers of `low` skill than for readers of `high` skill? (A gain is a
# difference of shares.)

# %% tags=["answer"] name="interaction"
### BEGIN SOLUTION
table = ckm.transfer.success_by_version(articles, "skill_group")
share = table.pivot(index="skill_group", columns="version", values="share")
gain = share[1] - share[3]
interaction = gain["low"] - gain["high"]
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("low less high", interaction)

# %% tags=["misconception"]
rates = ckm.transfer.success_by_version(articles, "skill_group").pivot(
    index="skill_group", columns="version", values="share"
)
ckm.grading.misconception(
    "low less high",
    rates.loc["low", 1] - rates.loc["low", 3],
    hint="This is the gain of the one group. Compare it with the gain of the other.",
    credit=1 / 3,
)

# %% tags=["misconception"]
rates = ckm.transfer.success_by_version(articles, "skill_group").pivot(
    index="skill_group", columns="version", values="share"
)
ckm.grading.misconception(
    "low less high",
    rates.loc["low", 1] - rates.loc["high", 1],
    hint="You compared the groups on version 1. The task compares what version 1 *changes* for each.",
    credit=1 / 3,
)

# %% tags=["misconception"]
rates = ckm.transfer.success_by_version(articles, "skill_group").pivot(
    index="skill_group", columns="version", values="share"
)
ckm.grading.misconception(
    "low less high",
    (rates.loc["high", 1] - rates.loc["high", 3]) - (rates.loc["low", 1] - rates.loc["low", 3]),
    hint="The size is right. Which group's gain comes first?",
    credit=2 / 3,
)

# %% [markdown]
# ## Task 4 (2 points): the front
#
# `versions` has one row for each article and version. Which of them lie on the Pareto front, with **few** words per
# sentence and **much** precision both good? Give the mean `words_per_sentence` of those on the front.

# %% name="versions"
versions = articles.drop_duplicates(["article_id", "version"])
versions = versions[["article_id", "version", "words_per_sentence", "precision"]]
versions.head(3)

# %% tags=["answer"] name="front-length"
### BEGIN SOLUTION
eased = versions.assign(ease=-versions["words_per_sentence"])
on_front = ckm.organize.pareto_front(eased, ["ease", "precision"])
front_length = versions.loc[on_front, "words_per_sentence"].mean()
### END SOLUTION

# %% tags=["check"] points=2 bloom="analyse"
ckm.check("sentence length on the front", front_length)

# %% tags=["misconception"]
ckm.grading.misconception(
    "sentence length on the front",
    versions.loc[
        ckm.organize.pareto_front(versions, ["words_per_sentence", "precision"]),
        "words_per_sentence",
    ].mean(),
    hint="Your front likes long sentences. The function takes more for better, so turn one column around.",
    credit=1 / 2,
)

# %% tags=["misconception"]
beaten = ~ckm.organize.pareto_front(
    versions.assign(ease=-versions["words_per_sentence"]), ["ease", "precision"]
)
ckm.grading.misconception(
    "sentence length on the front",
    versions.loc[beaten, "words_per_sentence"].mean(),
    hint="These are the texts that another one beats in both respects.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 5 (3 points): is it worth asking?
#
# `audience` says what share of Kestrel's customers has low, middle and high skill. Suppose all of them look for help. By how
# much does the share that succeeds rise if **each kind of reader gets the version that suits it best**, compared with the **best
# single version for all**? Give a difference of shares.

# %% name="audience"
kinds = pd.cut(company.customers["skill_level"], [0, 2, 3, 5], labels=["low", "middle", "high"])
audience = kinds.value_counts(normalize=True)
audience.round(3)

# %% tags=["answer"] name="worth-asking"
### BEGIN SOLUTION
by_group = ckm.transfer.success_by_version(articles, "skill_group")
chance = by_group.pivot(index="skill_group", columns="version", values="share")
best_single = chance.mul(audience, axis=0).sum().max()
worth_asking = chance.max(axis=1).mul(audience).sum() - best_single
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("worth of asking", worth_asking)

# %% tags=["misconception"]
rates = ckm.transfer.success_by_version(articles, "skill_group").pivot(
    index="skill_group", columns="version", values="share"
)
ckm.grading.misconception(
    "worth of asking",
    rates.max(axis=1).mean() - rates.mean().max(),
    hint="You weighed the three kinds of readers alike. Kestrel's customers are not spread like that.",
    credit=1 / 3,
)

# %% tags=["misconception"]
rates = ckm.transfer.success_by_version(articles, "skill_group").pivot(
    index="skill_group", columns="version", values="share"
)
ckm.grading.misconception(
    "worth of asking",
    rates.max(axis=1).mul(audience).sum(),
    hint="This is the share that succeeds if each has their own version. What would it be without asking?",
    credit=1 / 3,
)

# %% tags=["misconception"]
rates = ckm.transfer.success_by_version(articles, "skill_group").pivot(
    index="skill_group", columns="version", values="share"
)
ckm.grading.misconception(
    "worth of asking",
    rates.max(axis=1).mul(audience).sum() - rates.mul(audience, axis=0).sum()[3],
    hint="You compared with the engineers' version. A single version could be better than that one.",
    credit=2 / 3,
)
