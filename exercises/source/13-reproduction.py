# ---
# jupyter:
#   ckmlab:
#     exercise: 13-reproduction
# ---

# %% [markdown]
# # Exercise 13: does it still come out?
#
# Five tasks, thirteen points, about 35 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** paper, with other figures, so let your code
# find the answer instead of typing the number.
#
# *Stuck? The notebook `13-reproduction` shows every function you need.*

# %%
import numpy as np

import ckmlab as ckm

# %% tags=["data"] name="data"
study = ckm.grading.data("ckmlab.datasets:make_printed_study", seed=1513)

# %% [markdown]
# You review a paper that nobody has written (yours is unlike your neighbour's). It prints five scales with their loadings
# (two digits), and Cronbach's alpha, composite reliability (CR) and average variance extracted (AVE) with three.

# %% name="scales"
study.scales

# %% [markdown]
# And the correlations of three constructs, from `study.n` respondents:

# %% name="correlations"
study.correlations

# %% [markdown]
# ## Task 1 (3 points): five verdicts
#
# Does the printed CR of each scale follow from its printed loadings? Give a dictionary from the scale's name to its verdict:
# `"reproduced"`, `"within rounding"` or `"not reproducible"`. `recompute("training")` gives the recomputed CR, and the
# lowest and highest that the rounding of the loadings allows.


# %% name="recompute"
def recompute(scale):
    """CR from the printed loadings, and from loadings half a unit lower and higher."""
    loadings = np.array(study.scales.loc[scale, "loadings"], dtype=float)
    ends = [loadings, loadings - 0.005, loadings + 0.005]
    return tuple(float(ckm.value.attitude.composite_reliability(end)) for end in ends)


# %% tags=["answer"] name="verdicts"
### BEGIN SOLUTION
verdicts = {
    scale: ckm.studies.compare("scales", "CR", study.scales.loc[scale, "cr"], *recompute(scale))[
        "verdict"
    ]
    for scale in study.scales.index
}
### END SOLUTION

# %% tags=["check"] points=3 bloom="understand"
ckm.check("verdicts", verdicts)

# %% tags=["misconception"]
ckm.grading.misconception(
    "verdicts",
    {
        scale: "reproduced" if f"{recompute(scale)[0]:.3f}"[1:] == printed else "not reproducible"
        for scale, printed in study.scales["cr"].items()
    },
    hint="You took the printed loadings as if they were exact. Each of them was rounded, too.",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "verdicts",
    {
        scale: "reproduced" if low - 0.0005 < float(printed) < high + 0.0005 else "not reproducible"
        for scale, printed in study.scales["cr"].items()
        for _, low, high in [recompute(scale)]
    },
    hint="You found what is impossible. Among the others, not all come out to the last digit.",
    credit=2 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "verdicts",
    {
        scale: "reproduced" if f"{recompute(scale)[0]:.3f}"[1:] == printed else "within rounding"
        for scale, printed in study.scales["cr"].items()
    },
    hint="One figure is further off than rounding can explain. Compare it with the lowest and the highest.",
    credit=1 / 3,
)

# %% [markdown]
# ## Task 2 (2 points): the figure that should stand there
#
# One CR is not reproducible. Which value follows from that scale's printed loadings? (Let your code find the scale.)

# %% tags=["answer"] name="right-cr"
### BEGIN SOLUTION
excess = {
    scale: float(study.scales.loc[scale, "cr"]) - recompute(scale)[2]
    for scale in study.scales.index
}
right_cr = recompute(max(excess, key=excess.get))[0]
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("right CR", right_cr)

# %% tags=["misconception"]
beyond = {s: float(study.scales.loc[s, "cr"]) - recompute(s)[2] for s in study.scales.index}
odd = max(beyond, key=beyond.get)
ckm.grading.misconception(
    "right CR",
    float(study.scales.loc[odd, "cr"]),
    hint="This is the printed one. What do the loadings say?",
)

# %% tags=["misconception"]
beyond = {s: float(study.scales.loc[s, "cr"]) - recompute(s)[2] for s in study.scales.index}
odd = study.scales.loc[max(beyond, key=beyond.get), "loadings"]
ckm.grading.misconception(
    "right CR",
    float(ckm.value.attitude.average_variance_extracted(np.array(odd, dtype=float))),
    hint="This is the right scale, and the variance extracted. CR is the other one.",
    credit=1 / 2,
)

# %% tags=["misconception"]
beyond = {s: float(study.scales.loc[s, "cr"]) - recompute(s)[2] for s in study.scales.index}
ckm.grading.misconception(
    "right CR",
    recompute(max(beyond, key=beyond.get))[2],
    hint="You rounded every loading up. What follows from the loadings as they are printed?",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 3 (3 points): the hidden sign
#
# In a model in which *training* and *capacity* both lead to *innovation*, what is the standardised coefficient of
# **training**?

# %% tags=["answer"] name="training-path"
### BEGIN SOLUTION
both = ckm.studies.ols_from_correlation(
    study.correlations, "innovation", ["training", "capacity"], n=study.n
)
training_path = both.params["training"]
### END SOLUTION

# %% tags=["check"] points=3 bloom="apply"
ckm.check("path of training", training_path)

# %% tags=["misconception"]
ckm.grading.misconception(
    "path of training",
    study.correlations.loc["training", "innovation"],
    hint="This is the correlation. What is left of it when capacity stays the same?",
)

# %% tags=["misconception"]
fitted = ckm.studies.ols_from_correlation(
    study.correlations, "innovation", ["training", "capacity"]
)
ckm.grading.misconception(
    "path of training",
    abs(fitted.params["training"]),
    hint="The size is right. A table once lost something here; so did you.",
    credit=1 / 2,
)

# %% tags=["misconception"]
fitted = ckm.studies.ols_from_correlation(
    study.correlations, "innovation", ["training", "capacity"]
)
ckm.grading.misconception(
    "path of training",
    fitted.contributions["training"],
    hint="This is coefficient times correlation: what some papers print as the contribution to R².",
    credit=1 / 3,
)

# %% tags=["misconception"]
fitted = ckm.studies.ols_from_correlation(
    study.correlations, "innovation", ["training", "capacity"]
)
ckm.grading.misconception(
    "path of training",
    fitted.params["capacity"],
    hint="You read the other line.",
    credit=1 / 3,
)

# %% [markdown]
# ## Task 4 (3 points): does the long way count?
#
# *Training* leads to *capacity*, and both lead to *innovation*. Test the route **training → capacity → innovation** with
# Sobel's test, the errors of both steps included. Give *z*. (`ckm.studies.ols_from_correlation` fits a step; its `params` and
# `bse` are the coefficients and their standard errors.)

# %% tags=["answer"] name="sobel"
### BEGIN SOLUTION
model = ckm.studies.path_model_from_correlation(
    study.correlations,
    {"capacity": ["training"], "innovation": ["training", "capacity"]},
    n=study.n,
)
routes = ckm.studies.indirect_effects(model, "training", "innovation")
sobel = routes.loc["training → capacity → innovation", "z"]
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("z of the route", sobel)

# %% tags=["misconception"]
second = ckm.studies.ols_from_correlation(
    study.correlations, "innovation", ["training", "capacity"], n=study.n
)
ckm.grading.misconception(
    "z of the route",
    second.tvalues["capacity"],
    hint="You took the first step as known exactly. Its coefficient has an error as well.",
    credit=1 / 3,
)

# %% tags=["misconception"]
first = ckm.studies.ols_from_correlation(study.correlations, "capacity", ["training"], n=study.n)
ckm.grading.misconception(
    "z of the route",
    first.tvalues["training"],
    hint="This tests the first step alone.",
    credit=1 / 3,
)

# %% tags=["misconception"]
whole = ckm.studies.path_model_from_correlation(
    study.correlations,
    {"capacity": ["training"], "innovation": ["training", "capacity"]},
    n=study.n,
)
ckm.grading.misconception(
    "z of the route",
    ckm.studies.indirect_effects(whole, "training", "innovation").loc["total", "z"],
    hint="This tests all ways from training to innovation together.",
    credit=1 / 3,
)

# %% [markdown]
# ## Task 5 (2 points): judge the weakest scale
#
# Take the scale with the **lowest printed AVE**. How large could its AVE be at most, if each loading had been rounded down
# by half a unit of its last digit? (Then say to yourself whether the rule “AVE at least .5” can be met.)

# %% tags=["answer"] name="largest-ave"
### BEGIN SOLUTION
weakest = study.scales["ave"].astype(float).idxmin()
highest = np.array(study.scales.loc[weakest, "loadings"], dtype=float) + 0.005
largest_ave = float(ckm.value.attitude.average_variance_extracted(highest))
### END SOLUTION

# %% tags=["check"] points=2 bloom="evaluate"
ckm.check("largest AVE", largest_ave)

# %% tags=["misconception"]
low = study.scales["ave"].astype(float).idxmin()
ckm.grading.misconception(
    "largest AVE",
    float(
        ckm.value.attitude.average_variance_extracted(
            np.array(study.scales.loc[low, "loadings"], dtype=float)
        )
    ),
    hint="This follows from the loadings as printed. How much larger could each have been?",
    credit=1 / 2,
)

# %% tags=["misconception"]
low = study.scales["ave"].astype(float).idxmin()
ckm.grading.misconception(
    "largest AVE",
    (np.array(study.scales.loc[low, "loadings"], dtype=float) ** 2).mean() + 0.005,
    hint="You moved the AVE. The loadings were rounded, and the AVE takes their squares.",
    credit=1 / 2,
)

# %% tags=["misconception"]
low = study.scales["ave"].astype(float).idxmin()
ckm.grading.misconception(
    "largest AVE",
    ((np.array(study.scales.loc[low, "loadings"], dtype=float) + 0.01) ** 2).mean(),
    hint="Half a unit of the last digit is less than you added.",
    credit=1 / 2,
)
