# ---
# jupyter:
#   ckmlab:
#     exercise: 05-not-heard
# ---

# %% [markdown]
# # Exercise 5: what have we not heard?
#
# Five tasks, thirteen points, about 35 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **other** lists with other people, so let your code find the
# answer instead of typing the number. No task needs another one.
#
# *Stuck? The notebook `05-not-heard` shows every function you need.*

# %%
import ckmlab as ckm

# %% tags=["data"] name="data" jupyter={"source_hidden": true}
heard = ckm.grading.data(
    "ckmlab.datasets:make_channel_lists",
    n=1200,
    channels={"desk": 0.35, "survey": 0.25, "forum": 0.20},
    odds_ratio={("desk", "forum"): 3.0},
    seed=1505,
)

# %% [markdown]
# `heard` has one row for each customer with a problem whom at least one of three lists knows: the complaint **desk**, the
# **survey** and the **forum**. People on no list are, of course, not in it.

# %% name="lists"
desk = set(heard.loc[heard["desk"], "case_id"])
survey = set(heard.loc[heard["survey"], "case_id"])
forum = set(heard.loc[heard["forum"], "case_id"])
lists = {"desk": desk, "survey": survey, "forum": forum}
heard.head(3)

# %% [markdown]
# ## Task 1 (2 points): two lists
#
# How many customers had a problem? Give the estimate of **Lincoln and Petersen** from desk and survey.

# %% tags=["answer"] name="two-lists"
### BEGIN SOLUTION
two_lists = ckm.capture.lincoln_petersen(len(desk), len(survey), len(desk & survey))
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("all customers with a problem", two_lists)

# %% tags=["misconception"]
ckm.grading.misconception(
    "all customers with a problem",
    len(desk | survey),
    hint="These are the people whom the two lists know. Who is on neither?",
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "all customers with a problem",
    len(desk - survey) * len(survey - desk) / len(desk & survey),
    hint="You multiplied the people who are on one list **only**. The formula wants the whole lists; this product belongs to "
    "those on neither.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "all customers with a problem",
    ckm.capture.chapman(len(desk), len(survey), len(desk & survey)),
    hint="A good choice for small numbers, but this is Chapman's estimate. Asked is that of Lincoln and Petersen.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (2 points): on no list
#
# Take **Chapman's** estimate from survey and forum. How many customers with a problem are, by this estimate, on **neither** of
# these two lists?

# %% tags=["answer"] name="on-neither"
### BEGIN SOLUTION
everybody = ckm.capture.chapman(len(survey), len(forum), len(survey & forum))
on_neither = everybody.value - len(survey | forum)
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("on neither list", on_neither)

# %% tags=["misconception"]
ckm.grading.misconception(
    "on neither list",
    ckm.capture.chapman(len(survey), len(forum), len(survey & forum)),
    hint="These are all customers with a problem, those on the lists as well.",
    credit=1 / 2,
)

# %% tags=["misconception"]
total = ckm.capture.chapman(len(survey), len(forum), len(survey & forum)).value
ckm.grading.misconception(
    "on neither list",
    total - len(survey) - len(forum),
    hint="Who is on both lists, you took away twice.",
    credit=1 / 2,
)

# %% tags=["misconception"]
total = ckm.capture.chapman(len(survey), len(forum), len(survey & forum)).value
ckm.grading.misconception(
    "on neither list",
    total - len(heard),
    hint="You took away the people of all three lists. The question is about two of them.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 3 (3 points): lists that know each other
#
# One of the three pairs of lists goes together: whoever is on the one is likelier to be on the other. Find the pair whose
# estimate (Chapman) gives that away, and hand in **that estimate**.

# %% tags=["answer"] name="dependent-pair"
### BEGIN SOLUTION
pairs = [("desk", "survey"), ("desk", "forum"), ("survey", "forum")]
estimates = [
    ckm.capture.chapman(len(lists[a]), len(lists[b]), len(lists[a] & lists[b])) for a, b in pairs
]
dependent_pair = min(estimates)
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("the pair that goes together", dependent_pair)

# %% tags=["misconception"]
three = [
    float(ckm.capture.chapman(len(a), len(b), len(a & b)))
    for a, b in [(desk, survey), (desk, forum), (survey, forum)]
]
ckm.grading.misconception(
    "the pair that goes together",
    max(three),
    hint="This is the largest estimate. Two lists that go together overlap more than by accident. What does much overlap do?",
    credit=1 / 3,
)

# %% tags=["misconception"]
three = [
    float(ckm.capture.chapman(len(a), len(b), len(a & b)))
    for a, b in [(desk, survey), (desk, forum), (survey, forum)]
]
ckm.grading.misconception(
    "the pair that goes together",
    sorted(three)[1],
    hint="This is the estimate in the middle. Compare all three: which one stands out, and to which side?",
)

# %% [markdown]
# ## Task 4 (3 points): three lists at once
#
# Let the log-linear models choose which pairs of lists go together (the smallest **BIC**, as on the page). How many customers
# had a problem, by the chosen model?

# %% tags=["answer"] name="three-lists"
### BEGIN SOLUTION
three_lists = ckm.capture.loglinear(lists)
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("three lists at once", three_lists)

# %% tags=["misconception"]
ckm.grading.misconception(
    "three lists at once",
    ckm.capture.loglinear(lists, interactions=[]),
    hint="This is the model in which no list knows of another.",
    credit=1 / 3,
)

# %% tags=["misconception"]
every = [("desk", "survey"), ("desk", "forum"), ("survey", "forum")]
ckm.grading.misconception(
    "three lists at once",
    ckm.capture.loglinear(lists, interactions=every),
    hint="This model lets every pair go together. It fits perfectly because it assumes everything; what does BIC say?",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "three lists at once",
    len(heard),
    hint="These are the people on at least one list. The model adds those on none.",
)

# %% [markdown]
# ## Task 5 (3 points): judge the matching
#
# The colleague who matched desk and survey says: *“I may have overlooked ten pairs: ten people are on both lists, and I took
# them for different ones.”* By how many customers was the Lincoln–Petersen estimate from desk and survey **too high**, if the
# lists as you have them are right, and the colleague's had ten matches fewer?

# %% tags=["answer"] name="invented"
### BEGIN SOLUTION
matches = len(desk & survey)
right = len(desk) * len(survey) / matches
sloppy = len(desk) * len(survey) / (matches - 10)
invented = sloppy - right
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("people who were invented", invented)

# %% tags=["misconception"]
ckm.grading.misconception(
    "people who were invented",
    10,
    hint="Ten people were counted twice among those **known**. The estimate grows by much more. Compute it both ways.",
    credit=1 / 4,
)

# %% tags=["misconception"]
matched = len(desk & survey)
ckm.grading.misconception(
    "people who were invented",
    len(desk) * len(survey) * (1 / matched - 1 / (matched + 10)),
    hint="You added ten matches to the right lists. The colleague had ten fewer than these.",
    credit=1 / 2,
)

# %% tags=["misconception"]
matched = len(desk & survey)
ckm.grading.misconception(
    "people who were invented",
    len(desk) * len(survey) / (matched - 10),
    hint="This is the colleague's estimate. By how much is it too high?",
    credit=1 / 2,
)
