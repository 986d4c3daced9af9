# %% [markdown]
# # When have we heard enough?
#
# **In 90 minutes you will** tell a quiet interview from a finished study; estimate how many needs are still unheard;
# explain why needs that are unlike each other take so many more interviews; and find the interview after which
# listening costs more than it brings.
#
# | minutes | what |
# |---|---|
# | 0–10 | guess: are we done? |
# | 10–25 | the curve behind the luck |
# | 25–45 | needs are not alike; move the fan |
# | 45–55 | a share of what? |
# | 55–65 | two pairs of ears |
# | 65–75 | what the next interview is worth |
# | 75–90 | the truth, exit ticket |
#
# *Only 45 minutes? Run the cells of sections 4, 5 and 6, but do not stop there.* Then do the exercise: `exercises/06-saturation.ipynb`.

# %%
import numpy as np

import ckmlab as ckm

company = ckm.datasets.load_company()
heard = ckm.capture.incidence_table(company.interviews)

# %% [markdown]
# ## 1. The interview that brought nothing
#
# Kestrel interviewed forty customers, an hour each, about what they need. Two analysts read every transcript and noted
# each need that came up: *a signal inside the cold store*, *fibre before the new tenants move in*. `heard` has one row
# for each interview, one column for each need, and says who mentioned what.
#
# A rule you will hear in many companies: **stop when an interview brings nothing new.** How would it have served
# Kestrel? **Before you run the cell, write down your guess:** after how many of the forty interviews would the rule
# have stopped?

# %%
new = ckm.capture.first_heard(heard)
ckm.plots.first_heard(new)

# %% [markdown]
# **What you should see.** The first conversations pour; later ones drip. Interview 26 was dry, and so was the next. The
# rule would have gone home, and missed what the rest brought. Then comes interview 40: dry again. So, are we done
# *now*?
#
# **Write down a second guess:** the forty interviews found this many needs. How many are there in all?

# %%
print(len(heard), "interviews,", heard.shape[1], "different needs")

# %% [markdown]
# ## 2. The curve behind the luck
#
# A dry interview is luck. In another order, interview 26 might have come first, and poured. So let us ask what we would
# know after one, two, three … interviews **on average over all orders**. That is the *accumulation curve*. Beside it
# stands Chao's estimate of all needs, which you met on the page before: needs heard *once* and *twice* tell on those
# that were never heard.

# %%
curve = ckm.capture.accumulation(heard, up_to=60)
total = ckm.capture.chao2(heard)
ckm.plots.accumulation(curve, total=total)

# %% [markdown]
# **What you should see.** The curve bends, but it has not become flat. Twenty more interviews would still find
# something.
#
# How full is our basket? There are two answers, and they sound very different:

# %%
mentions = ckm.capture.coverage(heard.sum())
print(f"of the mentions to come, {mentions.value:.1%} will be old acquaintances")
print(f"of the needs there are, at most {heard.shape[1] / total.value:.1%} are known to us")

# %% [markdown]
# The first number speaks of **mentions**. It is what the analysts feel: hardly anything surprises them any more. The
# second speaks of **needs**. Common needs are mentioned all the time, and so they fill the ears; the rare ones hardly
# count among mentions, yet each of them is a need. And why *at most*? Because Chao's number is a lower bound: a need so
# rare that it leaves no trace at all cannot be counted from traces.
#
# ## 3. Needs are not alike
#
# Why does the curve creep so slowly at its end? Suppose every need came up in an interview with the same chance $p$.
# After
# $n$ interviews the share heard would be
#
# $$S(n) = 1 - (1 - p)^n .$$
#
# Now let each need have a chance of its own, some large, many small, spread like a *beta distribution* with parameters
# $a$ and $b$ and mean $a/(a+b)$. This is the model of Griffin and Hauser (1993):
#
# $$S(n) = 1 - \frac{B(a,\; b + n)}{B(a,\; b)} .$$
#
# ($B$ is the beta function; the package computes it.)
#
# We fit both to the same forty interviews:

# %%
alike = ckm.capture.fit_saturation(heard, model="homogeneous")
unlike = ckm.capture.fit_saturation(heard)
for fit in (alike, unlike):
    print(f"{fit.model:13}  all needs {fit.needs().value:.1f}   AIC {fit.aic:.0f}")

# %%
interviews = np.arange(61)
curves = {
    "needs unlike": ckm.capture.share_found(interviews, *unlike.params),
    "needs alike": ckm.capture.share_found_homogeneous(interviews, *alike.params),
}
ckm.plots.saturation(interviews, curves, needed={0.9: unlike.interviews_needed(0.9)})

# %% [markdown]
# **What you should see.** *Alike* says: finished, fewer than one need is missing. *Unlike* says: one need in ten is
# still out there. The same data! Which to believe? AIC, a score for fit in which less is better, is far lower for
# *unlike*: needs are not alike in these interviews, nor in any you will ever hold.
#
# **An example to do by hand.** Take $a = 1.45$ and $b = 7.64$, numbers often quoted for this model (we could not
# confirm them in the article). How many interviews for 80, 90 and 95 per cent?

# %%
[ckm.capture.interviews_needed(share, a=1.45, b=7.64) for share in (0.80, 0.90, 0.95)]

# %% [markdown]
# From 80 to 90 per cent takes nearly as many interviews again, 15; the next five points take 24, more than the first
# eighty.
#
# Now move the fan. *A need comes up in* is the mean chance; *likeness* says how equal the needs are (it is $a + b$);
# the last two sliders are the people who listen.

# %%
board = ckm.widgets.InterviewFan()
board

# %%
board.picture()

# %% [markdown]
# **Try it.** Leave the mean alone and pull *likeness* from 9 down to 3. What happens to the number of interviews, and
# which curve does not move? Then put it up to 60: which two curves meet?
#
# **Think about it.** Kestrel interviewed forty customers of all kinds. Would it have needed more interviews, or fewer,
# if it had only talked to business customers? What would it have learned about the others?
#
# ## 4. A share of what?
#
# “Twelve interviews are enough.” Many theses lean on a study of sixty interviews by Guest, Bunce and Johnson (2006). A
# textbook reports its counts: 114 themes in all; 80 of them came up in the first six interviews, 20 more in the next
# six. But the shares usually quoted are 73 % and 92 %. Two denominators, side by side:

# %%
themes = ckm.studies.interview_themes.reproduce()
themes[["figure", "printed", "recomputed", "verdict"]].round(1)

# %% [markdown]
# **What you should see.** The quoted shares fit 109 themes, not 114. The difference is 5, which is just the number of
# themes that thirty more interviews in a second country added. (The quoted shares we could not confirm in the article;
# the arithmetic you can.) A share of *what was found in the end* is always kind: it takes the needs that nobody ever
# voiced for needs that do not exist.
#
# **Try it.** Kestrel can do the same trick. Which share of the needs *found in forty interviews* was known after
# twelve, and which share of Chao's estimate?

# %%
known = new.iloc[:12].sum()
print(f"{known / heard.shape[1]:.0%} of those found, {known / total.value:.0%} of Chao's")

# %% [markdown]
# ## 5. Two pairs of ears
#
# A need may be voiced and still be lost, because nobody notes it. Two analysts read the same transcripts, each alone.
# Where both noted the same thing, we can check one by the other: of what the second noted, which share did the first
# note too?

# %%
notes = company.interviews
by_whom = notes.groupby(["interview_id", "need_label"])["analyst"].agg(set)
both = (by_whom.str.len() == 2).sum()
first, second = notes["analyst"].value_counts()[["first", "second"]]
print(f"the first caught {both / second:.0%} of the second's notes")
print(f"the second caught {both / first:.0%} of the first's")

# %% [markdown]
# **What you should see.** A trained reader, with all the time in the world, notes little more than half. That is the
# overlap of two lists from page 05, with transcripts for customers. If analysts miss things independently, $m$ of them
# together catch $1 - (1 - d)^m$. With $d = .54$, about what the two show, one to four analysts:

# %%
ckm.capture.analysts_find([1, 2, 3, 4], each=0.54).round(3)

# %% [markdown]
# The second analyst adds 25 points, and costs no customer a minute. And they heard different things altogether:

# %%
notes.groupby("analyst")["need_label"].nunique()

# %% [markdown]
# **Think about it.** What does *independently* ask of the two? What happens to the sum if the second analyst reads with
# the first one's notes on the table?
#
# ## 6. What is the next interview worth?
#
# “Is it saturated?” is the wrong question: it never quite is. The right one: **does the next interview bring more than
# it costs?** The data answer the first half. The number of new needs to expect is the number of needs heard exactly
# once, divided by the number of interviews (Good and Toulmin):

# %%
ckm.capture.new_needs_expected(heard)

# %% [markdown]
# Between one need in five interviews and one in each. Say a new need is worth 1,000 euros to Kestrel's product team. An
# interview, with transcript and two analysts, costs 400, 600 or 800. When should Kestrel have stopped?

# %%
needs, (a, b) = unlike.needs().value, unlike.params
for cost in (400, 600, 800):
    print(cost, "euros:", ckm.capture.stop_after(needs, a, b, value=1000, cost=cost), "interviews")

# %% [markdown]
# **What you should see.** The answer moves with the price, not with a feeling of having heard it all. Doubling the
# price takes away fewer than a third of the interviews, because the early ones bring so much.
#
# **Try it.** A rare need may be the one that nobody else serves. Let it be worth 5,000 euros. Where do you stop now?
#
# ## 7. The truth
#
# How many needs do Kestrel's customers hold? Lay your second guess beside these:

# %%
truth = company.truth["needs"]
models = {"needs alike": alike.needs(), "Chao2": total, "needs unlike": unlike.needs()}
print(f"heard          {heard.shape[1]}     off by {heard.shape[1] - truth}")
for name, number in models.items():
    print(f"{name:13}  {number.value:.1f}   off by {number.value - truth:.1f}")

# %%
ckm.plots.accumulation(curve, total=total, truth=truth)

# %% [markdown]
# Forty interviews left 27 needs unheard. *Alike* was sure that there was nothing more. Chao's lower bound was, as
# promised, too low, but its interval knew; the model with unlike needs came closest.
#
# Do the missing ones matter? They are rare among all customers. But ask the ledger who holds them:

# %%
ledger = company.truth.table("needs")
unheard = ledger[~ledger["need_label"].isin(heard.columns)]
unheard[["share_of_contacts", "share_among_lead_users"]].sum().round(2)

# %% [markdown]
# **The twist.** What forty interviews never heard makes up six in a hundred of the needs that all customers bring, but
# more than a quarter of those that *lead users* bring, the people who need today what others will need tomorrow (von
# Hippel). Rare is not unimportant. Perhaps the forty-first interview should not be one more of the same kind, but one
# with another kind of customer.
#
# ## In three sentences
#
# 1. An interview that brings nothing new is luck; the needs heard only once say how much is left.
# 2. Needs are unlike each other, so a model in which all are alike promises far too much.
# 3. Stop when the next interview costs more than it brings, and say of *what* your share is a share.
#
# ## Exit ticket
#
# 1. “Nothing new in three interviews, so we are saturated.” Give two replies.
# 2. Coverage is 97 %, and yet one need in seven is unheard. How can both be true?
# 3. You may pay for ten more interviews or for a third analyst. What do you ask before you choose?
#
# **Next:** [07 Surveys that lie: what do the silent think?](07-nps.ipynb)
#
# ## References
#
# Griffin, A. and Hauser, J. R. (1993), The voice of the customer, *Marketing Science* 12(1), 1–27,
# doi:10.1287/mksc.12.1.1. Guest, G., Bunce, A. and Johnson, L. (2006), doi:10.1177/1525822X05279903. Weller, S. C. and
# others (2018), doi:10.1371/journal.pone.0198606: until a person adds less than one new item takes 75
# interviews in the median of 28 sets, and from 15 to 194 in the single ones.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
