# ---
# jupyter:
#   ckmlab:
#     exercise: 03-behaviour-and-attitude
# ---

# %% [markdown]
# # Exercise 3: they love us, and they leave us
#
# Five tasks, twelve points, about 30 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** Kestrel, with other customers and other
# numbers, so let your code find the answer instead of typing the number. No task needs another one.
#
# *Stuck? The notebook `03-behaviour-and-attitude` shows every function you need.*

# %%
import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=1500,
    seed=1503,
)

# %% [markdown]
# One row of `years` is one customer in one contract year: whether the customer answered (`responded`), the answers,
# `satisfaction` (mean of three questions, missing without an answer), the `price` of the contract, how often the contract had been
# renewed before (`renewal_no`), and whether the customer `left` at the year's end.
#
# *Satisfied* means: satisfaction of 7 or more. *Dissatisfied* means: below 7.

# %% name="years"
contracts = company.contracts.assign(wave=company.contracts["renewal_no"] + 1)
years = company.surveys.merge(contracts, on=["customer_id", "wave"])
years["left"] = ~years["renewed"]
years["satisfaction"] = years[["cusa1", "cusa2", "cusa3"]].astype(float).mean(axis=1)
years[["customer_id", "wave", "responded", "satisfaction", "renewal_no", "left"]].head(3)

# %% [markdown]
# ## Task 1 (2 points): the rows that are not there
#
# You want to explain with `satisfaction` who leaves. Which share of the **rows** of `years` is lost because there is no
# answer? Give a number between 0 and 1.

# %% tags=["answer"] name="lost"
### BEGIN SOLUTION
lost = years["satisfaction"].isna().mean()
### END SOLUTION

# %% tags=["check"] points=2 bloom="understand"
ckm.check("rows lost", lost)

# %% tags=["misconception"]
ckm.grading.misconception(
    "rows lost",
    years["satisfaction"].notna().mean(),
    hint="These rows you keep.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ever = years.groupby("customer_id")["responded"].any()
ckm.grading.misconception(
    "rows lost",
    1 - ever.mean(),
    hint="These are the customers who never answered. A row is one customer in one year.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "rows lost",
    1 - years.loc[years["wave"] == 1, "responded"].mean(),
    hint="You looked at the first year only.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (2 points): mend the scale
#
# The loyalty scale has three items, `cusl1`, `cusl2` and `cusl3`. One of them does not belong. Drop it, and give Cronbach's
# alpha of the scale that is left. (Not standardised.)

# %% tags=["answer"] name="mended-alpha"
### BEGIN SOLUTION
loyalty = years.loc[years["responded"], ["cusl1", "cusl2", "cusl3"]].astype(float)
mended_alpha = ckm.value.attitude.alpha_if_dropped(loyalty)["alpha"].max()
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("alpha without the misfit", mended_alpha)

# %% tags=["misconception"]
three = years.loc[years["responded"], ["cusl1", "cusl2", "cusl3"]].astype(float)
ckm.grading.misconception(
    "alpha without the misfit",
    ckm.value.attitude.cronbach_alpha(three),
    hint="This is alpha of all three items; the misfit is still among them.",
    credit=1 / 4,
)

# %% tags=["misconception"]
three = years.loc[years["responded"], ["cusl1", "cusl2", "cusl3"]].astype(float)
ckm.grading.misconception(
    "alpha without the misfit",
    ckm.value.attitude.alpha_if_dropped(three)["alpha"].min(),
    hint="You dropped an item that belongs, and alpha fell. Which one lets it rise?",
    credit=1 / 4,
)

# %% tags=["misconception"]
three = years.loc[years["responded"], ["cusl1", "cusl2", "cusl3"]].astype(float)
ckm.grading.misconception(
    "alpha without the misfit",
    ckm.value.attitude.alpha_if_dropped(three)["change"].max(),
    hint="This is by how much alpha rises. Asked is where it ends.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 3 (3 points): which tells more?
#
# Who leaves? Compare two guesses **on the same rows**, those with an answer: behaviour says *the fewer renewals so far
# (`renewal_no`), the likelier*; attitude says *the lower the satisfaction, the likelier*. By how much is the area under the
# curve (AUC) of the attitude **larger** than that of the behaviour? A negative number means that behaviour wins.
#
# `ckm.value.attitude.incremental_auc(outcome, base, extended)` wants, for both, numbers that are **high** for those who
# leave.

# %% tags=["answer"] name="attitude-gain"
### BEGIN SOLUTION
rows = years.dropna(subset=["satisfaction"])
compared = ckm.value.attitude.incremental_auc(
    rows["left"], base=-rows["renewal_no"], extended=-rows["satisfaction"]
)
attitude_gain = compared.gain
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("gain of the attitude", attitude_gain)

# %% tags=["misconception"]
told = years.dropna(subset=["satisfaction"])
turned = ckm.value.attitude.incremental_auc(told["left"], told["renewal_no"], told["satisfaction"])
ckm.grading.misconception(
    "gain of the attitude",
    turned.gain,
    hint="Your numbers are high for those who stay. Turn both round.",
    credit=1 / 3,
)

# %% tags=["misconception"]
told = years.dropna(subset=["satisfaction"])
own = ckm.value.attitude.incremental_auc(told["left"], -told["renewal_no"], -told["satisfaction"])
whole = ckm.value.attitude.incremental_auc(
    years["left"], -years["renewal_no"], -years["renewal_no"]
)
ckm.grading.misconception(
    "gain of the attitude",
    own.extended.value - whole.base.value,
    hint="You judged behaviour on all rows and attitude on those with an answer. Two things differ, then.",
    credit=1 / 3,
)

# %% tags=["misconception"]
told = years.dropna(subset=["satisfaction"])
own = ckm.value.attitude.incremental_auc(told["left"], -told["renewal_no"], -told["satisfaction"])
ckm.grading.misconception(
    "gain of the attitude",
    own.extended,
    hint="This is the area of the attitude by itself. What does behaviour reach on these rows?",
    credit=1 / 3,
)

# %% [markdown]
# ## Task 4 (2 points): they loved us
#
# Of those who **left** and had **answered** in that year, which share was satisfied? Give a number between 0 and 1.

# %% tags=["answer"] name="loved-and-left"
### BEGIN SOLUTION
gone = years[years["left"] & years["responded"]]
loved_and_left = (gone["satisfaction"] >= 7).mean()
### END SOLUTION

# %% tags=["check"] points=2 bloom="analyse"
ckm.check("satisfied among those who left", loved_and_left)

# %% tags=["misconception"]
ckm.grading.misconception(
    "satisfied among those who left",
    years.loc[years["satisfaction"] >= 7, "left"].mean(),
    hint="This is the share of the satisfied who left. Asked is the share of those who left who were satisfied.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "satisfied among those who left",
    (years.loc[years["left"], "satisfaction"] >= 7).mean(),
    hint="Among those who left are many without an answer. You counted them as not satisfied.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 5 (3 points): how tied are they?
#
# The board is proud of the money that comes from loyal customers. Take all who **stayed** and had **answered**. Of the money
# they pay (sum of `price`), which share comes from customers who are **dissatisfied** and may only be tied? Give a number
# between 0 and 1.

# %% tags=["answer"] name="tied-money"
### BEGIN SOLUTION
stayed = years[~years["left"] & years["responded"]]
tied_money = stayed.loc[stayed["satisfaction"] < 7, "price"].sum() / stayed["price"].sum()
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("money of the tied", tied_money)

# %% tags=["misconception"]
here = years[~years["left"] & years["responded"]]
ckm.grading.misconception(
    "money of the tied",
    (here["satisfaction"] < 7).mean(),
    hint="You counted heads. Heads do not all pay the same price.",
    credit=2 / 3,
)

# %% tags=["misconception"]
here = years[~years["left"]]
ckm.grading.misconception(
    "money of the tied",
    here.loc[here["satisfaction"] < 7, "price"].sum() / here["price"].sum(),
    hint="Below the line stand also those who stayed and never answered. Of them you do not know whether they are tied.",
    credit=1 / 2,
)

# %% tags=["misconception"]
said = years[years["responded"]]
ckm.grading.misconception(
    "money of the tied",
    said.loc[said["satisfaction"] < 7, "price"].sum() / said["price"].sum(),
    hint="Some of these have left. Nobody who is gone is tied.",
    credit=1 / 2,
)
