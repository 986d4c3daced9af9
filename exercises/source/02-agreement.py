# ---
# jupyter:
#   ckmlab:
#     exercise: 02-agreement
# ---

# %% [markdown]
# # Exercise 2: can two people agree?
#
# Five tasks, thirteen points, about 35 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **other** coders and other items, so let your code find the
# answer instead of typing the number. No task needs another one.
#
# *Stuck? The notebook `02-agreement` shows every function you need.*

# %%
import pandas as pd

import ckmlab as ckm

# %% tags=["data"] name="data"
codings, librarian = ckm.grading.data(
    "ckmlab.datasets:make_codings",
    n_items=400,
    mix={"about": 0.55, "for": 0.30, "from": 0.15},
    confusion={
        "A": [[0.90, 0.06, 0.04], [0.06, 0.91, 0.03], [0.14, 0.06, 0.80]],
        "B": [[0.86, 0.05, 0.09], [0.05, 0.92, 0.03], [0.08, 0.04, 0.88]],
        "C": [[0.93, 0.05, 0.02], [0.10, 0.88, 0.02], [0.33, 0.12, 0.55]],
    },
    coders=["A", "B", "C"],
    missing=0.1,
    truth=True,
    seed=1502,
)

# %% [markdown]
# Three coders labelled 400 items, alone and without talking. Each left some items out. `ratings` has one row a coder and one
# column an item.

# %% name="ratings"
ratings = ckm.classify.ratings_table(codings)
coder_a, coder_b, coder_c = ratings.loc["A"], ratings.loc["B"], ratings.loc["C"]
ratings.iloc[:, :6]

# %% [markdown]
# ## Task 1 (2 points): how much is luck?
#
# Take the items that **both A and B** labelled. On which share of them would the two agree if each kept the own habits but
# read nothing: $p_e$ of Cohen's kappa? Give a number between 0 and 1.

# %% tags=["answer"] name="luck"
### BEGIN SOLUTION
table = ckm.classify.confusion_table(coder_a, coder_b)
n = table.to_numpy().sum()
luck = (table.sum(axis=1) / n * table.sum(axis=0) / n).sum()
### END SOLUTION

# %% tags=["check"] points=2 bloom="understand"
ckm.check("agreement by luck", luck)

# %% tags=["misconception"]
ckm.grading.misconception(
    "agreement by luck",
    1 / 3,
    hint="This would be right if each label came up equally often. How often does each coder use each?",
    credit=1 / 4,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "agreement by luck",
    ckm.classify.percent_agreement(coder_a, coder_b),
    hint="This is how often they do agree, having read the items.",
)

# %% tags=["misconception"]
shares = pd.concat([coder_a, coder_b]).value_counts(normalize=True)
ckm.grading.misconception(
    "agreement by luck",
    (shares**2).sum(),
    hint="You gave both coders one common pack, with all their labels in it. In Cohen's kappa each deals from an own one, "
    "and only items that both labelled count.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (3 points): three coders, with gaps
#
# How well do **all three** agree beyond luck? Give the coefficient of the four on the page that is made for many coders and
# for gaps, and let it use every item that at least two people labelled.

# %% tags=["answer"] name="alpha"
### BEGIN SOLUTION
alpha = ckm.classify.krippendorff_alpha(ratings)
### END SOLUTION

# %% tags=["check"] points=3 bloom="apply"
ckm.check("agreement of three", alpha)

# %% tags=["misconception"]
ckm.grading.misconception(
    "agreement of three",
    ckm.classify.krippendorff_alpha(ratings.dropna(axis=1)),
    hint="The right coefficient, on too few items: an item with two labels out of three still tells something.",
    credit=2 / 3,
)

# %% tags=["misconception"]
two = [
    ckm.classify.cohen_kappa(ratings.loc[one], ratings.loc[other])
    for one, other in [("A", "B"), ("A", "C"), ("B", "C")]
]
ckm.grading.misconception(
    "agreement of three",
    sum(float(kappa) for kappa in two) / 3,
    hint="You averaged three kappas of two coders each. One of the coefficients takes all three coders at once.",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "agreement of three",
    ckm.classify.percent_agreement(ratings),
    hint="This is the share of pairs of labels that agree. Luck is still in it.",
)

# %% [markdown]
# ## Task 3 (3 points): the same agreement, another table
#
# Keep the share of items on which A and B agree as it is. But let them work in an archive where each of them labels 90 % of
# the items *about*, 6 % *for* and 4 % *from*. What would Cohen's kappa be there?

# %% tags=["answer"] name="archive-kappa"
### BEGIN SOLUTION
agreed = float(ckm.classify.percent_agreement(coder_a, coder_b))
archive_luck = 0.90**2 + 0.06**2 + 0.04**2
archive_kappa = (agreed - archive_luck) / (1 - archive_luck)
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("kappa in the archive", archive_kappa)

# %% tags=["misconception"]
ckm.grading.misconception(
    "kappa in the archive",
    ckm.classify.cohen_kappa(coder_a, coder_b),
    hint="This is kappa on today's items. The share agreed stays; what of luck?",
)

# %% tags=["misconception"]
today = float(ckm.classify.percent_agreement(coder_a, coder_b))
ckm.grading.misconception(
    "kappa in the archive",
    (today - 0.90) / (1 - 0.90),
    hint="You took 90 % for luck. By luck *both* must say the same.",
    credit=1 / 3,
)

# %% tags=["misconception"]
today = float(ckm.classify.percent_agreement(coder_a, coder_b))
ckm.grading.misconception(
    "kappa in the archive",
    (today - 0.90**2) / (1 - 0.90**2),
    hint="You counted the luck of one label. They can also agree by luck on the two rare ones.",
    credit=2 / 3,
)

# %% [markdown]
# ## Task 4 (2 points): what does a good interval cost?
#
# You plan the next study. You expect a kappa of 0.6, and labels mixed as in `codings` (all three coders together). Kappa
# shall be known to **plus or minus 0.10** (95 % interval). Two coders label each item alone. How many **hours** will the two
# need together, at the mean number of seconds a label took in `codings`? Round nothing but the number of items.

# %% tags=["answer"] name="hours"
### BEGIN SOLUTION
mix = codings["label"].value_counts(normalize=True)
items = ckm.classify.items_to_double_code(0.10, kappa=0.6, mix=mix)
hours = 2 * items * codings["seconds"].mean() / 3600
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("hours of double coding", hours)

# %% tags=["misconception"]
planned = ckm.classify.items_to_double_code(
    0.10, kappa=0.6, mix=codings["label"].value_counts(normalize=True)
)
ckm.grading.misconception(
    "hours of double coding",
    planned * codings["seconds"].mean() / 3600,
    hint="These are the hours of one coder.",
    credit=1 / 2,
)

# %% tags=["misconception"]
planned = ckm.classify.items_to_double_code(0.10, kappa=0.6)
ckm.grading.misconception(
    "hours of double coding",
    2 * planned * codings["seconds"].mean() / 3600,
    hint="You planned for three labels that are equally common. These are not.",
    credit=1 / 2,
)

# %% tags=["misconception"]
planned = ckm.classify.items_to_double_code(
    0.05, kappa=0.6, mix=codings["label"].value_counts(normalize=True)
)
ckm.grading.misconception(
    "hours of double coding",
    2 * planned * codings["seconds"].mean() / 3600,
    hint="Your interval is 0.10 wide from end to end. Plus or minus 0.10 is wider, and cheaper.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 5 (3 points): judge coder C
#
# A librarian read the same items in peace; take her labels (`librarian`) for the truth. But use them only on the
# **first 250 items**, to learn coder C's habits. Then correct the mix of **all** of C's labels for these habits. Which share
# of the items would be knowledge *from* customers? Give a number between 0 and 1.

# %% name="librarian"
truth = librarian.set_index("item_id")["ktype_true"].loc[ratings.columns]
truth.head(3)

# %% tags=["answer"] name="corrected-from"
### BEGIN SOLUTION
habits = ckm.classify.confusion_table(truth.iloc[:250], coder_c.iloc[:250])
coded = coder_c.value_counts()
corrected = ckm.classify.correct_mix(coded, habits).set_index("ktype")
corrected_from = corrected.loc["from", "share"]
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("share from customers, corrected", corrected_from)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share from customers, corrected",
    coder_c.value_counts(normalize=True)["from"],
    hint="This is the share that C wrote down, mistakes included.",
)

# %% tags=["misconception"]
upside_down = ckm.classify.confusion_table(coder_c.iloc[:250], truth.iloc[:250])
ckm.grading.misconception(
    "share from customers, corrected",
    ckm.classify.correct_mix(coder_c.value_counts(), upside_down).set_index("ktype")["share"][
        "from"
    ],
    hint="In your table of habits, rows and columns have changed places: the truth belongs in the rows.",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share from customers, corrected",
    (truth.iloc[:250] == "from").mean(),
    hint="This is the librarian's share in the first 250 items. What do C's labels of the others say?",
    credit=1 / 3,
)
