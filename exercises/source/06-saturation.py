# ---
# jupyter:
#   ckmlab:
#     exercise: 06-saturation
# ---

# %% [markdown]
# # Exercise 6: when have we heard enough?
#
# Five tasks, twelve points, about 30 minutes. Each has a cell for your answer and a cell that checks it: a tick, a
# hint, or "not yet". Check as often as you like. You will be marked on **other** interviews, with other numbers, so let
# your code find the answer instead of typing the number.
#
# *Stuck? The notebook `06-saturation` shows every function you need.*

# %%
import ckmlab as ckm

# %% tags=["data"] name="data"
notes = ckm.grading.data(
    "ckmlab.datasets:make_needs_interviews",
    n_interviews=45,
    n_needs=260,
    analysts=2,
    detection=0.6,
    seed=1506,
)

# %% [markdown]
# A company held 45 interviews. Two analysts (0 and 1) read every transcript, each alone, and noted the needs that came
# up: one row for each note. Some needs were noted by both.

# %% name="notes"
notes.head(3)

# %% [markdown]
# ## Task 1 (2 points): what an interview brings
#
# How many needs does an interview bring up **on average**, whoever of the two noted them? A need that both noted in the
# same interview counts once.

# %% tags=["answer"] name="per-interview"
### BEGIN SOLUTION
heard = ckm.capture.incidence_table(notes, item="need_id")
per_interview = heard.sum(axis=1).mean()
### END SOLUTION

# %% tags=["check"] points=2 bloom="remember"
ckm.check("needs per interview", per_interview)

# %% tags=["misconception"]
ckm.grading.misconception(
    "needs per interview",
    len(notes) / notes["interview_id"].nunique(),
    hint="You counted notes. What of a need that both analysts wrote down?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "needs per interview",
    notes["need_id"].nunique() / notes["interview_id"].nunique(),
    hint="You spread the different needs over the interviews. But most needs come up in several of them.",
)

# %% [markdown]
# ## Task 2 (2 points): how many are there?
#
# Estimate the number of **all** needs, heard and unheard, with Chao2 from both analysts' notes together.

# %% tags=["answer"] name="all-needs"
### BEGIN SOLUTION
all_needs = ckm.capture.chao2(ckm.capture.incidence_table(notes, item="need_id"))
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("all needs", all_needs)

# %% tags=["misconception"]
ckm.grading.misconception(
    "all needs",
    notes["need_id"].nunique(),
    hint="These are the needs that somebody noted. The question is about the unheard ones as well.",
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "all needs",
    ckm.capture.chao1(notes["need_id"].value_counts()),
    hint="You counted notes of a need. Two analysts in one room are still one interview: count in how many it came up.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "all needs",
    ckm.capture.chao2(ckm.capture.incidence_table(notes[notes["analyst_id"] == 0], item="need_id")),
    hint="You used one analyst's notes and left the other's on the table.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "all needs",
    260,
    hint="You read it off the recipe of the data. In a real company there is none: estimate it from the notes.",
)

# %% [markdown]
# ## Task 3 (3 points): which share have we heard?
#
# Fit the model in which needs are **unlike** each other. Which share of all needs do you expect to have heard after
# **60** interviews? Give a number between 0 and 1.

# %% tags=["answer"] name="share-after-60"
### BEGIN SOLUTION
heard = ckm.capture.incidence_table(notes, item="need_id")
share_after_60 = ckm.capture.fit_saturation(heard).share_found(60)
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("share after sixty", share_after_60, digits=4)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share after sixty",
    ckm.capture.fit_saturation(
        ckm.capture.incidence_table(notes, item="need_id"), model="homogeneous"
    ).share_found(60),
    hint="In your model each need has the same chance to come up. That promises too much.",
    digits=4,
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share after sixty",
    ckm.capture.fit_saturation(ckm.capture.incidence_table(notes, item="need_id")).share_found(),
    hint="The right model, and the share heard by the interviews already held. Now go on to sixty.",
    digits=4,
    credit=2 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share after sixty",
    ckm.capture.coverage(ckm.capture.incidence_table(notes, item="need_id").sum()),
    hint="This is a share of the *mentions* to come, and common needs fill most of them. The question is about needs.",
    digits=4,
)

# %% [markdown]
# ## Task 4 (2 points): one pair of ears
#
# Which share of the needs voiced in an interview does analyst **0** notice? Use analyst 1's notes as the yardstick:
# they were made without looking at the other's. Give a number between 0 and 1.

# %% tags=["answer"] name="detection"
### BEGIN SOLUTION
by_whom = notes.groupby(["interview_id", "need_id"])["analyst_id"].agg(set)
both = (by_whom.str.len() == 2).sum()
detection = both / (notes["analyst_id"] == 1).sum()
### END SOLUTION

# %% tags=["check"] points=2 bloom="analyse"
ckm.check("share noticed", detection)

# %% tags=["misconception"]
counts = notes.groupby(["interview_id", "need_id"]).size()
ckm.grading.misconception(
    "share noticed",
    (notes["analyst_id"] == 0).sum() / len(counts),
    hint="You divided by what at least one of them noted. What both missed is not in there.",
    credit=1 / 2,
)

# %% tags=["misconception"]
counts = notes.groupby(["interview_id", "need_id"]).size()
ckm.grading.misconception(
    "share noticed",
    (counts == 2).mean(),
    hint="This is the share of their common list on which both agree. Take one list as the yardstick.",
    credit=1 / 2,
)

# %% tags=["misconception"]
counts = notes.groupby(["interview_id", "need_id"]).size()
ckm.grading.misconception(
    "share noticed",
    (counts == 2).sum() / (notes["analyst_id"] == 0).sum(),
    hint="The right idea, the other analyst: whose list lies below the line?",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 5 (3 points): go on, or go home?
#
# A new need is worth **1,700 euros** to the company. A colleague says: “The last interview says what the next will
# bring.” You know better. What is the most that the **next** interview may cost, in euros, and still be worth holding?

# %% tags=["answer"] name="most-it-may-cost"
### BEGIN SOLUTION
heard = ckm.capture.incidence_table(notes, item="need_id")
most = 1700 * ckm.capture.new_needs_expected(heard).value
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("most it may cost", most)

# %% tags=["misconception"]
table = ckm.capture.incidence_table(notes, item="need_id")
ckm.grading.misconception(
    "most it may cost",
    1700 * ckm.capture.first_heard(table).iloc[-1],
    hint="One interview is luck. What do all of them together say about the next?",
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "most it may cost",
    1700 * notes["need_id"].nunique() / notes["interview_id"].nunique(),
    hint="This is the average of all interviews, the rich first ones included. The next one is not average.",
)

# %% tags=["misconception"]
table = ckm.capture.incidence_table(notes, item="need_id")
ckm.grading.misconception(
    "most it may cost",
    1700 * (table.sum() == 1).sum(),
    hint="So many needs were heard only once, over all the interviews. How many should one more interview bring?",
    credit=1 / 3,
)
