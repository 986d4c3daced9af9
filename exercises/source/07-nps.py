# ---
# jupyter:
#   ckmlab:
#     exercise: 07-nps
# ---

# %% [markdown]
# # Exercise 7: what do the silent think?
#
# Five tasks, twelve points, about 30 minutes. Each has a cell for your answer and a cell that checks it: a tick, a
# hint, or "not yet". Check as often as you like. You will be marked on **another** survey, with other people and other
# numbers, so let your code find the answer instead of typing the number.
#
# *Stuck? The notebook `07-nps` shows every function you need.*

# %%
import math

import ckmlab as ckm

# %% tags=["data"] name="data"
survey = ckm.grading.data(
    "ckmlab.datasets:make_survey",
    n=1600,
    mean=7.6,
    response_rate=0.3,
    slope=0.8,
    usage_correlation=0.4,
    follow_up=0.12,
    seed=1507,
)

# %% [markdown]
# A firm asked 1,600 customers for a score from 0 to 10. Some **responded** at once. Of the silent, some were drawn at
# random, called, and asked until they answered (`followed_up`). `usage` (hours a month) is known for everybody.

# %% name="survey"
print(survey["responded"].sum(), "responded,", survey["followed_up"].sum(), "were called")
survey.head(3)

# %% [markdown]
# ## Task 1 (2 points): the score that the board sees
#
# Compute the Net Promoter Score, in points, of those who **responded** at once. Leave the telephone calls out.

# %% tags=["answer"] name="score"
### BEGIN SOLUTION
score = ckm.value.attitude.nps(survey.loc[survey["responded"], "score"])
### END SOLUTION

# %% tags=["check"] points=2 bloom="remember"
ckm.check("score as reported", score)

# %% tags=["misconception"]
ckm.grading.misconception(
    "score as reported",
    ckm.value.attitude.nps(survey["score"]),
    hint="The people who were called are among your answers. Take only those who responded.",
    credit=1 / 2,
)

# %% tags=["misconception"]
replied = survey.loc[survey["responded"], "score"]
ckm.grading.misconception(
    "score as reported",
    100 * ((replied >= 9).mean() - (replied <= 5).mean()),
    hint="Look up at which score the detractors end.",
    credit=1 / 2,
)

# %% tags=["misconception"]
replied = survey.loc[survey["responded"], "score"]
ckm.grading.misconception(
    "score as reported",
    100 * (replied >= 9).mean(),
    hint="These are the promoters. The score is a difference.",
)

# %% [markdown]
# ## Task 2 (2 points): how many must be asked?
#
# The firm wants this score to within **± 3 points** (95 % confidence), and expects the same shares of promoters and
# detractors, and the same response rate, as among those who responded now. How many people must it **invite**? A whole
# number, rounded up.

# %% tags=["answer"] name="invitations"
### BEGIN SOLUTION
answers = survey.loc[survey["responded"], "score"]
needed = ckm.value.attitude.sample_size(
    3, promoters=(answers >= 9).mean(), detractors=(answers <= 6).mean()
)
invitations = math.ceil(needed / survey["responded"].mean())
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("invitations", invitations)

# %% tags=["misconception"]
replied = survey.loc[survey["responded"], "score"]
ckm.grading.misconception(
    "invitations",
    ckm.value.attitude.sample_size(
        3, promoters=(replied >= 9).mean(), detractors=(replied <= 6).mean()
    ),
    hint="So many must *answer*. And how many must be invited, so that so many answer?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "invitations",
    math.ceil(ckm.value.attitude.sample_size(0.03) / survey["responded"].mean()),
    hint="This is right for a simple share. The score is a difference of two shares, and varies more.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 3 (2 points): what is certain
#
# Assume nothing about those who did not respond at once, and forget the calls. What is the **lowest** score, in points,
# that all 1,600 people could have?

# %% tags=["answer"] name="lowest"
### BEGIN SOLUTION
points = ckm.value.attitude.nps_points(survey["score"].where(survey["responded"]))
lowest = ckm.capture.response_bounds(points, lowest=-100, highest=100).low
### END SOLUTION

# %% tags=["check"] points=2 bloom="analyse"
ckm.check("lowest possible score", lowest)

# %% tags=["misconception"]
ckm.grading.misconception(
    "lowest possible score",
    ckm.value.attitude.nps(survey.loc[survey["responded"], "score"]).low,
    hint="This interval covers the luck of the draw only. It takes the silent to be like the others.",
)

# %% tags=["misconception"]
replied = survey["score"].where(survey["responded"])
ckm.grading.misconception(
    "lowest possible score",
    ckm.value.attitude.nps(replied).value * survey["responded"].mean(),
    hint="You gave every silent person 0 points, as if all were passives. They could be worse.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "lowest possible score",
    ckm.capture.response_bounds(
        ckm.value.attitude.nps_points(survey["score"]), lowest=-100, highest=100
    ).low,
    hint="The calls are in your answers. Here only those count who responded at once.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 4 (3 points): weights
#
# Estimate everybody's chance to respond from `usage`, weight those who **responded** by one over it, and give the
# weighted score in points.

# %% tags=["answer"] name="weighted"
### BEGIN SOLUTION
points = ckm.value.attitude.nps_points(survey["score"].where(survey["responded"]))
chance = ckm.capture.response_propensity(survey, "responded", ["usage"])
weighted = ckm.capture.weighted_mean(points, 1 / chance)
### END SOLUTION

# %% tags=["check"] points=3 bloom="apply"
ckm.check("weighted score", weighted, digits=4)

# %% tags=["misconception"]
ckm.grading.misconception(
    "weighted score",
    ckm.capture.weighted_mean(
        ckm.value.attitude.nps_points(survey["score"].where(survey["responded"])),
        ckm.capture.response_propensity(survey, "responded", ["usage"]),
    ),
    hint="You gave more weight to those who are likely to respond. They are too many already.",
    credit=1 / 3,
    digits=4,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "weighted score",
    ckm.capture.weighted_mean(
        ckm.value.attitude.nps_points(survey["score"]),
        1 / ckm.capture.response_propensity(survey, "responded", ["usage"]),
    ),
    hint="People who were called have slipped in; their chance to respond was not that of your model.",
    credit=1 / 3,
    digits=4,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "weighted score",
    ckm.value.attitude.nps(survey.loc[survey["responded"], "score"]),
    hint="This is the score without weights.",
    digits=4,
)

# %% [markdown]
# ## Task 5 (3 points): what do you report?
#
# You have the responses and the calls. Give the best estimate you can of the score of **all** 1,600 people, in points.

# %% tags=["answer"] name="best"
### BEGIN SOLUTION
points = ckm.value.attitude.nps_points(survey["score"])
best = ckm.capture.double_sampling(
    points[survey["responded"]],
    points[survey["followed_up"]],
    silent=int((~survey["responded"]).sum()),
)
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("best estimate", best)

# %% tags=["misconception"]
ckm.grading.misconception(
    "best estimate",
    ckm.value.attitude.nps(survey["score"]),
    hint="You threw all answers into one pot. Each call speaks for many silent people, each response only for itself.",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "best estimate",
    ckm.value.attitude.nps(survey.loc[survey["followed_up"], "score"]),
    hint="This is the score of the silent. The others belong to the 1,600 as well.",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "best estimate",
    ckm.capture.weighted_mean(
        ckm.value.attitude.nps_points(survey["score"].where(survey["responded"])),
        1 / ckm.capture.response_propensity(survey, "responded", ["usage"]),
    ),
    hint="Weights mend what usage knows about mood. The calls know more.",
    credit=1 / 3,
)
