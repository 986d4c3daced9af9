# %% [markdown]
# # What have we not heard?
#
# **In 90 minutes you will** estimate how many people are on no list at all from how much the lists overlap; say what happens
# when the lists depend on each other, or when matches get lost; let three lists check each other; and carry the idea over to
# needs that nobody has mentioned yet.
#
# | minutes | what |
# |---|---|
# | 0–15 | two lists tell on each other |
# | 15–25 | Kestrel's lists |
# | 25–45 | three pairs, three answers |
# | 45–60 | three lists at once |
# | 60–70 | lost matches |
# | 70–80 | the truth |
# | 80–90 | needs instead of people, exit ticket |
#
# *Only 45 minutes? Run the cells of section 5, but do not stop there, and leave section 7 to page 06.* Then do the exercise: `exercises/05-not-heard.ipynb`.

# %%
from itertools import combinations

import pandas as pd

import ckmlab as ckm

company = ckm.datasets.load_company()

# %% [markdown]
# ## 1. Two lists tell on each other
#
# How many fish swim in a lake? Catch 120, mark them, let them go. Next day catch 90: of these, 36 bear a mark. **Write down
# your guess** before you go on: how many fish are there?
#
# Now read *customers with a problem* for fish. The complaint desk has a list of 120 of them, the forum one of 90, and 36 names
# are on both:

# %%
both_lists = ckm.capture.chapman(120, 90, 36)
ckm.plots.overlap(120, 90, 36, both_lists, names=("desk", "forum"))

# %% [markdown]
# **What you should see.** Of the forum's 90 people, 36 are known to the desk: 40 per cent. If the forum's people are like all
# the others, then the desk knows 40 per cent of *everybody*. It has 120 names; so everybody is $120 / 0.40 = 300$.
#
# That is the estimate of **Lincoln and Petersen**. With small numbers it comes out a little too high on average, and
# **Chapman** mends that:
#
# $$\hat N_{LP} = \frac{n_1 n_2}{m} \qquad
# \hat N_{C} = \frac{(n_1 + 1)(n_2 + 1)}{m + 1} - 1$$

# %%
n1, n2, m = 120, 90, 36
variance = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) ** 2 * (m + 2))
print(f"Lincoln and Petersen {float(ckm.capture.lincoln_petersen(n1, n2, m)):.0f}")
print(f"Chapman {float(both_lists):.2f}, standard error {variance**0.5:.2f}")

# %% [markdown]
# **Try it.** What is the estimate if all 90 people of the forum are known to the desk? And if none is?
#
# ## 2. Kestrel's lists
#
# Page 04 had to trust rates from another city. Now we ask Kestrel itself. Three of its tables know people who had a problem in
# their first contract year: the complaint **desk**; the **survey**, which asks *did you have a problem?*; and the **forum**,
# where people tell of it.

# %%
desk = set(company.complaints.query("period == 1")["customer_id"])
survey = set(company.surveys.query("wave == 1 and had_problem")["customer_id"])
posts = company.forum.query("about_problem").rename(columns={"author_id": "customer_id"})
posts = posts.merge(company.customers, on="customer_id")
early = posts["ts"] < posts["tenure_start"] + pd.DateOffset(years=1)
forum = set(posts.loc[early, "customer_id"])
lists = {"desk": desk, "survey": survey, "forum": forum}
{name: len(people) for name, people in lists.items()}

# %% [markdown]
# **Write down your guess:** 1,000 customers, and at most 303 different names on the three lists. How many customers had a
# problem? Begin with two lists:

# %%
known = len(desk & survey)
estimate = ckm.capture.chapman(len(desk), len(survey), known)
ckm.plots.overlap(len(desk), len(survey), known, estimate, names=("desk", "survey"))

# %% [markdown]
# **What you should see.** Out of two small circles comes a number for those outside. It rests on the 21 people in the middle,
# and its interval says how thin that is.
#
# ## 3. Three pairs, three answers
#
# There are two more pairs. They ask the same question about the same people, so they should give the same answer. Do they?

# %%
pairs = {}
for a, b in combinations(lists, 2):
    overlap = len(lists[a] & lists[b])
    pairs[f"{a} and {b}"] = ckm.capture.chapman(len(lists[a]), len(lists[b]), overlap)
ckm.plots.compare_estimates(pairs, unit="customers with a problem")

# %% [markdown]
# **What you should see.** Desk and forum say 329, the others more than 470. The formula made a silent promise: that the forum's
# people are like all the others. But who writes in a forum? People with a *heavy* problem. And who goes to the desk? The same
# people. The two lists overlap more than they would by accident, the formula takes much overlap for “we know nearly
# everybody”, and the estimate is **too low**.
#
# Play with it. There are 1,000 people here, always. Move *Dependence*: 1 means that the lists know nothing of each other.

# %%
board = ckm.widgets.ListOverlap(1000, seed=2002)
board.set(odds_ratio=2.2)
board

# %%
board.picture()

# %% [markdown]
# **Try it.** Set *Dependence* below 1: whoever phones does not write. Which way does the estimate go now?
#
# **Think about it.** Two lists alone never tell whether they depend on each other. Why not? (How many numbers do you see in
# two overlapping circles, and how many would you need?)
#
# ## 4. Three lists at once
#
# Three lists have seven visible combinations instead of three. That is enough to let some pairs depend on each other:

# %%
people = ckm.capture.histories(lists)
people

# %% [markdown]
# A **log-linear model** says what each combination should hold: one number for the size of each list, and one for each pair
# that goes together. From it follows the combination that nobody could count, *on no list*. Which pairs? Every choice is
# a model. `deviance` says how badly it fits; the last column (BIC, smaller is better) weighs that against the number of things
# assumed:

# %%
models = ckm.capture.loglinear_models(lists)
models[["model", "people", "std_error", "deviance", "bic"]].round(1).head(5)

# %% [markdown]
# **What you should see.** The best model has just one pair: desk and forum. The lists hint by themselves at what section 3
# guessed; a hint, not a proof, for the model without any pair is close behind. And look down the column *people*: the choice of model moves the answer by hundreds. So say which model you took, and
# why.

# %%
three = ckm.capture.loglinear(lists)
three

# %%
ckm.plots.lists_upset(people, three)

# %% [markdown]
# ## 5. Lost matches
#
# One more silent promise: that we notice when a name is on both lists. Suppose one in five people of the survey gave a
# mistyped number, so that nobody finds them in the desk's list. The people are the same; only the matching is worse.
# **Guess:** will the estimate rise or fall?

# %%
mistyped = set(pd.Series(sorted(survey)).sample(frac=0.2, random_state=1))
sloppy = {-number if number in mistyped else number for number in survey}
found = len(desk & sloppy)
lost = ckm.capture.chapman(len(desk), len(sloppy), found)
print(f"{known} matches: {estimate.value:.0f} people")
print(f"{found} matches: {lost.value:.0f} people")

# %% [markdown]
# **What you should see.** Five lost matches make more than a hundred unhappy customers out of nothing. Dependence made the
# number too small; bad matching makes it too large. Before you multiply, clean your names (page 08 is about that).
#
# ## 6. The truth
#
# Kestrel is synthetic. So many customers really had a problem in their first year:

# %%
truth = company.truth["dissatisfied"]
answers = {**pairs, "three lists": three, "desk and survey, mistyped": lost}
ckm.plots.compare_estimates(answers, truth=truth, unit="customers with a problem")

# %% [markdown]
# **What you should see.** The pair of desk and forum is the only one whose interval misses. It was also the one with the
# narrowest interval: it was wrong, and sure of itself. An interval knows about small numbers. It does not know about broken
# promises.
#
# Which promise? That being on one list tells nothing about being on the other. Now it can be checked:

# %%
had_problem = set(company.truth.table("problems").query("period == 1")["customer_id"])
for name, group in {"everybody": had_problem, "the survey": survey, "the forum": forum}.items():
    print(f"of {name:10} the desk knows {len(desk & group) / len(group):.0%}")

# %% [markdown]
# Of the survey's people the desk knows the same share as of everybody: an honest second catch. Of the forum's it knows
# half, and so the overlap looked as if nearly everybody had been caught.
#
# **Think about it.** Which two lists would you choose in a company of your own: two that see many people, or two that have
# nothing to do with each other?
#
# ## 7. Needs instead of people
#
# The same idea works for *things*. Kestrel held interviews and wrote down which needs came up. After twenty interviews, 150
# different needs are known. Is that all? Ask how many came up **once** only: where much was heard once, much was never heard.
#
# * **Good and Turing:** the share of all mentions to come that will be something known is $1 - F_1 / N$, with $F_1$ needs
#   mentioned once, among $N$ mentions.
# * **Chao2** turns the needs heard once ($Q_1$) and twice ($Q_2$) into a lower bound for how many there are.

# %%
twenty = ckm.capture.incidence_table(company.interviews).iloc[:20]
known_mentions = ckm.capture.coverage(twenty.sum()).value
print("needs heard    ", int(twenty.any().sum()))
print("Good-Turing    ", f"{known_mentions:.1%} of the mentions to come")
print("Chao2, at least", ckm.capture.chao2(twenty))

# %% [markdown]
# **What you should see.** Nine of ten *mentions* will be old news, and yet some 27 *needs* or more have never been heard, for the
# rare ones are many. Chao2 promises no more than “at least”: how many there really are stands at the end of page 06.
#
# ## In three sentences
#
# 1. The overlap of two lists tells how many people are on neither.
# 2. It does so only if the lists are independent and the matching is good: dependence hides people, lost matches invent them.
# 3. A third list lets you see the dependence; and what was heard once tells of what was never heard.
#
# ## Exit ticket
#
# 1. Two lists of 50 and 40 names share 10. How many people are there, and which two promises did you rely on?
# 2. People who complain by phone are told to write in the forum as well. What does that do to your estimate?
# 3. A vendor reports “95 % coverage” of customers' needs. What do you ask?
#
# **Next:** [06 When have we heard enough?](06-saturation.ipynb)
#
# ## References
#
# °Chapman, D. G. (1951), on the estimate of Lincoln and Petersen. °Fienberg, S. E. (1972), *The multiple recapture census for
# closed populations and incomplete $2^k$ contingency tables*, Biometrika 59(3). °Good, I. J. (1953), on the population
# frequencies of species, Biometrika 40:237–264. °Chao, A. (1987), on unequal catchability, Biometrics 43:783–791.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
