# %% [markdown]
# # Can two people agree?
#
# **In 90 minutes you will** take luck out of the agreement of two coders and say which kind of luck you took out; show why
# 90 % agreement can be worthless; plan how many items two people must both code; and tell agreement from truth.
#
# | minutes | what |
# |---|---|
# | 0–10 | guess: how good is 82 per cent? |
# | 10–25 | luck, and how to take it out |
# | 25–35 | four coefficients, four kinds of luck |
# | 35–50 | the same agreement, another kappa |
# | 50–65 | mend the rule, not the label |
# | 65–75 | how many items must both code? |
# | 75–90 | agreement is not truth, exit ticket |
#
# *Only 45 minutes? Run the cells of sections 3 and 6, but do not stop there, and end section 7 with the three lines of
# the truth.* Then do the exercise: `exercises/02-agreement.ipynb`.

# %%
import pandas as pd

import ckmlab as ckm

company = ckm.datasets.load_company()

# %% [markdown]
# ## 1. How good is 82 per cent?
#
# Ann and Ben sorted 120 statements of customers into knowledge *about*, *for* and *from* customers. Neither saw what the other
# wrote. On 99 of the 120 they say the same: 82 per cent. Their manager wants to know whether that is good.
#
# Rows are Ann's labels, columns Ben's:

# %%
types = ["about", "for", "from"]
table = pd.DataFrame([[44, 3, 5], [2, 31, 3], [6, 2, 24]], types, types)
pairs = table.stack()
ann, ben = (pairs.index.get_level_values(side).repeat(pairs) for side in (0, 1))
table

# %% [markdown]
# **Before you run the next cell, write down your guess.** Suppose Ben had not read a single statement. He shuffles his 120
# labels like cards and deals them out. On how many of a hundred statements would he still agree with Ann?

# %%
careless = pd.Series(ben).sample(frac=1, random_state=5)
luck = ckm.classify.percent_agreement(ann, careless)
beyond = ckm.classify.cohen_kappa(ann, careless)
dealt = ckm.classify.confusion_table(ann, careless)
ckm.plots.agreement_heatmap(dealt, luck, beyond, coders=("Ann", "shuffled Ben"))

# %% [markdown]
# **What you should see.** A man who reads nothing agrees with Ann on every third statement. So the scale does not begin
# at zero. Whoever says “82 per cent” should say above what.
#
# **Try it.** Change `random_state` a few times. Between which numbers does the luck of the shuffle move?
#
# ## 2. Take luck out
#
# Here are the real Ann and the real Ben. The lower bar is what is left when luck is gone:

# %%
agreed = ckm.classify.percent_agreement(ann, ben)
kappa = ckm.classify.cohen_kappa(ann, ben)
ckm.plots.agreement_heatmap(table, agreed, kappa, coders=("Ann", "Ben"))

# %% [markdown]
# How much luck is there? Ann calls 52 of 120 statements *about*; so does Ben. If both deal blindly, both say *about* on
# $\frac{52}{120} \cdot \frac{52}{120}$ of them. Add up the three labels, and you have the agreement expected by luck, $p_e$.
# **Cohen's kappa** asks: of the way from luck to full agreement, how far did they come?
#
# $$\kappa = \frac{p_o - p_e}{1 - p_e}$$

# %%
p_o = float(agreed)
p_e = (table.sum(axis=1) / 120 * table.sum(axis=0) / 120).sum()
by_hand = (p_o - p_e) / (1 - p_e)
print(f"agreed {p_o:.4f}   by luck {p_e:.4f}   kappa {by_hand:.4f}")

# %%
kappa

# %% [markdown]
# **What you should see.** Ann and Ben came 73 per cent of the way. The interval is part of the answer: with 120 statements,
# kappa may as well be 0.63 or 0.84. Names for such numbers (“moderate”, “satisfactory”, “near perfect”) are in every
# textbook, and the books do not agree where one ends. Print the number and its interval instead.
#
# **Think about it.** Can kappa be negative? What would Ann and Ben have to do?
#
# ## 3. Four coefficients, four kinds of luck
#
# You will meet relatives of kappa. All of them take luck out; they differ in what they call luck.
#
# | coefficient | luck means … | use it when |
# |---|---|---|
# | Cohen's kappa | each coder deals from an own pack | two coders, each with own habits |
# | Scott's pi | both deal from one common pack | two coders who stand for any two |
# | Krippendorff's alpha | the common pack, drawn without putting back | many coders, gaps, ordered labels |
# | Gwet's AC1 | people guess only on hard items | nearly all items have one label |

# %%
family = {
    "Cohen's kappa": kappa,
    "Scott's pi": ckm.classify.scott_pi(ann, ben),
    "Krippendorff's alpha": ckm.classify.krippendorff_alpha([ann, ben]),
    "Gwet's AC1": ckm.classify.gwet_ac1(ann, ben),
}
pd.Series(family).astype(float).round(4)

# %% [markdown]
# **What you should see.** Here the choice hardly matters: Ann and Ben have the same habits, and no label is rare. When four
# coefficients tell one story, report one and go on. Now to a case where they do not.
#
# ## 4. The same agreement, another kappa
#
# Take two new coders and 200 messages. They agree on 90 %, always. The only thing that changes is what lies on the table:
# on the left as many *about* as *from*, on the right almost nothing but *about*. **Guess first:** does kappa change?

# %%
board = ckm.widgets.KappaParadox(agreement=0.90, prevalence=0.95)
board

# %%
board.picture()

# %% [markdown]
# **What you should see.** The dashed line never moves, and kappa falls off a cliff. There is nothing wrong with kappa: where
# nearly everything is *about*, somebody who always says *about* is right nearly always, and agreeing is no feat. The 90 %
# no longer show that the two can tell a *from* when they see one.
#
# **Try it.** Set *They agree on* to 92 %, and find the mix where kappa is below 0.20. You have just made a report that
# says “our coders agree on 92 %”, and means nothing.
#
# **Think about it.** Gwet's AC1, which takes out less luck here, stays up. Is that better? Ask what you need: coders who are seldom wrong, or coders who find the
# rare *from*.
#
# ## 5. Mend the rule, not the label
#
# Now Kestrel's coders A and B. Where do they part?

# %%
ratings = ckm.classify.ratings_table(company.codings)
coder_a, coder_b = ratings.loc["A"], ratings.loc["B"]
ckm.classify.confusion_table(coder_a, coder_b)

# %% [markdown]
# Most often, A says *about* where B says *for*. Do not argue about who is right; read what they disagree on:

# %%
apart = ratings.columns[(coder_a == "about") & (coder_b == "for")]
texts = company.knowledge_items.set_index("item_id").loc[apart, ["text"]]
ckm.concepts.in_full(texts.head(4))

# %%
rules = ckm.classify.Codebook.load().table()
ckm.concepts.in_full(rules.loc[["about", "for"], ["include", "exclude", "anchor"]])

# %% [markdown]
# **Try it.** Write one line into *exclude* that settles these statements. Then give it to two people who have **not** seen
# them, on **new** statements. A rule is mended when the next two people agree.
#
# **The tempting mistake.** A and B could instead meet, talk each case over, and agree in the end. Good, you need one label
# each. But look at what kappa says of the meeting:

# %%
after_talk = coder_b.where(coder_a == coder_b, coder_a)
before = ckm.classify.cohen_kappa(coder_a, coder_b)
print(f"before the talk {before:.2f}, after it {ckm.classify.cohen_kappa(coder_a, after_talk):.2f}")

# %% [markdown]
# **What you should see.** After the talk kappa is perfect, and says nothing: it measures that they are polite. Agreement is
# measured on labels given **alone**, **before** any talk. (The same goes for coders who have seen what a machine suggests.)
#
# ## 6. How many items must both code?
#
# Double coding costs twice. Kestrel's interval is wide, because only 93 items were coded by both. How many for an
# interval of plus or minus 0.10?

# %%
before

# %%
habits = pd.concat([coder_a, coder_b]).value_counts(normalize=True)
for half_width in [0.20, 0.10, 0.05]:
    n = ckm.classify.items_to_double_code(half_width, kappa=float(before), mix=habits)
    print(f"plus or minus {half_width:.2f}: {n:4} items")

# %% [markdown]
# **What you should see.** Half the width costs four times the items. And it is worth asking *when* this is known: before the
# coding, from a pilot. With 93 items in hand, all you can do is report the interval you have.
#
# **Try it.** Nine in ten items are *about*: `mix=[0.90, 0.05, 0.05]`. How many items now, and why so many more?
#
# ## 7. Agreement is not truth
#
# A and B agree on 78 % of Kestrel's items. **Write down a guess:** on how many of a hundred items is A *right*? More than 78?
# Fewer?
#
# **The truth.** In a real company nobody knows. Kestrel can be asked:

# %%
truth = company.truth.table("knowledge_items").set_index("item_id")["ktype_true"]
truth = truth.loc[ratings.columns]
for coder, labels in ratings.iterrows():
    print(f"coder {coder} is right on {(labels == truth).mean():.0%}")
same = coder_a == coder_b
print(
    f"where they agree ({same.mean():.0%}), they are right on {(coder_a == truth)[same].mean():.0%}"
)

# %% [markdown]
# **What you should see.** Each of them is better than their agreement: to agree, *both* must get it right, and
# $0.88 \cdot 0.89 \approx 0.78$. And because they worked alone, they did not slip on the same items. That is what
# double coding buys: the labels they share can be trusted.
#
# It also gives us a yardstick for the clerks, who coded the whole store alone and in passing. On the items where A and B
# agree, how did the clerks (columns) label what is *about*, *for* and *from* (rows)?

# %%
items = company.knowledge_items
clerks = items.set_index("item_id")["ktype_coded"].loc[ratings.columns]
confusion = ckm.classify.confusion_table(coder_a[same], clerks[same])
confusion

# %% [markdown]
# If rows $C$ are these habits as shares, the clerks turn a true mix $\pi$ into the coded mix $o = C^\top \pi$. Running it
# backwards, $\hat\pi = (C^\top)^{-1} o$, takes their mistakes out again. With clean numbers it is exact:

# %%
habit = [[0.88, 0.05, 0.07], [0.06, 0.90, 0.04], [0.15, 0.05, 0.80]]
ckm.classify.correct_mix([0.4470, 0.3475, 0.2055], habit)[["ktype", "observed", "share"]].round(4)

# %% [markdown]
# And with Kestrel's (the black lines are the true shares):

# %%
coded = ckm.classify.type_mix(items)
corrected = ckm.classify.correct_mix(coded, confusion)
shares = {name: company.truth[f"share_{name}"] for name in types}
ckm.plots.type_mix(coded, corrected=corrected, truth=shares)

# %% [markdown]
# **What you should see.** The direction is right: the clerks hide *from* under *about*, and the correction brings it back. But
# it overshoots, and the title says so: it ends further from the truth than the coded mix. Its wide intervals did warn us.
# What the clerks do with *from* is known from twelve items only, and a correction is no better than what it rests on. (Page
# 01 had a librarian's large sample, and did better.)
#
# **Think about it.** You may double-code 200 more items. Would you draw them at random, or more of those that the clerks
# called *from*?
#
# ## In three sentences
#
# 1. Agreement counts from luck upwards, and kappa says how far of that way two people came.
# 2. Where one label is nearly everywhere, agreement is cheap and kappa falls: always look at the mix.
# 3. Agreement is measured before the talk; it lends trust to the labels two people share, but it is not truth.
#
# ## Exit ticket
#
# 1. Two coders agree on 92 %, and kappa is 0.16. Say in one sentence what lay on their table.
# 2. A paper writes: “disagreements were resolved by discussion; kappa was 1.00”. What do you ask the authors?
# 3. Your interval should be half as wide. What does it cost?
#
# **Next:** [03 They love us, and they leave us](03-behaviour-and-attitude.ipynb)
#
# ## References
#
# °Cohen, J. (1960), *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement
# 20(1):37–46. °Scott, W. A. (1955), *Reliability of content analysis*, Public Opinion Quarterly 19:321–325. °Hayes, A. F.
# and Krippendorff, K. (2007), *Answering the call for a standard reliability measure for coding data*, Communication
# Methods and Measures 1:77–89. °Gwet, K. L. (2014), *Handbook of Inter-Rater Reliability*, 4th edition. °Buonaccorsi,
# J. P. (2010), *Measurement Error: Models, Methods, and Applications*, CRC Press.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
